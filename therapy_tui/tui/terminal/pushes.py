"""Pushes and pulls cells within a row, for what is typed or rubbed out in the middle of a line."""

from typing import Final

from therapy_tui.tui.terminal.cells import Row
from therapy_tui.tui.terminal.output import Output
from therapy_tui.tui.terminal.rows import difference, last_difference

_MOST: Final = 24
"""At most so many cells are pushed at once: a letter, or a hint that comes first in the footer."""
_WORTH: Final = 14
"""So many cells more than are pushed differ at least, before pushing is shorter than drawing them."""
_SOME: Final = 2
"""So many cells at once are put into blanks that an order makes; single letters go by the insert mode."""
_MANY: Final = 12
"""From so many on that is shorter also where the insert mode is on and has to be left for it."""


def push_row(out: Output, y: int, have: Row, want: Row) -> bool:
    """Push or pull the end of a row by some cells, where that makes all the difference.

    Returns:
        Whether it did; the row is as wanted then.
    """
    width = len(want)
    first = difference(have, want, 0, width)
    last = last_difference(have, want, first)
    if not out.abilities.shift or last - first < _WORTH:
        return False
    for count in range(1, min(_MOST, last - first - _WORTH + 1) + 1):
        rest = last + 1 - count
        is_in = want[last] == have[rest - 1] and want[first + count : last + 1] == have[first:rest]
        is_out = want[first] == have[first + count] and want[first:rest] == have[first + count : last + 1]
        if (is_in or is_out) and not all(cell[0] for cell in (*have[first:], *want[first:])):
            return False  # a wide cell would lose a half
        if is_in:
            _insert(out, y, (first, rest, count), want, is_plain=_is_even(have[rest:]))
            return True
        if is_out:
            _delete(out, y, (first, rest, count), want, is_plain=_is_even(have[last:]) and want[rest:] == have[rest:])
            return True
    return False


def _is_even(cells: Row) -> bool:
    return all(cell == cells[0] for cell in cells)


def _insert(out: Output, y: int, place: tuple[int, int, int], want: Row, *, is_plain: bool) -> None:
    """Push from `first` on; what would leave the stretch at its end is taken out before, so that the rest stays."""
    first, rest, count = place
    out.go(y, first)
    if not is_plain:
        out.keep()
        out.go(y, rest)
        out.send(f"\x1b[{_number(count)}P")
        out.come_back()
    _open(out, want[first : first + count])


def _delete(out: Output, y: int, place: tuple[int, int, int], want: Row, *, is_plain: bool) -> None:
    """Pull to `first`; what stands after the stretch is pushed back to its place, unless it is all the same."""
    first, rest, count = place
    out.go(y, first)
    end = want[-1]
    if is_plain and out.can_erase_into(end):
        out.wear_for(end)
        out.send(f"\x1b[{_number(count)}P")
        return
    out.send(f"\x1b[{_number(count)}P")
    out.go(y, rest)
    _open(out, want[rest : rest + count])


def _open(out: Output, cells: Row) -> None:
    """Put cells at the cursor, and push what stands there."""
    end = cells[-1]
    if len(cells) < (_MANY if out.is_inserting else _SOME) or not out.can_erase_into(end):
        for cell in cells:
            out.wear_for(cell)
            out.write_inserting(cell[0], 1)
        return
    out.wear_for(end)
    out.send(f"\x1b[{_number(len(cells))}@")
    while cells and cells[-1] == end:
        cells = cells[:-1]
    for cell in cells:
        out.wear_for(cell)
        out.write(cell[0], 1)


def _number(count: int) -> str:
    return "" if count == 1 else str(count)
