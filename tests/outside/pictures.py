"""Two pictures of a screen, and what the second has that the first had not."""

from dataclasses import dataclass

from pyte.screens import Char

Picture = list[list[Char]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change of a screen is worth."""

    cells: int
    """Cells that look different."""
    rows: int
    """Rows with such cells."""
    text: int
    """Bytes of UTF-8 that stand in those rows now, without the blanks before and after."""


def difference(before: Picture, after: Picture) -> Difference:
    """Count what changed."""
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    cells = sum(a != b for old, new in changed for a, b in zip(old, new, strict=True))
    text = sum(len("".join(cell.data for cell in new).strip().encode()) for _, new in changed)
    return Difference(cells, len(changed), text)
