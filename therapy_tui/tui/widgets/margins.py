"""The margin beside a whole page: quiet notes below each other, or in one row where it is narrow."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from therapy_tui.tui.grid import measure
from therapy_tui.tui.widgets.letters import NOT_KEPT, PARTED, note_style


def margin_of(notes: Sequence[str], width: int) -> Content:
    """Lay what is known of a page; what is empty is left out, and in one row what has no room goes, last first.

    Args:
        notes: each may have several lines.
        width: of the whole screen.
    """
    grid = measure(width)
    shown = [each for each in notes if each]
    if grid.note:
        return _parted("\n", shown)
    shown = sorted((" ".join(each.split("\n")) for each in shown), key=lambda each: each != NOT_KEPT)
    while len(shown) > 1 and cell_len(PARTED.join(shown)) > grid.prose:
        shown.pop()
    return _parted(PARTED, shown)


def _parted(by: str, notes: Sequence[str]) -> Content:
    """Lay notes after each other: quiet, but for what did not go well."""
    return Content.assemble(*[((by if place else "") + each, note_style(each)) for place, each in enumerate(notes)])
