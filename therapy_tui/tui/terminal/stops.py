"""Finds the column at which most rows begin: a tab stop there makes the move to the next of them three bytes short."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from therapy_tui.tui.terminal.cells import Row
from therapy_tui.tui.terminal.moves import across
from therapy_tui.tui.terminal.output import Output
from therapy_tui.tui.terminal.rows import difference

_WAY: Final = len("\r\t")


def best_stop(out: Output, have: Sequence[Row], want: Sequence[Row], changed: Sequence[int]) -> int:
    """Give the column where a tab stop saves more than it costs, or -1.

    Args:
        out: what is sent, and the tab stops that there are.
        have: what the terminal shows.
        want: what it should show.
        changed: the rows that have yet to be drawn.
    """
    if not (out.abilities.stops and changed):
        return -1
    begins = Counter(difference(have[y], want[y], 0, out.width) for y in changed)
    x, count = begins.most_common(1)[0]
    saved = (len(across(-1, x, out.stops)) - _WAY) * (count - 1)
    return x if saved > len(out.stop_order(x)) else -1
