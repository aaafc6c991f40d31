"""Two small screens: one line to write, or a few answers of which the safest is chosen first."""

from collections.abc import Callable, Iterable, Sequence

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place, hint_of
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Field, Page, Row, prose


class Ask(Place):
    """Ask for one line; the screen gives it back, or nothing.

    Args:
        seat: whose.
        place: what the page is called.
        who: what stands beside that.
        told: what is asked.
        value: what stands in the line at first.
        act: what Enter does with it, where it does more than keep it.
    """

    def __init__(self, seat: Seat, place: str, who: str, told: str, value: str = "", act: str = "keep") -> None:
        super().__init__(seat)
        self.heading.place = place
        self.heading.who = who
        self._told, self._act = told, act
        self._field = Field(value=value, id="answer")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the question over the field."""
        with Page(classes="-centred"):
            yield Row(prose(self._told))
            yield Row(self._field, classes="field")

    def on_mount(self) -> None:
        """Begin in the field."""
        self._field.focus()

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to answer and how to leave."""
        return (("enter", self._act), hint_of("back"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back."""
        event.stop()
        self.dismiss(event.value)


class Decide(Place):
    """Ask for one of a few answers; the screen gives its id back, or nothing."""

    def __init__(self, seat: Seat, place: str, who: str, told: str, answers: Sequence[Choice]) -> None:
        super().__init__(seat)
        self.heading.place = place
        self.heading.who = who
        self._told = told
        self._answers = Choices(answers, gap=any(each.below for each in answers), id="answers")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the question over the answers."""
        with Page(classes="-centred"):
            yield Row(prose(self._told))
            yield Row(self._answers, classes="-bare")

    def on_mount(self) -> None:
        """Begin at the safest answer."""
        self._answers.focus()

    def begin_at(self, answer: str) -> None:
        """Choose the answer that holds now, where there is one already."""
        places = [place for place, each in enumerate(self._answers.choices) if each.id == answer]
        self._answers.chosen = places[0] if places else 0

    def commands_now(self) -> tuple[str, ...]:
        """Say how to answer and how to leave."""
        return ("choose", "back")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Give the answer back."""
        event.stop()
        self.dismiss(event.choice.id)


def ask_erase(
    place: Place, name: str, who: str, told: str, erase: Callable[[], object], below: str = "it cannot be brought back"
) -> None:
    """Ask before something is erased; the safest answer is the first.

    Args:
        place: where it is asked.
        name: what the page is called, such as `Erase a note`.
        who: what stands beside that.
        told: what would be gone.
        erase: erases it, or refuses with a sentence.
        below: what stands under the answer that erases.
    """

    def go(answer: str | None) -> None:
        if answer == "erase" and place.seat.is_open:
            try:
                erase()
            except errors.UsageError as error:
                place.say(str(error), failed=True)

    answers = (Choice("keep", "Keep it"), Choice("erase", "Erase it", below))
    place.therapy.push_screen(Decide(place.seat, name, who, told, answers), go)
