"""Pages of the journal as a list: the day, a heading or the first words, and quiet facts; only what is seen is read."""

from collections.abc import Callable, Sequence
from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.journal import Entry, heading_of
from therapy_tui.tui.times import DAYS
from therapy_tui.tui.widgets.letters import fit

DAY_WIDTH = 8
EMPTIED = "nothing stands here now"
HELD = 40
"""How many pages are read at a time."""

Fetch = Callable[[int, int], Sequence[Entry]]
"""Read pages: how many to skip, and how many."""


def day_name(day: str, *, with_year: bool = False) -> str:
    """Write a day for the edge of a list: `Tue 17`, or `1998` where only years differ."""
    if with_year:
        return day[:4]
    return f"{DAYS[date.fromisoformat(day).weekday()][:3]} {int(day[8:])}"


def facts_of(entry: Entry) -> str:
    """Say what is known of a page, beside its words."""
    facts = [f"{entry.words:,} word{'' if entry.words == 1 else 's'}"]
    facts += [f"mood {entry.mood}"] if entry.mood else []
    facts += ["from a question"] if entry.question else []
    facts += [f"#{tag}" for tag in entry.tag_list]
    return " · ".join(facts)


class Pages(Widget, can_focus=True):
    """The pages of a month, or of a day in other years, the newest first."""

    COMPONENT_CLASSES = {"pages--text", "pages--quiet", "pages--strong", "pages--bar", "pages--chosen"}
    DEFAULT_CSS = """
    Pages { height: 1fr; width: 1fr; }
    Pages > .pages--text { color: $text; background: $ground; }
    Pages > .pages--quiet { color: $quiet; background: $ground; }
    Pages > .pages--strong { color: $strong; background: $ground; text-style: bold; }
    Pages > .pages--bar { color: $focus; background: $raised; }
    Pages > .pages--chosen { color: $text; background: $raised; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._fetch: Fetch | None = None
        self._held: dict[int, Entry] = {}
        self._with_years = False
        self.count = 0
        self.chosen = 0
        self._first = 0
        self._laid: list[tuple[int, int]] = []

    @property
    def current(self) -> Entry | None:
        """The page at the bar, or None."""
        return self._at(self.chosen)

    def show(self, fetch: Fetch, count: int, *, with_years: bool = False, keep: bool = False) -> None:
        """Show other pages, the first chosen; with `keep` the same place, because something in it changed."""
        self._fetch, self.count, self._with_years = fetch, count, with_years
        self._held.clear()
        self.chosen = min(self.chosen, max(0, count - 1)) if keep else 0
        self._first = self._first if keep else 0
        self.refresh()

    def clear(self) -> None:
        """Drop every word."""
        self._fetch, self.count = None, 0
        self._held.clear()
        self.refresh()

    def go(self, step: int) -> bool:
        """Move the bar; tell whether it moved."""
        before = self.chosen
        self.chosen = max(0, min(self.count - 1, self.chosen + step))
        self.refresh()
        return self.chosen != before

    def _at(self, place: int) -> Entry | None:
        if not 0 <= place < self.count or self._fetch is None:
            return None
        if place not in self._held:
            begin = max(0, place - HELD // 2)
            self._held = dict(enumerate(self._fetch(begin, HELD), start=begin))
        return self._held.get(place)

    # drawing

    @property
    def _is_wide(self) -> bool:
        return self.size.width > 44  # noqa: PLR2004 - the day stands beside the words, and leaves them room

    def _lines(self, place: int) -> list[tuple[str, str]]:
        """Give the lines of a page in the list, each with its style."""
        entry = self._at(place)
        if entry is None:
            return []
        heading, beginning = heading_of(entry.text)
        day = [] if self._is_wide else [(day_name(entry.day, with_year=self._with_years), "strong")]
        lines = [*day, (heading or entry.question, "strong"), (beginning, "text"), (facts_of(entry), "quiet")]
        nothing = [] if entry.text.strip() else [(EMPTIED, "quiet")]
        return [line for line in [*lines[:-1], *nothing, lines[-1]] if line[0]]

    def _lay(self) -> list[tuple[int, int]]:
        """Give for each row (which page, which of its lines); -1 for a line that is blank. The chosen one is seen."""
        self._first = max(0, min(self._first, self.chosen))
        while True:
            rows: list[tuple[int, int]] = []
            place = self._first
            while len(rows) < self.size.height and place < self.count:
                rows += [(place, line) for line in range(len(self._lines(place)))] + [(place, -1)]
                place += 1
            if self._first == self.chosen or (self.chosen, -1) in rows[: self.size.height + 1]:
                return rows
            self._first += 1

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lay the rows once for all that are drawn."""
        self._laid = self._lay()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        text = self._style("text")
        place, line = self._laid[y] if y < len(self._laid) else (-1, -1)
        if line < 0:
            return Strip.blank(self.size.width, text)
        is_chosen = place == self.chosen
        body = self._style("chosen" if is_chosen else "text")
        bar = Segment("▌" if is_chosen else " ", self._style("bar") if is_chosen else text)
        segments = [bar, Segment(" ", body), *self._words(place, line, is_chosen=is_chosen)]
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, self.size.width - used), body))
        return Strip(segments).adjust_cell_length(self.size.width, body)

    def _words(self, place: int, line: int, *, is_chosen: bool) -> list[Segment]:
        words, name = self._lines(place)[line]
        style = self._style(name)
        if is_chosen:
            style += Style(bgcolor=self._style("chosen").bgcolor)
        room = self.size.width - 3
        entry = self._at(place)
        if not self._is_wide or entry is None:
            return [Segment(fit(words, room), style)]
        day = day_name(entry.day, with_year=self._with_years) if line == 0 else ""
        left = Segment(f"{day:<{DAY_WIDTH}}", self._style("chosen" if is_chosen else "text"))
        return [left, Segment(fit(words, room - DAY_WIDTH), style)]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"pages--{name}")
