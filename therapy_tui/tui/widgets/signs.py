"""Signs in places of their own, laid out as rows: what both charts are made of."""

from textual.content import Content

Cells = dict[tuple[int, int], tuple[str, str]]
"""Row and column of a sign, and the text there with its style."""


def row_of_cells(cells: Cells, row: int) -> Content:
    """Lay out one row, with blanks where nothing stands.

    Args:
        cells: what stands where; texts of one row do not reach into each other.
        row: which one.
    """
    here = sorted((column, text, style) for (each, column), (text, style) in cells.items() if each == row)
    pieces: list[Content | tuple[str, str] | str] = []
    at = 0
    for column, text, style in here:
        pieces += [" " * (column - at), (text, style)]
        at = column + len(text)
    return Content.assemble(*pieces)
