"""What works where something is shared."""

from therapy_tui.tui.tables.command import JOURNAL, JOURNAL_PAGE, READING, SHARING, Command, command

TABLE: tuple[Command, ...] = (
    command("share_chosen", "screen.share", "s", "share", "Share this page", "share the page", JOURNAL),
    command("share_page", "screen.share", "ctrl+d", "share", "Share this page", "share this page", JOURNAL_PAGE),
    command("share_answers", "screen.share", "s", "share", "Share this", "share what was answered", SHARING),
    command("leave_answers", "screen.back", "escape,ctrl+g", "back", "Back", "back, it is kept", SHARING, listed=False),
    command(
        "take_back", "screen.take_back", "t", "take back", "Take back what was shared", "take back the chosen", READING
    ),
    command(
        "question",
        "screen.question",
        "q",
        "a question",
        "Give a question along",
        "send a question for the other's journal",
        READING,
    ),
    command(
        "share_now", "screen.share_now", "enter", "share it", "Share it", "share exactly this", SHARING, listed=False
    ),
    command(
        "take_it_back", "screen.take_back", "t", "take it back", "Take it back", "take it back", SHARING, listed=False
    ),
)
