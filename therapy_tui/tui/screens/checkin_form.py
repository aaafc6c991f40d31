"""A check-in as one makes it: a number, some words, a line; what is not yet done is kept through everything."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.checkins import LONGEST_TEXT, Unfinished
from therapy_tui.core.text import safe_line
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.writing import KEEP_SECONDS
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.moods import Moods
from therapy_tui.tui.widgets.rows import Field, Row, prose

if TYPE_CHECKING:
    from textual.timer import Timer

PLACEHOLDER = "a line, only if you like"
CHOOSE = "Choose a number first: 1 to 9, or 0 for 10. Your line is kept."
WORDS = "words for it, if one helps"
FULL = "The disk is full. What you write is still kept; make room soon."


class CheckInForm(Place):
    """The parts of a check-in, and the clock that keeps what is not yet done."""

    CSS_PATH = "checkins.tcss"
    BINDINGS = bindings(only=("mood_back",))
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
        self._keeping: Timer | None = None

    def form(self) -> Iterable[Widget]:
        """Give the rows of the parts."""
        yield Row(self.moods, note="right now", classes="-bare now")
        yield Row(self.line, note="a line", classes="field -tight line")
        yield Row(self._told, classes="words")

    def on_mount(self) -> None:
        """Begin at the numbers."""
        super().on_mount()
        self._keeping = self.set_interval(KEEP_SECONDS, self._keep_or_rest, pause=True)
        self.set_focus(self.moods)

    # what is written

    @property
    def words(self) -> tuple[str, ...]:
        """The words that were taken."""
        return self._words

    @words.setter
    def words(self, words: tuple[str, ...]) -> None:
        self._words = words
        self._show_words()
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
        self._words = unfinished.words
        self._kept = self.unfinished
        self._show_words()

    def _show_words(self) -> None:
        """Say which words were taken, or by which key one finds some, where that key works."""
        words = ", ".join(safe_line(word) for word in self._words)
        key = self.therapy.hint("mood_words")[0]
        hint = Content("") if self.line.has_focus else Content.assemble((key, "$strong"), (f" {WORDS}", "$quiet"))
        self._told.update(Content(words) if words else hint)

    def show_hints(self) -> None:
        """Draw the footer, and the hint that stands under the line."""
        super().show_hints()
        self._show_words()

    # keeping

    def touched(self) -> None:
        """Remember that there is something to keep."""
        if self._keeping is not None and self.unfinished != self._kept:
            self._keeping.resume()

    def _keep_or_rest(self) -> None:
        self.keep()
        if self.unfinished == self._kept and self._keeping is not None:
            self._keeping.pause()

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
        self._kept = now

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

    # keys

    def hints_now(self) -> tuple[Hint, ...]:
        """Name the keys of what has the focus."""
        keep, back = self.therapy.hint("mood_keep"), self.therapy.hint("mood_back")
        if self.line.has_focus:
            return (keep, ("tab", "the numbers"), back)
        return (("1-9, 0", "choose"), keep, ("tab", "a line"), *self.more_hints(), (back[0], "back"))

    def more_hints(self) -> tuple[Hint, ...]:
        """Name further keys of the numbers."""
        return ()

    def on_moods_chosen(self, event: Moods.Chosen) -> None:
        """Remember that there is something to keep."""
        event.stop()
        self.touched()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remember that there is something to keep."""
        event.stop()
        self.touched()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it, as among the numbers."""
        event.stop()
        self.action_keep_it()

    def action_keep_it(self) -> None:
        """Make it a check-in, if a number was chosen."""
        if not self.moods.chosen:
            self.keep()
            self.moods.focus()
            self.say(CHOOSE if self.text or self._words else CHOOSE.partition(". ")[0] + ".")
            return
        self.finish()

    def finish(self) -> None:
        """Do what enter does; each kind of form has its own way."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Go back; it is kept."""
        self.keep()
        self.therapy.pop_screen()

    async def action_words(self) -> None:
        """Look for words."""
        from therapy_tui.tui.screens.feelings import Words  # only when they are asked for

        self.keep()
        await self.therapy.push_screen(Words(self.seat, self))
