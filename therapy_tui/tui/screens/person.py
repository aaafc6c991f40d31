"""A person's page: since when, verified or not, what was agreed, whom to call, by which invite, and how it ends."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from therapy_tui.core.people import THERAPIST, VERIFIED, Contact
from therapy_tui.core.text import safe_name
from therapy_tui.services import directory, person_words, persons
from therapy_tui.services.events import Fact
from therapy_tui.services.person_words import Line
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import PERSON, bindings
from therapy_tui.tui.screens.person_acts import PersonActs
from therapy_tui.tui.widgets.rows import Reader, Row

if TYPE_CHECKING:
    from therapy_tui.services.persons import About

A_THERAPISTS = {"call", "place", "measures", "note", "label", "hours", "record"}
"""What only a therapist does here."""


class Person(PersonActs):
    """One person.

    Args:
        seat: who sits here.
        contact: about whom.
    """

    BINDINGS = bindings(PERSON)

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.contact = contact
        self.about: About = persons.about(seat.open_vault, contact)
        self._is_therapist = seat.open_vault.profile.role == THERAPIST
        self._rows = {note: Row(Static(classes="prose", markup=False), note=note) for note in person_words.ROWS}

    def compose_middle(self) -> Iterable[Widget]:
        """Put the rows over each other."""
        with Reader():
            yield from self._rows.values()

    def on_mount(self) -> None:
        """Show what is known."""
        self.show_person()
        self.query_one(Reader).focus()

    def on_screen_resume(self) -> None:
        """Read it again."""
        self.show_person()

    def take(self, fact: Fact) -> None:
        """Read it again, whatever changed."""
        del fact
        self.show_person()

    def show_person(self) -> None:
        """Read all of it and show it."""
        if not self.seat.is_open:
            return
        vault = self.seat.open_vault
        self.contact = directory.get(vault, self.contact.id)
        self.about = persons.about(vault, self.contact)
        self.heading.place = safe_name(self.contact.name)
        self.heading.fact = person_words.since(self.about)
        found = person_words.lines(self.about, self.seat.now(), is_therapist=self._is_therapist)
        lines = {each.note: each for each in found}
        for note, row in self._rows.items():
            line = lines.get(note)
            row.display = line is not None
            if line is not None:
                row.query_one(".prose", Static).update(_drawn(line))
        self.show_hints()

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        for row in self._rows.values():
            row.query_one(".prose", Static).update("")
        self.heading.place = self.heading.fact = ""

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys: whom to call first beside a flag, the ten words while they are not compared."""
        call, words = ("person_call",), ("person_words",)
        flagged = call if self.about.flags else ()
        unsure = words if self.contact.trust != VERIFIED else ()
        first = ("person_letters", *flagged, *unsure, "person_hours", "person_record", *call, "person_agreed")
        more = (
            "person_note",
            "person_measures",
            "person_place",
            "person_label",
            *words,
            "person_earlier",
            "person_end",
        )
        every = dict.fromkeys((*first, *more, "back"))
        return tuple(each for each in every if self.check_action(each.removeprefix("person_"), ()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Offer only what can be done here now."""
        del parameters
        if action == "earlier":
            return bool(len(self.about.consent) > 1 or len(self.about.place) > 1)
        if action == "end":
            return self.contact.closed != "ours"
        if action == "words":
            return not self.contact.closed
        return self._is_therapist or action not in A_THERAPISTS


def _drawn(line: Line) -> Content:
    style = {"crisis": "bold $crisis", "strong": "bold $strong", "quiet": "$quiet"}.get(line.style, "$text")
    more = ((f"\n{line.more}", "$quiet"),) if line.more else ()
    return Content.assemble((line.text, style), *more)
