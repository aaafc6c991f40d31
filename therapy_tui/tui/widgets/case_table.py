"""The caseload as a plain table, a row each: where both measures began and are now, and whether that counts."""

from collections.abc import Sequence

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.text import safe_name
from therapy_tui.services.progress import Row
from therapy_tui.services.progress_words import NEITHER, NOTHING_SHARED, figures_of
from therapy_tui.tui import times
from therapy_tui.tui.commands import PAGES, bindings
from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.letters import fit
from therapy_tui.tui.widgets.table import Table

FIGURES = 16
"""The columns of one measure: `14 to 20, rose` and a gap."""


class CaseTable(Table[Row]):
    """The table under its heading; the chosen row has the bar."""

    BINDINGS = bindings(PAGES, only=("choose",))

    class Chosen(Message):
        """A person pressed enter on a row."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, measures: Sequence[Measure]) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self._measures = tuple(measures)

    def show_people(self, rows: tuple[Row, ...], now: int) -> None:
        """Show rows; the bar stays with its person, where that one is still there."""
        before = self.chosen
        self.rows = rows
        places = [place for place, each in enumerate(rows) if before and each.contact.id == before.contact.id]
        self._at = places[0] if places else self._at
        self.show(lambda skip, limit: list(rows[skip : skip + limit]), len(rows), now)

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
            head = [Segment(f"{'who':<{room}}{heads}", self.style("quiet"))]
            return self.strip(grid, "last answered", head, is_chosen=False)
        if y > len(self._rows):
            return Strip.blank(self.size.width, self.style("text"))
        row, is_chosen = self._rows[y - 1], self._first + y - 1 == self._at
        name = set_cell_size(fit(safe_name(row.contact.name), room - 2), room)
        figures = "".join(f"{figures_of(each, row.ends.get(each.id)):<{FIGURES}}" for each in self._measures)
        figures = figures.rstrip()
        quiet = "text" if figures else "quiet"
        figures = figures or (NEITHER if row.last_at else NOTHING_SHARED)
        pieces = [
            Segment(name, self.style("chosen-strong" if is_chosen else "text")),
            Segment(figures, self.style("chosen" if is_chosen else quiet)),
        ]
        last = _day(row.last_at)
        return self.strip(grid, last, pieces, is_chosen=is_chosen)


def _day(at: int) -> str:
    year, month, day = times.day_of(at) if at else (0, 0, 0)
    return f"{day} {times.MONTHS[month - 1][:3]} {year}" if year else ""
