"""Check-ins as a plain table, a row each, the newest first; only those in view are read and drawn."""

from collections.abc import Callable
from datetime import date

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from therapy_tui.core.checkins import LONGEST_TEXT, CheckIn
from therapy_tui.core.mood_charts import short_date
from therapy_tui.core.text import safe_line
from therapy_tui.tui import times
from therapy_tui.tui.commands import PAGES, bindings
from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.bar_table import BarTable
from therapy_tui.tui.widgets.letters import fit

WHEN = 17
_GAP = " " * 3
HEAD = f"how{_GAP}words, and the line"

Reading = Callable[[int, int], list[CheckIn]]
"""Reads some: how many to pass over, and how many at most."""


class Ledger(BarTable):
    """The table under its heading; the chosen row has the bar."""

    BINDINGS = bindings(PAGES, only=("past_change", "past_erase", "past_chart"))

    class Moved(Message):
        """Another row is chosen now."""

    def __init__(self) -> None:
        super().__init__()
        self._read: Reading = lambda skip, limit: []  # noqa: ARG005 - the shape of every reading
        self._count = self._now = 0
        self._rows: list[CheckIn] = []

    def show(self, read: Reading, count: int, now: int) -> None:
        """Show what a reading gives; the place of the bar stays.

        Args:
            read: how some of them are read.
            count: how many there are.
            now: seconds since 1970, by which times are written.
        """
        self._read, self._count, self._now = read, count, now
        self.go_to(self._at)

    def clear(self) -> None:
        """Drop every word."""
        self.show(lambda skip, limit: [], 0, 0)  # noqa: ARG005 - as above

    @property
    def count(self) -> int:
        """How many there are."""
        return self._count

    @property
    def chosen(self) -> CheckIn | None:
        """The one at the bar, or None."""
        place = self._at - self._first
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def go_to(self, place: int) -> None:
        """Put the bar on a row, and read what is in view."""
        super().go_to(place)
        self._rows = self._read(self._first, self._shown)
        self.post_message(self.Moved())

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        grid, text = measure(self.size.width), self.style("text")
        if y == 0:
            before = "" if grid.note else f"{'when':<{WHEN}}{_GAP}"
            return self.strip(grid, "when", [Segment(before + HEAD, self.style("quiet"))], is_chosen=False)
        if y > len(self._rows):
            return Strip.blank(self.size.width, text)
        row = self._rows[y - 1]
        is_chosen = self._first + y - 1 == self._at
        body, number = ("chosen", "chosen-strong") if is_chosen else ("text", "text")
        when = when_of(row, self._now)
        pieces = [] if grid.note else [Segment(f"{when:<{WHEN}}{_GAP}", self.style("chosen" if is_chosen else "quiet"))]
        pieces.append(Segment(f" {row.mood:<2}", self.style(number)))
        room = max(1, grid.prose - sum(cell_len(each.text) for each in pieces) - len(_GAP))
        pieces.append(Segment(_GAP + fit(said(row), room), self.style(body)))
        return self.strip(grid, when, pieces, is_chosen=is_chosen)


def said(check_in: CheckIn) -> str:
    """Write the words and the line of a check-in in one row."""
    words = ", ".join(safe_line(word) for word in check_in.words)
    line = safe_line(check_in.text, LONGEST_TEXT)
    return _GAP.join(part for part in (words, line) if part)


def when_of(check_in: CheckIn, now: int) -> str:
    """Write when it was: the day with its name this year, else with the year; by the day that it was for the person."""
    day = date.fromisoformat(check_in.day)
    clock = times.clock(check_in.at)
    if day.year == times.day_of(now)[0]:
        return f"{times.DAYS[day.weekday()][:3]} {short_date(day)} {clock}"
    return f"{short_date(day)} {day.year} {clock}"
