"""The screen of a terminal that any program may draw on: the judge of our own, and what only other programs ask for."""

import itertools

from tests.tui.terminal.judge import Judge, JudgeStream

WRAP = 7 << 5
"""How pyte remembers that lines wrap (DECAWM)."""


class _Stream(JudgeStream):
    """A stream that knows how to scroll."""

    csi = {**JudgeStream.csi, "S": "scroll_up", "T": "scroll_down"}
    events = frozenset(itertools.chain(JudgeStream.events, ["scroll_up", "scroll_down"]))


class Screen(Judge):
    """A terminal as it is switched on: lines wrap, every erase is known, rows scroll on demand."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.stream = _Stream(self)
        self.mode.add(WRAP)

    def feed(self, data: str) -> None:
        """Take what a terminal shows; questions and modes were taken out before."""
        self.stream.feed(data)

    def rows(self) -> list[str]:
        """Give the text of each row, without the blanks at its end."""
        columns = range(self.columns)
        return ["".join([self.buffer[y][x].data for x in columns]).rstrip() for y in range(self.lines)]

    def _draw(self, char: str, width: int) -> None:
        if WRAP in self.mode and self.cursor.x + width > self.columns:
            self.carriage_return()
            self.index()
        super()._draw(char, width)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        """Erase a row from the cursor on, up to it, or whole."""
        del private
        x = min(self.cursor.x, self.columns - 1)
        self._fill(self.cursor.y, (range(x, self.columns), range(x + 1), range(self.columns))[how])

    def erase_in_display(self, how: int = 0, *_: object, **__: object) -> None:
        """Erase the screen from the cursor on, up to it, or whole; what has scrolled away is nobody's here."""
        y = self.cursor.y
        for each in (range(y + 1, self.lines), range(y), range(self.lines), range(0))[how]:
            self._fill(each, range(self.columns))
        if how <= 1:
            self.erase_in_line(how)

    def scroll_up(self, count: int | None = None) -> None:
        """Move all rows of the region up."""
        self._scroll(count, up=True)

    def scroll_down(self, count: int | None = None) -> None:
        """Move all rows of the region down."""
        self._scroll(count, up=False)

    def _scroll(self, count: int | None, *, up: bool) -> None:
        y, x = self.cursor.y, self.cursor.x
        self.cursor.y = self.margins.top if self.margins else 0
        self._shift(count, up=up)
        self.cursor.y, self.cursor.x = y, x
