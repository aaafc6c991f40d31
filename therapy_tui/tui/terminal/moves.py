"""The cheapest ways to move a terminal's cursor."""

import functools
from typing import Final

TAB: Final = 8


Stops = tuple[int, ...]
"""The columns where a tab stops, rising."""


def every_stop(width: int) -> Stops:
    """Give the tab stops that every terminal begins with."""
    return tuple(range(TAB, width, TAB))


@functools.lru_cache(maxsize=8192)
def across(before: int, x: int, stops: Stops) -> str:
    """Give the shortest move along a row.

    Args:
        before: the column where the cursor is, or -1 when it is not known.
        x: the column where it should be.
        stops: where a tab stops.
    """
    if before == x:
        return ""
    ways = [f"\x1b[{x + 1}G" if x else "\x1b[G"]
    for prefix, start in (("", before), ("\r", 0)):
        if start >= 0:
            ways.append(prefix + _by(start, x))
            ways += [prefix + way for way in _by_tabs(start, x, stops)]
    return min(ways, key=len)


def _by(before: int, x: int) -> str:
    """Give the shortest relative move."""
    steps = x - before
    if steps < 0:
        return min("\b" * -steps, f"\x1b[{-steps}D", key=len)
    return "" if not steps else "\x1b[C" if steps == 1 else f"\x1b[{steps}C"


def _by_tabs(before: int, x: int, stops: Stops) -> list[str]:
    """Give the moves that go by tab stops: to the last before the column, or one beyond and back."""
    passed = [stop for stop in stops if before < stop <= x]
    ways = ["\t" * len(passed) + _by(passed[-1], x)] if passed else []
    beyond = next((stop for stop in stops if stop > max(before, x)), None)
    if beyond is not None:
        ways.append("\t" * (len(passed) + 1) + _by(beyond, x))
    return ways


@functools.lru_cache(maxsize=8192)
def move(before: tuple[int, int] | None, y: int, x: int, stops: Stops) -> str:
    """Give the shortest move to a place.

    Args:
        before: the row and the column where the cursor is, the column -1 when it is not known; None for nothing known.
        y: the row where it should be.
        x: the column where it should be.
        stops: where a tab stops.
    """
    row = str(y + 1) if y else ""
    ways = [f"\x1b[{row};{x + 1}H" if x else f"\x1b[{row}H"]
    if before is not None:
        steps = y - before[0]
        # A line feed keeps the column, because the terminal is told to leave it alone; it never stands on the last row.
        down = min("\n" * steps, f"\x1b[{steps}B", key=len) if steps > 0 else ""
        up = f"\x1b[{-steps}A" if steps < -1 else "\x1b[A" if steps == -1 else ""
        ways.append(down + up + across(before[1], x, stops))
    return min(ways, key=len)
