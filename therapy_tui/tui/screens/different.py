"""One of the ten words is different: what it can mean, what is safe, what to do. Nothing is stopped by itself."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.people import CHANGED, Contact
from therapy_tui.services import directory, pairing
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.ask import Decide
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.rows import Page, Row, prose


class Different(Place):
    """Words that are not the same, and three ways on; the first changes nothing."""

    CSS_PATH = "told.tcss"

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.contact = contact
        self.heading.place = "Compare words"
        self.heading.who = contact.name
        self.heading.fact = "not the same"
        self._answers = Choices(self._choices(), gap=False, id="answers")

    def _choices(self) -> list[Choice]:
        first = Choice("back", "Back, and write nothing for now")
        compare = Choice("again", "Compare them once more", "one of you may have misread")
        if self.contact.trust == CHANGED:
            return [first, compare, Choice("refuse", "Keep the old keys", "the new ones are forgotten")]
        return [first, compare, Choice("end", "End this correspondence", "asks you once more")]

    def compose_middle(self) -> Iterable[Widget]:
        """Say it in three parts, then ask."""
        name = self.contact.name
        stopped = self.contact.trust == CHANGED
        with Page(classes="-centred"):
            yield Row(prose("The words are not the same.", style="crisis"))
            yield Row(
                prose(
                    "Somebody may stand between the two of you and read along. It can also be a word misread, or"
                    f" that {name} looked at the words of somebody else."
                ),
                note="what it can mean",
            )
            safe = "Nothing you wrote has gone to the new keys." if stopped else "Nothing was changed by looking."
            yield Row(
                prose(f"{safe} What you write is kept on this machine whatever you do here."), note="what is safe"
            )
            yield Row(
                prose(
                    f"Write nothing that matters here. Speak with {name} in person, or on a number you already have,"
                    " and ask for a new invite."
                ),
                note="what to do",
            )
            yield Row(self._answers, classes="-bare answers")

    def on_mount(self) -> None:
        """Begin at the safest answer."""
        self._answers.focus()

    def commands_now(self) -> tuple[str, ...]:
        """Say how to answer and where help is."""
        return ("choose", "safety", "back")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Do what was chosen."""
        event.stop()
        if event.choice.id == "again":
            from therapy_tui.tui.screens.verify import Verify  # the two lead to each other

            self.therapy.switch_screen(Verify(self.seat, self.contact))
        elif event.choice.id == "refuse":
            self._refuse()
        elif event.choice.id == "end":
            self._ask_end()
        else:
            self.dismiss()

    def _refuse(self) -> None:
        vault = self.seat.open_vault
        try:
            pairing.refuse_change(vault, directory.get(vault, self.contact.id))
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.seat.wake()
        self.dismiss()
        self.therapy.say("The new keys are forgotten. What waited goes to the old ones.")

    def _ask_end(self) -> None:
        answers = (Choice("keep", "Leave everything as it is"), Choice("end", "End it, keep the letters"))
        told = (
            f"Neither of you can write to the other any more, and {self.contact.name} is told that it has ended."
            " The letters stay readable here. A new invite begins anew."
        )
        decide = Decide(self.seat, "End a correspondence", self.contact.name, told, answers)
        self.therapy.push_screen(decide, self._end)

    def _end(self, answer: str | None) -> None:
        if answer != "end":
            return
        vault = self.seat.open_vault
        pairing.remove(vault, directory.get(vault, self.contact.id))
        self.seat.wake()
        self.dismiss()
        self.therapy.say("It has ended. The letters stay here.")
