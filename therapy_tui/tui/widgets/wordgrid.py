"""Words for how it is, in their groups: one walks among them with the arrows, and takes or leaves the one at hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from therapy_tui.content.feelings import Feelings
from therapy_tui.tui.commands import WORDS, bindings
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.rows import Page

_PAD = 1
"""A blank on each side of a word, which the inverse word takes along."""


_ROOMY = 30
"""From so many rows of the window on there is a blank one between two groups."""


@dataclass(frozen=True, slots=True)
class _Placed:
    word: str
    row: int
    column: int
    """Within the column of prose."""


class WordGrid(Widget, can_focus=True):
    """All groups; those taken are strong and have a mark, the one at hand is inverse."""

    BINDINGS = bindings(WORDS)
    COMPONENT_CLASSES = {"wordgrid--here"}
    DEFAULT_CSS = """
    WordGrid { height: auto; width: 100%; }
    WordGrid > .wordgrid--here {
        color: $chosen-number-ink;
        background: $chosen-number-ground;
        text-style: $style-chosen-number;
    }
    """

    at: reactive[int] = reactive(0)
    taken: reactive[tuple[str, ...]] = reactive(())

    class Taken(Message):
        """A person took a word or left it."""

        def __init__(self, word: str) -> None:
            super().__init__()
            self.word = word

    def __init__(self, groups: Sequence[Feelings]) -> None:
        super().__init__()
        self._groups = tuple(groups)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows at this width."""
        del container, viewport
        return self._lay(measure(width))[0][-1].row + 1

    def _lay(self, grid: Grid) -> tuple[list[_Placed], dict[int, str]]:
        """Give where each word stands, and the rows that say the name of a group."""
        placed: list[_Placed] = []
        names: dict[int, str] = {}
        row = 0
        for group in self._groups:
            names[row] = group.name
            row += 0 if grid.note else 1
            column = 0
            for word in group.words:
                wide = cell_len(word) + 2 * _PAD
                if column + wide > grid.prose + _PAD:
                    row, column = row + 1, 0
                placed.append(_Placed(word, row, column))
                column += wide + 1
            row += 2 if self.app.size.height >= _ROOMY else 1
        return placed, names

    def render(self) -> Content:
        """Draw all words."""
        grid = measure(self.size.width)
        placed, names = self._lay(grid)
        rows = range(placed[-1].row + 1)
        return Content("\n").join([self._line(row, placed, names.get(row, ""), grid) for row in rows])

    def _line(self, row: int, placed: list[_Placed], name: str, grid: Grid) -> Content:
        here = [(place, each) for place, each in enumerate(placed) if each.row == row]
        is_here = any(place == self.at for place, _ in here) and self.has_focus
        bar = Content.styled("▌", "$focus") if is_here else Content(" ")
        if not here:
            return Content.assemble(" " * grid.text, (name, "$quiet"))
        margin = " " * grid.left + name.rjust(grid.note) + " " if grid.note else ""
        # A word's own blank stands in the gutter, so that its first letter is at the text edge.
        pieces: list[Content | tuple[str, str]] = [(margin, "$quiet"), bar]
        used = 0
        for place, each in here:
            pieces += [(" " * (each.column - used), ""), self._word(each.word, is_at=place == self.at)]
            used = each.column + cell_len(each.word) + 2 * _PAD
        return Content.assemble(*pieces)

    def _word(self, word: str, *, is_at: bool) -> Content:
        is_taken = word in self.taken
        style: str | Style = "bold $strong" if is_taken else "$text"
        if is_at and self.has_focus:
            style = Style.from_styles(self.get_component_styles("wordgrid--here"))
        return Content.styled(f"{'+' if is_taken else ' '}{word} ", style)

    def on_focus(self) -> None:
        """Show the word at hand."""
        self.refresh()

    # walking

    def action_take(self) -> None:
        """Take the word at hand, or leave it."""
        self.post_message(self.Taken(self._lay(measure(self.size.width))[0][self.at].word))

    def action_word_left(self) -> None:
        """Go a word back."""
        self._go(max(0, self.at - 1))

    def action_word_right(self) -> None:
        """Go a word on."""
        self._go(self.at + 1)

    def action_word_up(self) -> None:
        """Go to the nearest word of the row above."""
        self._climb(-1)

    def action_word_down(self) -> None:
        """Go to the nearest word of the row below."""
        self._climb(1)

    def _climb(self, way: int) -> None:
        placed, _ = self._lay(measure(self.size.width))
        here = placed[self.at]
        rows = sorted({each.row for each in placed if (each.row - here.row) * way > 0}, reverse=way < 0)
        if rows:
            row = [place for place, each in enumerate(placed) if each.row == rows[0]]
            self._go(min(row, key=lambda place: abs(placed[place].column - here.column)))

    def _go(self, place: int) -> None:
        placed, _ = self._lay(measure(self.size.width))
        self.at = min(place, len(placed) - 1)
        page = next((each for each in self.ancestors if isinstance(each, Page)), None)
        if page is not None:
            top = int(self.region.y - page.region.y + page.scroll_y) + placed[self.at].row
            page.scroll_to_region(Region(0, top, 1, 1), animate=False)
