"""Where one writes: a field of several lines that keeps its own keys and the terminal's own calm."""

from textual.events import Resize
from textual.message import Message
from textual.widgets import TextArea

from therapy_tui.tui.commands import WRITING, bindings

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


class Editor(TextArea, inherit_bindings=False):
    """A plain text area without the keys that terminals, tmux and this program use otherwise."""

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
            compact=True,
            id=id,
            classes="-unwritten",
        )
        self.cursor_blink = False

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


class Pen(Editor):
    """The pen at the end of a conversation."""

    BINDINGS = bindings(WRITING)
