"""What works on today's page."""

from therapy_tui.tui.tables.command import EVERYWHERE, TODAY, Command, command

TABLE: tuple[Command, ...] = (
    command("today", "app.room('today')", "f2", "today", "Today", "today", EVERYWHERE),
    command(
        "open_part", "screen.open", "enter", "go there", "Go there", "go to what the line is about", TODAY, listed=False
    ),
    command("part_up", "screen.go(-1)", "up,k", "up", "One up", "line by line", TODAY, listed=False),
    command("part_down", "screen.go(1)", "down,j", "down", "One down", "the same downwards", TODAY, listed=False),
    command(
        "another_prompt",
        "screen.another",
        "p",
        "another question",
        "Another question for today",
        "another question for today's page",
        TODAY,
    ),
    command(
        "other_years",
        "screen.other_years",
        "o",
        "other years",
        "This day in other years",
        "what was written on this day in other years",
        TODAY,
    ),
    command(
        "say_number",
        "screen.number",
        "1,2,3,4,5,6,7,8,9,0",
        "how it is",
        "How it is",
        "how it is, from 1 to 10",
        TODAY,
        listed=False,
    ),
)
