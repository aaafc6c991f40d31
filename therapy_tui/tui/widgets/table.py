"""A plain table of many rows, the newest first: only those in view are read and drawn."""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from therapy_tui.core.mood_charts import short_date
from therapy_tui.tui import times
from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.bar_table import BarTable

GAP = " " * 3

T = TypeVar("T")


class Table(BarTable, Generic[T]):
    """The table under its heading; the chosen row has the bar."""

    WHEN = 17
    """How wide times are where they stand in the row, because there is no margin."""

    class Moved(Message):
        """Another row is chosen now."""

    def __init__(self) -> None:
        super().__init__()
        self._read: Callable[[int, int], list[T]] = lambda skip, limit: []  # noqa: ARG005 - the shape of every reading
        self._count = self._now = 0
        self._rows: list[T] = []

    # what each table does in its own way

    def head(self, room: int) -> str:
        """Give the heading of what stands beside the time, in so many cells."""
        raise NotImplementedError

    def when_of(self, row: T) -> str:
        """Write when a row is of."""
        raise NotImplementedError

    def pieces(self, row: T, room: int) -> list[tuple[str, bool]]:
        """Give what stands beside the time, in so many cells; each piece with whether it is strong when chosen."""
        raise NotImplementedError

    def show(self, read: Callable[[int, int], list[T]], count: int, now: int) -> None:
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
    def chosen(self) -> T | None:
        """The one at the bar, or None."""
        place = self._at - self._first
        return self._rows[place] if 0 <= place < len(self._rows) else None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def go_to(self, place: int) -> None:
        """Put the bar on a row, and read what is in view."""
        super().go_to(place)
        self._rows = self._read(self._first, self._shown)
        self.post_message(self.Moved())

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        grid = measure(self.size.width)
        room = max(1, grid.prose - (0 if grid.note else self.WHEN + len(GAP)))
        if y == 0:
            before = "" if grid.note else f"{'when':<{self.WHEN}}{GAP}"
            return self.strip(grid, "when", [Segment(before + self.head(room), self.style("quiet"))], is_chosen=False)
        if y > len(self._rows):
            return Strip.blank(self.size.width, self.style("text"))
        row = self._rows[y - 1]
        is_chosen = self._first + y - 1 == self._at
        body, strong = ("chosen", "chosen-strong") if is_chosen else ("text", "text")
        when = self.when_of(row)
        beside = Segment(f"{when:<{self.WHEN}}{GAP}", self.style("chosen" if is_chosen else "quiet"))
        said = self.pieces(row, room)
        drawn = [Segment(text, self.style(strong if is_strong else body)) for text, is_strong in said]
        return self.strip(grid, when, [*([] if grid.note else [beside]), *drawn], is_chosen=is_chosen)


def dated(day: str, at: int, now: int) -> str:
    """Write a moment in 17 cells: the day with its name this year, else with the year; empty for no day.

    Args:
        day: the day that it was for the person, `YYYY-MM-DD`.
        at: seconds since 1970, for the clock.
        now: the same, for the year.
    """
    if not day:
        return ""
    found = date.fromisoformat(day)
    clock = times.clock(at)
    if found.year == times.day_of(now)[0]:
        return f"{times.DAYS[found.weekday()][:3]} {short_date(found)} {clock}"
    return f"{short_date(found)} {found.year} {clock}"
