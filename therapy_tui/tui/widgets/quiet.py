"""A text that is only read, its Markdown shown quietly; wrapped once for a width, and only what is seen is drawn."""

import itertools

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from therapy_tui.core.markdown import Paragraph, Piece, read
from therapy_tui.core.text import safe_text
from therapy_tui.tui.commands import PAGES, bindings
from therapy_tui.tui.widgets.rows import Scrolled

LEAST = 8
"""However narrow it is, so many cells are for words."""


def rows_of(text: str, width: int) -> list[tuple[Piece, ...]]:
    """Give the rows of a text, each as pieces that are strong or not."""
    return [row for paragraph in read(safe_text(text)) for row in _wrapped(paragraph, width)]


def _wrapped(paragraph: Paragraph, width: int) -> list[tuple[Piece, ...]]:
    before = " " * paragraph.indent + paragraph.mark
    room = max(LEAST, width - cell_len(before))
    if cell_len(paragraph.plain) <= room:
        return [((before, False), *paragraph.pieces)]
    content = Content.assemble(*[(words, "bold") if is_strong else words for words, is_strong in paragraph.pieces])
    hanging = " " * cell_len(before)
    return [((hanging if number else before, False), *_pieces(line)) for number, line in enumerate(content.wrap(room))]


def _pieces(line: Content) -> list[Piece]:
    plain = line.plain.rstrip()
    spans = [(max(0, each.start), min(len(plain), each.end)) for each in line.spans]
    edges = sorted({0, len(plain), *(edge for span in spans for edge in span if edge <= len(plain))})
    parts = itertools.pairwise(edges)
    return [(plain[begin:end], any(first <= begin < last for first, last in spans)) for begin, end in parts]


class Quiet(ScrollView, Scrolled, can_focus=True, inherit_bindings=False):
    """The text, with keys of its own to go through it."""

    BINDINGS = bindings(PAGES)
    COMPONENT_CLASSES = {"quiet--text", "quiet--strong"}
    DEFAULT_CSS = """
    Quiet { height: 1fr; width: 100%; background: $ground; }
    Quiet > .quiet--text { color: $text; background: $ground; }
    Quiet > .quiet--strong { color: $strong; background: $ground; text-style: bold; }
    """

    class Wrapped(Message):
        """There is more below now, or less."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._rows: list[tuple[Piece, ...]] = []

    @property
    def goes_on(self) -> bool:
        """Whether there is more below."""
        return len(self._rows) - self.scroll_offset.y > self.content_size.height > 0

    def show(self, text: str) -> None:
        """Show a text from its beginning."""
        self._text = text
        self._wrap()
        self.scroll_home(animate=False)

    def _wrap(self) -> None:
        width = self.content_size.width
        self._rows = rows_of(self._text, width) if width else []
        self.virtual_size = Size(width, len(self._rows))
        self.refresh()
        self.post_message(self.Wrapped())

    def watch_scroll_y(self, before: float, now: float) -> None:
        """Tell it, because the end may be in view."""
        super().watch_scroll_y(before, now)
        self.post_message(self.Wrapped())

    def on_resize(self, event: Resize) -> None:
        """Wrap for the new width."""
        del event
        self._wrap()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        place = y + int(self.scroll_offset.y)
        row = self._rows[place] if place < len(self._rows) else ()
        strip = Strip([Segment(text, self._style("strong" if is_strong else "text")) for text, is_strong in row])
        return strip.adjust_cell_length(self.content_size.width, self._style("text"))

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"quiet--{name}")
