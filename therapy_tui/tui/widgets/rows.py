"""What stands in rows of the grid: prose, a field, and the page that scrolls them."""

from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Offset, Size
from textual.reactive import Reactive, var
from textual.widget import Widget
from textual.widgets import Input

from therapy_tui.tui.commands import PAGES, bindings
from therapy_tui.tui.frames import Ground, Steady
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.row import Across, Down, Row, Said

__all__ = ["Across", "Down", "Field", "Page", "Reader", "Row", "Said", "Scrolled", "prose"]


def prose(text: str, *, style: str = "", id: str | None = None) -> Said:
    """Make a paragraph: `style` is quiet, strong, crisis or nothing."""
    return Said(Content(text), classes=f"prose {style}".strip(), id=id, markup=False)


class Page(Ground, VerticalScroll):
    """The middle of a screen: rows in the grid, scrolled when there are more than fit."""

    can_focus = False


class Scrolled(Widget):
    """The keys of what is only read. It stands behind the kind of widget, whose style is the first one's."""

    def action_line_up(self) -> None:
        """Go a line up."""
        self.scroll_up(animate=False)

    def action_line_down(self) -> None:
        """Go a line down."""
        self.scroll_down(animate=False)

    def action_screen_up(self) -> None:
        """Go a page up."""
        self.scroll_page_up(animate=False)

    def action_screen_down(self) -> None:
        """Go a page down."""
        self.scroll_page_down(animate=False)

    def action_top(self) -> None:
        """Go to the top."""
        self.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Go to the end."""
        self.scroll_end(animate=False)


class Reader(Page, Scrolled, can_focus=True, inherit_bindings=False):
    """A page that is only read, with keys of its own to go through it."""

    BINDINGS = bindings(PAGES)
    goes_on = var(default=False, init=False)
    """Whether there is more below than the window shows."""

    def watch_goes_on(self) -> None:
        """Let the footer name the key that goes further, or not."""
        if isinstance(self.screen, Place):
            self.screen.goes_on = self.goes_on
            self.screen.show_hints()

    def watch_scroll_y(self, before: float, now: float) -> None:
        """See whether the end is in view."""
        super().watch_scroll_y(before, now)
        self._look_below()

    def watch_virtual_size(self) -> None:
        """See the same when what stands here became more or less."""
        self._look_below()

    def on_resize(self) -> None:
        """See the same in another window."""
        self._look_below()

    def _look_below(self) -> None:
        self.goes_on = self.scroll_y < self.max_scroll_y


class Field(Steady, Input, inherit_bindings=False, inherit_css=False):
    """One line to write in. Its keys are its own, because several of Textual's are taken here."""

    DEFAULT_CSS = "Field { width: 100%; height: 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = Input.COMPONENT_CLASSES
    BINDINGS = [
        ("left", "cursor_left", ""),
        ("right", "cursor_right", ""),
        ("ctrl+left", "cursor_left_word", ""),
        ("ctrl+right", "cursor_right_word", ""),
        ("home", "home", ""),
        ("end", "end", ""),
        ("backspace", "delete_left", ""),
        ("delete", "delete_right", ""),
        ("ctrl+w", "delete_left_word", ""),
        ("ctrl+u", "delete_left_all", ""),
        ("enter", "submit", ""),
    ]

    virtual_size = Reactive(Size(0, 0))
    """Without a layout, which Textual asks for at each letter: a field is as wide as its row, whatever stands in it."""

    def __init__(
        self, placeholder: str = "", *, value: str = "", password: bool = False, id: str | None = None
    ) -> None:
        super().__init__(value, placeholder=placeholder, password=password, id=id, select_on_focus=False)
        self.cursor_blink = False
        self.set_class(not value, "-unwritten")

    def watch_value(self, value: str) -> None:
        """Know whether the placeholder is shown, whose first letter stays quiet under the cursor."""
        self.set_class(not value, "-unwritten")

    @property
    def cursor_screen_offset(self) -> Offset:
        """The place of the cursor on the screen; Textual's own is one too far at the end of the line."""
        offset = super().cursor_screen_offset
        return Offset(offset.x - self.cursor_at_end, offset.y)
