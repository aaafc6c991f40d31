"""What works among a therapist's snippets, and before a letter goes."""

from therapy_tui.tui.tables.command import SENDING, SNIPPETS, WHOLE_PAGE, WRITING, Command, command

_TITLE, _HELP = "Your snippets", "your own words for letters, put in where the cursor is (a therapist's)"

TABLE: tuple[Command, ...] = (
    command("snippets", "screen.snippets", "ctrl+v", "snippets", _TITLE, _HELP, WRITING),
    command("page_snippets", "screen.snippets", "ctrl+v", "snippets", _TITLE, _HELP, WHOLE_PAGE, listed=False),
    command(
        "change_snippet", "screen.change", "ctrl+e", "change", "Change a snippet", "change it", SNIPPETS, listed=False
    ),
    command("erase_snippet", "screen.erase", "ctrl+k", "erase", "Erase a snippet", "erase it", SNIPPETS, listed=False),
    command("let_go", "screen.go", "enter", "send", "Send it", "send it", SENDING, listed=False),
)
