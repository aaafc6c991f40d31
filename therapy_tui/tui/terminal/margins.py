"""Draws what looks unlike the text, one look after the other over many rows.

Row by row each would cost two changes of colour, which are longer than the move to the next.
"""

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Final

from therapy_tui.tui.terminal.cells import Row
from therapy_tui.tui.terminal.looks import Looks, Stretch, find_looks
from therapy_tui.tui.terminal.moves import move
from therapy_tui.tui.terminal.output import Output
from therapy_tui.tui.terminal.pens import PLAIN, Pen, change
from therapy_tui.tui.terminal.rows import difference, last_difference

_ALTERNATING: Final = 2
"""So many stretches of one look in a row make it worth while to draw them before what stands between."""
_LEAST: Final = 8
"""In so many cells at least looks may alternate."""
_FEW: Final = 4
"""Of so many looks at most every order is tried."""
_KEPT: Final = 4
"""The bytes that let the terminal remember a place and a pen, and that go back to them."""

_Place = tuple[int, int]


def draw_hints(out: Output, have: Sequence[Row], want: Sequence[Row], y: int) -> None:
    """Draw so the stretches of one row where looks alternate, as keys and words in a footer do."""
    first = difference(have[y], want[y], 0, out.width)
    if last_difference(have[y], want[y], first) - first >= _LEAST:  # more than a letter that was typed
        looks = find_looks(have, want, [y], out.width, _ALTERNATING)
        _draw(out, have, want, looks, looks)


def draw_margins(out: Output, have: Sequence[Row], want: Sequence[Row], changed: Sequence[int], budget: int) -> None:
    """Draw the stretches of all pens but the one that most of the text has, and end where the text begins.

    Args:
        out: where it is sent.
        have: what the terminal shows; it is changed as the terminal is.
        want: what it should show.
        changed: the rows that differ, rising.
        budget: the bytes that may be sent; only as many rows are looked at as go out with it whole.
    """
    looks = find_looks(have, want, changed, budget - out.size, 1)
    if not looks:
        return
    here, pen = ((out.y, out.x) if out.y >= 0 else None), out.pen or PLAIN
    text = _first_of_the_text(have, want, changed, looks)
    size, order = _shortest(out, looks, (here, pen), text)
    if text is not None and out.abilities.shift:
        place, ink = text
        there, order_from_there = _shortest(out, looks, text, None)
        if len(move(here, *place, out.stops) + change(pen, ink)) + _KEPT + there < size:
            out.go(*place)
            out.wear(ink)
            out.keep()
            _draw(out, have, want, looks, order_from_there)
            out.come_back()
            return
    _draw(out, have, want, looks, order)


def _first_of_the_text(
    have: Sequence[Row], want: Sequence[Row], changed: Sequence[int], looks: Looks
) -> tuple[_Place, Pen] | None:
    """Give the place and the pen of the first cell that differs and is in none of the looks."""
    apart: dict[int, set[int]] = {}
    for y, first, end in (each for stretches in looks.values() for each in stretches):
        apart.setdefault(y, set()).update(range(first, end))
    for y in changed:
        for x, cell in enumerate(want[y]):
            if cell != have[y][x] and x not in apart.get(y, ()):
                return (y, x), cell[1]
    return None


def _shortest(
    out: Output, looks: Looks, begin: tuple[_Place | None, Pen], end: tuple[_Place, Pen] | None
) -> tuple[int, Sequence[Pen]]:
    """Give the bytes of moves and changes of colour in the best order of the looks, and that order."""
    orders = permutations(looks) if len(looks) <= _FEW else [tuple(looks)]
    return min(((_size(out, looks, order, begin, end), order) for order in orders), key=lambda each: each[0])


def _size(
    out: Output,
    looks: Looks,
    order: Iterable[Pen],
    begin: tuple[_Place | None, Pen],
    end: tuple[_Place, Pen] | None,
) -> int:
    size, (place, worn) = 0, begin
    stops = [(looks[pen][0][:2], looks[pen][-1], pen) for pen in order]
    for (y, x), last, pen in stops:
        size += len(move(place, y, x, out.stops) + change(worn, pen))
        place, worn = (last.y, last.end), pen
    if end is not None:
        size += len(move(place, *end[0], out.stops) + change(worn, end[1]))
    return size


def _draw(out: Output, have: Sequence[Row], want: Sequence[Row], looks: Looks, order: Iterable[Pen]) -> None:
    for pen in order:
        for stretch in looks[pen]:
            _draw_stretch(out, have[stretch.y], want[stretch.y], stretch, pen)


def _draw_stretch(out: Output, have: Row, want: Row, stretch: Stretch, pen: Pen) -> None:
    y, first, end = stretch
    if all(cell[0] for cell in have[first:end]):  # where wide cells stood all is drawn, or halves would be left
        first = difference(have, want, first, end)
        end = last_difference(have[:end], want[:end], first) + 1
    out.go(y, first, have)
    out.wear(pen)
    out.write("".join([cell[0] for cell in want[first:end]]), end - first)
    have[first:end] = want[first:end]
