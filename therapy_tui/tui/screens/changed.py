"""A contact's keys changed: what happened, what is safe, what to do. Sending has stopped until a person decides."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.people import CHANGED, VERIFIED, Contact
from therapy_tui.services import conversation, directory, pairing
from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.ask import Decide
from therapy_tui.tui.screens.verify import Verify
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row, prose

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")

ACCEPTED = "The new keys are used now. They are not yet verified."
REFUSED = "The old keys are kept, and the new ones are forgotten."


def waiting_words(count: int) -> str:
    """Say how many letters wait, as prose does."""
    if count == 0:
        return "No letter of yours waits here; what you write now will wait, and leave only when you say so."
    number = NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"
    many = "letter waits here and leaves" if count == 1 else "letters wait here and leave"
    return f"{number} {many} only when you say so."


class Changed(Place):
    """Stays until the person has decided, or leaves it for another day."""

    CSS_PATH = "told.tcss"

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.contact = contact
        self._parting = ""
        self.heading.place = "Letters"
        self.heading.who = contact.name
        self.heading.fact = "sending has stopped"
        self._answers = Choices(
            (
                Choice("compare", "Compare the words now"),
                Choice("leave", "Leave everything stopped for today"),
                Choice("accept", "Go on without comparing", "asks you once more"),
                Choice("refuse", "Keep the old keys", "asks you once more"),
            ),
            id="answers",
        )

    def compose_middle(self) -> Iterable[Widget]:
        """Say it in three parts, then ask."""
        name, now = self.contact.name, self.seat.now()
        since = f"{times.day(self.contact.trust_at, now)}, {times.clock(self.contact.trust_at)}"
        verified = self.contact.trust_before == VERIFIED
        waiting = [each for each in conversation.waiting(self.seat.open_vault) if each.contact == self.contact.id]
        count = sum(each.state == "queued" for each in waiting)
        title = f"{name}'s keys are not the ones you verified." if verified else f"{name}'s keys have changed."
        with Page(classes="-centred"):
            yield Row(prose(title, style="crisis"))
            yield Row(
                prose(
                    f"Since {since}, there are new keys. Most often that is a new computer. It can also be someone else"
                    " who answers."
                ),
                note="what happened",
            )
            yield Row(prose(f"Nothing you wrote has gone to the new keys. {waiting_words(count)}"), note="what is safe")
            yield Row(
                prose("Ask by telephone or in person, on a number you already have. Then compare the words together."),
                note="what to do",
            )
            yield Row(self._answers, classes="-bare answers")

    def on_mount(self) -> None:
        """Begin at the safest answer."""
        self._answers.focus()

    def commands_now(self) -> tuple[str, ...]:
        """Say how to answer and where help is."""
        return ("choose", "safety", "back")

    def on_screen_resume(self) -> None:
        """Go when it was decided on another screen."""
        self._go_if_decided()

    def take(self, fact: Fact) -> None:
        """Go when it was decided by another process."""
        del fact
        self._go_if_decided()

    def _go_if_decided(self) -> None:
        if not self.seat.is_open or not self.is_current:
            return
        try:
            contact = directory.get(self.seat.open_vault, self.contact.id)
        except errors.UsageError:
            self.dismiss()
            return
        if contact.trust != CHANGED:
            told = self._parting or self.notice.text  # Verify leaves its news here on its way back
            self.dismiss()
            if told:
                self.therapy.say(told)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Do what was chosen; what cannot be taken back is asked once more."""
        event.stop()
        name = self.contact.name
        if event.choice.id == "compare":
            self.therapy.push_screen(Verify(self.seat, self.contact))
        elif event.choice.id == "accept":
            told = (
                f"What waits will go to the new keys, and {name} is shown as not yet verified. If these keys are"
                " somebody else's, that person reads it."
            )
            self._ask("Go on without comparing", told, Choice("accept", "Go on with the new keys"))
        elif event.choice.id == "refuse":
            told = (
                f"The new keys are forgotten, and what waits goes to the old ones. If {name} has a new computer, these"
                " letters are not read there, and a new invite is needed."
            )
            self._ask("Keep the old keys", told, Choice("refuse", "Keep the old keys"))
        else:
            self.dismiss()

    def _ask(self, place: str, told: str, answer: Choice) -> None:
        stay = Choice("stay", "Leave everything stopped")
        self.therapy.push_screen(Decide(self.seat, place, self.contact.name, told, (stay, answer)), self._decided)

    def _decided(self, answer: str | None) -> None:
        if answer not in {"accept", "refuse"} or not self.seat.is_open:
            return
        vault = self.seat.open_vault
        self._parting = ACCEPTED if answer == "accept" else REFUSED
        try:
            contact = directory.get(vault, self.contact.id)
            (pairing.accept_change if answer == "accept" else pairing.refuse_change)(vault, contact)
        except errors.TherapyError as error:
            self._parting = ""
            self.say(str(error), failed=True)
            return
        self.seat.wake()
        self._go_if_decided()
