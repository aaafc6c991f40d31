"""Set-up: one question a page, each with why it is asked, the safe answer first; nothing leaves this machine."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.core.text import NAME_LIMIT, safe_line, safe_name
from therapy_tui.core.wire.limits import MAX_TICKET
from therapy_tui.services.relays import read_relay
from therapy_tui.services.seat import Seat
from therapy_tui.tui import countries
from therapy_tui.tui.screens.safety import keep_country
from therapy_tui.tui.screens.setup_questions import OWN_MINUTES, SHARED_MINUTES, Answers, Question
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.finder import Finder
from therapy_tui.tui.widgets.rows import Field, Row, prose

ALLOWED_BY = "stop here with F10 and set up on the command line: therapy-tui init --allow-plain"


class SetUp(Question):
    """Who one is."""

    asks = "Who are you here?"
    why = (
        "This program carries letters between a client and a therapist. They are sealed on this machine and opened on"
        " the other's; nobody in between can read them. The answer cannot be changed later."
    )
    next_is = "your name, this machine, numbers to call, the relay, how it opens"
    number = 1

    def __init__(self, seat: Seat, answers: Answers | None = None) -> None:
        super().__init__(seat, answers or Answers(country=seat.settings.country))
        self._roles = Choices(
            (
                Choice(str(CLIENT), "A client", "You write with the person you see.", below=True),
                Choice(str(THERAPIST), "A therapist", "You write with each person who sees you.", below=True),
            ),
            gap=True,
            id="roles",
        )

    def answer_rows(self) -> Iterable[Widget]:
        """Give the two roles."""
        yield Row(self._roles, classes="-bare")

    def on_mount(self) -> None:
        """Begin at the first."""
        self._roles.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take the role."""
        event.stop()
        self.answers.role = int(event.choice.id)
        self.go_to(Name(self.seat, self.answers))


class Name(Question):
    """The name that others see."""

    asks = "What name should the other person see?"
    why = "It goes with your invite or your answer to one, and nowhere else. The relay does not learn it."
    number = 2

    def __init__(self, seat: Seat, answers: Answers) -> None:
        super().__init__(seat, answers)
        self._field = Field("a first name is enough", value=answers.name, id="name")
        self._told = prose("", style="quiet", id="told")

    def answer_rows(self) -> Iterable[Widget]:
        """Give a line to write it in."""
        yield Row(self._field, classes="field")
        yield Row(self._told)

    def on_mount(self) -> None:
        """Begin in the line."""
        self._field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the name, when there is one."""
        event.stop()
        name = event.value.strip()
        if not name or len(name) > NAME_LIMIT:
            self._told.update(f"A name has 1 to {NAME_LIMIT} characters.")
            return
        self.answers.name = safe_name(name)
        self._told.update("")
        self.go_to(Shared(self.seat, self.answers))


class Shared(Question):
    """Whether other people use this machine."""

    asks = "Do other people use this machine?"
    why = (
        "A shared computer, a family laptop, a server at work. It only changes how carefully this program starts. You"
        " can change it later."
    )
    number = 3

    def __init__(self, seat: Seat, answers: Answers) -> None:
        super().__init__(seat, answers)
        yes = f"A passphrase each time, locks after {SHARED_MINUTES} minutes, never copies to the clipboard."
        no = f"This machine's own keyring opens it where there is one; locks after {OWN_MINUTES} minutes."
        self._choices = Choices(
            (
                Choice("yes", "Yes, or I am not sure", yes, below=True),
                Choice("no", "No, only I do", no, below=True),
            ),
            gap=True,
            id="shared",
        )

    def answer_rows(self) -> Iterable[Widget]:
        """Give the safe answer first."""
        yield Row(self._choices, classes="-bare")

    def on_mount(self) -> None:
        """Begin at the safe answer, or at the one given before."""
        self._choices.chosen = 0 if self.answers.shared else 1
        self._choices.focus()

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take the answer."""
        event.stop()
        self.answers.shared = event.choice.id == "yes"
        self.go_to(Country(self.seat, self.answers))


class Country(Question):
    """Whose numbers to call are shown."""

    asks = "Which country are you in?"
    why = "For the numbers to call when things are bad: F8 shows them at any time, from here on. It is told to nobody."
    number = 4

    def compose_middle(self) -> Iterable[Widget]:
        """Put the question over a long list, which scrolls by itself."""
        yield from self.question_rows()
        yield Finder(countries.search(countries.likely(self.answers.country)), "type to find")

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Take the country; F8 shows its numbers from now on."""
        event.stop()
        self.answers.country = event.choice.id
        keep_country(self.seat, self.answers.country)
        self.go_to(Relay(self.seat, self.answers))


class Relay(Question):
    """The relay that holds one's mailbox."""

    asks = "Which relay holds your mailbox?"
    number = 5

    def __init__(self, seat: Seat, answers: Answers) -> None:
        super().__init__(seat, answers)
        self.why = (
            "A relay passes sealed letters on and cannot read them. Leave this empty: the invite you were given names"
            " the relay."
            if answers.role == CLIENT
            else "A relay passes sealed letters on and cannot read them. It is the address your practice or its host"
            " gave you, such as https://relay.example.org."
        )
        self._field = Field(
            "the invite brings it" if answers.role == CLIENT else "https://", value=answers.relay_typed, id="relay"
        )
        self._ticket = Field("only if the relay asks for one", value=answers.ticket, id="ticket")
        self._told = prose("", style="quiet", id="told")

    def answer_rows(self) -> Iterable[Widget]:
        """Give a line for the address, and one for the ticket that some relays ask for."""
        yield Row(self._field, note="relay", classes="field")
        yield Row(self._ticket, note="ticket", classes="field")
        yield Row(self._told)

    def on_mount(self) -> None:
        """Begin in the address."""
        self._field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the relay, once it can be one."""
        event.stop()
        refused = self._take(self._field.value.strip(), self._ticket.value.strip())
        self._told.update(refused)
        if not refused:
            from therapy_tui.tui.screens.setup_opening import Opening  # it asks the keyring, which no other page needs

            self.go_to(Opening(self.seat, self.answers))

    def _take(self, typed: str, ticket: str) -> str:
        """Keep what was typed; give the sentence that refuses it, or nothing."""
        if not typed and self.answers.role == THERAPIST:
            return "A therapist's mailbox needs a relay, because invites name it."
        if len(ticket.encode()) > MAX_TICKET:
            return "That is too long for a ticket."
        try:
            self.answers.relay = read_relay(typed, allowed_by=ALLOWED_BY) if typed else None
        except errors.UsageError as error:
            return str(error)
        self.answers.relay_typed, self.answers.ticket = safe_line(typed), ticket
        return ""
