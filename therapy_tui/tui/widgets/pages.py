"""Pages of the journal as a list: the day, a heading or the first words, and quiet facts; only what is seen is read."""

from collections.abc import Callable, Sequence
from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from therapy_tui.core.journal import Entry, heading_of
from therapy_tui.tui.times import DAYS
from therapy_tui.tui.widgets.letters import fit
from therapy_tui.tui.widgets.stretch import Stretch

DAY_WIDTH = 8
EMPTIED = "nothing stands here now"
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


class Pages(Stretch[Entry]):
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
        self._with_years = False

    def show(self, fetch: Fetch, count: int, *, with_years: bool = False, keep: bool = False) -> None:
        """Show other pages, the first chosen; with `keep` the same place, because something in it changed."""
        self._with_years = with_years
        super().show(fetch, count, keep=keep)

    # drawing

    @property
    def _is_wide(self) -> bool:
        return self.size.width > 44  # noqa: PLR2004 - the day stands beside the words, and leaves them room

    def _lines(self, place: int) -> list[tuple[str, str]]:
        """Give the lines of a page in the list, each with its style."""
        entry = self.at(place)
        if entry is None:
            return []
        heading, beginning = heading_of(entry.text)
        day = [] if self._is_wide else [(day_name(entry.day, with_year=self._with_years), "strong")]
        lines = [*day, (heading or entry.question, "strong"), (beginning, "text"), (facts_of(entry), "quiet")]
        nothing = [] if entry.text.strip() else [(EMPTIED, "quiet")]
        return [line for line in [*lines[:-1], *nothing, lines[-1]] if line[0]]

    def height_of(self, place: int) -> int:
        """Give how many lines a page has."""
        return len(self._lines(place))

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        text = self._style("text")
        place, line = self.laid[y] if y < len(self.laid) else (-1, -1)
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
        entry = self.at(place)
        if not self._is_wide or entry is None:
            return [Segment(fit(words, room), style)]
        day = day_name(entry.day, with_year=self._with_years) if line == 0 else ""
        left = Segment(f"{day:<{DAY_WIDTH}}", self._style("chosen" if is_chosen else "text"))
        return [left, Segment(fit(words, room - DAY_WIDTH), style)]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"pages--{name}")
