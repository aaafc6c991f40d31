"""Words for a check-in: to be taken from those that are here, as many or as few as one likes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.content.feelings import feelings
from therapy_tui.core.checkins import tidy_words
from therapy_tui.core.text import safe_line
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.rows import Page, Row, prose
from therapy_tui.tui.widgets.wordgrid import WordGrid

if TYPE_CHECKING:
    from therapy_tui.services.seat import Seat
    from therapy_tui.tui.screens.checkin_form import CheckInForm

NONE = "None is needed. A word of your own is as good: write it in the line."

NO_WORDS = "The words cannot be read on this machine. One of your own is as good: write it in the line."


class Words(Place):
    """The groups of words; what is taken is kept with the check-in that is being made.

    Args:
        form: the check-in.
    """

    def __init__(self, seat: "Seat", form: "CheckInForm") -> None:
        super().__init__(seat)
        self._form = form
        self.heading.place = "Words for it"
        self.grid_of_words = WordGrid(feelings())
        self._told = prose("", id="taken")

    def compose_middle(self) -> Iterable[Widget]:
        """Put what is taken over the words."""
        yield Row(self._told, note="taken")
        with Page():
            yield self.grid_of_words

    def on_mount(self) -> None:
        """Begin at the first word."""
        self.show_words()
        self.set_focus(self.grid_of_words)

    def show_line(self) -> None:
        """Say nothing of the line: nothing leaves."""

    def commands_now(self) -> tuple[str, ...]:
        """Name how to take a word and how to go back."""
        return ("word_take", "word_done")

    def show_words(self) -> None:
        """Say what is taken."""
        words = self._form.words
        self.grid_of_words.taken = words
        self._told.update(", ".join(safe_line(word) for word in words) or NONE)
        self._told.set_class(not words, "quiet")

    def on_word_grid_taken(self, event: WordGrid.Taken) -> None:
        """Take a word, or leave it."""
        event.stop()
        words = self._form.words
        after = tuple(each for each in words if each != event.word)
        try:
            self._form.words = tidy_words(after if after != words else (*words, event.word))
        except errors.UsageError as error:
            self.say(str(error))
        self.show_words()

    def keep(self) -> None:
        """Let the check-in keep them."""
        self._form.keep()

    def forget(self) -> None:
        """Drop what was taken from the screen, because the vault is being locked."""
        self.grid_of_words.taken = ()
        self._told.update("")
