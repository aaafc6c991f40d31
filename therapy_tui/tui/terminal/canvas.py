"""A canvas: the rows of cells that a program wants on the screen."""

from therapy_tui.tui.terminal.cells import Cell, Cells, Row, blank, halves
from therapy_tui.tui.terminal.pens import PLAIN, Pen


class Canvas:
    """Rows of cells of one size; what is put outside is not kept.

    Args:
        width: in cells.
        height: in rows.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.rows: list[Row] = [[blank()] * width for _ in range(height)]
        self.touched: set[int] = set(range(height))
        """The rows that may have changed since somebody looked; who looks takes them out."""
        self.unpainted: set[int] = set(range(height))
        """The rows to the end of which nothing was put yet."""

    def resized(self, width: int, height: int) -> "Canvas":
        """Give a canvas of another size with as much of this one as fits."""
        new = Canvas(width, height)
        for y, row in enumerate(self.rows[:height]):
            new._put(y, 0, row)
        new.unpainted = set(range(height))
        return new

    def put(self, y: int, x: int, text: str, cells: Cells) -> int:
        """Put text into a row, and give the column after it."""
        marks, row = cells.lay(text)
        if 0 <= y < self.height:
            if marks:
                self._mark(y, x, marks)
            self._put(y, x, row)
        return x + len(row)

    def _put(self, y: int, x: int, new: Row) -> None:
        row, end = self.rows[y], min(self.width, x + len(new))
        if x >= end:
            return
        new = new[: end - x]
        for at in (x, end):
            if 0 < at < self.width and row[at][0] == "":
                row[at - 1], row[at] = halves(row[at - 1])
        if new[-1][0] != "" and end == self.width and _is_wide(new[-1]):
            new[-1] = halves(new[-1])[0]
        row[x:end] = new
        self.touched.add(y)
        if end == self.width:
            self.unpainted.discard(y)

    def _mark(self, y: int, x: int, marks: str) -> None:
        """Put marks on the letter on the left, where there is one."""
        row = self.rows[y]
        at = x - 1 if 0 < x <= self.width else -1
        if at > 0 and row[at][0] == "":
            at -= 1
        if at >= 0:
            row[at] = (row[at][0] + marks, row[at][1])
            self.touched.add(y)


def _is_wide(cell: Cell) -> bool:
    return len(Cells(PLAIN).lay(cell[0])[1]) > 1


def plain_row(width: int, pen: Pen = PLAIN) -> Row:
    """Give a row of blanks on the ground of a pen."""
    return [blank(pen)] * width
