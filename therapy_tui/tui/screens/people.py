"""Who one writes with: everyone with what is known of them, and the ways to meet somebody."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.core.people import CLIENT
from therapy_tui.services import directory
from therapy_tui.services.directory import Person
from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import PEOPLE, bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.choices import Choice, Choices
from therapy_tui.tui.widgets.no_letters import NOT_FOR
from therapy_tui.tui.widgets.rows import Page, Row, prose

TRUST = {"verified": "verified", "unverified": "not yet verified", "changed": "keys changed, sending has stopped"}
EMPTY = {
    CLIENT: "This is where letters will be: yours, and those of the person you see.",
    2: "This is where letters will be: one correspondence for each person you see.",
}
BEGIN = {
    CLIENT: "To begin, take up the invite that you were given: on paper, by e-mail, or in the room.",
    2: "To begin, invite somebody. Nobody can write to you without an invite.",
}
HELD = " Their record is held, so the letters stay."


class People(Place):
    """Everyone, the latest letter first."""

    BINDINGS = bindings(PEOPLE)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.list = Choices((), gap=True, id="people")
        self.empty = Page(classes="-centred")
        self.page = Page()

    def compose_middle(self) -> Iterable[Widget]:
        """Show the list, or how to begin."""
        role = self.seat.open_vault.profile.role
        with self.page:
            yield Row(self.list, classes="-bare")
        with self.empty:
            yield Row(prose(EMPTY[role], style="strong"))
            yield Row(prose(BEGIN[role]))
            yield Row(prose(NOT_FOR, style="quiet"))

    def on_mount(self) -> None:
        """Read everyone."""
        self.heading.place = "People"
        self.show_people()

    def on_screen_resume(self) -> None:
        """Read everyone again."""
        self.show_people()

    def show_people(self) -> None:
        """Read everyone and show them."""
        if not self.seat.is_open:
            return
        people = directory.people(self.seat.open_vault)
        self.list.set_choices([self._choice(person) for person in people])
        self.page.display = bool(people)
        self.empty.display = not people
        if people:
            self.list.focus()
        self.show_hints()

    def _choice(self, person: Person) -> Choice:
        contact = person.contact
        facts = [TRUST[contact.trust]]
        if contact.closed:
            facts = ["ended by you" if contact.closed == "ours" else "ended by them"]
        if person.last_at:
            facts.append(f"last letter {times.near(person.last_at, self.seat.now())}")
        if person.alike:
            facts.append(f"looks like {person.alike}, make sure who it is")
        unread = f"{person.unread:,} unread" if person.unread else ""
        style = "crisis" if contact.trust == "changed" else ""
        return Choice(contact.id.hex(), contact.name, ", ".join(facts), right=unread, style=style, below=True)

    def commands_now(self) -> tuple[str, ...]:
        """Name what can be done with the chosen person, or how to begin."""
        if self.list.choices:
            measures = ("progress",) if self.check_action("progress", ()) else ()
            back = ("back",) if len(self.therapy.screen_stack) > 1 else ()
            return ("choose", "person_page", *measures, "compare", "rename", *back, "remove", "new_invite", "take_up")
        is_client = self.seat.is_open and self.seat.open_vault.profile.role == CLIENT
        first = ("take_up", "journal") if is_client else ("new_invite",)
        return (*first, *self.therapy.seat_commands(), "menu")

    def take(self, fact: Fact) -> None:
        """Read everyone again, whatever changed."""
        del fact
        self.show_people()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Offer what is done with a person only where there is one."""
        del parameters
        if action == "progress" and (not self.seat.is_open or self.seat.open_vault.profile.role == CLIENT):
            return False
        return action not in {"person", "verify", "rename", "remove", "progress"} or bool(self.list.choices)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Open the letters with the chosen person."""
        event.stop()
        vault = self.seat.open_vault
        self.therapy.show_messages(directory.get(vault, bytes.fromhex(event.choice.id)))

    def _chosen(self) -> Person | None:
        current = self.list.current
        if current is None:
            return None
        people = directory.people(self.seat.open_vault)
        return next((each for each in people if each.contact.id.hex() == current.id), None)

    def action_person(self) -> None:
        """Show the page of the chosen person."""
        from therapy_tui.tui.screens.person import Person  # only when it is asked for

        person = self._chosen()
        if person is not None:
            self.therapy.push_screen(Person(self.seat, person.contact))

    def action_verify(self) -> None:
        """Compare the ten words."""
        from therapy_tui.tui.screens.verify import Verify  # only when it is asked for

        person = self._chosen()
        if person is not None:
            self.therapy.push_screen(Verify(self.seat, person.contact))

    def action_progress(self) -> None:
        """Show the chosen person's measures over time."""
        from therapy_tui.tui.screens.progress import Progress  # as above

        person = self._chosen()
        if person is not None:
            self.therapy.push_screen(Progress(self.seat, person.contact))

    def action_rename(self) -> None:
        """Ask for the name that is shown here."""
        from therapy_tui.tui.screens.ask import Ask  # as above

        person = self._chosen()
        if person is None:
            return

        def rename(name: str | None) -> None:
            if name:
                directory.rename(self.seat.open_vault, person.contact, name)

        told = "The name is shown on this machine only; nobody is told."
        self.therapy.push_screen(Ask(self.seat, "Rename", person.contact.name, told, person.contact.name), rename)

    def action_remove(self) -> None:
        """Ask how to end a correspondence; the safest answer is the first."""
        from therapy_tui.services import holding, pairing  # as above
        from therapy_tui.tui.screens.ask import Decide  # as above

        person = self._chosen()
        if person is None:
            return

        def remove(answer: str | None) -> None:
            if answer in {"end", "erase"}:
                pairing.remove(self.seat.open_vault, person.contact, erase_letters=answer == "erase")
                self.seat.wake()

        held = holding.is_held(self.seat.open_vault, person.contact.id)
        answers = (
            Choice("keep", "Leave everything as it is"),
            Choice("end", "End it, keep the letters", "they stay readable here"),
            *(() if held else (Choice("erase", "End it, and erase the letters here", "they cannot be brought back"),)),
        )
        told = (
            f"Neither of you can write to the other any more, and {person.contact.name} is told that it has ended."
            f" What waits here does not go.{HELD if held else ''}"
        )
        self.therapy.push_screen(Decide(self.seat, "End a correspondence", person.contact.name, told, answers), remove)

    def action_invite(self) -> None:
        """Make an invite."""
        self.therapy.action_invite()

    def action_join(self) -> None:
        """Take up an invite."""
        self.therapy.action_join()
