"""Finds what looks unlike the text, such as names and days in the margin, or the bar in the gutter."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from therapy_tui.tui.terminal.cells import Row, is_erasable, is_sure
from therapy_tui.tui.terminal.pens import Pen, change
from therapy_tui.tui.terminal.rows import difference

_MOVES: Final = 11
"""The bytes of the move to a stretch and of the one over it: changes of colour that are shorter are left."""
_STEPS: Final = 5
"""Those of the step to the stretch just below and of the one over it."""
_GAP: Final = 3
"""So many blanks at most part the words of one stretch."""


class Stretch(NamedTuple):
    """Cells of one row that are drawn with one pen."""

    y: int
    first: int
    end: int


Looks = dict[Pen, list[Stretch]]
"""The stretches of each pen, from top to bottom."""


def find_looks(have: Sequence[Row], want: Sequence[Row], changed: Sequence[int], room: int, fewest: int) -> Looks:
    """Find the stretches that are shorter to draw apart from the text, one look after the other.

    Args:
        have: what the terminal shows.
        want: what it should show.
        changed: the rows that differ, rising.
        room: the bytes that may be sent; only as many rows are looked at as go out with it whole.
        fewest: so many stretches of a look are worth while at least.
    """
    found: Looks = {}
    for y in changed:
        if room <= 0:
            break
        for pen, stretch in _stretches(y, want[y], difference(have[y], want[y], 0, len(want[y]))):
            room -= stretch.end - stretch.first
            if have[y][stretch.first : stretch.end] != want[y][stretch.first : stretch.end]:
                found.setdefault(pen, []).append(stretch)
    text = max(found, key=lambda pen: sum(each.end - each.first for each in found[pen]), default=None)
    worth = {
        pen: [each for each in stretches if _is_drawable(have[each.y], want[each.y], each)]
        for pen, stretches in found.items()
        if text is not None and len(stretches) >= fewest and _is_worth_while(text, pen, stretches)
    }
    return {pen: stretches for pen, stretches in worth.items() if stretches}


def _is_worth_while(text: Pen, pen: Pen, stretches: Sequence[Stretch]) -> bool:
    return len(change(text, pen) + change(pen, text)) >= (_STEPS if _is_stem(stretches) else _MOVES)


def _is_stem(stretches: Sequence[Stretch]) -> bool:
    """Whether most of them stand below each other, as the bar in the gutter does."""
    below = {Stretch(y + 1, first, end) for y, first, end in stretches}
    return len(below.intersection(stretches)) * 2 > len(stretches)


def _stretches(y: int, row: Row, x: int) -> Iterator[tuple[Pen, Stretch]]:
    """Give the stretches of a row from a column on, blanks at their ends left out."""
    while x < len(row):
        if is_erasable(row[x]):
            x += 1
            continue
        pen, first, end = row[x][1], x, x + 1
        while x < len(row) and x - end < _GAP:
            x += 1
            if row[x - 1][1] == pen and (row[x - 1][0] != " " or pen.is_seen_on_blanks):
                end = x
            elif not _is_between(row[x - 1], pen):
                break
        yield pen, Stretch(y, first, end)
        x = end


def _is_between(cell: tuple[str, Pen], pen: Pen) -> bool:
    return is_erasable(cell) and cell[1].ground == pen.ground and not pen.is_seen_on_blanks


def _is_drawable(have: Row, want: Row, stretch: Stretch) -> bool:
    """Whether each of its cells is one letter of a sure width, and no half of a wide one is left beside it."""
    _, first, end = stretch
    is_whole = bool(have[first][0]) and (end == len(have) or bool(have[end][0]))
    return is_whole and all(text and is_sure(text) for text, _ in want[first:end])
