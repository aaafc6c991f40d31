"""Draws what stands in one column over many rows, such as the bar in the gutter, from top to bottom at once."""

from collections.abc import Sequence
from typing import Final

from therapy_tui.tui.terminal.cells import Row, is_sure
from therapy_tui.tui.terminal.output import Output

_FEWEST: Final = 3
_ASCII: Final = "~"
"""What comes up to here is of a text."""


def draw_stems(out: Output, have: Sequence[Row], want: Sequence[Row], changed: Sequence[int]) -> None:
    """Draw the cells that are the same over some rows and look unlike what stands beside them.

    Row by row each would cost two changes of colour.

    Args:
        out: where it is sent.
        have: what the terminal shows; it is changed as the terminal is.
        want: what it should show.
        changed: the rows that differ, rising.
    """
    rows = set(changed)
    for y in changed:
        for x, (text, _) in enumerate(want[y][:-1]):
            if text <= _ASCII:
                continue
            end = y
            while end in rows and want[end][x] == want[y][x] and _is_apart(have[end], want[end], x):
                end += 1
            if end - y >= _FEWEST:
                _draw(out, have, want, x, range(y, end))


def _is_apart(have: Row, want: Row, x: int) -> bool:
    cell, ink = want[x], want[x][1].ink
    is_alone = want[x + 1][1].ink != ink and (not x or want[x - 1][1].ink != ink)
    return is_alone and cell != have[x] and not cell[0].isalnum()  # else it is a word of one letter


def _draw(out: Output, have: Sequence[Row], want: Sequence[Row], x: int, rows: range) -> None:
    text, pen = want[rows[0]][x]
    if not is_sure(text) or any(not have[y][x][0] or not have[y][x + 1][0] for y in rows):
        return
    for y in rows:
        out.go(y, x)
        out.wear(pen)
        out.write(text, 1)
        have[y][x] = want[y][x]
