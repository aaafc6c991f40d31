"""What every screen is: a heading, a middle, one line for news, and the keys that work now."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from therapy_tui import errors
from therapy_tui.tui.commands import BY_ID, WAYS_BACK, key_name
from therapy_tui.tui.frames import Frames
from therapy_tui.tui.line_words import line_words
from therapy_tui.tui.widgets.frame import Heading, Hint, Hints, Notice

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

    from therapy_tui.services.events import Fact
    from therapy_tui.services.seat import Seat
    from therapy_tui.tui.app import TherapyApp

    _Pump = MessagePump
else:
    _Pump = object  # it stands before a kind of screen

ROWS = Path(__file__).with_name("rows.tcss")
ONLY_HERE = "only on this machine"
"""What the heading says of what nobody else has."""
LEAVE = "to leave"
"""What F10 is for, where nothing else of it would have room."""
FURTHER = "further"
"""What the key does that goes down where there is more below."""


class GoesOn(_Pump):
    """What outlives a message that found no room on a full disk."""

    async def _dispatch_message(self, message: Message) -> None:
        """Do what a message asks for; what could not be kept is told. Textual ends what lets an error out of this."""
        try:
            await super()._dispatch_message(message)
        except errors.DiskFull as error:
            self.app._handle_exception(error)  # noqa: SLF001 - ours, which tells it


class Place(GoesOn, Frames, inherit_bindings=False, inherit_css=False):
    """A screen of this program.

    A subclass gives `compose_middle`, sets `heading`, and names in `commands_now` the ids of the commands that the
    footer shows.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = Screen.COMPONENT_CLASSES
    BINDINGS = [("tab", "app.focus_next", ""), ("shift+tab", "app.focus_previous", "")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-middle"), (97, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-short"), (24, "-tall")]
    AUTO_FOCUS: ClassVar[str | None] = None
    SMALLEST = (60, 20)
    """Below so many columns and rows a sentence lies over the screen."""
    TAKES_DIGITS: ClassVar[bool] = False
    """Whether digits are answers here, also right after Esc."""
    BACK_TO_TRIAGE: ClassVar[bool] = False
    """Whether the way back leads a therapist to the caseload where there is no other screen behind."""
    TELLS_OF_THE_LINE: ClassVar[bool] = True
    """Whether the right of the heading says what is known of the line."""

    HAS_ROWS: ClassVar[bool] = True
    """Whether it needs the style sheet of what stands in rows; the first frame of the letters does without."""

    def __init__(self, seat: "Seat") -> None:
        super().__init__()
        if self.HAS_ROWS:
            self.css_path = [ROWS, *self.css_path]
        self.seat = seat
        self.heading = Heading()
        self.notice = Notice()
        self.hints = Hints()
        self.goes_on = False
        """Whether what is read here has more below."""
        self._worn: tuple[str, bool | None] | None = None

    @classmethod
    def of(cls, seat: "Seat") -> Self:
        """Make the place as it is for whoever sits there."""
        return cls(seat)

    @property
    def therapy(self) -> "TherapyApp":
        """The application, as what it is."""
        return self.app  # type: ignore[return-value]  # a place is only ever shown by it

    def compose(self) -> ComposeResult:
        """Lay the rows that all screens share round the middle, in the grid from the first frame on."""
        # Without an update: there is nothing in it yet, and what comes is styled as it comes.
        self.add_class(*self._classes_for(self.app.size), update=False)
        yield self.heading
        yield from self.compose_middle()
        yield self.notice
        yield self.hints

    def _classes_for(self, size: Size) -> list[str]:
        """Name the classes of a place of so many columns and rows."""
        rooms = (self.HORIZONTAL_BREAKPOINTS, size.width), (self.VERTICAL_BREAKPOINTS, size.height)
        return [max(point for point in points if point[0] <= room)[1] for points, room in rooms]

    def compose_middle(self) -> Iterable[Widget]:
        """Give what stands between the heading and the footer."""
        return ()

    def commands_now(self) -> tuple[str, ...]:
        """Name the commands that the footer shows, the likeliest first."""
        return ("back",)

    def hints_now(self) -> tuple[Hint, ...]:
        """Give the footer: the commands of now, with the keys that the person has for them."""
        words = self.words_now()
        keys = {each: self.therapy.hint(each) for each in self.commands_now()}
        return tuple((key, words.get(each, word)) for each, (key, word) in keys.items())

    def words_now(self) -> Mapping[str, str]:
        """Give another word for a command that leads back to what it has led from: the footer says what it does now."""
        return {}

    def show_hints(self) -> None:
        """Draw the footer again, because something else works now."""
        self.hints.ways_back = frozenset(way for each in WAYS_BACK for way in (self.therapy.hint(each), hint_of(each)))
        self.hints.below = (self.therapy.hint("line_down")[0], FURTHER) if self.goes_on else None
        self.hints.hints = self.hints_now()

    def say(self, text: str, *, failed: bool = False) -> None:
        """Tell one line of news, which stays until a key."""
        self.notice.failed = failed
        self.notice.text = text

    def hush(self) -> None:
        """Take the news away."""
        self.notice.text = ""

    def on_mount(self) -> None:
        """Show the footer."""
        self.show_hints()
        self.show_line()

    def on_screen_resume(self) -> None:
        """Show what may have changed while another screen was in front."""
        self.show_hints()
        self.show_line()

    @on(events.ScreenResume)
    def _leave_styles(self, event: events.ScreenResume) -> None:
        """Style the parts again only where the palette has changed since: each was styled when it came."""
        event.refresh_styles = event.refresh_styles and self._worn not in {None, self.therapy.worn}
        self._worn = self.therapy.worn

    @on(events.Resize)
    def _leave_layout(self, event: events.Resize) -> None:
        """Lay nothing out again for the size that it is laid out for; Textual tells it of that one as well."""
        if event.size == self.outer_size and self.has_class(*self._classes_for(event.size)):
            event.prevent_default()

    def on_resize(self) -> None:
        """Let a sentence lie over the screen while the window is too small for it; what is written stays below."""
        columns, rows = self.SMALLEST
        is_small = self.app.size.width < columns or self.app.size.height < rows
        if is_small and not self.query(TooSmall):
            self.mount(TooSmall(columns, rows))
        self.set_class(is_small, "-small")

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus now."""
        self.show_hints()

    def take(self, fact: "Fact") -> None:
        """Hear what changed; a screen that shows it reads it again."""

    def show_line(self) -> None:
        """Say at the right of the heading what is known of the line."""
        if self.TELLS_OF_THE_LINE:
            self.heading.right = line_words(self.seat)


class TooSmall(Static):
    """The one sentence for a window in which nothing else could be read."""

    def __init__(self, columns: int, rows: int) -> None:
        (key, word), (menu, _) = hint_of("safety"), hint_of("menu")
        ways = f"{key} {word}, {menu} {LEAVE}."  # first, for they must be seen whatever the size
        told = f"{ways} This window is too small: {columns} by {rows} is needed. Nothing is lost."
        super().__init__(Content(told), classes="small")


def hint_of(command_id: str) -> Hint:
    """Give a command's own key and word."""
    command = BY_ID[command_id]
    return key_name(command.keys), command.word
