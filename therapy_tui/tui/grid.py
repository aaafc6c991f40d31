"""The one grid of every screen: margin notes, a gutter for the bar, and one column of prose."""

import msgspec

WIDE, MIDDLE = 97, 70
"""From these widths on: the page centred, and the margin beside the text."""
PROSE = 72
NOTE, WIDE_NOTE = 17, 18
"""How wide the margin is. At 100 columns the text stands at a tab stop then, where a terminal gets to most cheaply."""
EDGE = 2


class Grid(msgspec.Struct, frozen=True):
    """Where things stand in a row of a given width; columns count from 0."""

    width: int
    left: int
    """Where the margin begins."""
    note: int
    """The margin's width; 0 where notes stand above their text."""
    bar: int
    """The column of the gutter's bar; a space follows it."""
    text: int
    """Where prose begins."""
    prose: int
    """How wide prose is."""


def measure(width: int) -> Grid:
    """Lay the grid into a row of `width` cells."""
    if width >= WIDE:
        left = (width - WIDE_NOTE - 3 - PROSE - 1) // 2  # the column's surface is one cell wider than its prose
        return Grid(width, left, WIDE_NOTE, left + WIDE_NOTE + 1, left + WIDE_NOTE + 3, PROSE)
    if width >= MIDDLE:
        return Grid(width, 0, NOTE, NOTE + 1, NOTE + 3, min(PROSE, width - NOTE - 5))
    return Grid(width, 0, 0, 0, EDGE, max(8, width - 2 * EDGE))
