"""A page that is only read, drawn by one widget: blocks in the grid, each with a note in the margin."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from therapy_tui.tui.grid import Grid, measure


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together."""

    draw: Callable[[int], list[Content]]
    """Gives its lines for a width of the column."""
    note: str = ""
    """What the margin says beside it, or the lines above it where there is no margin; one line each."""
    is_tight: bool = False
    """Whether the next block follows without a blank line."""


def paragraph(text: str, style: str = "$text", *, note: str = "", is_tight: bool = False) -> Block:
    """Make a block of words that end where the column does."""
    return Block(lambda width: Content.styled(text, style).wrap(max(1, width)), note, is_tight)


class Sheet(Widget):
    """The blocks, one below the other; it is put into a page that scrolls."""

    DEFAULT_CSS = "Sheet { height: auto; width: 100%; }"

    blocks: reactive[tuple[Block, ...]] = reactive(())
    _drawn: tuple[int, list[Content]] = (-1, [])
    """A width, and the lines at it."""

    def watch_blocks(self) -> None:
        """Forget the lines; only where there are more or fewer now is all laid out again."""
        self._drawn = (-1, [])
        if not self.size or len(self._lines(self.size.width)) != self.size.height:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        del container, viewport
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw all blocks."""
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        if self._drawn[0] == width:
            return self._drawn[1]
        grid, lines = measure(width), list[Content]()
        for place, block in enumerate(self.blocks):
            lines += _block(block, grid)
            if not block.is_tight and place < len(self.blocks) - 1:
                lines.append(Content(""))
        self._drawn = (width, lines)
        return lines


def _block(block: Block, grid: Grid) -> list[Content]:
    notes = block.note.split("\n") if block.note else []
    drawn = block.draw(grid.prose)
    if not grid.note:
        before = " " * grid.text
        return [
            *(Content.styled(before + each, "$quiet") for each in notes),
            *(Content(before) + each for each in drawn),
        ]
    lines = []
    for row in range(max(len(drawn), len(notes))):
        note = notes[row] if row < len(notes) else ""
        margin = " " * (grid.left + grid.note - cell_len(note)) + note
        line = drawn[row] if row < len(drawn) else Content("")
        lines.append(Content.assemble((margin, "$quiet"), " " * (grid.text - grid.left - grid.note), line))
    return lines
