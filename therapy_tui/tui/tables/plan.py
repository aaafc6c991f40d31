"""What leads to the person's own safety plan, and what works while it is written."""

from therapy_tui.tui.tables.command import EVERYWHERE, NUMBERS, PLAN, Command, command

TABLE: tuple[Command, ...] = (
    command("plan", "app.room('plan')", "", "my plan", "Your safety plan", "your safety plan", EVERYWHERE),
    # beside the numbers to call
    command(
        "all_numbers",
        "screen.all_numbers",
        "n",
        "all numbers",
        "All numbers",
        "all numbers, with all that is known of them",
        NUMBERS,
        listed=False,
    ),
    command(
        "plan_words",
        "screen.words",
        "e",
        "change",
        "Your safety plan",
        "write your safety plan, or change it",
        NUMBERS,
        listed=False,
    ),
    command(
        "plan_print",
        "screen.print",
        "p",
        "print",
        "Print your safety plan",
        "write your safety plan into a file to print",
        NUMBERS,
        listed=False,
    ),
    # while it is written
    command("next_step", "app.focus_next", "tab", "next step", "Next step", "to the next step", PLAN, listed=False),
    command(
        "plan_back", "screen.back", "escape,ctrl+g", "back, it is kept", "Back", "back, it is kept", PLAN, listed=False
    ),
    command(
        "read_again",
        "screen.read_again",
        "ctrl+r",
        "read theirs",
        "Read what another window wrote",
        "where another window wrote too: read that, and put yours with the earlier ones",
        PLAN,
        listed=False,
    ),
)
