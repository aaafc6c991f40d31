"""What is done on the page of a person: letters, the ten words, whom to call, what was agreed, and the end."""

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

from therapy_tui import errors
from therapy_tui.core.persons import CONSENT, PLACE, Version
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.services import days, persons, triage
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from therapy_tui.core.people import Contact
    from therapy_tui.services.persons import About

AGREED = (
    "What you have agreed, in your own words: answers and how soon, what happens in an emergency, what is kept and how"
    " long, who else may see it, how to stop. What stood there before is kept, with its day."
)
WHERE = "Where {name} usually is, so that help finds the way: a town or an address, and the time zone."
AGREED_ON = "On which day was it agreed? Write it like 2026-11-16."
SAID_ON = "On which day did you hear it? Write it like 2026-11-16."
CALL = "Whom you may call about {name}, in an emergency, as agreed with them. It stays on this machine."
LABEL = "A few words of your own, such as a group or a day of the week. Nobody else sees them."
WHO, RELATION, NUMBER = "Their name.", "Who that is to {name}: a sister, the family doctor.", "The telephone number."
ADD = "add"


class PersonActs(Place):
    """The acts of a person's page."""

    if TYPE_CHECKING:
        contact: Contact
        about: About

        def show_person(self) -> None:
            """Show what is known now."""

    def do(self, act: Callable[[], object], told: str = "") -> None:
        """Do something, and say what came of it."""
        try:
            act()
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.show_person()
        if told:
            self.say(told)

    def action_letters(self) -> None:
        """Open the letters."""
        self.therapy.show_messages(self.contact)

    def action_words(self) -> None:
        """Compare the ten words."""
        from therapy_tui.tui.screens.verify import Verify  # only when it is asked for

        if not self.contact.closed:
            self.therapy.push_screen(Verify(self.seat, self.contact))

    def action_note(self) -> None:
        """Show the notes about this person."""
        from therapy_tui.tui.screens.notes import Notes  # as above

        self.therapy.push_screen(Notes.of(self.seat, self.contact))

    def action_measures(self) -> None:
        """Show their measures over time."""
        from therapy_tui.tui.screens.progress import Progress  # as above

        self.therapy.push_screen(Progress(self.seat, self.contact))

    def action_label(self) -> None:
        """Ask for a label."""
        self._ask(
            "Label",
            LABEL,
            lambda text: self.do(lambda: triage.label(self.seat.open_vault, self.contact, text)),
            self.about.label,
        )

    def action_agreed(self) -> None:
        """Ask what was agreed, and when."""
        self._field("What is agreed", CONSENT, AGREED, AGREED_ON, self.about.consent[:1])

    def action_place(self) -> None:
        """Ask where they usually are, and since when that is known."""
        told = WHERE.format(name=safe_name(self.contact.name))
        self._field("Where they are", PLACE, told, SAID_ON, self.about.place[:1])

    def _field(self, what: str, field: str, told: str, on: str, before: tuple[Version, ...]) -> None:
        def ask_day(text: str) -> None:
            if not text.strip():
                keep(text, "")
                return
            self._ask(what, on, lambda day: keep(text, day), days.day_of(self.seat.now()))

        def keep(text: str, day: str) -> None:
            self.do(lambda: persons.note(self.seat.open_vault, self.contact, field, text, day))

        self._ask(what, told, ask_day, before[0].text if before else "")

    def action_earlier(self) -> None:
        """Show what was agreed, and where they were, before."""
        from therapy_tui.tui.screens.earlier import Earlier  # as above

        versions = [
            (after.at, f"{what}, {each.day}: {each.text or 'taken out'}")
            for what, known in (("agreed", self.about.consent), ("place", self.about.place))
            for after, each in itertools.pairwise(known)
        ]
        if versions:
            self.therapy.push_screen(Earlier(self.seat, "Before", safe_name(self.contact.name), versions))

    def action_call(self) -> None:
        """Choose somebody to take out, or write somebody down."""
        from therapy_tui.tui.screens.ask import Decide  # as above

        name = safe_name(self.contact.name)
        answers = [Choice(ADD, "Write somebody down")]
        answers += [
            Choice(str(place), f"Take {safe_line(each.name)} out", safe_line(each.line), below=True)
            for place, each in enumerate(self.about.emergency, start=1)
        ]

        def go(answer: str | None) -> None:
            if answer == ADD:
                self._ask("Whom to call", WHO, self._ask_relation)
            elif answer is not None:
                self.do(lambda: persons.drop_emergency(self.seat.open_vault, self.contact, int(answer)), "Taken out.")

        self.therapy.push_screen(Decide(self.seat, "Whom to call", name, CALL.format(name=name), answers), go)

    def _ask_relation(self, name: str) -> None:
        def ask_number(relation: str) -> None:
            self._ask("Whom to call", NUMBER, lambda number: keep(relation, number))

        def keep(relation: str, number: str) -> None:
            self.do(lambda: persons.add_emergency(self.seat.open_vault, self.contact, name, relation, number))

        self._ask("Whom to call", RELATION.format(name=safe_name(self.contact.name)), ask_number)

    def action_hours(self) -> None:
        """Show the appointments with them."""
        from therapy_tui.tui.screens.appointments import Appointments  # as above

        self.therapy.push_screen(Appointments(self.seat, self.contact))

    def action_record(self) -> None:
        """Show what is done with their record."""
        from therapy_tui.tui.screens.record import RecordPage  # as above

        self.therapy.push_screen(RecordPage(self.seat, self.contact))

    def action_end(self) -> None:
        """Show the steps of an end."""
        from therapy_tui.tui.screens.ending import End  # as above

        if self.contact.closed != "ours":
            self.therapy.push_screen(End(self.seat, self.contact))

    def _ask(self, place: str, told: str, then: Callable[[str], None], value: str = "") -> None:
        from therapy_tui.tui.screens.ask import Ask  # as above

        def take(text: str | None) -> None:
            if text is not None and self.seat.is_open:
                then(text)

        self.therapy.push_screen(Ask(self.seat, place, safe_name(self.contact.name), told, value), take)
