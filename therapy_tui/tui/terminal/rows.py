"""Draws the difference of one row."""

import re
from typing import Final

from therapy_tui.tui.terminal.cells import AS_TEXT, JOINER, Row, is_erasable, is_sure
from therapy_tui.tui.terminal.output import Output

_ERASE: Final = 3
"""The bytes of the order that erases to the end of a row."""
_RUN: Final = re.compile(r"(.)\1{6,}", re.DOTALL)
"""The same glyph so often that repeating or erasing may be shorter."""
_FAR: Final = 9
"""The bytes of an order that erases some cells and of the move over them."""


def draw_row(out: Output, y: int, have: Row, want: Row) -> None:
    """Send what makes a row of the terminal look as it should.

    Args:
        out: where it is sent.
        y: the row.
        have: what the terminal shows there.
        want: what it should show.
    """
    limit, erase_at = _tail(out, have, want)
    x = difference(have, want, 0, limit)
    while x < limit:
        if not want[x][0]:
            x -= 1  # the right half of a wide cell is drawn with its left
        out.go(y, x, want)
        out.wear_for(want[x])
        x = difference(have, want, _stretch(out, have, want, x, limit), limit)
    if erase_at >= 0:
        out.go(y, erase_at, want)
        out.wear_for(want[-1])
        out.send("\x1b[K")


def difference(have: Row, want: Row, x: int, limit: int) -> int:
    """Give the first column from `x` on in which two rows differ, or `limit`."""
    while x < limit and have[x] == want[x]:
        x += 1
    return x


def last_difference(have: Row, want: Row, first: int) -> int:
    """Give the last column in which two rows differ, or `first` when there is none after it."""
    x = len(want) - 1
    while x > first and have[x] == want[x]:
        x -= 1
    return x


def _tail(out: Output, have: Row, want: Row) -> tuple[int, int]:
    """Give the column up to which cells are drawn, and that from which the rest is erased, or -1."""
    width, last = len(want), want[-1]
    if not out.can_erase_into(last):
        return width, -1
    begin = width
    while begin and want[begin - 1] == last:
        begin -= 1
    first = difference(have, want, begin, width)
    if first == width:
        return begin, -1
    if last_difference(have, want, first) - first < _ERASE:
        return width, -1
    return begin, first


def _stretch(out: Output, have: Row, want: Row, x: int, limit: int) -> int:
    """Draw the cells from `x` on that differ and take the present pen, and give the column after them."""
    end = x
    while end < limit and is_sure(want[end][0]) and _goes_on(out, have, want, range(x, limit), end):
        end += 1
    if end > x:
        _draw(out, want, x, end)
        return end
    end += 1
    while end < limit and not want[end][0]:
        end += 1
    _draw_unsure(out, want[x][0], end - x)
    return end


def _goes_on(out: Output, have: Row, want: Row, room: range, end: int) -> bool:
    """Whether a stretch in `room` takes this cell: one that differs, or alone does not, for no move is shorter."""
    cell = want[end]
    if end > room.start and cell[0] and have[end] == cell:
        after = end + 1
        if after == room.stop or have[after] == want[after]:
            return False
    return cell[1] == out.pen or out.pen_for(cell) == out.pen


def _draw(out: Output, want: Row, x: int, end: int) -> None:
    """Draw sure cells, runs of one glyph by a shorter way where there is one."""
    text = "".join([cell[0] for cell in want[x:end]])
    if len(text) != end - x:  # wide cells among them
        out.write(text, end - x)
        return
    y, done = out.y, 0
    for run in _RUN.finditer(text):
        start, stop = run.span()
        if order := _run_order(out, text[start], stop - start, is_blank=is_erasable(want[x + start])):
            _draw_text(out, y, x + done, text[done:start])
            _draw_run(out, y, x + start, text[start], order, stop - start)
            done = stop
    _draw_text(out, y, x + done, text[done:])


def _draw_text(out: Output, y: int, x: int, text: str) -> None:
    if text:
        out.go(y, x)
        out.write(text, len(text))


def _run_order(out: Output, glyph: str, count: int, *, is_blank: bool) -> str:
    plain = len(glyph.encode()) * count
    if out.abilities.repeat and plain > len(glyph.encode()) + 5:
        return f"\x1b[{count - 1}b"
    if is_blank and out.abilities.erase and plain > _FAR and out.pen and (out.abilities.bce or not out.pen.ground):
        return f"\x1b[{count}X"
    return ""


def _draw_run(out: Output, y: int, x: int, glyph: str, order: str, count: int) -> None:
    out.go(y, x)
    if order.endswith("b"):
        out.write(glyph, 1)
        out.x = x + count if x + count < out.width else -1
    out.send(order)


def _draw_unsure(out: Output, text: str, cells: int) -> None:
    """Draw a glyph of which terminals disagree how wide it is; the next move takes no column for granted."""
    y = out.y
    if len(text) > 1 and out.x >= 0:
        # Whatever of its cells the terminal leaves alone is blank then.
        x = out.x
        out.write(" " * cells, cells)
        out.go(y, x)
    text = text.partition(JOINER)[0]
    # What is wide stays wide: as a sign of text, which is narrow, some fonts have no such glyph, and nothing is seen.
    out.write(text.removesuffix(AS_TEXT) if cells > 1 else text, cells)
    out.x = -1
