"""What works among measures."""

from therapy_tui.tui.tables.command import ANSWERING, EVERYWHERE, Command, command

TABLE: tuple[Command, ...] = (
    command("measures", "app.room('measures')", "", "measures", "Questionnaires", "questionnaires", EVERYWHERE),
    command(
        "back_one",
        "screen.back_one",
        "backspace,left",
        "one back",
        "One question back",
        "one question back; what was answered stays",
        ANSWERING,
        listed=False,
    ),
    command(
        "leave_open",
        "screen.skip",
        "tab,right",
        "leave it open",
        "Leave a question open",
        "leave this question open; without it there is no total",
        ANSWERING,
        listed=False,
    ),
    command(
        "stop_asking",
        "screen.stop",
        "escape,ctrl+g",
        "stop, it is kept",
        "Stop here",
        "stop here; it is kept and can be gone on with",
        ANSWERING,
        listed=False,
    ),
)
