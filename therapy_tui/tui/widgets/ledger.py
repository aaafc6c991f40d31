"""Check-ins as a plain table, a row each, the newest first; only those in view are read and drawn."""

from collections.abc import Callable
from datetime import date

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.checkins import LONGEST_TEXT, CheckIn
from therapy_tui.core.mood_charts import short_date
from therapy_tui.core.text import safe_line
from therapy_tui.tui import times
from therapy_tui.tui.commands import PAGES, bindings
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.letters import fit

WHEN = 17
_GAP = " " * 3
HEAD = f"how{_GAP}words, and the line"

Reading = Callable[[int, int], list[CheckIn]]
"""Reads some: how many to pass over, and how many at most."""


class Ledger(Widget, can_focus=True):
    """The table under its heading; the chosen row has the bar."""

    BINDINGS = bindings(PAGES, only=("past_change", "past_erase", "past_chart"))
    COMPONENT_CLASSES = {"ledger--text", "ledger--quiet", "ledger--bar", "ledger--chosen", "ledger--chosen-strong"}
    DEFAULT_CSS = """
    Ledger { height: 1fr; width: 100%; }
    Ledger > .ledger--text { color: $text; background: $ground; }
    Ledger > .ledger--quiet { color: $quiet; background: $ground; }
    Ledger > .ledger--bar { color: $focus; background: $raised; }
    Ledger > .ledger--chosen { color: $text; background: $raised; }
    Ledger > .ledger--chosen-strong { color: $strong; background: $raised; text-style: bold; }
    """

    class Moved(Message):
        """Another row is chosen now."""

    def __init__(self) -> None:
        super().__init__()
        self._read: Reading = lambda skip, limit: []  # noqa: ARG005 - the shape of every reading
        self._count = self._chosen = self._first = 0
        self._now = 0
        self._rows: list[CheckIn] = []

    def show(self, read: Reading, count: int, now: int) -> None:
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
    def chosen(self) -> CheckIn | None:
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
        grid, text = measure(self.size.width), self._style("text")
        if y == 0:
            before = "" if grid.note else f"{'when':<{WHEN}}{_GAP}"
            return self._strip(grid, "when", [Segment(before + HEAD, self._style("quiet"))], is_chosen=False)
        if y > len(self._rows):
            return Strip.blank(self.size.width, text)
        row = self._rows[y - 1]
        is_chosen = self._first + y - 1 == self._chosen
        body, number = ("chosen", "chosen-strong") if is_chosen else ("text", "text")
        when = when_of(row, self._now)
        pieces = (
            [] if grid.note else [Segment(f"{when:<{WHEN}}{_GAP}", self._style("chosen" if is_chosen else "quiet"))]
        )
        pieces.append(Segment(f" {row.mood:<2}", self._style(number)))
        room = max(1, grid.prose - sum(cell_len(each.text) for each in pieces) - len(_GAP))
        pieces.append(Segment(_GAP + fit(said(row), room), self._style(body)))
        return self._strip(grid, when, pieces, is_chosen=is_chosen)

    def _strip(self, grid: Grid, note: str, pieces: list[Segment], *, is_chosen: bool) -> Strip:
        text, body = self._style("text"), self._style("chosen" if is_chosen else "text")
        bar = Segment("▌", self._style("bar")) if is_chosen and self.has_focus else Segment(" ", body)
        margin = [Segment(set_cell_size("", grid.left) + note.rjust(grid.note) + " ", self._style("quiet"))]
        segments = [*(margin if grid.note else []), bar, Segment(" ", body), *pieces]
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, grid.text + grid.prose + 1 - used), body))
        return Strip(segments).adjust_cell_length(self.size.width, text)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"ledger--{name}")


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
