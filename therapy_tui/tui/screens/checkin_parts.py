"""What a check-in is made of: a number, some words, a line; what is not yet done is kept through everything."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.checkins import LONGEST_TEXT, Unfinished
from therapy_tui.core.text import safe_line
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.moods import Moods
from therapy_tui.tui.widgets.rows import Field, Row, prose

if TYPE_CHECKING:
    from textual.timer import Timer

PLACEHOLDER = "a line, only if you like"
WORDS = "words for it, if one helps"
FULL = "The disk is full. What you write is still kept; make room soon."


class CheckInParts(Place):
    """What a check-in is made of, and the clock that keeps what is not yet done."""

    TAKES_DIGITS = True
    CSS_PATH = "checkins.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (24, "-tall"), (28, "-roomy")]

    def __init__(self, seat: Seat, *, only_change: bool = False) -> None:
        super().__init__(seat)
        self.moods = Moods(only_change=only_change)
        self.line = Field(PLACEHOLDER, id="line")
        self.line.max_length = LONGEST_TEXT
        self._told = prose("", id="words")
        self._words: tuple[str, ...] = ()
        self._written = ""
        self._kept = self.unfinished
        self.keeping: Timer | None = None

    def form(self, when: str) -> Iterable[Widget]:
        """Give the rows of the parts; `when` is said beside the numbers."""
        yield Row(self.moods, note=when, classes="-bare now")
        yield Row(self.line, note="a line", classes="field -tight line")
        yield Row(self._told, classes="words")

    # what is written

    @property
    def words(self) -> tuple[str, ...]:
        """The words that were taken."""
        return self._words

    @words.setter
    def words(self, words: tuple[str, ...]) -> None:
        """Take other words."""
        self._words = words
        self.show_words()
        self.touched()

    @property
    def text(self) -> str:
        """The line; what came with line ends stays as it came until one writes in it."""
        return self._written if self.line.value == safe_line(self._written, LONGEST_TEXT) else self.line.value

    @property
    def unfinished(self) -> Unfinished:
        """What stands here now."""
        return Unfinished("", self.moods.chosen, self._words, self.text)

    def show(self, unfinished: Unfinished) -> None:
        """Put something here that is kept already."""
        self._written = unfinished.text
        self.moods.chosen = unfinished.mood
        with self.line.prevent(Input.Changed):
            self.line.value = safe_line(unfinished.text, LONGEST_TEXT)
        self.line.cursor_position = len(self.line.value)
        self._words = unfinished.words
        self._kept = self.unfinished
        self.show_words()

    def show_words(self) -> None:
        """Say which words were taken, or by which key one finds some, where that key works."""
        words = ", ".join(safe_line(word) for word in self._words)
        key = self.therapy.hint("mood_words")[0]
        hint = Content("") if self.line.has_focus else Content.assemble((key, "$strong"), (f" {WORDS}", "$quiet"))
        self._told.update(Content(words) if words else hint)

    # keeping

    def touched(self) -> None:
        """Remember that there is something to keep."""
        if self.keeping is not None and self.unfinished != self._kept:
            self.keeping.resume()

    def keep_or_rest(self) -> None:
        """Keep what there is to keep, and rest while there is nothing."""
        self.keep()
        if self.unfinished == self._kept and self.keeping is not None:
            self.keeping.pause()

    def keep(self) -> None:
        """Keep what is not yet done; on a full disk the room that was reserved for this is given back first."""
        now = self.unfinished
        if now == self._kept or not self.seat.is_open:
            return
        try:
            self.kept_safely(now)
        except errors.TherapyError as error:
            self.not_kept(now)
            self.say(str(error), failed=True)
            return
        self._kept = self.unfinished  # another window's words may have come in

    def kept_safely(self, now: Unfinished) -> None:
        """Keep it, with the reserved room where the disk is full."""
        try:
            self.keep_unfinished(now)
        except errors.DiskFull:
            if not self.seat.give_room():
                raise
            self.keep_unfinished(now)
            self.say(FULL, failed=True)

    def keep_unfinished(self, now: Unfinished) -> None:
        """Keep what is not yet done; each kind of form has its own way."""
        raise NotImplementedError

    def not_kept(self, now: Unfinished) -> None:
        """Hold what could not be kept where a lock does not lose it."""

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked."""
        self.show(Unfinished(""))
        self._told.update("")

    def on_moods_chosen(self, event: Moods.Chosen) -> None:
        """Remember that there is something to keep."""
        event.stop()
        self.touched()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remember that there is something to keep."""
        event.stop()
        self.touched()
