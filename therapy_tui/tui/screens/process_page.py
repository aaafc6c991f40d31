"""A process note to be written: words, and whom they are about; kept in the drawer and nowhere else."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.core.notes import Note
from therapy_tui.core.process import APART, OFFERS, PLACE
from therapy_tui.services import holding, process
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.note_words import count_of, who_of
from therapy_tui.tui.screens.note_page import NotePage
from therapy_tui.tui.widgets.margins import margin_of
from therapy_tui.tui.widgets.rows import Across, Down, prose

HELD = "Their record is held, so this stays as it is. A new process note takes what is to be said now."


class ProcessPage(NotePage, inherit_bindings=False):
    """A page of the drawer."""

    BINDINGS = bindings(only=("close_note", "note_about"))
    UNKEPT = b"process"

    def __init__(self, seat: Seat, note: Note) -> None:
        super().__init__(seat, note)
        self._kind = prose(f"{OFFERS}\n{APART}", style="quiet kind")

    def compose_middle(self) -> Iterable[Widget]:
        """Put the margin beside the words, and below them what has a place here."""
        with Across(id="leaf"):
            yield self._margin
            with Down(classes="column"):
                yield self.editor
                yield self._kind

    def show_notes(self) -> None:
        """Say whom it is about, how much there is, and when it was kept."""
        if not self.seat.is_open:
            return
        note, now = self.page, self.seat.now()
        who = who_of(self.seat.open_vault, note)
        self.heading.place = f"{PLACE} · {who}" if who else PLACE
        self.heading.who = times.day(note.written_at, now)
        self._margin.update(margin_of([count_of(self.words), self.kept_words], self.app.size.width))

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the page."""
        return ("close_note", "note_about")

    def begin(self) -> None:
        """Begin at the end; what the drawer has of a person whose record is held is read, and not written over."""
        super().begin()
        if self.page.row and holding.is_held(self.seat.open_vault, self.page.contact):
            self.editor.read_only = True
            self._kind.update(HELD)

    # keeping

    def store(self, wanted: Note, *, new_sitting: bool) -> Note:
        """Keep it in the drawer; what it was before is not kept there."""
        del new_sitting
        return process.keep(self.seat.drawer, self.page, wanted)

    def store_apart(self, wanted: Note) -> Note:
        """Keep it as a note of its own."""
        return process.keep_apart(self.seat.drawer, wanted)

    def erase(self) -> None:
        """Erase the note."""
        process.erase(self.seat.drawer, self.page.id)
