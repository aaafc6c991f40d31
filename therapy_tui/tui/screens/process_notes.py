"""The drawer of process notes: opened by itself, its notes the newest first, in a list of their own."""

from therapy_tui.core.notes import Note
from therapy_tui.core.process import OFFERS, PLACE
from therapy_tui.services import audit, process
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.events import Fact, RoomChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import PROCESS_NOTES, bindings
from therapy_tui.tui.screens.notes_listed import NotesListed
from therapy_tui.tui.widgets.rows import Row, prose


class ProcessNotes(NotesListed):
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
        told = Row(prose("Thoughts for yourself alone.", style="strong")), Row(prose(OFFERS, style="quiet"))
        super().__init__(seat, *told)
        self._from = contact
        self._is_noted = True

    @property
    def notebook(self) -> Drawer:
        """The drawer of whoever sits here."""
        return self.seat.drawer

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
        self.show_list(lambda skip, most: process.window(drawer, skip, most), process.count(drawer), keep=keep)
        self.show_hints()

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        one = ("open_process", "erase_process") if self.list.count else ()
        return ("write_process", *one, "back")

    def take(self, fact: Fact) -> None:
        """Read the notes again when some changed."""
        if fact == RoomChanged(Drawer.NAME):
            self.read_notes(keep=True)

    # keys

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

    def what_goes(self, note: Note) -> tuple[str, str, str]:
        """Say what is erased with a note."""
        return (
            "Erase a process note",
            f"The process note, {len(note.text.split()):,} words.",
            "it cannot be brought back",
        )
