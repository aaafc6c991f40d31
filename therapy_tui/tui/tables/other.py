"""What works beside an invite, while setting up, on pages that are only read, and while locked."""

from therapy_tui.tui.tables.command import INVITE, LOCKED, NUMBERS, PAGES, SETTING_UP, VERIFY, Command, command

TABLE: tuple[Command, ...] = (
    # an invite
    command(
        "link",
        "screen.link",
        "l",
        "the link",
        "The link or the code",
        "the link in place of the code, and back",
        INVITE,
        listed=False,
    ),
    command("copy", "screen.copy", "c", "copy the link", "Copy the link", "copy the link", INVITE, listed=False),
    command(
        "save",
        "screen.save",
        "s",
        "save to print",
        "Save a page to print",
        "save a page to print",
        INVITE,
        listed=False,
    ),
    command(
        "withdraw", "screen.withdraw", "w", "withdraw it", "Withdraw the invite", "withdraw it", INVITE, listed=False
    ),
    # the words
    command(
        "code",
        "screen.code",
        "q",
        "as a QR code",
        "The words as a QR code",
        "the words as a QR code, and back",
        VERIFY,
        listed=False,
    ),
    # set-up
    command("go_on", "screen.go_on", "enter", "next", "Next question", "next question", SETTING_UP, listed=False),
    command(
        "one_back",
        "screen.one_back",
        "escape",
        "one back",
        "One question back",
        "one question back",
        SETTING_UP,
        listed=False,
    ),
    command(
        "stop", "screen.stop", "f10", "stop, keep nothing", "Stop", "stop, nothing is kept", SETTING_UP, listed=False
    ),
    command(
        "words_again",
        "screen.words_again",
        "escape",
        "see the words again",
        "See the words again",
        "see the words again",
        SETTING_UP,
        listed=False,
    ),
    # what is only read
    command("line_up", "line_up", "up,k", "line by line", "One line up", "line by line", PAGES, listed=False),
    command("line_down", "line_down", "down,j", "down", "One line down", "the same downwards", PAGES, listed=False),
    command("screen_up", "screen_up", "pageup", "back up", "A page up", "a page up", PAGES, listed=False),
    command(
        "screen_down", "screen_down", "pagedown,space", "further", "A page down", "a page down", PAGES, listed=False
    ),
    command("top", "top", "home", "to the top", "To the top", "to the top", PAGES, listed=False),
    command("bottom", "bottom", "end", "to the end", "To the end", "to the end", PAGES, listed=False),
    # the numbers to call
    command(
        "country",
        "screen.country",
        "c",
        "another country",
        "Another country",
        "numbers of another country",
        NUMBERS,
        listed=False,
    ),
    # locked
    command(
        "forgotten",
        "screen.forgotten",
        "ctrl+k",
        "forgotten",
        "Use the recovery phrase",
        "use the recovery phrase",
        LOCKED,
        listed=False,
    ),
)
