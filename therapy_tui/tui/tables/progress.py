"""What works among measures over time."""

from therapy_tui.tui.tables.command import EVERYWHERE, PEOPLE, PROGRESS, Command, command

TABLE: tuple[Command, ...] = (
    command(
        "caseload", "app.room('caseload')", "", "caseload", "The caseload in numbers", "everybody's totals", EVERYWHERE
    ),
    command("progress", "screen.progress", "m", "measures", "Measures over time", "measures over time", PEOPLE),
    command(
        "progress_before",
        "screen.go(-1)",
        "left",
        "other measures",
        "The measure before",
        "the measure before",
        PROGRESS,
        listed=False,
    ),
    command(
        "progress_after",
        "screen.go(1)",
        "right",
        "other measures",
        "The next measure",
        "the next measure",
        PROGRESS,
        listed=False,
    ),
    command("progress_turn", "screen.turn", "t", "as a table", "As a table", "the same as a table, and back", PROGRESS),
    command(
        "progress_ask", "screen.ask", "m", "ask for a measure", "Ask for a measure", "ask for a questionnaire", PROGRESS
    ),
)
