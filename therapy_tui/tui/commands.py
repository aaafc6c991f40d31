"""Every command in one table: the keys, the footer, the help, the list by name and docs/keys.md all come from it."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType

EVERYWHERE, READING, WRITING, WHOLE_PAGE = "Everywhere", "While reading", "While writing", "On the whole page"
PEOPLE, LISTS, SETTING_UP, LOCKED, INVITE, VERIFY = (
    "Among people",
    "In a list",
    "While setting up",
    "While locked",
    "Beside an invite",
    "Comparing words",
)
PAGES, NUMBERS = "On a long page", "Among the numbers to call"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the program can do."""

    id: str
    """Its name in a person's own keys."""
    action: str
    """The action that Textual runs."""
    keys: str
    """Key names, separated by commas; the first is shown."""
    word: str
    """In the footer: a verb or a place."""
    title: str
    """In the list by name."""
    help: str
    """In the help."""
    group: str
    listed: bool = True
    """Whether the list by name has it."""


def _c(
    name: str, action: str, keys: str, word: str, title: str, text: str, group: str, *, listed: bool = True
) -> Command:
    return Command(name, action, keys, word, title, text, group, listed)


TABLE: tuple[Command, ...] = (
    _c("help", "app.help", "f1", "help", "Help for where you are", "help for where you are", EVERYWHERE),
    _c("messages", "app.messages", "f3", "letters", "Read and write letters", "letters", EVERYWHERE),
    _c(
        "safety",
        "app.safety",
        "f8",
        "numbers to call",
        "Numbers to call",
        "numbers to call, also when locked",
        EVERYWHERE,
    ),
    _c("lock", "app.lock", "f9", "lock", "Lock now", "lock now", EVERYWHERE),
    _c(
        "menu",
        "app.menu",
        "f10",
        "everything by name",
        "Everything by name",
        "everything by name, and leave",
        EVERYWHERE,
    ),
    _c(
        "palette",
        "app.menu",
        "ctrl+p",
        "everything by name",
        "Everything by name",
        "the same",
        EVERYWHERE,
        listed=False,
    ),
    _c(
        "exchange",
        "app.exchange",
        "f5",
        "exchange now",
        "Send and fetch now",
        "send what waits and fetch what has come, now",
        EVERYWHERE,
    ),
    _c(
        "send_now",
        "app.send_now",
        "f6",
        "send now",
        "Send large letters too, now",
        "the same, and let large letters go whatever the day's bytes",
        EVERYWHERE,
    ),
    _c("people", "app.people", "ctrl+o", "people", "Who you write with", "who you write with", EVERYWHERE),
    _c("invite", "app.invite", "", "invite", "Invite somebody", "make an invite", EVERYWHERE),
    _c("invites", "app.invites", "", "invites", "The invites you made", "the invites you made", EVERYWHERE),
    _c("join", "app.join", "", "take up an invite", "Take up an invite", "take up an invite", EVERYWHERE),
    _c("settings", "app.settings", "", "settings", "Settings", "settings", EVERYWHERE),
    _c("redraw", "app.redraw", "ctrl+l", "draw again", "Draw the screen again", "draw the screen again", EVERYWHERE),
    _c(
        "seats",
        "app.change_seats",
        "ctrl+x",
        "change seats",
        "Change seats",
        "in the demo: sit down as the other",
        EVERYWHERE,
    ),
    _c("back", "app.back", "escape,ctrl+g", "back", "Back", "back; what you wrote is kept", EVERYWHERE, listed=False),
    _c("leave", "app.leave", "", "leave", "Leave the program", "leave; from the list by name", EVERYWHERE),
    _c(
        "how",
        "app.how_to_leave",
        "ctrl+c",
        "how to leave",
        "How to leave",
        "says how to leave",
        EVERYWHERE,
        listed=False,
    ),
    # the pen
    _c("send", "screen.send", "ctrl+d", "send", "Send this letter", "send", WRITING),
    _c("tone", "screen.tone", "ctrl+t", "how it is meant", "Say how it is meant", "say how it is meant", WRITING),
    _c("whole", "screen.whole", "ctrl+e", "whole page", "Write on the whole page", "write on the whole page", WRITING),
    _c(
        "read",
        "screen.read",
        "escape",
        "to the letters",
        "Go to the letters",
        "to the letters; it is kept",
        WRITING,
        listed=False,
    ),
    # among the letters
    _c("write", "screen.write", "enter,i,tab", "write", "Write", "write", READING),
    _c("answer", "screen.answer", "r", "answer this", "Answer this letter", "answer this letter", READING),
    _c(
        "again",
        "screen.again",
        "g",
        "try again",
        "Send a letter again that did not go",
        "try again what did not go",
        READING,
    ),
    _c("unread", "screen.unread", "n", "next unread", "Go to the next unread letter", "next unread", READING),
    _c("find", "screen.find", "/", "find", "Find in these letters", "find in these letters", READING),
    _c("verify", "screen.verify", "v", "compare words", "Compare the ten words", "compare the ten words", READING),
    _c(
        "up",
        "up",
        "up,k",
        "letter by letter",
        "One letter up",
        "letter by letter, line by line in a long one",
        READING,
        listed=False,
    ),
    _c("down", "down", "down,j", "down", "One letter down", "the same downwards", READING, listed=False),
    _c("page_up", "page_up", "pageup", "page up", "A page up", "a page up", READING, listed=False),
    _c("page_down", "page_down", "pagedown,space", "page down", "A page down", "a page down", READING, listed=False),
    _c("first", "first", "home", "first", "The first letter", "the first letter", READING, listed=False),
    _c("last", "last", "end", "last", "The newest letter", "the newest letter", READING, listed=False),
    # the whole page
    _c("page_send", "screen.send", "ctrl+d", "send", "Send this letter", "send", WHOLE_PAGE, listed=False),
    _c(
        "page_tone",
        "screen.tone",
        "ctrl+t",
        "how it is meant",
        "How it is meant",
        "say how it is meant",
        WHOLE_PAGE,
        listed=False,
    ),
    _c(
        "beside",
        "screen.beside",
        "ctrl+r",
        "their letter",
        "Show their letter",
        "show or put away their letter",
        WHOLE_PAGE,
        listed=False,
    ),
    _c(
        "page_back",
        "screen.back",
        "escape,ctrl+g",
        "back, it is kept",
        "Back",
        "back, it is kept",
        WHOLE_PAGE,
        listed=False,
    ),
    # lists
    _c("choose", "choose", "enter", "choose", "Choose", "choose", LISTS, listed=False),
    _c("previous", "previous", "up", "choose", "One up", "one up", LISTS, listed=False),
    _c("next", "next", "down", "choose", "One down", "one down", LISTS, listed=False),
    # people
    _c(
        "rename",
        "screen.rename",
        "e",
        "rename",
        "Change the name shown here",
        "change the name shown here",
        PEOPLE,
        listed=False,
    ),
    _c(
        "compare",
        "screen.verify",
        "v",
        "compare words",
        "Compare the ten words",
        "compare the ten words",
        PEOPLE,
        listed=False,
    ),
    _c(
        "remove", "screen.remove", "x", "end it", "End a correspondence", "end the correspondence", PEOPLE, listed=False
    ),
    _c("new_invite", "screen.invite", "n", "invite", "Invite somebody", "invite somebody", PEOPLE, listed=False),
    _c(
        "take_up",
        "screen.join",
        "t",
        "take up an invite",
        "Take up an invite",
        "take up an invite",
        PEOPLE,
        listed=False,
    ),
    # an invite
    _c(
        "link",
        "screen.link",
        "l",
        "the link",
        "The link or the code",
        "the link in place of the code, and back",
        INVITE,
        listed=False,
    ),
    _c("copy", "screen.copy", "c", "copy the link", "Copy the link", "copy the link", INVITE, listed=False),
    _c(
        "save",
        "screen.save",
        "s",
        "save to print",
        "Save a page to print",
        "save a page to print",
        INVITE,
        listed=False,
    ),
    _c("withdraw", "screen.withdraw", "w", "withdraw it", "Withdraw the invite", "withdraw it", INVITE, listed=False),
    # the words
    _c(
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
    _c("go_on", "screen.go_on", "enter", "next", "Next question", "next question", SETTING_UP, listed=False),
    _c(
        "one_back",
        "screen.one_back",
        "escape",
        "one back",
        "One question back",
        "one question back",
        SETTING_UP,
        listed=False,
    ),
    _c("stop", "screen.stop", "f10", "stop, keep nothing", "Stop", "stop, nothing is kept", SETTING_UP, listed=False),
    _c(
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
    _c("line_up", "line_up", "up,k", "line by line", "One line up", "line by line", PAGES, listed=False),
    _c("line_down", "line_down", "down,j", "down", "One line down", "the same downwards", PAGES, listed=False),
    _c("screen_up", "screen_up", "pageup", "back up", "A page up", "a page up", PAGES, listed=False),
    _c("screen_down", "screen_down", "pagedown,space", "further", "A page down", "a page down", PAGES, listed=False),
    _c("top", "top", "home", "to the top", "To the top", "to the top", PAGES, listed=False),
    _c("bottom", "bottom", "end", "to the end", "To the end", "to the end", PAGES, listed=False),
    # the numbers to call
    _c(
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
    _c(
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

BY_ID = {command.id: command for command in TABLE}
WAYS_BACK = tuple(command.id for command in TABLE if command.keys.startswith("escape"))
"""The commands that lead back: the footer always names the one that works."""


def bindings(*groups: str, only: tuple[str, ...] = ()) -> list[BindingType]:
    """Give the bindings of whole groups, and of single commands by id; the id lets a person change the keys."""
    wanted = [each for each in TABLE if each.group in groups or each.id in only]
    return [Binding(each.keys, each.action, each.word, show=False, id=each.id) for each in wanted if each.keys]


_SHOWN = {"escape": "esc", "pageup": "page up", "pagedown": "page down", "up": "↑", "down": "↓", "slash": "/"}


def key_name(key: str) -> str:
    """Write a key as a person says it: `ctrl+d`, `enter`, `esc`, `F4`."""
    first = key.split(",", maxsplit=1)[0]
    if first in _SHOWN:
        return _SHOWN[first]
    return first.upper() if len(first) in {2, 3} and first[0] == "f" and first[1:].isdigit() else first
