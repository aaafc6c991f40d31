"""A list of notes, of the notes or of the drawer: what is shown, how one goes through it, and how one is erased."""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence

from textual.widget import Widget

from therapy_tui.core.notes import Note
from therapy_tui.services import directory
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.place import ONLY_HERE
from therapy_tui.tui.screens.notes_opening import NotesOpening
from therapy_tui.tui.widgets.note_list import NoteList
from therapy_tui.tui.widgets.rows import Page, Row

HELD = "The record of {} is held, so this note is not erased. The hold is ended at their record."


class NotesListed(NotesOpening):
    """The list, or what it is for while it is empty.

    Args:
        seat: whose.
        told: what this is for.
    """

    def __init__(self, seat: Seat, *told: Row) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.right = self.PLACE, ONLY_HERE
        self.list = NoteList(id="notes")
        self._empty = Page(*told, classes="-centred")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the list, or what this is for."""
        yield self.list
        yield self._empty

    # what is shown

    @abstractmethod
    def read_notes(self, *, keep: bool = False) -> None:
        """Read the notes, and show them; with `keep` the same one stays chosen."""

    @abstractmethod
    def what_goes(self, note: Note) -> tuple[str, str, str]:
        """Give how the page is called on which erasing is asked, what would be gone, and what stands under that."""

    def show_list(self, fetch: Callable[[int, int], Sequence[Note]], count: int, *, keep: bool) -> None:
        """Show so many notes, each with the name of whom it is about."""
        people = directory.people(self.seat.open_vault, also_closed=True)
        self.list.names = {each.contact.id: each.contact.name for each in people}
        self.list.now = self.seat.now()
        self.list.show(fetch, count, keep=keep)
        self.list.display, self._empty.display = bool(count), not count

    def on_screen_resume(self) -> None:
        """Read the notes again."""
        self.read_notes(keep=True)

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.list.clear()
        self.list.names = {}
        self.heading.who = ""

    # keys

    def action_go(self, step: int) -> None:
        """Go from note to note."""
        self.list.go(step)
        self.show_hints()

    def action_erase(self) -> None:
        """Ask before a note is erased; the safest answer is the first."""
        from therapy_tui.services import holding, note_erasing  # only when it is asked for
        from therapy_tui.tui.screens.ask import ask_erase  # as above

        note, vault = self.list.current, self.seat.open_vault
        if note is None:
            return
        if holding.is_held(vault, note.contact):
            self.say(HELD.format(self.list.names.get(note.contact, "")))
            return
        name, told, below = self.what_goes(note)
        when = times.near(note.written_at, self.seat.now())
        ask_erase(self, name, when, told, lambda: note_erasing.erase(vault, self.notebook, note), below)
