"""A correspondence, drawn by lines from a window over the store: only what is looked at is read and wrapped."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message as TextualMessage
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.messages import Message
from therapy_tui.core.people import Contact
from therapy_tui.services.vault import Vault
from therapy_tui.tui.commands import READING, bindings
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.held import Held
from therapy_tui.tui.widgets.letters import Line, fit
from therapy_tui.tui.widgets.no_letters import no_letters
from therapy_tui.tui.widgets.window import LetterWindow


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

    def __init__(self, now: Callable[[], int], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._now = now
        self._window: LetterWindow | None = None
        self._rows: list[Line] | None = None
        self._shape = (0, 0)

    # what is shown

    def show(self, vault: Vault, contact: Contact, around: Message | None = None) -> None:
        """Show a correspondence from its newest letter, or around one."""
        window = self._window
        if window is None or window.held.contact.id != contact.id:
            window = self._window = LetterWindow(Held(vault, contact, self._now))
        window.held.contact = contact
        if around is not None:
            window.go_to(around)
        else:
            window.go_to_end()
        self._changed()

    def refresh_letters(self, contact: Contact) -> None:
        """Read again what is held, because something changed; the view stays where it is."""
        if self._window is not None:
            self._window.held.contact = contact
            self._window.read_again()
            self._changed()

    def forget(self) -> None:
        """Drop every word, when the vault is locked."""
        self._window = None
        self._changed()

    @property
    def selected(self) -> Message | None:
        """The letter at the bar, or None."""
        return self._window.chosen if self._window is not None else None

    # drawing

    def _changed(self) -> None:
        self._rows = None
        self.refresh()

    def _lines(self) -> Sequence[Line]:
        """Give the rows of the view, the newest letter at the bottom; work them out once after every change."""
        shape = (self.size.width, self.size.height)
        if self._rows is None or self._shape != shape:
            self._shape = shape
            window = self._window
            shown = window.lines(*shape) if window is not None else []
            if window is not None and not window.held.letters:
                shown = no_letters(window.held.contact, measure(shape[0]).prose, shape[1])
            self._rows = [Line()] * (self.size.height - len(shown)) + shown
            self._tell_shown(self._rows)
        return self._rows

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        lines = self._lines()
        return self._strip(lines[y] if y < len(lines) else Line())

    def _strip(self, line: Line) -> Strip:
        grid = measure(self.size.width)
        style = self._style
        has_bar = (
            self.has_focus and line.letter >= 0 and self._window is not None and line.letter == self._window.selected
        )
        gutter = [Segment("▌" if has_bar else " ", style("bar")), Segment(" ", style("text"))]
        segments = [*_margin(line, grid, style), *gutter]
        if line.note and not grid.note:
            segments += [Segment(line.note, style(line.note_style)), Segment("   ", style("text"))]
        segments.append(Segment(line.text, style(line.style)))
        if line.rule:
            room = grid.prose - cell_len(line.text) - 1
            segments.append(Segment(" " + "─" * max(0, room), style("new" if line.style == "new" else "rule")))
        return Strip(segments).adjust_cell_length(self.size.width, style("text"))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"conversation--{name}")

    def _tell_shown(self, lines: Sequence[Line]) -> None:
        if self._window is None:
            return
        rows = {line.letter for line in lines if line.letter >= 0}
        letters = self._window.held.letters
        ids = [each.id for each in letters if each.row in rows and not each.outgoing and each.state == "received"]
        if ids:
            self.post_message(self.Shown(ids))

    # moving

    def on_focus(self) -> None:
        """Put the bar at the newest letter that is in view."""
        if self._window is not None and self.selected is None:
            self._lines()
            self._window.choose_shown(newest=True)
            self.post_message(self.Selected())
        self.refresh()

    def on_blur(self) -> None:
        """Take the bar away."""
        self.refresh()

    def _move(self, how: Callable[[LetterWindow], None]) -> None:
        if self._window is None:
            return
        self._lines()
        before = self._window.selected
        how(self._window)
        if self._window.selected != before:
            self.post_message(self.Selected())
        self._changed()

    def action_up(self) -> None:
        """Go one letter up, or one line in a letter that does not fit."""
        self._move(lambda window: window.step(-1))

    def action_down(self) -> None:
        """Go one letter down, or one line."""
        self._move(lambda window: window.step(1))

    def action_page_up(self) -> None:
        """Go back by a page, two lines less so that the eye finds its place."""
        self._move(lambda window: window.page(1))

    def action_page_down(self) -> None:
        """Go on by a page."""
        self._move(lambda window: window.page(-1))

    def action_first(self) -> None:
        """Go to the first letter of all."""
        self._move(LetterWindow.go_to_begin)

    def action_last(self) -> None:
        """Go to the newest letter."""
        self._move(LetterWindow.go_to_end)


def _margin(line: Line, grid: Grid, style: Callable[[str], Style]) -> list[Segment]:
    if not grid.note:
        return []
    note = fit(line.note, grid.note)
    before = Segment(" " * (grid.left + grid.note - cell_len(note)), style("text"))
    return [before, Segment(note, style(line.note_style)), Segment(" ", style("text"))]
