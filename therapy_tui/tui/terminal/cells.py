"""Cells: what stands in one place of the screen, made once for each look so that whole rows compare quickly."""

import functools
from typing import Final

from rich.cells import get_character_cell_size, split_graphemes

from therapy_tui.tui.terminal.pens import PLAIN, Pen

Cell = tuple[str, Pen]
"""What is drawn, and how. A wide one is followed by a cell whose text is empty."""
Row = list[Cell]

JOINER: Final = "\u200d"
AS_TEXT: Final = "\ufe0e"
"""Asks for an emoji to be drawn as a narrow sign; Textual counts two columns for it all the same."""
_FLAG_LETTERS: Final = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
_MOST: Final = 4096
"""So many different texts are remembered for one pen: a letter in a large script does not fill the memory."""


class Cells(dict[str, Cell]):
    """The cells of one pen, by their text."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self.pen = pen

    def __missing__(self, text: str) -> Cell:
        cell = (text, self.pen.on_blanks() if text == " " else self.pen)
        if len(self) < _MOST:
            self[text] = cell
        return cell

    def lay(self, text: str) -> tuple[str, Row]:
        """Lay a text into cells by the widths that Textual lays out by.

        Returns:
            The marks at its beginning, which belong to the cell on its left; and the cells.
        """
        if text.isascii() or all(map(_is_single, text)):
            return "", list(map(self.__getitem__, text))
        spans, _ = split_graphemes(text)
        marks, row = "", list[Cell]()
        for start, end, width in spans:
            if not width:  # only at the beginning: any other mark stands in the span of its letter
                marks += text[start:end]
            elif row and _is_flag(row[-1][0], text[start:end]):
                row[-1:] = [self[row[-1][0] + text[start:end]], ("", self.pen)]
            else:
                row += [self[text[start:end]], *[("", self.pen)] * (width - 1)]
        return marks, row


def _is_single(character: str) -> bool:
    return get_character_cell_size(character) == 1 and character not in _FLAG_LETTERS


def _is_flag(first: str, second: str) -> bool:
    """Whether two letters are one flag: Textual counts a column for each, and terminals draw them as one thing."""
    return first in _FLAG_LETTERS and second in _FLAG_LETTERS


def halves(cell: Cell) -> tuple[Cell, Cell]:
    """Give what is left of a wide cell on the left when its right half is overwritten, and the other way round."""
    text, pen = cell
    if len(text) == 2 and _is_flag(*text):  # noqa: PLR2004 - a flag is two letters
        return (text[0], pen), (text[1], pen)
    rest = blank(pen) if not pen.is_seen_on_blanks else (" ", pen)
    return rest, rest


def blank(pen: Pen = PLAIN) -> Cell:
    """Give the blank that shows no more than the ground of a pen."""
    return (" ", Pen(0, "", pen.ground))


def is_erasable(cell: Cell) -> bool:
    """Whether the cell looks as if it had been erased with its ground."""
    return cell[0] == " " and not cell[1].is_seen_on_blanks


@functools.lru_cache(maxsize=4096)
def is_sure(text: str) -> bool:
    """Whether every terminal moves on by as many columns as Textual counts for it."""
    if len(text) != 1:
        return not text
    code = ord(text)
    return any(first <= code <= last for first, last in _SURE)


_SURE: Final = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x482), (0x48A, 0x52F), (0x1E00, 0x1FFF)),
    *((0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF), (0x2500, 0x25FF), (0x2800, 0x28FF)),
    *((0x3041, 0x3096), (0x30A1, 0x30FA), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3)),
)
"""The letters and signs of which the widths are beyond doubt."""
