"""Help: the keys that work where one came from, those that work everywhere, and the words of the program."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from textual.content import Content
from textual.dom import DOMNode
from textual.geometry import Size
from textual.widget import Widget

from therapy_tui.core.people import THERAPIST
from therapy_tui.services.seat import Seat
from therapy_tui.tui.beginning import has_profile
from therapy_tui.tui.commands import BY_ID, EVERYWHERE, ROOM, TABLE, Command, key_name
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.frame import key_words
from therapy_tui.tui.widgets.rows import Across, Reader

WORDS = (
    ("queued", "kept here, waits for a line"),
    ("sent", "left this machine"),
    ("delivered", "lies on their machine"),
    ("read", "they opened it"),
    ("did not go", "it is kept; try again sends it once more"),
    ("kept", "saved as you type, on this machine only"),
    ("verified", "you compared ten words with each other"),
    ("keys changed", "sending has stopped until you decide"),
    ("relay", "passes sealed letters on, cannot read them"),
    ("invite", "a link that begins a correspondence, once"),
)
CALM = (
    "No mouse is needed. Nothing here is lost by pressing the wrong key. Where there are no F-keys, esc and a digit do."
)
NEEDS_OPEN = frozenset(
    {"messages", "lock", "exchange", "send_now", "people", "invite", "invites", "join", "plan", "settings"}
)
"""Commands of everywhere that lead into an open vault, beside the places of `tui/room.py`."""
LEAST = 14
"""The column of the keys is at least so wide, so that both halves look alike."""

Group = tuple[str, Sequence[tuple[str, str]]]


class Half(Widget):
    """Groups of pairs under their headings, drawn by lines: the keys in one column, what they do in another."""

    DEFAULT_CSS = "Half { height: auto; }"

    def __init__(self, groups: Sequence[Group], stacked: int, last: str = "") -> None:
        super().__init__(classes="half")
        self._groups = groups
        self._stacked = stacked
        """The column of the keys where both halves stand below each other, so that they share it."""
        self._last = last

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw all groups."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        left = column_of(self._groups) if self.screen.has_class("-wide") else self._stacked
        for title, pairs in self._groups:
            lines += [Content.styled(title, "bold $strong"), Content("")]
            for key, words in pairs:
                begin = key_words(f"{key:{left}}")
                for line in Content.styled(words, "$text").wrap(max(8, width - left)):
                    lines.append(Content.assemble(begin, line))
                    begin = Content(" " * left)
            lines.append(Content(""))
        return lines + (Content.styled(self._last, "$quiet").wrap(max(8, width)) if self._last else [])


def column_of(groups: Iterable[Group]) -> int:
    """Give the width of the keys' column for some groups."""
    return max([LEAST, *(len(key) + 2 for _, pairs in groups for key, _ in pairs)])


class Help(Place):
    """What can be done here.

    Args:
        place: where one came from.
    """

    CSS_PATH = "help.tcss"

    def __init__(self, seat: Seat, place: Place) -> None:
        super().__init__(seat)
        self._place = place

    def compose_middle(self) -> Iterable[Widget]:
        """Lay what works here beside what works everywhere; one under the other where it is narrow."""
        here = [each for each in self._groups() if each[0] != EVERYWHERE]
        is_open = self.seat.is_open
        everywhere = (EVERYWHERE, self._pairs(_everywhere(self.therapy.seat_commands(), is_open=is_open)))
        # While locked nothing says what the program is for.
        words = [("Words you will meet", WORDS)] if is_open or not has_profile(self.seat) else []
        left, right = here or words, [everywhere, *words] if here else [everywhere]
        stacked = column_of([*left, *right])
        with Reader(id="help"), Across(classes="halves"):
            yield Half(left, stacked)
            yield Half(right, stacked, CALM)

    def on_mount(self) -> None:
        """Say what this is the help for."""
        self.heading.place = "Help"
        self.heading.fact = self._place.heading.place
        self.query_one(Reader).focus()
        self.hints.right = self.therapy.hint("menu")

    def show_line(self) -> None:
        """Say nothing of the line here."""

    def _groups(self) -> list[Group]:
        """Give the commands of the place and of all that can have the focus there, by their groups."""
        ids = working(self._place)
        found = [each for each in TABLE if each.id in ids]
        found.sort(key=lambda each: [command.group for command in TABLE].index(each.group))
        return [(group, self._pairs(list(commands))) for group, commands in groupby(found, lambda each: each.group)]

    def _pairs(self, commands: Iterable[Command]) -> list[tuple[str, str]]:
        keymap = self.therapy.keys_of_person.keymap
        is_therapist = self.seat.is_open and self.seat.open_vault.profile.role == THERAPIST
        words = {"messages": BY_ID["triage"].help} if is_therapist else {}
        return [(keys_shown(keymap.get(each.id, each.keys)), words.get(each.id, each.help)) for each in commands]


def working(place: Place) -> set[str]:
    """Give the ids of the commands that a place and its widgets bind, and which do something there now."""
    nodes = [place, *(each for each in place.query("*") if each.focusable)]
    bound = ((node, each) for node in nodes for _, each in node._bindings)  # noqa: SLF001 - Textual has no other door
    return {each.id for node, each in bound if each.id and _does(node, place, each.action)}


def _does(node: DOMNode, place: Place, action: str) -> bool:
    where, _, name = action.partition("(")[0].rpartition(".")
    return bool((place if where == "screen" else node).check_action(name, ())) if where != "app" else True


def _everywhere(extra: tuple[str, ...], *, is_open: bool) -> list[Command]:
    named = [each for each in TABLE if each.group == EVERYWHERE and each.keys and (each.id != "seats" or extra)]
    return [each for each in named if is_open or not (each.id in NEEDS_OPEN or each.action.startswith(ROOM))]


def keys_shown(keys: str) -> str:
    """Write all keys of a command, such as `esc, ctrl+g`."""
    return ", ".join(key_name(each) for each in keys.split(","))
