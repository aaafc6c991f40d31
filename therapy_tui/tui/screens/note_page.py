"""A note to be written: everything goes but the words, and every pause keeps them."""

from collections.abc import Iterable
from dataclasses import replace

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.notes import Note, check_hour
from therapy_tui.services import directory, holding, notes
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import NOTE_PAGE, bindings
from therapy_tui.tui.note_words import count_of, day_of, kind_of, letter_of, who_of
from therapy_tui.tui.place import ONLY_HERE
from therapy_tui.tui.screens.kept_page import KeptPage
from therapy_tui.tui.widgets.choices import Choice
from therapy_tui.tui.widgets.margins import margin_of
from therapy_tui.tui.widgets.rows import Across, Down, Said, prose

PLACEHOLDER = "What you want to remember."
BOTH_KEPT = "This note was changed in another window. What stands here is kept as a note of its own."
HELD = "Their record is held, so this note stays one about them."
NOBODY = "nobody in particular"
ASK_HOUR = "The day and time of the hour it belongs to, such as 2026-11-13 15:00. Nothing for none."


class NotePage(KeptPage[Note]):
    """A note to write on; nothing of it leaves the notes' own file."""

    CSS_PATH = ["journal_page.tcss", "note_page.tcss"]
    BINDINGS = bindings(NOTE_PAGE)
    UNKEPT = b"note"
    BOTH_KEPT = BOTH_KEPT
    ELSEWHERE = notes.ChangedElsewhere

    def __init__(self, seat: Seat, note: Note) -> None:
        super().__init__(seat, note, PLACEHOLDER)
        self._margin = Said(classes="note")
        self._is_new = not note.row
        self.unkept_mark = self.UNKEPT + note.contact  # words about one person never come up in a note about another

    def compose_middle(self) -> Iterable[Widget]:
        """Put the margin beside the words, and below them which kind of note it is."""
        with Across(id="leaf"):
            yield self._margin
            with Down(classes="column"):
                yield self.editor
                yield prose(self.kind(), style="quiet kind")

    def on_mount(self) -> None:
        """Begin at the end of what stands there, or with what a full disk did not take."""
        self.heading.right = ONLY_HERE
        self.begin()
        self.show_notes()

    def show_notes(self) -> None:
        """Say whom and which hour it is about, how much there is, and when it was kept."""
        if not self.seat.is_open:
            return
        note, vault, now = self.page, self.seat.open_vault, self.seat.now()
        who = who_of(vault, note)
        self.heading.place = f"Note · {who}" if who else "Note"
        self.heading.who = day_of(note, now)
        self._margin.update(margin_of(self.facts(), self.app.size.width))

    def kind(self) -> str:
        """Say which kind of note it is."""
        return kind_of(self.page, self.seat.now())

    def facts(self) -> list[str]:
        """Give what the margin says, each in a line or two."""
        note = self.page
        return [letter_of(self.seat.open_vault, note, self.seat.now()), count_of(self.words), self.kept_words]

    @property
    def words(self) -> str:
        """What was written, without what stands over it."""
        return self.editor.text

    def on_resize(self) -> None:
        """Lay the margin in one row or below each other."""
        self.show_notes()

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the note."""
        return ("close_note", "note_about", "note_hour")

    # keeping

    def store(self, wanted: Note, *, new_sitting: bool) -> Note:
        """Keep it among the notes."""
        return notes.keep(self.seat.notebook, self.page, wanted, new_sitting=new_sitting)

    def store_apart(self, wanted: Note) -> Note:
        """Keep it as a note of its own."""
        return notes.keep_apart(self.seat.notebook, wanted)

    def erase(self) -> None:
        """Erase the note."""
        notes.erase(self.seat.notebook, self.page.id)

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; what was written is kept."""
        self.page = replace(self.page, text="", contact=b"", message=b"", hour="")
        self.editor.load("", 0)
        self._margin.update("")
        self.heading.place, self.heading.who = "Note", ""

    # keys

    def action_about(self) -> None:
        """Ask whom it is about."""
        from therapy_tui.tui.screens.ask import Decide  # only when it is asked for

        self.keep()
        if not self._is_new and holding.is_held(self.seat.open_vault, self.page.contact):
            self.say(HELD)
            return
        people = [each.contact for each in directory.people(self.seat.open_vault)]
        answers = [Choice("", NOBODY), *(Choice(each.id.hex(), each.name) for each in people)]

        def take(answer: str | None) -> None:
            if answer is not None and self.seat.is_open and bytes.fromhex(answer) != self.page.contact:
                # A letter is one person's, so the note lets go of it with them.
                self.set_facts(replace(self.page, contact=bytes.fromhex(answer), message=b""))

        page = Decide(self.seat, "Note", "", "Whom is this note about? The note stays here, whoever it is.", answers)
        page.begin_at(self.page.contact.hex())
        self.therapy.push_screen(page, take)

    def action_hour(self) -> None:
        """Ask for the hour that it belongs to."""
        from therapy_tui.tui.screens.ask import Ask  # only when it is asked for

        self.keep()

        def take(answer: str | None) -> None:
            if answer is None or not self.seat.is_open:
                return
            try:
                hour = check_hour(answer)
            except errors.UsageError as error:
                self.say(str(error), failed=True)
                return
            self.set_facts(replace(self.page, hour=hour))

        self.therapy.push_screen(Ask(self.seat, self.heading.place, "", ASK_HOUR, self.page.hour), take)
