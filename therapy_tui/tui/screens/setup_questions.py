"""What every question of set-up shares: the answers so far, one question a page, and the ways on and back."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.widget import Widget

from therapy_tui.services.making import NewProfile
from therapy_tui.services.relays import RelayChoice
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.rows import Page, Row, prose

QUESTIONS = 7
"""Six questions, and the words that bring it all back."""
SHARED_MINUTES, OWN_MINUTES = 2, 10
"""After so many minutes without a key it locks: where others use the machine, and where nobody else does."""


@dataclass(slots=True)
class Answers:
    """What was answered so far; it lives as long as set-up does, so that going back loses nothing."""

    role: int = 0
    name: str = ""
    shared: bool = True
    country: str = ""
    relay_typed: str = ""
    ticket: str = ""
    relay: RelayChoice | None = None

    def profile(self) -> NewProfile:
        """Give what the profile is made of."""
        relay = self.relay.address if self.relay else ""
        return NewProfile(self.role, self.name, relay, self.ticket.encode() if relay else b"")


class Question(Place):
    """One question on a page of its own.

    A subclass gives `asks`, `why`, `number` and `answer_widgets`.
    """

    BINDINGS = bindings(only=("one_back", "stop"))
    asks = ""
    why = ""
    next_is = ""
    number = 0

    def __init__(self, seat: Seat, answers: Answers) -> None:
        super().__init__(seat)
        self.answers = answers
        self.heading.place = "Setting up"

    def compose_middle(self) -> Iterable[Widget]:
        """Put the question and why it is asked over the answers, in the middle."""
        with Page(classes="-centred"):
            yield from self.question_rows()
            yield from self.answer_rows()
            if self.next_is:
                yield Row(prose(f"Next: {self.next_is}.", style="quiet"), classes="next")

    def question_rows(self) -> Iterable[Widget]:
        """Give the question, and why it is asked."""
        yield Row(prose(self.asks, style="strong"), note=f"{self.number} of {QUESTIONS}")
        yield Row(prose(self.why))

    def answer_rows(self) -> Iterable[Widget]:
        """Give what the question is answered with."""
        return ()

    def show_line(self) -> None:
        """Say what matters most here: so far nothing was sent anywhere."""
        self.heading.right = "nothing has left this machine"

    def commands_now(self) -> tuple[str, ...]:
        """Name the ways on, back and out."""
        return ("go_on", *(("one_back",) if self.number > 1 else ()), "stop")

    def go_to(self, place: "Question") -> None:
        """Ask the next question."""
        self.therapy.push_screen(place)

    def action_one_back(self) -> None:
        """Go one question back; what was answered stays."""
        if self.number > 1:
            self.therapy.pop_screen()

    async def action_stop(self) -> None:
        """Leave; nothing is kept."""
        await self.therapy.action_leave()
