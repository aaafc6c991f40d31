"""A made-up Textual: a model of a screen that is painted whole, in spans, shifted and inserted into."""

import random

GLYPHS = (
    *("abcdefghij" * 3 + " " * 12),
    *(
        "\u2019",
        "─",
        "─",
        "é",
        "e\u0301",
        "a\u0300\u0301",
        "字",
        "漢",
        "\uff57",
        "한",
        "字\u0301",
        "\N{SLIGHTLY SMILING FACE}",
        "|",
        "█",
    ),
)
WIDE = frozenset("字漢\uff57한\N{SLIGHTLY SMILING FACE}")
STYLES = (
    *("", "", "", "1", "38;5;110", "38;5;252;48;5;234", "38;5;247;48;5;234", "48;5;235", "38;2;1;2;3;48;2;9;9;9"),
    *("4", "7", "9", "3", "1;31", "31;44", "1;4;38;5;110;48;5;235", "92", "48;5;234"),
)

Cell = tuple[str, str]


class Model:
    """Rows of cells (text and style); a wide cell is followed by an empty one."""

    def __init__(self, chance: random.Random, columns: int, lines: int) -> None:
        self.chance = chance
        self.ground = chance.choice(("", "48;5;234"))
        self.resize(columns, lines)

    def resize(self, columns: int, lines: int) -> str:
        """Take another size, and give what paints it."""
        self.columns, self.lines = columns, lines
        self.rows: list[list[Cell]] = [self.made_row() for _ in range(lines)]
        return self.whole()

    def cells(self, room: int, style: str) -> list[Cell]:
        """Make cells of one style that fill a room."""
        made: list[Cell] = []
        run = self.chance.random() < 0.2
        glyph = self.chance.choice(GLYPHS)
        while len(made) < room:
            glyph = glyph if run else self.chance.choice(GLYPHS)
            wide = glyph[0] in WIDE
            if wide and len(made) + 2 > room:
                glyph, wide = " ", False
            made += [(glyph, style), ("", style)] if wide else [(glyph, style)]
        return made

    def made_row(self) -> list[Cell]:
        """Make a row of some stretches, with blank ground at its end more often than not."""
        row: list[Cell] = []
        while len(row) < self.columns:
            room = self.columns - len(row)
            if self.chance.random() < 0.3:
                return row + [(" ", self.ground)] * room
            row += self.cells(min(room, self.chance.randint(1, 20)), self.chance.choice(STYLES))
        return row

    # what Textual would write

    def span(self, y: int, first: int, end: int) -> str:
        """Paint a part of a row; halves of wide cells at its ends are painted whole."""
        row = self.rows[y]
        while first and not row[first][0]:
            first -= 1
        while end < self.columns and not row[end][0]:
            end += 1
        written = f"\x1b[{y + 1};{first + 1}H"
        x = first
        while x < end:
            style, text = row[x][1], ""
            while x < end and row[x][1] == style:
                text += row[x][0]
                x += 1
            written += f"\x1b[{style}m{text}\x1b[0m" if style else text
        return written

    def whole(self) -> str:
        """Paint the whole screen."""
        return "\n".join(self.span(y, 0, self.columns) for y in range(self.lines)) + "\x1b[1;1H"

    def cut(self, y: int, x: int) -> None:
        """Blank a wide cell that is about to lose a half at a column."""
        row = self.rows[y]
        if 0 < x < self.columns and not row[x][0]:
            row[x - 1], row[x] = (" ", row[x - 1][1]), (" ", row[x][1])

    def change(self) -> str:
        """Change something, and give what paints it."""
        ways = (
            *[self._row, self._span, self._shift] * 2,
            self._insert,
            self._delete,
            self._page,
            self._letter,
            self._bar,
        )
        return self.chance.choice(ways)(self.chance.randrange(self.lines))

    def _row(self, y: int) -> str:
        self.rows[y] = self.made_row()
        return self.span(y, 0, self.columns)

    def _span(self, y: int) -> str:
        first = self.chance.randrange(self.columns)
        end = self.chance.randint(first + 1, self.columns)
        self.cut(y, first)
        self.cut(y, end)
        self.rows[y][first:end] = self.cells(end - first, self.chance.choice(STYLES))
        return self.span(y, max(0, first - 1), min(self.columns, end + 1))

    def _page(self, _: int) -> str:
        self.rows = [self.made_row() if self.chance.random() < 0.8 else row for row in self.rows]
        return self.whole()

    def _letter(self, y: int) -> str:
        x = self.chance.randrange(self.columns)
        self.cut(y, x)
        self.cut(y, x + 1)
        self.rows[y][x] = (self.chance.choice("xyz "), self.rows[y][x][1])
        return self.span(y, max(0, x - 1), min(self.columns, x + 2))

    def _insert(self, y: int) -> str:
        return self._push(y, insert=True)

    def _delete(self, y: int) -> str:
        return self._push(y, insert=False)

    def _push(self, y: int, *, insert: bool) -> str:
        row, count = self.rows[y], self.chance.choice((1, 1, 2, 5, 16))
        first = self.chance.randrange(self.columns)
        end = self.chance.randint(first + 1, self.columns)
        if end - first <= count or any(not cell[0] or cell[0][0] in WIDE for cell in row):
            return ""
        part = row[first:end]
        letters = self.chance.choice(("xyz", " "))
        new = [(self.chance.choice(letters), part[0][1]) for _ in range(count)]
        row[first:end] = (new + part)[: len(part)] if insert else [*part[count:], *new]
        return self.span(y, 0, self.columns)

    def _bar(self, _: int) -> str:
        x, style, cell = self.chance.randrange(self.columns), self.chance.choice(STYLES), self.chance.choice("▌| ")
        for y, row in enumerate(self.rows):
            self.cut(y, x)
            self.cut(y, x + 1)
            row[x] = (cell, style)
        return self.whole()

    def _shift(self, _: int) -> str:
        top = self.chance.randrange(self.lines)
        bottom = self.chance.randint(top + 1, self.lines)
        rows = self.rows[top:bottom]
        farthest = self.chance.choice((len(rows), min(3, len(rows))))
        by = self.chance.randint(-farthest, farthest)
        new = [self.made_row() for _ in range(abs(by))]
        self.rows[top:bottom] = rows[by:] + new if by > 0 else (new + rows)[: len(rows)]
        return "\n".join(self.span(y, 0, self.columns) for y in range(top, bottom))
