"""The numbers in a few lines and the six steps, drawn by lines in the grid: one widget, so that it is quick."""

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from therapy_tui.core.columns import columns
from therapy_tui.core.safety import STEPS, Plan, lines_of
from therapy_tui.services.plan_page import numbers_of
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.numbers import Number, number_lines

FRAME = 4
"""The rows of a screen that are not its middle."""

Block = tuple[tuple[str, str], list[Content]]
"""What stands in the margin, with its style, and the lines beside it."""


class PlanPage(Widget):
    """The whole page.

    Args:
        plan: what the person wrote.
        country: the code of the country whose numbers stand first.
    """

    # Its style is in app.tcss: one of its own would be read while somebody waits for it.
    is_apart = reactive(default=False, layout=True)
    """A blank row parts the steps."""

    def __init__(self, plan: Plan, country: str) -> None:
        super().__init__(id="plan")
        self._plan: Plan | None = plan
        self._numbers = [Number(number, (words,)) for number, words in numbers_of(country)]

    def forget(self) -> None:
        """Drop every word."""
        self._plan = None
        self.refresh(layout=True)

    def lay(self, size: Size) -> None:
        """Part the steps where there is room for it in a window, and where one has to scroll anyway."""
        blocks = len(self._plan.written) if self._plan is not None else 0
        needed = len(self._lines(size.width, is_apart=False))
        self.is_apart = not needed <= size.height - FRAME < needed + blocks

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        del container, viewport
        return len(self._lines(width, is_apart=self.is_apart))

    def render(self) -> Content:
        """Draw everything."""
        return Content("\n").join(self._lines(self.size.width, is_apart=self.is_apart))

    def _lines(self, width: int, *, is_apart: bool) -> list[Content]:
        grid = measure(width)
        lines: list[Content] = []
        for place, block in enumerate(self._blocks(grid)):
            if place == 1 or (place and is_apart):
                lines.append(Content(""))
            lines += _laid(block, grid)
        return lines

    def _blocks(self, grid: Grid) -> list[Block]:
        left = max(columns(each.number) for each in self._numbers)
        blocks: list[Block] = [(("call now", "bold $crisis"), number_lines(self._numbers, left, grid.prose))]
        for step in self._plan.written if self._plan is not None else ():
            asked = STEPS[step.number - 1]
            text = [row for line in lines_of(step.text) for row in Content.styled(line, "$text").wrap(grid.prose)]
            blocks.append(((f"{asked.label}  {asked.number}", "$text"), text))
        return blocks


def _laid(block: Block, grid: Grid) -> list[Content]:
    """Put a block into the grid: its note in the margin of the first line, or above it."""
    (note, style), text = block
    edge = " " * grid.text
    if not grid.note:
        return [Content.assemble(edge, (note, style)), *(Content.assemble(edge, line) for line in text)]
    before = " " * (grid.left + grid.note - len(note))
    first = Content.assemble(before, (note, style), " " * (grid.text - grid.left - grid.note), text[0])
    return [first, *(Content.assemble(edge, line) for line in text[1:])]
