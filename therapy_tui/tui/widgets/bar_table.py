"""What a plain table under its heading is: a row each, a bar at the chosen one, and the ways to walk."""

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.tui.grid import Grid


class BarTable(Widget, can_focus=True):
    """A table that is drawn by lines. A subclass says how many rows there are, and draws them."""

    COMPONENT_CLASSES = {f"bar-table--{each}" for each in ("text", "quiet", "bar", "chosen", "chosen-strong")}
    DEFAULT_CSS = """
    BarTable { height: 1fr; width: 100%; }
    BarTable > .bar-table--text { color: $text; background: $ground; }
    BarTable > .bar-table--quiet { color: $quiet; background: $ground; }
    BarTable > .bar-table--bar { color: $focus; background: $raised; }
    BarTable > .bar-table--chosen { color: $text; background: $raised; }
    BarTable > .bar-table--chosen-strong { color: $strong; background: $raised; text-style: bold; }
    """

    _at = _first = 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def _shown(self) -> int:
        return max(1, self.size.height - 1)

    # walking

    def go_to(self, place: int) -> None:
        """Put the bar on a row by its place from 0, as near as there is one, and show it."""
        self._at = max(0, min(self.count - 1, place))
        last = max(0, self.count - self._shown)
        self._first = min(max(self._first, self._at - self._shown + 1), self._at, last)
        self.refresh()

    def on_resize(self) -> None:
        """Show the chosen one."""
        self.go_to(self._at)

    def action_line_up(self) -> None:
        """Go to the row above."""
        self.go_to(self._at - 1)

    def action_line_down(self) -> None:
        """Go to the row below."""
        self.go_to(self._at + 1)

    def action_screen_up(self) -> None:
        """Go a page up."""
        self.go_to(self._at - self._shown)

    def action_screen_down(self) -> None:
        """Go a page down."""
        self.go_to(self._at + self._shown)

    def action_top(self) -> None:
        """Go to the first."""
        self.go_to(0)

    def action_bottom(self) -> None:
        """Go to the last."""
        self.go_to(self.count - 1)

    # drawing

    def strip(self, grid: Grid, note: str, pieces: list[Segment], *, is_chosen: bool) -> Strip:
        """Draw one row in the grid: a note in the margin, and the pieces beside the bar."""
        text, body = self.style("text"), self.style("chosen" if is_chosen else "text")
        bar = Segment("▌", self.style("bar")) if is_chosen and self.has_focus else Segment(" ", body)
        margin = [Segment(set_cell_size("", grid.left) + note.rjust(grid.note) + " ", self.style("quiet"))]
        segments = [*(margin if grid.note else []), bar, Segment(" ", body), *pieces]
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, grid.text + grid.prose + 1 - used), body))
        return Strip(segments).adjust_cell_length(self.size.width, text)

    def style(self, name: str) -> Style:
        """Give the style of a part."""
        return self.get_component_rich_style(f"bar-table--{name}")
