"""One question of a measure at a time, answered by the instrument's own numbers; each answer is kept at once."""

from collections.abc import Callable, Iterable

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from therapy_tui import errors
from therapy_tui.core.questionnaire import Measure
from therapy_tui.services import measures
from therapy_tui.services.events import Fact, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import ANSWERING, bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Page, Row, prose

KEPT = "kept after each answer"
SO_FAR, ROOM = 3, 56
"""How many of the last answers are told, and the characters that there is room for at every width."""


class Asking(Place):
    """The questions of one measure."""

    TAKES_DIGITS = True
    BINDINGS = bindings(ANSWERING)
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, measure: Measure) -> None:
        super().__init__(seat)
        self.measure = measure
        self.answers = measures.begun(seat.open_vault, measure)
        self._item = next((place for place, each in enumerate(self.answers) if each is None), 0)
        self._is_supported = False
        """Whether the support page stood there in this sitting."""
        self.heading.place, self.heading.right = measure.short, KEPT
        self._question = Static(classes="prose strong")
        self._row = Row(self._question, note=" ")
        self._options = Choices((), id="options")
        self._so_far = Static(classes="prose quiet")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the question over its answers, and what the licence asks for below."""
        measure = self.measure
        with Page(classes="-centred"):
            yield Row(prose(measure.screen_instruction or measure.instruction, style="quiet"))
            yield self._row
            yield Row(self._options, classes="-bare")
            yield Row(self._so_far)
            yield Row(prose(measure.notice, style="quiet"))

    def on_mount(self) -> None:
        """Begin at the first question that is open."""
        self._ask()
        self._options.focus()

    # what is asked

    def _ask(self) -> None:
        item = self.measure.items[self._item]
        stem = f"{self.measure.stem} " if self.measure.stem else ""
        self._question.update(Content(f"{stem}{item.text}"))
        self._row.set_note(f"{item.number} of {len(self.measure.items)}")
        self._options.set_choices(
            [Choice(str(each.score), f"{each.score}   {each.text}") for each in self.measure.options]
        )
        given = self.answers[self._item]
        places = [place for place, each in enumerate(self.measure.options) if each.score == given]
        self._options.chosen = places[0] if places else -1  # nothing is answered for a person
        self._tell_so_far()
        self.show_hints()

    def _tell_so_far(self) -> None:
        words = {each.score: each.text for each in self.measure.options}
        told = [
            f"{place + 1} {words[answer]}"
            for place, answer in enumerate(self.answers)
            if answer is not None and place != self._item
        ]
        shown = told[-SO_FAR:]
        while len("   ".join(["so far", *shown])) > ROOM and len(shown) > 1:  # no answer is parted by the end of a line
            del shown[0]
        self._so_far.update(Content("   ".join(["so far", *shown]) if shown else ""))

    def hints_now(self) -> tuple[Hint, ...]:
        """Show the instrument's own numbers as the keys that they are."""
        scores = sorted(each.score for each in self.measure.options)
        back = (self.therapy.hint("back_one"),) if self._item else ()
        keys = (f"{scores[0]}-{scores[-1]}", "answer"), ("↑↓", "choose")
        enter = (("enter", "next"),) if self._options.current is not None else ()
        return (*keys, *enter, *back, self.therapy.hint("leave_open"), self.therapy.hint("stop_asking"))

    # answering

    def on_key(self, event: events.Key) -> None:
        """Take a number of the instrument as the answer."""
        if event.character is None or not event.character.isdecimal():
            return
        if int(event.character) in {each.score for each in self.measure.options}:
            event.stop()
            self._answer(int(event.character))

    def on_choices_moved(self, event: Choices.Moved) -> None:
        """Say that enter takes what is chosen now."""
        event.stop()
        self.show_hints()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take the line at the bar as the answer."""
        event.stop()
        self._answer(int(event.choice.id))

    def _answer(self, score: int) -> None:
        """Keep an answer and go on; where it asks for it, the support page opens before anything is kept."""
        if self.measure.items[self._item].safety and score > self.measure.scoring.item_low:
            self._support(lambda: self._keep(score))
        else:
            self._keep(score)

    def _support(self, then: Callable[[], None]) -> None:
        """Open the support page, and go on from there; back leads to the question, with nothing kept."""
        from therapy_tui.tui.screens.support import Support  # only then

        def go_on(way: str | None) -> None:
            if way == "back":
                return
            self._is_supported = True
            then()
            if way == "stop":
                self.action_stop()

        self.therapy.push_screen(Support(self.seat, self.measure.short), go_on)

    def _keep(self, score: int) -> None:
        if self._hear(score):
            self.action_skip()

    def take(self, fact: Fact) -> None:
        """Show what another window answered."""
        if isinstance(fact, VaultChanged) and self.seat.is_open:
            self._hear()

    def _hear(self, score: int | None = None) -> bool:
        """Take the answers as they lie in the vault, with one more; leave where another window came to the end."""
        vault, measure, seen = self.seat.open_vault, self.measure, self.answers
        try:
            if score is None:
                there = measures.look_again(vault, measure, seen)
            else:
                there = measures.answer(vault, measure, self._item, score, seen)
        except measures.FinishedElsewhere as error:
            self.dismiss()
            self.therapy.call_later(self.therapy.say, str(error))
            return False
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return False
        if there != self.answers:
            self.answers = there
            self._ask()
        return True

    def _end(self) -> None:
        """Keep the whole; an answer from another sitting that asks for the support page opens it first."""
        if not self._hear():
            return
        answers = self.answers
        if all(each is None for each in answers):
            self.dismiss()
        elif measures.needs_support(self.measure, answers) and not self._is_supported:
            self._item = next(place for place, item in enumerate(self.measure.items) if item.safety)
            self._ask()  # back leads here, where it can be answered otherwise
            self._support(self._take)
        else:
            self._take()

    def _take(self) -> None:
        from therapy_tui.tui.screens.measures import Outcome  # only at the end

        try:
            taken = measures.take(self.seat.open_vault, self.measure, self.answers)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.therapy.switch_screen(Outcome(self.seat, taken, is_new=True))

    def action_back_one(self) -> None:
        """Go one question back; what was answered stays."""
        if self._item:
            self._item -= 1
            self._ask()

    def action_skip(self) -> None:
        """Go to the next question; after the last one, to what is open still, or to the end."""
        if self._item + 1 < len(self.measure.items):
            self._item += 1
            self._ask()
            return
        self._end()

    def action_stop(self) -> None:
        """Stop here; what was answered is kept."""
        self.dismiss()

    def forget(self) -> None:
        """Drop every answer from the screen, because the vault is being locked; they are kept."""
        self.answers = (None,) * len(self.answers)
        self._so_far.update("")
        self._options.set_choices(())
