"""The parts of today's page in the grid: what each is in the margin, the chosen one with the bar."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from therapy_tui.core.text import safe_line
from therapy_tui.services.today import Part
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.widgets.frame import Hint

APART = 2
"""Blank rows between two parts, where there is room."""

_Line = tuple[int, str, list[tuple[str, str]]]
"""Which part, what the margin says, and the pieces of words, each with its style."""


class Parts(Widget, can_focus=True):
    """Parts, and the keys that belong to each of them."""

    COMPONENT_CLASSES = {f"parts--{name}" for name in ("text", "quiet", "strong", "new", "bar", "chosen")}
    DEFAULT_CSS = """
    Parts { height: 1fr; width: 100%; }
    Parts > .parts--text { color: $text; background: $ground; }
    Parts > .parts--quiet { color: $quiet; background: $ground; }
    Parts > .parts--strong { color: $strong; background: $ground; text-style: bold; }
    Parts > .parts--new { color: $accent; background: $ground; }
    Parts > .parts--bar { color: $focus; background: $raised; }
    Parts > .parts--chosen { color: $text; background: $raised; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.parts: tuple[Part, ...] = ()
        self._keys: dict[str, tuple[Hint, ...]] = {}
        self.chosen = 0
        self._lines: list[_Line | None] = []

    @property
    def current(self) -> Part | None:
        """The part at the bar, or None."""
        return self.parts[self.chosen] if self.parts else None

    def show(self, parts: Sequence[Part], keys: dict[str, tuple[Hint, ...]]) -> None:
        """Show parts; the one that is new is chosen at first, and after that the one that was."""
        before = self.current.id if self.current else next((each.id for each in parts if each.new), "")
        self.parts, self._keys = tuple(parts), keys
        self.chosen = next((place for place, each in enumerate(parts) if each.id == before), 0)
        self.refresh()

    def go(self, step: int) -> None:
        """Move the bar."""
        self.chosen = max(0, min(len(self.parts) - 1, self.chosen + step))
        self.refresh()

    # drawing

    def _lay(self, grid: Grid) -> list[_Line | None]:
        """Give all rows, None for a blank one, in the middle of the height."""
        blocks = [list(self._block(place, part, grid)) for place, part in enumerate(self.parts)]
        most = sum(map(len, blocks))
        apart = APART if most + APART * (len(blocks) - 1) <= self.size.height else 1
        if most + apart * (len(blocks) - 1) > self.size.height:  # one line a part, where it is very short
            blocks = [block[:1] if grid.note else block[:2] for block in blocks]
        rows: list[_Line | None] = []
        for block in blocks:
            rows += [*[None] * (apart if rows else 0), *block]
        return [*[None] * max(0, (self.size.height - len(rows)) // 3), *rows]

    def _block(self, place: int, part: Part, grid: Grid) -> Sequence[_Line]:
        lines: list[_Line] = []
        title = [line.plain for line in Content(safe_line(part.title, 400)).wrap(grid.prose)]
        style = "strong" if place == self.chosen else "text"
        if not grid.note:
            lines.append((place, "", [(part.note, "new" if part.new else "quiet")]))
        lines += [(place, part.note if row == 0 else "", [(words, style)]) for row, words in enumerate(title)]
        if part.detail:
            lines += [(place, "", [(line.plain, "quiet")]) for line in Content(safe_line(part.detail)).wrap(grid.prose)]
        keys = self._keys.get(part.id, ())
        if keys:
            lines.append(
                (place, "", [piece for key, word in keys for piece in ((key, "text"), (f" {word}   ", "quiet"))])
            )
        return lines

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lay the rows once for all that are drawn."""
        self._lines = self._lay(measure(self.size.width))
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        grid, text = measure(self.size.width), self._style("text")
        line = self._lines[y] if y < len(self._lines) else None
        if line is None:
            return Strip.blank(self.size.width, text)
        place, note, pieces = line
        is_chosen = place == self.chosen and self.has_focus
        ground = Style(bgcolor=self._style("chosen").bgcolor) if is_chosen else Style()
        segments = []
        if grid.note:
            is_new = self.parts[place].new
            segments.append(Segment(" " * (grid.left + grid.note - cell_len(note)), text))
            segments += [Segment(note, self._style("new" if is_new else "quiet")), Segment(" ", text)]
        segments.append(Segment("▌" if is_chosen else " ", self._style("bar") if is_chosen else text))
        segments.append(Segment(" ", text + ground))
        segments += [Segment(words, self._style(name) + ground) for words, name in pieces]
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(" " * max(0, grid.text + grid.prose + 1 - used), text + ground))
        return Strip(segments).adjust_cell_length(self.size.width, text)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"parts--{name}")
