"""The drawer of process notes: opened by itself, its notes the newest first, in a list of their own."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.core.notes import Note
from therapy_tui.core.process import OFFERS, PLACE
from therapy_tui.services import audit, directory, process
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.events import Fact, RoomChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import PROCESS_NOTES, bindings
from therapy_tui.tui.place import ONLY_HERE
from therapy_tui.tui.screens.notes import HELD
from therapy_tui.tui.screens.notes_opening import NotesOpening
from therapy_tui.tui.widgets.note_list import NoteList
from therapy_tui.tui.widgets.rows import Page, Row, prose


class ProcessNotes(NotesOpening):
    """The notes of the drawer.

    Args:
        seat: whose.
        contact: whom a new one is about, by the id; nobody where it is empty.
    """

    BINDINGS = bindings(PROCESS_NOTES)
    TELLS_OF_THE_LINE = False
    PLACE = PLACE
    SAFE = "Letters, pages and notes are open as before. Nothing of the process notes was changed."

    def __init__(self, seat: Seat, contact: bytes = b"") -> None:
        super().__init__(seat)
        self.heading.place, self.heading.right = PLACE, ONLY_HERE
        self.list = NoteList(id="process")
        self._from = contact
        self._is_noted = True
        told = Row(prose("Thoughts for yourself alone.", style="strong")), Row(prose(OFFERS, style="quiet"))
        self._empty = Page(*told, classes="-centred")

    @property
    def notebook(self) -> Drawer:
        """The drawer of whoever sits here."""
        return self.seat.drawer

    def compose_middle(self) -> Iterable[Widget]:
        """Put the list, or what this is for."""
        yield self.list
        yield self._empty

    def on_mount(self) -> None:
        """Open the drawer, or ask whether one is to be made."""
        self.list.display = self._empty.display = False
        self._is_noted = self.notebook.is_open
        if self.notebook.exists:
            self.open_notes()
        else:
            self.call_after_refresh(self._offer)  # this screen has to stand before another lies over it

    def _offer(self) -> None:
        from therapy_tui.tui.screens.drawer_new import NewDrawer  # only where there is none yet

        self.stays_closed = True
        self.therapy.push_screen(NewDrawer(self.seat), self._made)

    def _made(self, told: str | None) -> None:
        self.begin()
        if told:
            self.say(told)

    def begin(self) -> None:
        """Show the notes, now that they are open; that they were opened is noted in the audit log."""
        if self.notebook.is_open and not self._is_noted:
            self._is_noted = True
            audit.note_opening(self.seat.open_vault, "process notes")
        self.read_notes()
        self.list.focus()

    # what is shown

    def read_notes(self, *, keep: bool = False) -> None:
        """Read the notes, and show them."""
        if not self.seat.is_open or not self.notebook.is_open:
            return
        drawer = self.notebook
        people = directory.people(self.seat.open_vault, also_closed=True)
        self.list.names = {each.contact.id: each.contact.name for each in people}
        self.list.now = self.seat.now()
        count = process.count(drawer)
        self.list.show(lambda skip, most: process.window(drawer, skip, most), count, keep=keep)
        self.list.display, self._empty.display = bool(count), not count
        self.show_hints()

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        one = ("open_process", "erase_process") if self.list.count else ()
        return ("write_process", *one, "back")

    def take(self, fact: Fact) -> None:
        """Read the notes again when some changed."""
        if fact == RoomChanged(Drawer.NAME):
            self.read_notes(keep=True)

    def on_screen_resume(self) -> None:
        """Read the notes again."""
        self.read_notes(keep=True)

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.list.clear()
        self.list.names = {}

    # keys

    def action_go(self, step: int) -> None:
        """Go from note to note."""
        self.list.go(step)
        self.show_hints()

    def action_open(self) -> None:
        """Write on the chosen note."""
        self._write(self.list.current)

    def action_write(self) -> None:
        """Begin a note."""
        if self.notebook.is_open:
            self._write(process.blank(self.notebook, self._from))

    def _write(self, note: Note | None) -> None:
        from therapy_tui.tui.screens.process_page import ProcessPage  # only when one is written

        if note is not None:
            self.therapy.push_screen(ProcessPage(self.seat, note))

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
        when = times.near(note.written_at, self.seat.now())
        told = f"The process note, {len(note.text.split()):,} words."
        ask_erase(
            self, "Erase a process note", when, told, lambda: note_erasing.erase_process(vault, self.notebook, note)
        )
