"""Draws what looks unlike the text, such as names and days in the margin, one look after the other over many rows.

Row by row each would cost two changes of colour, which are longer than the move to the next.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from therapy_tui.tui.terminal.cells import Row, is_erasable, is_sure
from therapy_tui.tui.terminal.output import Output
from therapy_tui.tui.terminal.pens import Pen, change
from therapy_tui.tui.terminal.rows import difference, last_difference

_ALTERNATING: Final = 2
"""So many stretches of one look in a row make it worth while to draw them before what stands between."""
_LEAST: Final = 8
"""In so many cells at least looks may alternate."""
_MOVES: Final = 11
"""The bytes of the move to a stretch and of the one over it: changes of colour that are shorter are left."""
_GAP: Final = 3
"""So many blanks at most part the words of one stretch."""


class Stretch(NamedTuple):
    """Cells of one row that are drawn with one pen."""

    y: int
    first: int
    end: int


def draw_hints(out: Output, have: Sequence[Row], want: Sequence[Row], y: int) -> None:
    """Draw so the stretches of one row where looks alternate, as keys and words in a footer do."""
    first = difference(have[y], want[y], 0, out.width)
    if last_difference(have[y], want[y], first) - first >= _LEAST:  # more than a letter that was typed
        _draw_looks(out, have, want, _found(out, have, want, [y], out.width), _ALTERNATING)


def draw_margins(out: Output, have: Sequence[Row], want: Sequence[Row], changed: Sequence[int], budget: int) -> None:
    """Draw the stretches of all pens but the one that most of the text has.

    Args:
        out: where it is sent.
        have: what the terminal shows; it is changed as the terminal is.
        want: what it should show.
        changed: the rows that differ, rising.
        budget: the bytes that may be sent; only as many rows are looked at as go out with it whole.
    """
    _draw_looks(out, have, want, _found(out, have, want, changed, budget - out.size), 1)


def _found(
    out: Output, have: Sequence[Row], want: Sequence[Row], changed: Sequence[int], room: int
) -> dict[Pen, list[Stretch]]:
    """Give the stretches that differ, by their pens."""
    found: dict[Pen, list[Stretch]] = {}
    for y in changed:
        if room <= 0:
            break
        for pen, stretch in _stretches(y, want[y], difference(have[y], want[y], 0, out.width)):
            room -= stretch.end - stretch.first
            if have[y][stretch.first : stretch.end] != want[y][stretch.first : stretch.end]:
                found.setdefault(pen, []).append(stretch)
    return found


def _draw_looks(
    out: Output, have: Sequence[Row], want: Sequence[Row], found: dict[Pen, list[Stretch]], fewest: int
) -> None:
    text = max(found, key=lambda pen: sum(each.end - each.first for each in found[pen]), default=None)
    for pen, stretches in found.items():
        if text is None or len(stretches) < fewest or len(change(text, pen) + change(pen, text)) < _MOVES:
            continue
        for each in stretches:
            if _is_drawable(have[each.y], want[each.y], each):
                _draw(out, have[each.y], want[each.y], each, pen)


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


def _draw(out: Output, have: Row, want: Row, stretch: Stretch, pen: Pen) -> None:
    y, first, end = stretch
    if all(cell[0] for cell in have[first:end]):  # where wide cells stood all is drawn, or halves would be left
        first = difference(have, want, first, end)
        end = last_difference(have[:end], want[:end], first) + 1
    out.go(y, first)
    out.wear(pen)
    out.write("".join([cell[0] for cell in want[first:end]]), end - first)
    have[first:end] = want[first:end]
