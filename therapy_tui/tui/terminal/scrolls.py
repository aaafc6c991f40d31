"""Finds rows that only moved, and moves them on the terminal instead of drawing them again."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from therapy_tui.tui.terminal.cells import Row, is_erasable
from therapy_tui.tui.terminal.output import Output

PRICE = 18
"""The bytes of a scroll: the region, the move, the order, and the region taken back."""
_MOVE = 4
_ERASE = 4
"""The bytes that a row costs besides its cells: the move to it, and the erasing of what stood there."""
_FEWEST = 3


class Scroll(NamedTuple):
    """Rows of a region that move."""

    top: int
    """The first row of the region."""
    bottom: int
    """The row after its last."""
    lines: int
    """By so many rows they move up, or (negative) down; by all of them, and the region is empty."""


def best_scroll(
    have: Sequence[Row], want: Sequence[Row], changed: Sequence[int], fill: Row, price: int
) -> Scroll | None:
    """Give the one scroll that saves most bytes, or None where none saves more than its price.

    Args:
        have: what the terminal shows.
        want: what it should show.
        changed: the rows that differ, rising.
        fill: the row that moves in.
        price: what a scroll costs in bytes.
    """
    if len(changed) < _FEWEST:
        return None
    fresh = [_cost(fill, row) for row in want]
    costs = [0] * len(want)
    for y in changed:
        costs[y] = _cost(have[y], want[y])
    found = [*_shifts(have, want, changed), _clearing(costs, fresh)]
    best = max(found, key=lambda scroll: _gain(scroll, costs, fresh))
    is_region = best.bottom - best.top > 1  # terminals take no region of one row
    return best if is_region and _gain(best, costs, fresh) > price else None


def _cost(have: Row, want: Row) -> int:
    """Estimate the bytes that drawing a row costs."""
    changes = [new[0] for old, new in zip(have, want, strict=True) if old != new]
    written = len(changes) - changes.count(" ")
    return written + (_MOVE if changes else 0) + (_ERASE if len(changes) > written else 0)


def _gain(scroll: Scroll, costs: Sequence[int], fresh: Sequence[int]) -> int:
    top, bottom, lines = scroll
    new = range(max(top, bottom - lines), bottom) if lines > 0 else range(top, min(bottom, top - lines))
    return sum(costs[top:bottom]) - sum(fresh[y] for y in new)


def _shifts(have: Sequence[Row], want: Sequence[Row], changed: Sequence[int]) -> list[Scroll]:
    """Give, for the most frequent distances, the longest stretch of rows that moved by it."""
    counts: Counter[int] = Counter()
    for y in changed:
        row = want[y]
        if not all(map(is_erasable, row)):
            counts.update(other - y for other, before in enumerate(have) if before == row)
    shifts = []
    for distance, _ in counts.most_common(3):
        begin, end = _longest(have, want, distance)
        if begin < end:
            top, bottom = min(begin, begin + distance), max(end, end + distance)
            shifts.append(Scroll(top, bottom, distance))
    return shifts


def _longest(have: Sequence[Row], want: Sequence[Row], distance: int) -> tuple[int, int]:
    """Give the longest run of rows that stood `distance` rows further down before."""
    best, begin = (0, 0), -1
    for y in range(len(want) + 1):
        fits = y < len(want) and 0 <= y + distance < len(have) and want[y] == have[y + distance]
        if fits and begin < 0:
            begin = y
        elif not fits and begin >= 0:
            best = max(best, (begin, y), key=lambda run: run[1] - run[0])
            begin = -1
    return best


def _clearing(costs: Sequence[int], fresh: Sequence[int]) -> Scroll:
    """Give the stretch of rows that saves most when it is emptied at once; rows that stay may lie within."""
    best, most, begin, saved = (0, 0), 0, 0, 0
    for y, (cost, new) in enumerate(zip(costs, fresh, strict=True)):
        if saved <= 0:
            begin, saved = y, 0
        saved += cost - new
        if saved > most:
            best, most = (begin, y + 1), saved
    return Scroll(*best, best[1] - best[0])


def scroll(out: Output, have: list[Row], how: Scroll, fill: Row) -> None:
    """Move rows on the terminal.

    Args:
        out: where it is sent.
        have: what the terminal shows; it is changed as the terminal is.
        how: which rows move, and how far.
        fill: the row that moves in.
    """
    top, bottom, lines = how
    count = min(abs(lines), bottom - top)
    number = "" if count == 1 else str(count)
    out.wear_for(fill[0])
    if bottom == len(have):
        out.go(top, 0)
        out.send(f"\x1b[{number}{'M' if lines > 0 else 'L'}")
    elif count == bottom - top:
        out.go(top, 0)  # what stands below is pulled up, and pushed back: shorter than a region
        out.send(f"\x1b[{number}M\x1b[{number}L")
    else:
        out.send(f"\x1b[{top + 1};{bottom}r")
        out.forget_place()  # some terminals put it at the top left now
        out.go(top, 0)
        out.send(f"\x1b[{number}{'M' if lines > 0 else 'L'}\x1b[r")
        out.forget_place()
    new = [list(fill) for _ in range(count)]
    have[top:bottom] = have[top + count : bottom] + new if lines > 0 else new + have[top : bottom - count]
