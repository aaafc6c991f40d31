"""Pushes and pulls cells within a row, for what is typed or rubbed out in the middle of a line."""

from typing import Final

from therapy_tui.tui.terminal.cells import Row
from therapy_tui.tui.terminal.output import Output
from therapy_tui.tui.terminal.rows import difference, last_difference

_MOST: Final = 2
"""At most so many cells are pushed at once: one letter, or a wide one."""
_WORTH: Final = 14
"""So many cells at least differ before pushing is shorter than drawing them."""


def push_row(out: Output, y: int, have: Row, want: Row) -> bool:
    """Push or pull the end of a row by a cell or two, where that makes all the difference.

    Returns:
        Whether it did; the row is as wanted then.
    """
    width = len(want)
    first = difference(have, want, 0, width)
    last = last_difference(have, want, first)
    if not out.abilities.shift or last - first < _WORTH or not all(cell[0] for cell in (*have[first:], *want[first:])):
        return False
    for count in range(1, _MOST + 1):
        rest = last + 1 - count
        if want[first + count : last + 1] == have[first:rest]:
            _insert(out, y, (first, rest, count), want, is_plain=_is_even(have[rest:]))
            return True
        if want[first:rest] == have[first + count : last + 1]:
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
        out.send("\x1b7")
        out.go(y, rest)
        out.send(f"\x1b[{_number(count)}P\x1b8")
        out.y, out.x = y, first
    for x in range(first, first + count):
        out.wear_for(want[x])
        out.write_inserting(want[x][0], 1)


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
    for x in range(rest, rest + count):
        out.wear_for(want[x])
        out.write_inserting(want[x][0], 1)


def _number(count: int) -> str:
    return "" if count == 1 else str(count)
