"""A screen that asks for one line after another; what cannot be taken is asked for again, with the reason."""

import asyncio
from collections.abc import Callable, Sequence

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_name
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.ask import Ask, Decide
from therapy_tui.tui.widgets.choices import Choice


class Asking(Place):
    """What the pages beside the page of a person have in common.

    Args:
        seat: who sits here.
        contact: about whom it is.
        place: its name in the heading.
    """

    def __init__(self, seat: Seat, contact: Contact, place: str) -> None:
        super().__init__(seat)
        self.contact = contact
        self.heading.place, self.heading.who = place, safe_name(contact.name)

    def ask(self, told: str, then: Callable[[str], None], value: str = "") -> None:
        """Ask for a line, and hand it on; where that is refused, ask again with the reason and what was written."""

        def take(text: str | None) -> None:
            if text is None or not self.seat.is_open:
                return
            try:
                then(text)
            except errors.TherapyError as error:
                self.ask(str(error), then, text)

        page = Ask(self.seat, self.heading.place, safe_name(self.contact.name), told, value)
        self.therapy.push_screen(page, take)

    def decide(self, told: str, answers: Sequence[Choice], then: Callable[[str], None]) -> None:
        """Ask for one of a few answers, the safest first, and hand it on; a failure is told in the line of news."""

        def take(answer: str | None) -> None:
            if answer is None or not self.seat.is_open:
                return
            try:
                then(answer)
            except errors.TherapyError as error:
                self.say(str(error), failed=True)

        page = Decide(self.seat, self.heading.place, safe_name(self.contact.name), told, answers)
        self.therapy.push_screen(page, take)

    def with_open(self, notebook: Notebook, then: Callable[[], None], refused: Callable[[str], None]) -> None:
        """Go on once a file of notes is open; the keyring is asked aside, so that the keys answer meanwhile.

        Args:
            notebook: the notes, or the drawer of process notes.
            then: what comes next.
            refused: takes the reason, where nothing at hand opens it.
        """

        async def fetch() -> None:
            try:
                notebook.open(await asyncio.to_thread(notebook.fetch_key))
            except errors.VaultLocked:
                return
            except errors.TherapyError as error:
                refused(str(error))
                return
            try:
                then()
            except errors.TherapyError as error:
                self.say(str(error), failed=True)

        if notebook.is_open:
            then()
        else:
            self.run_worker(fetch())

    def open_by_hand(self, notebook: Notebook, why: str, safe: str, then: Callable[[], None]) -> None:
        """Show the field that opens a file of notes, and go on once it is open."""
        from therapy_tui.tui.screens.notes_closed import NotesClosed  # only where it stays closed

        def take(opened: bool | None) -> None:  # noqa: FBT001 - what a screen gives back
            if opened and self.seat.is_open:
                then()

        self.therapy.push_screen(NotesClosed(self.seat, why, notebook, self.heading.place, safe), take)
