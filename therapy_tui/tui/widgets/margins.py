"""The margin beside a whole page: quiet notes below each other, or in one row where it is narrow."""

from collections.abc import Sequence

from textual.content import Content

from therapy_tui.tui.widgets.letters import PARTED


def margin_of(notes: Sequence[str], *, is_narrow: bool) -> Content:
    """Lay what is known of a page; what is empty is left out."""
    return Content.styled((PARTED if is_narrow else "\n").join(each for each in notes if each), "$quiet")
