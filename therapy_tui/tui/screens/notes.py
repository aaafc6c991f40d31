"""The notes: the newest first, of everybody or of one person; opened when one comes here, by what opened the vault."""

from dataclasses import replace
from typing import TYPE_CHECKING

from therapy_tui.core.notes import Note
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.services import directory, notes, search
from therapy_tui.services.events import ContactsChanged, Fact, RoomChanged, VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import NOTES, bindings
from therapy_tui.tui.place import ONLY_HERE
from therapy_tui.tui.screens.notes_listed import NotesListed
from therapy_tui.tui.widgets.rows import Row, prose

if TYPE_CHECKING:
    from therapy_tui.core.messages import Message

OPENING = "Your notes are being opened."
SIGNED_ONE = (
    "It is signed: that it was, and that it was erased today, is kept, so that the others can still be checked."
)
ONES = ("Erase a note", "it cannot be brought back")
SIGNED_ONES = ("Erase the words of a signed note", "its words cannot be brought back")
NOTICE_SECONDS = 1.0
"""How often is looked whether another process changed the notes."""


class Notes(NotesListed):
    """All notes, or those about one person.

    Args:
        seat: whose.
        contact: only those about this person.
        begin: write a new one at once.
        about: the letter that the new one is about.
    """

    BINDINGS = bindings(NOTES)
    TELLS_OF_THE_LINE = False

    def __init__(
        self, seat: Seat, contact: Contact | None = None, *, begin: bool = False, about: "Message | None" = None
    ) -> None:
        self._told = prose(OPENING, style="quiet")
        super().__init__(seat, Row(prose("What you want to remember.", style="strong")), Row(self._told))
        self._only = contact
        self._from: Contact | None = contact
        """Whose letters one came from: a new note is about them."""
        self._begins, self._letter = begin, about

    @classmethod
    def of(
        cls, seat: Seat, contact: Contact | None = None, *, begin: bool = False, about: "Message | None" = None
    ) -> "Notes":
        """Make the notes: a therapist's have the way to the drawer."""
        if seat.open_vault.profile.role != THERAPIST:
            return Notes(seat, contact, begin=begin, about=about)
        from therapy_tui.tui.screens.hour_notes import HourNotes  # only for a therapist

        return HourNotes(seat, contact, begin=begin, about=about)

    def on_mount(self) -> None:
        """Open the notes, with what is at hand or what the keyring keeps."""
        below = self.app.screen_stack[-2:][0]
        contact = getattr(below, "contact", None)
        if self._from is None and isinstance(contact, Contact):
            self._from = contact
        self.list.display = False
        self.set_interval(NOTICE_SECONDS, self._notice_others)
        self.open_notes()

    def begin(self) -> None:
        """Show the notes, now that they are open."""
        self.read_notes()
        self.list.focus()
        if self._begins:
            self._begins = False
            self.action_write()

    # what is shown

    def read_notes(self, *, keep: bool = False) -> None:
        """Read the notes, and show them."""
        if not self.seat.is_open or not self.notebook.is_open:
            return
        notebook, only = self.notebook, self._only.id if self._only else b""
        count = notes.count(notebook, only)
        self.show_list(lambda skip, most: notes.window(notebook, skip, most, only), count, keep=keep)
        if count:
            search.note_that_there_are_notes(self.seat.open_vault)
        self._told.update("Of an hour, or of a letter. A note never leaves this machine.")
        self.heading.who = f"about {self._only.name}" if self._only else ""
        told = f"{count:,} note{'' if count == 1 else 's'} · " if count else ""
        self.heading.right = told + ONLY_HERE
        self.show_hints()

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        if not self.list.count:
            return ("write_note", *(("notes_of_one",) if self._only else ()), "back")
        chosen = self.list.current
        one = ("notes_of_one",) if self._only or (chosen and chosen.contact in self.list.names) else ()
        return ("open_note", "write_note", *one, "erase_note", "back")

    def words_now(self) -> dict[str, str]:
        """Say of the key that shows one person's notes what it does now, and what erasing leaves of a signed one."""
        chosen = self.list.current
        one = {"notes_of_one": "all notes"} if self._only else {}
        return one | ({"erase_note": "erase its words"} if chosen is not None and chosen.signed_at else {})

    def take(self, fact: Fact) -> None:
        """Read the notes again when some changed, or a name did."""
        if isinstance(fact, VaultChanged | ContactsChanged) or fact == RoomChanged("notes"):
            self.read_notes(keep=True)

    def _notice_others(self) -> None:
        if self.seat.is_open and self.notebook.is_open and self.app.screen is self and self.notebook.notice_others():
            self.read_notes(keep=True)

    # going

    def action_newest(self) -> None:
        """Go to the newest."""
        self.action_go(-self.list.count)

    def action_oldest(self) -> None:
        """Go to the oldest."""
        self.action_go(self.list.count)

    def action_one(self) -> None:
        """Show the notes about the person of the chosen one, and all again."""
        chosen = self.list.current
        if self._only is not None:
            self._only = None
        elif chosen is not None and chosen.contact in self.list.names:
            self._only = directory.get(self.seat.open_vault, chosen.contact)
        else:
            self.say("This note is about nobody in particular.")
            return
        self.read_notes()

    # notes

    def action_open(self) -> None:
        """Read the chosen note; one of which a full disk did not take the last words opens where those stand."""
        note = self.list.current
        if note is None:
            return
        if note.id in self.seat.unkept:
            from therapy_tui.tui.screens.session_note import page_for  # only when one is written

            self.therapy.push_screen(page_for(self.seat, note))
        else:
            from therapy_tui.tui.screens.note_read import NoteRead  # only when one is read

            self.therapy.push_screen(NoteRead(self.seat, note))

    def action_write(self) -> None:
        """Begin a note, about the person whose letters or notes one came from."""
        from therapy_tui.tui.screens.session_note import is_therapist, page_for  # only when one is written

        if not self.notebook.is_open:
            return
        letter, self._letter = self._letter, None
        person = self._only or self._from
        new = notes.blank(self.notebook, person.id if person else b"", letter.id if letter else b"")
        if is_therapist(self.seat):
            new = replace(new, format=notes.last_format(self.notebook))
        self.therapy.push_screen(page_for(self.seat, new))

    def what_goes(self, note: Note) -> tuple[str, str, str]:
        """Say what is erased with a note, and what is kept of a signed one."""
        who = self.list.names.get(note.contact, "")
        words = f"The note{f' about {who}' if who else ''}, {len(note.text.split()):,} words,"
        name, below = SIGNED_ONES if note.signed_at else ONES
        if note.signed_at:
            return name, f"{words} what was added to it, and what it was before. {SIGNED_ONE}", below
        return name, f"{words} and what it was before.", below
