"""Where one writes: a field of several lines that keeps its own keys and the terminal's own calm."""

from itertools import pairwise
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.content import Content
from textual.document._wrapped_document import WrappedDocument
from textual.events import Resize
from textual.expand_tabs import expand_text_tabs_from_widths
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from therapy_tui.tui.commands import WRITING, bindings
from therapy_tui.tui.frames import Steady

_EDITING = [
    ("up", "cursor_up", ""),
    ("down", "cursor_down", ""),
    ("left", "cursor_left", ""),
    ("right", "cursor_right", ""),
    ("ctrl+left", "cursor_word_left", ""),
    ("ctrl+right", "cursor_word_right", ""),
    ("home", "cursor_line_start", ""),
    ("end", "cursor_line_end", ""),
    ("pageup", "cursor_page_up", ""),
    ("pagedown", "cursor_page_down", ""),
    ("shift+left", "cursor_left(True)", ""),
    ("shift+right", "cursor_right(True)", ""),
    ("shift+up", "cursor_up(True)", ""),
    ("shift+down", "cursor_down(True)", ""),
    ("backspace", "delete_left", ""),
    ("delete", "delete_right", ""),
    ("ctrl+w,alt+backspace", "delete_word_left", ""),
    ("ctrl+u", "delete_to_start_of_line", ""),
    ("ctrl+k", "delete_to_end_of_line_or_delete_line", ""),
    ("ctrl+y", "redo", ""),
    ("ctrl+underscore,alt+z", "undo", ""),
]


class Paragraphs(WrappedDocument):
    """Where the rows of each paragraph begin. Textual makes a styled text of a whole one for whatever it is asked.

    Args:
        made: what Textual made; it is wrapped already, and is not asked again.
    """

    def __init__(self, made: WrappedDocument) -> None:
        self.__dict__.update(made.__dict__)

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Wrap for a width, unless it is: Textual wraps a new page for each of its sizes, and for bars beside it."""
        if (width, tab_width or self._tab_width) != (self._width, self._tab_width):
            super().wrap(width, tab_width)

    @property
    def is_wrapped(self) -> bool:
        """Whether there was room to wrap for; before the first layout there is none."""
        return bool(self._width)

    def place_of(self, row: int) -> tuple[int, int] | None:
        """Give the paragraph that a row belongs to, and which of its rows it is; None below the last."""
        return self._offset_to_line_info[row] if row < len(self._offset_to_line_info) else None

    def get_sections(self, line_index: int) -> list[str]:
        """Give the rows of a paragraph."""
        whole = self.document.get_line(line_index)
        return [whole[begin:end] for begin, end in pairwise([0, *self.get_offsets(line_index), len(whole)])]


class Editor(Steady, TextArea, inherit_bindings=False, inherit_css=False):
    """A plain text area: without the keys that terminals, tmux and this program use otherwise, with our looks alone."""

    DEFAULT_CSS = "Editor { width: 100%; height: 1fr; overflow: auto auto; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = TextArea.COMPONENT_CLASSES - {"text-area--suggestion"}

    BINDINGS = [*_EDITING]

    class Touched(Message):
        """The text or the place in it changed."""

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:
        super().__init__(
            "",
            placeholder=placeholder,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            id=id,
            classes="-unwritten",
        )
        self.cursor_blink = False
        self.match_cursor_bracket = False

    @property
    def wrapped_document(self) -> Paragraphs:
        """The paragraphs and their rows; Textual sets its own, and gets back these."""
        return self._paragraphs

    @wrapped_document.setter
    def wrapped_document(self, made: WrappedDocument) -> None:
        """Take the paragraphs that Textual made, with rows that are cut as plain text."""
        self._paragraphs = Paragraphs(made)

    @property
    def cursor_index(self) -> int:
        """The place in the text, counted in characters."""
        row, column = self.cursor_location
        return sum(len(self.document.get_line(each)) + 1 for each in range(row)) + column

    def on_text_area_changed(self) -> None:
        """Know whether the placeholder is shown, whose first letter stays quiet under the cursor."""
        self.set_class(not self.text, "-unwritten")

    def on_resize(self, event: Resize) -> None:
        """Wrap for the new size, draw that, and find the cursor's place among the new lines."""
        event.prevent_default()
        self._on_resize()
        self.refresh()
        self.scroll_cursor_visible()
        if self.app.focused is self:
            self.app.cursor_position = self.cursor_screen_offset

    def load(self, text: str, cursor: int) -> None:
        """Show a draft with the cursor where it was."""
        self.load_text(text)
        before = text[:cursor].replace("\r\n", "\n").split("\n")
        self.move_cursor((len(before) - 1, len(before[-1])))

    def put(self, text: str, begin: int, end: int) -> None:
        """Put words in where the cursor is, in place of what is selected, and select from `begin` to `end` of them."""
        first, last = sorted(self.selection)
        self.replace(text, first, last)
        self.selection = Selection(_place_in(text, begin, first), _place_in(text, end, first))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the rows with words, and of those below them, which are all alike, one."""
        rows = self.wrapped_document.height - int(self.scroll_offset.y)
        if not self.text:
            rows = len(Content.from_text(self.placeholder).wrap(max(1, self.content_size.width)))
        below = self.gutter.top + max(1, rows)
        if not crop.y < below < crop.bottom - 1:
            return super().render_lines(crop)
        words = super().render_lines(Region(crop.x, crop.y, crop.width, below - crop.y))
        return words + super().render_lines(Region(crop.x, below, crop.width, 1)) * (crop.bottom - below)

    def _render_line(self, y: int) -> Strip:
        """Draw one row, out of its own part of a paragraph alone."""
        base = (self._theme and self._theme.base_style) or self.rich_style
        place = self.wrapped_document.place_of(y + self.scroll_offset.y)
        if place is None:
            return Strip.blank(self.size.width, base)
        part = self._part(*place)
        strip = Strip(part.render(self.app.console), part.cell_len)
        return strip.extend_cell_length(self.scrollable_content_region.width, base).apply_style(base)

    def _part(self, line: int, section: int) -> Text:
        """Give what stands in one row of a paragraph, with the selection and the cursor."""
        whole = self.document.get_line(line)
        ends = [0, *self.wrapped_document.get_offsets(line), len(whole) + 1]
        begin, end = ends[section : section + 2]
        if not self.wrapped_document.is_wrapped:
            end = min(end, begin + self.size.width)
        room_for_cursor = " " * (end > len(whole))
        part = Text(whole[begin:end] + room_for_cursor, end="", no_wrap=True)
        cursor_line, cursor = self.selection.end
        (first_line, first), (last_line, last) = sorted(self.selection)
        selected = self._theme.selection_style if self._theme and not self.selection.is_empty else None
        if selected and first_line <= line <= last_line:
            since, until = first if line == first_line else 0, last if line == last_line else len(whole)
            if not whole and line != cursor_line:  # so that it is seen that an empty paragraph is selected
                part, selected, until = Text("▌", end=""), Style(color=selected.bgcolor), 1
            part.stylize(selected, max(0, since - begin), max(0, until - begin))
        if line == cursor_line and begin <= cursor < end and self._draw_cursor and self._theme:
            part.stylize(self._theme.cursor_style or "", cursor - begin, cursor - begin + 1)
        tabs = self.wrapped_document.get_tab_widths(line)[whole.count("\t", 0, begin) :]
        return expand_text_tabs_from_widths(part, tabs)


def _place_in(text: str, index: int, start: tuple[int, int]) -> tuple[int, int]:
    """Give the row and column of a character of a text that begins at a place."""
    before = text[:index].split("\n")
    return start[0] + len(before) - 1, len(before[-1]) + (start[1] if len(before) == 1 else 0)


class Pen(Editor):
    """The pen at the end of a conversation."""

    BINDINGS = bindings(WRITING)
