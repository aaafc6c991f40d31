"""An independent terminal: pyte, with the things mended in which it differs from real ones."""

import itertools
import unicodedata

import pyte
from pyte.screens import Char, wcwidth

PLAIN = Char(" ")


class JudgeStream(pyte.Stream):
    """A stream that knows how to repeat."""

    csi = {**pyte.Stream.csi, "b": "repeat"}
    events = frozenset(itertools.chain(pyte.Stream.events, ["repeat"]))


class Judge(pyte.Screen):
    """A terminal with bce, REP, rows that move in on the pen's ground, and wide cells that lose both halves at once."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.last_drawn = " "
        self.stream = JudgeStream(self)
        self.feed("\x1b[?7l")

    def feed(self, data: str) -> None:
        """Take what is sent to a terminal; modes that a screen does not show are left out."""
        for each in ("\x1b[?2026$p", "\x1b[>1u", "\x1b[<u", "\x1b[6n"):
            data = data.replace(each, "")
        self.stream.feed(data)

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Take another size, with a tab stop at every eighth column."""
        super().resize(lines, columns)
        self.tabstops = set(range(8, self.columns, 8))

    # what it shows

    def cell(self, y: int, x: int) -> Char:
        """Give a cell as it looks: a blank only has its ground, unless something on it is seen."""
        cell = self.buffer[y][x]
        if cell.data != " " or cell.underscore or cell.reverse or cell.strikethrough:
            return cell
        return PLAIN._replace(bg=cell.bg)

    def picture(self) -> list[list[Char]]:
        """Give all cells."""
        return [[self.cell(y, x) for x in range(self.columns)] for y in range(self.lines)]

    # mends

    @property
    def blank(self) -> Char:
        """What erasing leaves: the pen's ground, without its underline or reverse."""
        return PLAIN._replace(bg=self.cursor.attrs.bg)

    def draw(self, data: str) -> None:
        """Draw text, by the widths of its characters."""
        for char in data:
            width = wcwidth(char)
            if width == 0 and unicodedata.combining(char):
                self._mark(char)
            elif width > 0:
                self._draw(char, width)

    def _mark(self, char: str) -> None:
        line, x = self.buffer[self.cursor.y], self.cursor.x - 1
        if x > 0 and line[x].data == "":
            x -= 1
        if x >= 0:
            line[x] = line[x]._replace(data=unicodedata.normalize("NFC", line[x].data + char))

    def _draw(self, char: str, width: int) -> None:
        self.last_drawn = char
        self.cursor.x = min(self.cursor.x, self.columns - width)
        if pyte.modes.IRM in self.mode:
            self.insert_characters(width)
        line, x = self.buffer[self.cursor.y], self.cursor.x
        if line[x].data == "" and x:
            line[x - 1] = line[x - 1]._replace(data=" ")
        if x + width < self.columns and line[x + width].data == "":
            line[x + width] = line[x + width]._replace(data=" ")
        line[x] = self.cursor.attrs._replace(data=char)
        if width > 1:
            line[x + 1] = self.cursor.attrs._replace(data="")
        self.cursor.x = min(x + width, self.columns)

    def repeat(self, count: int | None = None) -> None:
        """Draw the last character again."""
        self.draw(self.last_drawn * (count or 1))

    def _fill(self, y: int, columns: range) -> None:
        for x in columns:
            self.buffer[y][x] = self.blank

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        """Erase to the end of the row."""
        assert how == 0
        assert not private
        self._fill(self.cursor.y, range(min(self.cursor.x, self.columns - 1), self.columns))

    def erase_in_display(self, how: int = 0, *_: object, **__: object) -> None:
        """Erase the whole screen."""
        assert how == 2
        for y in range(self.lines):
            self._fill(y, range(self.columns))

    def erase_characters(self, count: int | None = None) -> None:
        """Erase some cells."""
        self._fill(self.cursor.y, range(self.cursor.x, min(self.columns, self.cursor.x + (count or 1))))

    def insert_characters(self, count: int | None = None) -> None:
        """Push cells to the right."""
        line, x, count = self.buffer[self.cursor.y], self.cursor.x, count or 1
        cells = [line[each] for each in range(self.columns)]
        for each, cell in enumerate((cells[:x] + [self.blank] * count + cells[x:])[: self.columns]):
            line[each] = cell

    def delete_characters(self, count: int | None = None) -> None:
        """Pull cells from the right."""
        line, x, count = self.buffer[self.cursor.y], self.cursor.x, count or 1
        cells = [line[each] for each in range(self.columns)]
        for each, cell in enumerate(cells[:x] + cells[x + count :] + [self.blank] * count):
            line[each] = cell

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """Set the region that scrolls."""
        super().set_margins(top, bottom)
        self.cursor_position()  # also when the region is taken back

    def _shift(self, count: int | None, *, up: bool) -> None:
        top, bottom = self.margins or (0, self.lines - 1)
        y = self.cursor.y
        if not top <= y <= bottom:
            return
        rows = [[self.buffer[each][x] for x in range(self.columns)] for each in range(y, bottom + 1)]
        new = [[self.blank] * self.columns for _ in range(min(count or 1, len(rows)))]
        moved = rows[len(new) :] + new if up else new + rows[: len(rows) - len(new)]
        for each, row in enumerate(moved, y):
            for x, cell in enumerate(row):
                self.buffer[each][x] = cell
        self.carriage_return()

    def insert_lines(self, count: int | None = None) -> None:
        """Push rows down."""
        self._shift(count, up=False)

    def delete_lines(self, count: int | None = None) -> None:
        """Pull rows up."""
        self._shift(count, up=True)
