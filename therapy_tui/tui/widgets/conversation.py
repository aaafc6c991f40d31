"""A correspondence, drawn by lines from a window over the store: only what is looked at is read and wrapped."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.message import Message as TextualMessage
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.messages import Message
from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_line
from therapy_tui.services import conversation as letters_of
from therapy_tui.services.vault import Vault
from therapy_tui.tui import times
from therapy_tui.tui.commands import READING, bindings
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.letters import Frame, Line, lines_of

STEP = 12
"""How many letters are read at a time."""
MOST = 120
"""How many letters are held at once; those farthest from the view are let go."""


class Conversation(Widget, can_focus=True):
    """The letters with one contact, the newest at the bottom, beside the pen."""

    BINDINGS = bindings(READING)
    COMPONENT_CLASSES = {
        "conversation--text",
        "conversation--quiet",
        "conversation--strong",
        "conversation--new",
        "conversation--crisis",
        "conversation--rule",
        "conversation--bar",
    }
    DEFAULT_CSS = """
    Conversation { height: 1fr; width: 100%; }
    Conversation > .conversation--text { color: $text; background: $ground; }
    Conversation > .conversation--quiet { color: $quiet; background: $ground; }
    Conversation > .conversation--strong { color: $strong; background: $ground; text-style: bold; }
    Conversation > .conversation--new { color: $accent; background: $ground; text-style: $style-new; }
    Conversation > .conversation--crisis { color: $crisis; background: $ground; text-style: bold; }
    Conversation > .conversation--rule { color: $rule; background: $ground; }
    Conversation > .conversation--bar { color: $focus; background: $ground; }
    """

    class Shown(TextualMessage):
        """Letters of theirs are on the screen; `ids` are those that were unread."""

        def __init__(self, ids: list[bytes]) -> None:
            super().__init__()
            self.ids = ids

    class Selected(TextualMessage):
        """The bar stands at another letter."""

    def __init__(self, now: Callable[[], int], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._now = now
        self._vault: Vault | None = None
        self._contact: Contact | None = None
        self._letters: list[Message] = []
        self._more_before = self._more_after = False
        self._first_new = 0
        self._gaps: frozenset[int] = frozenset()
        self._blocks: dict[int, list[Line]] = {}
        self._hidden = 0
        """Lines below the view; 0 means that the newest is beside the pen."""
        self._selected = -1
        self._shape = (0, 0)

    # what is shown

    def show(self, vault: Vault, contact: Contact, around: Message | None = None) -> None:
        """Show a correspondence from its newest letter, or around one."""
        changed = self._contact is None or self._contact.id != contact.id
        self._vault, self._contact = vault, contact
        if changed or around is not None:
            unread = letters_of.first_unread(vault, contact.id)
            self._first_new = unread.row if unread else 0
            self._hidden, self._selected = 0, -1
        self._read(around)

    def refresh_letters(self) -> None:
        """Read again what is held, because something changed; the view stays where it is."""
        if self._vault is None or self._contact is None:
            return
        if self._hidden == 0 or not self._letters:
            self._read(None)
            return
        first = self._letters[0]
        place = (first.place, first.number, first.row - 1)
        window = letters_of.since(self._vault, self._contact.id, place, len(self._letters) + STEP)
        before = self._count()
        self._letters, self._more_after = list(window.letters), window.more_after
        self._forget_lines()
        self._hidden = max(0, self._hidden + self._count() - before)
        self.refresh()

    def forget(self) -> None:
        """Drop every word, when the vault is locked."""
        self._vault = self._contact = None
        self._letters, self._blocks = [], {}
        self.refresh()

    @property
    def selected(self) -> Message | None:
        """The letter at the bar, or None."""
        return next((each for each in self._letters if each.row == self._selected), None)

    @property
    def newest(self) -> Message | None:
        """The newest letter that is held."""
        return self._letters[-1] if self._letters else None

    @property
    def is_empty(self) -> bool:
        """Whether there is no letter at all."""
        return not self._letters

    def _read(self, around: Message | None) -> None:
        vault, contact = self._need()
        if around is None:
            window = letters_of.newest(vault, contact.id, STEP)
            self._letters, self._more_before, self._more_after = list(window.letters), window.more_before, False
        else:
            place = letters_of.place_of(around)
            earlier = letters_of.before(vault, contact.id, place, STEP)
            later = letters_of.since(vault, contact.id, place, STEP)
            self._letters = [*earlier.letters, around, *later.letters]
            self._more_before, self._more_after = earlier.more_before, later.more_after
            self._selected = around.row
        self._gaps = letters_of.gaps(vault, contact)
        self._forget_lines()
        if around is not None:
            self._show_selected()
        self.refresh()

    def _need(self) -> tuple[Vault, Contact]:
        if self._vault is None or self._contact is None:
            raise RuntimeError("no conversation is shown")
        return self._vault, self._contact

    # lines

    def _forget_lines(self) -> None:
        self._blocks = {}

    def _grid(self) -> Grid:
        return measure(self.size.width)

    def _block(self, place: int) -> list[Line]:
        """Give the lines of one letter, wrapped when they are first looked at."""
        message = self._letters[place]
        known = self._blocks.get(message.row)
        if known is None:
            known = self._blocks[message.row] = lines_of(message, self._frame(place))
        return known

    def _frame(self, place: int) -> Frame:
        message = self._letters[place]
        earlier = self._letters[place - 1] if place else None
        grid = self._grid()
        now = self._now()
        new_day = earlier is None or times.day_of(earlier.arrived_at) != times.day_of(message.arrived_at)
        is_first = place == 0 and not self._more_before
        return Frame(
            them=self._contact.name if self._contact else "",
            now=now,
            column=grid.prose,
            margin=grid.note > 0,
            parted=times.day(message.arrived_at, now) if new_day or is_first else "",
            is_first_new=message.row == self._first_new,
            after_gap=message.row in self._gaps,
            answers=self._answered(message),
        )

    def _answered(self, message: Message) -> str:
        if not message.answers:
            return ""
        found = next((each for each in self._letters if each.id[:8] == message.answers), None)
        if found is None:
            return "answers an earlier letter"
        begin = safe_line(found.text, max(16, self._grid().prose - 12))
        return f"answers: {begin}"

    def _count(self) -> int:
        return sum(len(self._block(place)) for place in range(len(self._letters)))

    def _visible(self) -> list[Line]:
        """Give the lines in the view, reading and wrapping backwards only as far as they reach."""
        height = self.size.height
        lines: list[Line] = []
        place = len(self._letters) - 1
        while len(lines) < height + self._hidden:
            if place >= 0:
                lines = self._block(place) + lines
                place -= 1
            elif self._read_earlier():
                lines, place = [], len(self._letters) - 1  # what is held may have been cut at its other end
            else:
                break
        self._hidden = max(0, min(self._hidden, len(lines) - height))
        end = len(lines) - self._hidden
        shown = lines[max(0, end - height) : end]
        return [Line()] * (height - len(shown)) + shown

    def _read_earlier(self) -> bool:
        if not self._more_before or not self._letters or self._vault is None or self._contact is None:
            return False
        first = letters_of.place_of(self._letters[0])
        window = letters_of.before(self._vault, self._contact.id, first, STEP)
        self._blocks.pop(self._letters[0].row, None)  # its day line may go
        self._letters[:0] = window.letters
        self._more_before = window.more_before
        if len(self._letters) > MOST:
            for gone in self._letters[MOST:]:
                block = self._blocks.pop(gone.row, [])
                self._hidden -= len(block)
            del self._letters[MOST:]
            self._more_after = True
        return bool(window.letters)

    def _read_later(self) -> bool:
        if not self._more_after or not self._letters or self._vault is None or self._contact is None:
            return False
        last = letters_of.place_of(self._letters[-1])
        window = letters_of.since(self._vault, self._contact.id, last, STEP)
        count = len(self._letters)
        self._letters += window.letters
        self._more_after = window.more_after
        self._hidden += sum(len(self._block(place)) for place in range(count, len(self._letters)))
        if len(self._letters) > MOST:
            for gone in self._letters[: len(self._letters) - MOST]:
                self._blocks.pop(gone.row, None)
            del self._letters[: len(self._letters) - MOST]
            self._more_before = True
        return bool(window.letters)

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        if y == 0 or not hasattr(self, "_rows"):
            if self._shape != (self.size.width, self.size.height):
                self._shape = (self.size.width, self.size.height)
                self._forget_lines()
            self._rows = self._visible()
            self._tell_shown(self._rows)
        line = self._rows[y] if y < len(self._rows) else Line()
        return self._strip(line)

    def _strip(self, line: Line) -> Strip:
        grid = self._grid()
        style = self._style
        has_bar = self.has_focus and line.letter >= 0 and line.letter == self._selected
        bar = Segment("▌" if has_bar else " ", style("bar"))
        if grid.note:
            note = safe_line(line.note, grid.note)
            before = [Segment(" " * grid.left + " " * (grid.note - _cells(note)), style("text"))]
            before += [Segment(note, style(line.note_style)), Segment(" ", style("text")), bar, Segment(" ", style("text"))]
        else:
            before = [bar, Segment(" ", style("text"))]
            if line.note:
                before += [Segment(line.note, style(line.note_style)), Segment("   ", style("text"))]
        segments = [*before, Segment(line.text, style(line.style))]
        if line.rule:
            room = grid.prose - _cells(line.text) - 1
            rule = style("new") if line.style == "new" else style("rule")
            segments.append(Segment(" " + "─" * max(0, room), rule))
        return Strip(segments).adjust_cell_length(self.size.width, style("text"))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"conversation--{name}")

    def _tell_shown(self, lines: Sequence[Line]) -> None:
        rows = {line.letter for line in lines if line.letter >= 0}
        ids = [each.id for each in self._letters if each.row in rows and not each.outgoing and each.state == "received"]
        if ids:
            self.post_message(self.Shown(ids))

    # moving

    def on_focus(self) -> None:
        """Put the bar at the newest letter that is in view."""
        if self.selected is None:
            rows = [line.letter for line in self._visible() if line.letter >= 0]
            self._selected = rows[-1] if rows else -1
            self.post_message(self.Selected())
        self.refresh()

    def on_blur(self) -> None:
        """Take the bar away."""
        self.refresh()

    def action_up(self) -> None:
        """Go one letter up, or one line in a letter that does not fit."""
        self._go(-1)

    def action_down(self) -> None:
        """Go one letter down, or one line."""
        self._go(1)

    def _go(self, step: int) -> None:
        rows = [line.letter for line in self._visible()]
        if step < 0 and self._selected in rows and rows[0] == self._selected:
            self._scroll(1)
            return
        if step > 0 and self._selected in rows and rows[-1] == self._selected and (self._hidden or self._more_after):
            self._scroll(-1)
            return
        places = {each.row: place for place, each in enumerate(self._letters)}
        place = places.get(self._selected, len(self._letters) - 1) + step
        if place < 0 and self._read_earlier():
            places = {each.row: index for index, each in enumerate(self._letters)}
            place = places.get(self._selected, 0) + step
        if 0 <= place < len(self._letters):
            self._selected = self._letters[place].row
            self._show_selected()
            self.post_message(self.Selected())
        self.refresh()

    def _show_selected(self) -> None:
        """Scroll so that the chosen letter is seen, its first line if it is longer than the view."""
        places = [place for place, each in enumerate(self._letters) if each.row == self._selected]
        if not places or not self.size.height:
            return
        below = sum(len(self._block(place)) for place in range(places[0] + 1, len(self._letters)))
        own = len(self._block(places[0]))
        height = self.size.height
        if own >= height:
            self._hidden = below + own - height
        elif below < self._hidden:
            self._hidden = below
        elif below + own > self._hidden + height:
            self._hidden = below + own - height

    def _scroll(self, lines: int) -> None:
        self._hidden += lines
        if self._hidden < 0:
            self._hidden = 0
            if self._read_later():
                self._hidden = max(0, self._hidden + lines)
        self._select_visible()
        self.refresh()

    def _select_visible(self) -> None:
        rows = [line.letter for line in self._visible() if line.letter >= 0]
        if rows and self._selected not in rows:
            self._selected = rows[-1]
            self.post_message(self.Selected())

    def action_page_up(self) -> None:
        """Go back by a page, two lines less so that the eye finds its place."""
        self._scroll(max(1, self.size.height - 2))

    def action_page_down(self) -> None:
        """Go on by a page."""
        self._scroll(-max(1, self.size.height - 2))

    def action_first(self) -> None:
        """Go to the first letter that is held, and read on before it."""
        vault, contact = self._need()
        window = letters_of.since(vault, contact.id, (-1, -1, -1), STEP)
        self._letters, self._more_before, self._more_after = list(window.letters), False, window.more_after
        self._forget_lines()
        self._selected = self._letters[0].row if self._letters else -1
        self._hidden = max(0, self._count() - self.size.height)
        self.post_message(self.Selected())
        self.refresh()

    def action_last(self) -> None:
        """Go to the newest letter."""
        self._hidden = 0
        self._read(None)
        self._selected = self._letters[-1].row if self._letters else -1
        self.post_message(self.Selected())


def _cells(text: str) -> int:
    return Segment(text).cell_length

