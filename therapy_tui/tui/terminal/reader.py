"""Reads what Textual writes and puts it on a canvas. Nothing of it passes through: what is not known is counted."""

import re
from typing import Final

from therapy_tui.tui.palettes import Depth
from therapy_tui.tui.terminal.canvas import Canvas
from therapy_tui.tui.terminal.cells import Cells
from therapy_tui.tui.terminal.pens import PLAIN, Pen, apply

_TOKEN: Final = re.compile(
    r"\x1b\[([0-9;:?<=>]*)([ -/]*[@-~])"  # an order: numbers, and what it is
    r"|(\x1b\](?:8|22);[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\))"  # links and pointers, which are left out
    r"|(\n)"
    r"|([^\x00-\x1f\x7f-\x9f]+)"  # text
    r"|(?:\x1b.?|[\x00-\x1f\x7f-\x9f])",  # what nobody should write
    re.DOTALL,
)
_MODES: Final = re.compile(r"\?(?:25|7|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048)\Z")
"""The modes that Textual sets at its start and end and round its frames; the driver sets those that are needed."""


class Reader:
    """Follows the small grammar of Textual's output.

    Args:
        canvas: where it is put.
        depth: how many colours the terminal takes.
    """

    def __init__(self, canvas: Canvas, depth: Depth) -> None:
        self.canvas = canvas
        self.unknown = 0
        """Orders and control characters that were not known: a test holds this at 0 over every screen."""
        self._depth = depth
        self._x = self._y = 0
        self._pen = PLAIN
        self._by_pen: dict[Pen, Cells] = {}
        self._cells = self._of(PLAIN)

    def read(self, written: str) -> None:
        """Put what was written on the canvas."""
        for token in _TOKEN.finditer(written):
            numbers, kind, left_out, line, text = token.groups()
            if text is not None:
                self._x = self.canvas.put(self._y, self._x, text, self._cells)
            elif kind == "m":
                self._pen = apply(self._pen, numbers, self._depth)
                self._cells = self._of(self._pen)
            elif kind == "H":
                self._go(numbers)
            elif line is not None:
                self._y += 1
            elif left_out is None and not _is_mode(numbers, kind):
                self.unknown += 1

    def _of(self, pen: Pen) -> Cells:
        if pen not in self._by_pen:
            self._by_pen[pen] = Cells(pen)
        return self._by_pen[pen]

    def _go(self, numbers: str) -> None:
        row, _, column = numbers.partition(";")
        self._y, self._x = int(row or 1) - 1, int(column or 1) - 1


def _is_mode(numbers: str | None, kind: str | None) -> bool:
    if numbers is None:
        return False
    if kind in {"h", "l", "$p"}:
        return _MODES.match(numbers) is not None
    return kind == "u" and numbers[:1] in {"<", ">"}
