"""How many columns of a terminal text takes, and how it is broken into rows; rather too many than too few."""

import unicodedata
from collections.abc import Iterator

_EMOJI = range(0x1F300, 0x1FB00)
"""Two columns each, also those that this Python does not know yet."""
_AS_EMOJI = "\ufe0f"
_NOTHING = frozenset({"Mn", "Me", "Cf"})


def columns(text: str) -> int:
    """Count the columns of one line; a terminal may need fewer, for joined signs, and not more."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if char == _AS_EMOJI:
        return 1  # the sign before it may become two columns wide
    if unicodedata.east_asian_width(char) in "WF" or ord(char) in _EMOJI:
        return 2
    return 0 if unicodedata.category(char) in _NOTHING else 1


def rows(line: str, width: int) -> list[str]:
    """Break one line into rows between words; a word that is wider than a row is cut.

    Args:
        line: text without a line end.
        width: the columns of a row, at least 2.

    Returns:
        At least one row, none wider than `width`; of the line nothing but blanks is lost.
    """
    broken = [""]
    for word in line.split(" "):
        joined = f"{broken[-1]} {word}" if broken[-1] else word
        if columns(joined) <= width:
            broken[-1] = joined
            continue
        if word:
            pieces = list(_cut(word, width))
            broken = [*broken, *pieces] if broken[-1] else pieces
    return [row.rstrip(" ") for row in broken]


def _cut(word: str, width: int) -> Iterator[str]:
    piece, used = "", 0
    for char in word:
        wide = _columns_of(char)
        if used + wide > width:
            yield piece
            piece, used = "", 0
        piece, used = piece + char, used + wide
    yield piece
