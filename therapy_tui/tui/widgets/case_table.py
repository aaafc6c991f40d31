"""The caseload as a plain table, a row each: where both measures began and are now, and whether that counts."""

from collections.abc import Sequence

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.text import safe_name
from therapy_tui.services.progress import Row
from therapy_tui.services.progress_words import NEITHER, NOTHING_SHARED, figures_of
from therapy_tui.tui import times
from therapy_tui.tui.commands import PAGES, bindings
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.letters import fit

FIGURES = 16
"""The columns of one measure: `14 to 20, rose` and a gap."""


class CaseTable(Widget, can_focus=True):
    """The table under its heading; the chosen row has the bar."""

    BINDINGS = bindings(PAGES, only=("choose",))
    COMPONENT_CLASSES = {
        "case-table--text",
        "case-table--quiet",
        "case-table--bar",
        "case-table--chosen",
        "case-table--chosen-strong",
    }
    DEFAULT_CSS = """
    CaseTable { height: 1fr; width: 100%; }
    CaseTable > .case-table--text { color: $text; background: $ground; }
    CaseTable > .case-table--quiet { color: $quiet; background: $ground; }
    CaseTable > .case-table--bar { color: $focus; background: $raised; }
    CaseTable > .case-table--chosen { color: $text; background: $raised; }
    CaseTable > .case-table--chosen-strong { color: $strong; background: $raised; text-style: bold; }
    """

    class Chosen(Message):
        """A person pressed enter on a row."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, measures: Sequence[Measure]) -> None:
        super().__init__(id="cases")
        self.rows: tuple[Row, ...] = ()
        self._measures = tuple(measures)
        self._chosen = self._first = self._now = 0

    def show(self, rows: tuple[Row, ...], now: int) -> None:
        """Show rows; the bar stays with its person, where that one is still there."""
        before = self.chosen
        self.rows, self._now = rows, now
        places = [place for place, each in enumerate(rows) if before and each.contact.id == before.contact.id]
        self.go_to(places[0] if places else self._chosen)

    @property
    def chosen(self) -> Row | None:
        """The one at the bar, or None."""
        return self.rows[self._chosen] if self._chosen < len(self.rows) else None

    # walking

    def go_to(self, place: int) -> None:
        """Put the bar on a row, as near as there is one, and show it."""
        shown = self._shown
        self._chosen = max(0, min(len(self.rows) - 1, place))
        last = max(0, len(self.rows) - shown)
        self._first = min(max(self._first, self._chosen - shown + 1), self._chosen, last)
        self.refresh()

    @property
    def _shown(self) -> int:
        return max(1, self.size.height - 1)

    def on_resize(self) -> None:
        """Show the chosen one."""
        self.go_to(self._chosen)

    def action_line_up(self) -> None:
        """Go to the row above."""
        self.go_to(self._chosen - 1)

    def action_line_down(self) -> None:
        """Go to the row below."""
        self.go_to(self._chosen + 1)

    def action_screen_up(self) -> None:
        """Go a page up."""
        self.go_to(self._chosen - self._shown)

    def action_screen_down(self) -> None:
        """Go a page down."""
        self.go_to(self._chosen + self._shown)

    def action_top(self) -> None:
        """Go to the first."""
        self.go_to(0)

    def action_bottom(self) -> None:
        """Go to the last."""
        self.go_to(len(self.rows) - 1)

    def action_choose(self) -> None:
        """Tell which one a person chose."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        grid = measure(self.size.width)
        room = grid.prose - FIGURES * len(self._measures)
        if y == 0:
            heads = "".join(f"{each.short:<{FIGURES}}" for each in self._measures)
            head = [Segment(f"{'who':<{room}}{heads}", self._style("quiet"))]
            return self._strip(grid, "last answered", head, is_chosen=False)
        place = self._first + y - 1
        if place >= len(self.rows):
            return Strip.blank(self.size.width, self._style("text"))
        row, is_chosen = self.rows[place], place == self._chosen
        name = set_cell_size(fit(safe_name(row.contact.name), room - 2), room)
        figures = "".join(f"{figures_of(each, row.ends.get(each.id)):<{FIGURES}}" for each in self._measures)
        figures = figures.rstrip()
        quiet = "text" if figures else "quiet"
        figures = figures or (NEITHER if row.last_at else NOTHING_SHARED)
        pieces = [
            Segment(name, self._style("chosen-strong" if is_chosen else "text")),
            Segment(figures, self._style("chosen" if is_chosen else quiet)),
        ]
        last = _day(row.last_at)
        return self._strip(grid, last, pieces, is_chosen=is_chosen)

    def _strip(self, grid: Grid, note: str, pieces: list[Segment], *, is_chosen: bool) -> Strip:
        text, body = self._style("text"), self._style("chosen" if is_chosen else "text")
        bar = Segment("▌", self._style("bar")) if is_chosen and self.has_focus else Segment(" ", body)
        margin = [Segment(set_cell_size("", grid.left) + note.rjust(grid.note) + " ", self._style("quiet"))]
        segments = [*(margin if grid.note else []), bar, Segment(" ", body), *pieces]
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, grid.text + grid.prose + 1 - used), body))
        return Strip(segments).adjust_cell_length(self.size.width, text)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"case-table--{name}")


def _day(at: int) -> str:
    year, month, day = times.day_of(at) if at else (0, 0, 0)
    return f"{day} {times.MONTHS[month - 1][:3]} {year}" if year else ""
