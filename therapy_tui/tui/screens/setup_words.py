"""The recovery words, shown once on a page of their own; then one of them is asked for, and the vault opens."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from therapy_tui import errors
from therapy_tui.services.seat import Seat
from therapy_tui.tui.beginning import lock_place
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.setup_questions import QUESTIONS
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Field, Page, Row, prose

COLUMNS = 4
CELL = 14
"""A number, a word of at most eight letters, and space: four of them fit the narrowest column."""
WHY = (
    "Write them on paper, in this order. They open your vault if the passphrase or this machine is lost. They are not"
    " shown again, and nobody else has them."
)
ANSWERS = (
    Choice("written", "I have written them on paper", "one of them is asked for"),
    Choice("not_now", "Not now", "go on without them"),
)
NOT_NOW = (
    "Without them nothing brings your letters back when the passphrase or this machine is lost. New words can be"
    " made at any time: therapy-tui keys add recovery."
)


class Words(Place):
    """The 24 words, and then the question for one of them.

    Args:
        words: in their order.
        unlock: opens the vault; it may take a moment and is run aside.
    """

    BINDINGS = bindings(only=("words_again",))

    def __init__(self, seat: Seat, words: Sequence[str], unlock: Callable[[], None]) -> None:
        super().__init__(seat)
        self.heading.place = "Setting up"
        self.heading.who = "your profile is made"
        self._words = tuple(words)
        self._unlock = unlock
        self._asked = seat.random(1)[0] % len(self._words)
        self._shown = Page(classes="-centred")
        self._question = Page(classes="-centred")
        self._answers = Choices(ANSWERS, id="answers")
        self._field = Field("word", id="word")
        self._told = prose("", style="quiet", id="told")
        self._working = False

    def compose_middle(self) -> Iterable[Widget]:
        """Lay the words on one page and the question on another."""
        with self._shown:
            asks = "The words that bring it all back"
            yield Row(prose(asks, style="strong"), note=f"{QUESTIONS} of {QUESTIONS}")
            yield Row(prose(WHY))
            yield Row(Static(_table(self._words), id="words"))
            yield Row(self._answers, classes="-bare -tight")
        with self._question:
            asks = f"Which is word {self._asked + 1} on your paper?"
            yield Row(prose(asks, style="strong"), note=f"{QUESTIONS} of {QUESTIONS}")
            yield Row(self._field, classes="field")
            yield Row(self._told)

    def on_mount(self) -> None:
        """Begin with the words."""
        self._show_words()

    def show_line(self) -> None:
        """Say what is still true: nothing was sent anywhere."""
        self.heading.right = "nothing has left this machine"

    def commands_now(self) -> tuple[str, ...]:
        """Name the ways on, and back to the words."""
        if self._question.display:
            return ("go_on", "words_again")
        return ("choose", "safety")

    def action_words_again(self) -> None:
        """Show the words again, because the paper may not be right yet."""
        if self._question.display and not self._working:
            self._show_words()

    def _show_words(self) -> None:
        self._question.display = False
        self._shown.display = True
        self._field.value = ""
        self._answers.focus()
        self.show_hints()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Ask for a word, or go on without."""
        event.stop()
        if event.choice.id == "written":
            self._shown.display = False
            self._question.display = True
            self._told.update("")
            self._field.focus()
            self.show_hints()
            return
        from therapy_tui.tui.screens.ask import Decide  # only for those who go without

        answers = (Choice("back", "See the words again"), Choice("without", "Go on without them"))
        self.therapy.push_screen(Decide(self.seat, "Setting up", "", NOT_NOW, answers), self._decided)

    def _decided(self, answer: str | None) -> None:
        if answer == "without":
            self.run_worker(self._go_in())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on when it is the word."""
        event.stop()
        if event.value.strip().casefold() == self._words[self._asked]:
            self.run_worker(self._go_in())
        else:
            self._told.update(f"That is not word {self._asked + 1}. Look at the paper again; esc shows the words.")

    async def _go_in(self) -> None:
        if self._working:
            return
        self._working = True
        self._told.update("opening")
        try:
            await asyncio.to_thread(self._unlock)
        except errors.TherapyError as error:
            self.therapy.only(lock_place(self.seat, str(error)))
        else:
            self._words = ()
            self.therapy.go_in()


def _table(words: Sequence[str]) -> Content:
    rows = len(words) // COLUMNS
    lines = []
    for row in range(rows):
        cells = [(place + 1, words[place]) for place in range(row, len(words), rows)]
        parts = [
            part for number, word in cells for part in ((f"{number:2} ", "$quiet"), (f"{word:{CELL - 3}}", "$strong"))
        ]
        lines.append(Content.assemble(*parts))
    return Content("\n").join(lines)
