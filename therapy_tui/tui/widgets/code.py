"""A QR code as half blocks: black on white in every palette, for that is what cameras expect."""

from collections.abc import Sequence

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.services.codes import rows_of

MOST_QUIET, LEAST_QUIET = 4, 1
"""Modules of white round a code: four by the standard, and cameras still read it with fewer."""
PAPER = Style(color=Color.from_ansi(16), bgcolor=Color.from_ansi(231), meta={"paper": True})
"""Marked, so that it stays black on white where no other colour is sent."""


def size_of(rows: Sequence[str]) -> Size:
    """Give the cells of a drawn code."""
    return Size(len(rows[0]), len(rows))


def quiet_for(text: str, width: int, height: int) -> int:
    """Give the most quiet with which a code fits, or 0 when it does not fit at all."""
    for quiet in range(MOST_QUIET, LEAST_QUIET - 1, -1):
        size = size_of(rows_of(text, quiet))
        if size.width <= width and size.height <= height:
            return quiet
    return 0


class Code(Widget):
    """A QR code, as large as it is."""

    DEFAULT_CSS = "Code { width: auto; height: auto; }"

    quiet: reactive[int] = reactive(MOST_QUIET, layout=True)

    def __init__(self, text: str, *, quiet: int = MOST_QUIET, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text
        self.set_reactive(Code.quiet, quiet)

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows as they are drawn."""
        return rows_of(self._text, max(LEAST_QUIET, self.quiet))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """Give its width in cells."""
        del container, viewport
        return size_of(self.rows).width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give its height in cells."""
        del container, viewport, width
        return size_of(self.rows).height

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        rows = self.rows
        text = rows[y] if y < len(rows) else " " * size_of(rows).width
        return Strip([Segment(text, PAPER)], len(text))
