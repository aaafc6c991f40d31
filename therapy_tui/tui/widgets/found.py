"""Letters that were found: two rows each, who and when in the margin, the words that were sought in strong."""

import functools
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.messages import Message
from therapy_tui.core.passages import fold_in_place
from therapy_tui.core.text import safe_line
from therapy_tui.tui import times
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.letters import PARTED, fit

ROWS = 2
"""Rows of a result; a blank one follows."""
BEFORE = 24
"""Characters shown before the first word that was found."""
LONGEST = 20_000

_Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Result:
    """One letter that was found."""

    id: bytes
    when: str
    who: str
    text: str


def result_of(message: Message, them: str, now: int) -> Result:
    """Give what is shown of a letter."""
    who = "You" if message.outgoing else them
    return Result(message.id, times.near(message.written_at, now), who, safe_line(message.text, LONGEST))


def spans_of(text: str, wanted: str) -> list[tuple[int, int]]:
    """Give where words of a text begin with one of the wanted words; the whole beginnings, in order."""
    words = re.findall(r"\w+", fold_in_place(wanted))
    if not words:
        return []
    pattern = r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
    return [each.span() for each in re.finditer(pattern, fold_in_place(text))]


def passage(text: str, wanted: str, room: int) -> list[list[_Piece]]:
    """Give two rows of a letter round the first word that was found, each as pieces that are strong or not."""
    spans = spans_of(text, wanted)
    first = spans[0][0] if spans else 0
    begin = 0 if first <= room else max(0, text.rfind(" ", 0, max(0, first - BEFORE)) + 1)
    shown = ("…" if begin else "") + text[begin : begin + ROWS * room + BEFORE]
    content = Content(shown)
    for start, end in spans_of(shown, wanted):
        content = content.stylize("bold", start, end)
    lines = content.wrap(room)
    if len(lines) > ROWS:
        lines = [*lines[: ROWS - 1], lines[ROWS - 1].truncate(room - 1) + "…"]
    return [_pieces(line) for line in lines]


def _pieces(line: Content) -> list[_Piece]:
    edges = sorted({0, len(line.plain), *(edge for span in line.spans for edge in (span.start, span.end))})
    pieces = itertools.pairwise(edges)
    return [(line.plain[a:b], any(span.start <= a < span.end for span in line.spans)) for a, b in pieces]


def _nothing(place: int) -> Result:
    raise IndexError(place)


class Found(Widget):
    """The results; only those in view are drawn. The field above keeps the focus and moves the bar."""

    COMPONENT_CLASSES = {
        "found--text",
        "found--quiet",
        "found--strong",
        "found--bar",
        "found--chosen",
        "found--chosen-strong",
    }
    DEFAULT_CSS = """
    Found { height: 1fr; width: 100%; }
    Found > .found--text { color: $text; background: $ground; }
    Found > .found--quiet { color: $quiet; background: $ground; }
    Found > .found--strong { color: $strong; background: $ground; text-style: bold; }
    Found > .found--bar { color: $focus; background: $raised; }
    Found > .found--chosen { color: $text; background: $raised; }
    Found > .found--chosen-strong { color: $strong; background: $raised; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._chosen = self._first = 0
        self.clear()

    @property
    def chosen(self) -> Result | None:
        """The result at the bar, or None."""
        return self._result(self._chosen) if self._count else None

    def show(self, count: int, result: Callable[[int], Result], wanted: str) -> None:
        """Show other results, the first of them chosen.

        Args:
            count: how many there are.
            result: gives one by its place; it is asked once for each of those in view.
            wanted: what was sought.
        """
        self._count, self._result = count, functools.cache(result)
        self._passage = functools.cache(lambda place, room: passage(self._result(place).text, wanted, room))
        self._chosen = self._first = 0
        self.refresh()

    def clear(self) -> None:
        """Show nothing, and drop every word."""
        self.show(0, _nothing, "")

    def go(self, step: int) -> None:
        """Move the bar."""
        self._chosen = max(0, min(self._count - 1, self._chosen + step))
        self.refresh()

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        grid = measure(self.size.width)
        each = ROWS + 1 if grid.note else ROWS + 2
        shown = max(1, (self.size.height + 1) // each)
        self._first = max(min(self._first, self._chosen), self._chosen - shown + 1)
        place, row = divmod(y, each)
        place += self._first
        if place >= self._count or row == each - 1:
            return Strip.blank(self.size.width, self._style("text"))
        return self._strip(place, row, grid, is_chosen=place == self._chosen)

    def _strip(self, place: int, row: int, grid: Grid, *, is_chosen: bool) -> Strip:
        result = self._result(place)
        text = self._style("text")
        body = self._style("chosen" if is_chosen else "text")
        bar = Segment("▌" if is_chosen else " ", self._style("bar") if is_chosen else text)
        segments = []
        if grid.note:
            note, style = ((result.who, "strong"), (result.when, "quiet"))[row]
            note = fit(note, grid.note)
            segments.append(Segment(" " * (grid.left + grid.note - cell_len(note)), text))
            segments += [Segment(note, self._style(style)), Segment(" ", text)]
        segments += [bar, Segment(" ", body)]
        segments += self._words(place, row, grid, is_chosen=is_chosen)
        used = sum(segment.cell_length for segment in segments)
        end = grid.text + grid.prose + 1 if grid.note else self.size.width
        segments.append(Segment(" " * max(0, end - used), body))
        return Strip(segments).adjust_cell_length(self.size.width, text)

    def _words(self, place: int, row: int, grid: Grid, *, is_chosen: bool) -> list[Segment]:
        if not grid.note:
            if row == 0:
                result = self._result(place)
                when = PARTED + result.when
                who = fit(result.who, grid.prose - cell_len(when))
                styles = ("chosen-strong", "chosen") if is_chosen else ("strong", "quiet")
                return [Segment(text, self._style(style)) for text, style in zip((who, when), styles, strict=True)]
            row -= 1
        lines = self._passage(place, grid.prose)
        if row >= len(lines):
            return []
        styles = ("chosen", "chosen-strong") if is_chosen else ("text", "strong")
        return [Segment(text, self._style(styles[strong])) for text, strong in lines[row]]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"found--{name}")
