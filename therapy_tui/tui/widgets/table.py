"""A plain table of many rows, the newest first: only those in view are read and drawn."""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.mood_charts import short_date
from therapy_tui.tui import times
from therapy_tui.tui.grid import Grid, measure

GAP = " " * 3

T = TypeVar("T")


class Table(Widget, Generic[T], can_focus=True):
    """The table under its heading; the chosen row has the bar."""

    COMPONENT_CLASSES = {"table--text", "table--quiet", "table--bar", "table--chosen", "table--chosen-strong"}
    DEFAULT_CSS = """
    Table { height: 1fr; width: 100%; }
    Table > .table--text { color: $text; background: $ground; }
    Table > .table--quiet { color: $quiet; background: $ground; }
    Table > .table--bar { color: $focus; background: $raised; }
    Table > .table--chosen { color: $text; background: $raised; }
    Table > .table--chosen-strong { color: $strong; background: $raised; text-style: bold; }
    """
    WHEN = 17
    """How wide times are where they stand in the row, because there is no margin."""

    class Moved(Message):
        """Another row is chosen now."""

    def __init__(self) -> None:
        super().__init__()
        self._read: Callable[[int, int], list[T]] = lambda skip, limit: []  # noqa: ARG005 - the shape of every reading
        self._count = self._chosen = self._first = 0
        self._now = 0
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
        self._load(self._chosen)

    def clear(self) -> None:
        """Drop every word."""
        self.show(lambda skip, limit: [], 0, 0)  # noqa: ARG005 - as above

    @property
    def chosen(self) -> T | None:
        """The one at the bar, or None."""
        place = self._chosen - self._first
        return self._rows[place] if 0 <= place < len(self._rows) else None

    @property
    def _shown(self) -> int:
        return max(1, self.size.height - 1)

    def _load(self, wanted: int) -> None:
        """Put the bar on a row, as near as there is one, and read what is in view."""
        self._chosen = max(0, min(self._count - 1, wanted))
        last = max(0, self._count - self._shown)
        self._first = min(max(self._first, self._chosen - self._shown + 1), self._chosen, last)
        self._rows = self._read(self._first, self._shown)
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self, event: events.Resize) -> None:
        """Read what is in view now."""
        del event
        self._load(self._chosen)

    # walking

    def go_to(self, place: int) -> None:
        """Go to a row by its place, from 0."""
        self._load(place)

    def action_line_up(self) -> None:
        """Go to the row above."""
        self._load(self._chosen - 1)

    def action_line_down(self) -> None:
        """Go to the row below."""
        self._load(self._chosen + 1)

    def action_screen_up(self) -> None:
        """Go a page up."""
        self._load(self._chosen - self._shown)

    def action_screen_down(self) -> None:
        """Go a page down."""
        self._load(self._chosen + self._shown)

    def action_top(self) -> None:
        """Go to the newest."""
        self._load(0)

    def action_bottom(self) -> None:
        """Go to the oldest."""
        self._load(self._count - 1)

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        grid = measure(self.size.width)
        room = max(1, grid.prose - (0 if grid.note else self.WHEN + len(GAP)))
        if y == 0:
            before = "" if grid.note else f"{'when':<{self.WHEN}}{GAP}"
            return self._strip(grid, "when", [Segment(before + self.head(room), self._style("quiet"))], is_chosen=False)
        if y > len(self._rows):
            return Strip.blank(self.size.width, self._style("text"))
        row = self._rows[y - 1]
        is_chosen = self._first + y - 1 == self._chosen
        body, strong = ("chosen", "chosen-strong") if is_chosen else ("text", "text")
        when = self.when_of(row)
        beside = Segment(f"{when:<{self.WHEN}}{GAP}", self._style("chosen" if is_chosen else "quiet"))
        said = self.pieces(row, room)
        drawn = [Segment(text, self._style(strong if is_strong else body)) for text, is_strong in said]
        return self._strip(grid, when, [*([] if grid.note else [beside]), *drawn], is_chosen=is_chosen)

    def _strip(self, grid: Grid, note: str, pieces: list[Segment], *, is_chosen: bool) -> Strip:
        text, body = self._style("text"), self._style("chosen" if is_chosen else "text")
        bar = Segment("▌", self._style("bar")) if is_chosen and self.has_focus else Segment(" ", body)
        margin = [Segment(set_cell_size("", grid.left) + note.rjust(grid.note) + " ", self._style("quiet"))]
        segments = [*(margin if grid.note else []), bar, Segment(" ", body), *pieces]
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, grid.text + grid.prose + 1 - used), body))
        return Strip(segments).adjust_cell_length(self.size.width, text)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"table--{name}")


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
