"""The margin beside a whole page: quiet notes below each other, or in one row where it is narrow."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.letters import PARTED


def margin_of(notes: Sequence[str], width: int) -> Content:
    """Lay what is known of a page; what is empty is left out, and in one row what has no room goes, last first.

    Args:
        notes: each may have several lines.
        width: of the whole screen.
    """
    grid = measure(width)
    shown = [each for each in notes if each]
    if grid.note:
        return Content.styled("\n".join(shown), "$quiet")
    shown = [" ".join(each.split("\n")) for each in shown]
    while len(shown) > 1 and cell_len(PARTED.join(shown)) > grid.prose:
        shown.pop()
    return Content.styled(PARTED.join(shown), "$quiet")
