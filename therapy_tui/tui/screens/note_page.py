"""A note to be written: everything goes but the words, and every pause keeps them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static, TextArea

from therapy_tui import errors
from therapy_tui.core.messages import Draft
from therapy_tui.core.notes import Note, check_hour
from therapy_tui.services import directory, notes
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import NOTE_PAGE, bindings
from therapy_tui.tui.note_words import KIND, ONLY_HERE, count_of, day_of, letter_of, who_of
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.writing import KEEP_SECONDS
from therapy_tui.tui.widgets.choices import Choice
from therapy_tui.tui.widgets.margins import margin_of
from therapy_tui.tui.widgets.pen import Editor
from therapy_tui.tui.widgets.rows import prose

if TYPE_CHECKING:
    from textual.timer import Timer

PLACEHOLDER = "What you want to remember."
BLANK = b"note"
"""Where the words of a note that a full disk never took wait in memory."""
BOTH_KEPT = "This note was changed in another window. What stands here is kept as a note of its own."
NOBODY = "nobody in particular"
ASK_HOUR = "The day and time of the hour it belongs to, such as 2026-11-13 15:00. Nothing for none."


class NotePage(Place):
    """A note to write on; nothing of it leaves the notes' own file."""

    CSS_PATH = ["journal_page.tcss", "note_page.tcss"]
    BINDINGS = bindings(NOTE_PAGE)
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, note: Note) -> None:
        super().__init__(seat)
        self.note = note
        """As it was last kept; `row` is 0 while nothing is kept of it."""
        self.editor = Editor(PLACEHOLDER, id="leaf-text")
        self._margin = Static(classes="note")
        self._keeping: Timer | None = None
        self._is_new_sitting = True

    def compose_middle(self) -> Iterable[Widget]:
        """Put the margin beside the words, and below them which kind of note it is."""
        with Horizontal(id="leaf"):
            yield self._margin
            with Vertical(classes="column"):
                yield self.editor
                yield prose(KIND, style="quiet kind")

    def on_mount(self) -> None:
        """Begin at the end of what stands there, or with what a full disk did not take."""
        super().on_mount()
        self.heading.right = ONLY_HERE
        unkept = self.seat.unkept.get(self._mark)
        text = unkept.text if unkept else self.note.text
        self.editor.load(text, unkept.cursor if unkept else len(text))
        self._keeping = self.set_interval(KEEP_SECONDS, self._keep_or_rest, pause=unkept is None)
        self.editor.focus()
        self.show_notes()

    @property
    def _mark(self) -> bytes:
        return self.note.id if self.note.row else BLANK

    def show_notes(self) -> None:
        """Say whom and which hour it is about, how much there is, and when it was kept."""
        if not self.seat.is_open:
            return
        note, vault, now = self.note, self.seat.open_vault, self.seat.now()
        who = who_of(vault, note)
        self.heading.place = f"Note · {who}" if who else "Note"
        self.heading.who = day_of(note, now)
        kept = f"kept {times.clock(note.changed_at)}" if note.row else "kept as you type"
        said = [letter_of(vault, note, now), count_of(self.editor.text), kept]
        self._margin.update(margin_of(said, self.app.size.width))

    def on_resize(self) -> None:
        """Lay the margin in one row or below each other."""
        super().on_resize()
        self.show_notes()

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the note."""
        return ("close_note", "note_about", "note_hour")

    # keeping

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Remember that there is something to keep."""
        event.stop()
        if self._keeping is not None and self.editor.text != self.note.text:
            self._keeping.resume()

    def _keep_or_rest(self) -> None:
        self.keep()
        if self._keeping is not None and self.editor.text == self.note.text:
            self._keeping.pause()

    def keep(self) -> None:
        """Keep the note, word for word; on a failure the words stay on the screen, and in memory over a lock."""
        text = self.editor.text
        if not self.seat.is_open or text == self.note.text or (not self.note.row and not text.strip()):
            return
        self._keep(replace(self.note, text=text))

    def _keep(self, wanted: Note) -> None:
        mark = self._mark
        try:
            self.note = self._kept(wanted)
        except errors.TherapyError as error:
            self.seat.unkept[mark] = Draft(wanted.text, 0, b"", self.editor.cursor_index, 0)
            self.say(str(error), failed=True)
            return
        self.seat.unkept.pop(mark, None)
        self._is_new_sitting = False
        self.show_notes()

    def _kept(self, wanted: Note) -> Note:
        notebook = self.seat.notebook
        try:
            return notes.keep(notebook, self.note, wanted, new_sitting=self._is_new_sitting)
        except notes.ChangedElsewhere:
            apart = notes.keep_apart(notebook, wanted)
            self.say(BOTH_KEPT)
            return apart
        except errors.DiskFull:
            if not self.seat.give_room():
                raise
            kept = notes.keep(notebook, self.note, wanted, new_sitting=self._is_new_sitting)
            self.say("The disk is full. What you write is still kept; make room soon.", failed=True)
            return kept

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; what was written is kept."""
        self.note = replace(self.note, text="", contact=b"", message=b"", hour="")
        self.editor.load("", 0)
        self._margin.update("")
        self.heading.place, self.heading.who = "Note", ""

    # keys

    def action_back(self) -> None:
        """Close the note; one in which nothing is left is not kept, unless it was something before."""
        self.keep()
        if self.note.row and not self.note.text.strip() and not self.note.versions:
            notes.erase(self.seat.notebook, self.note.id)
        if self.editor.text == self.note.text or not self.editor.text.strip():
            self.dismiss()

    def _set(self, wanted: Note) -> None:
        """Change what the note is about, and keep it where something stands in it."""
        if not self.note.row:
            self.note = wanted
            self.show_notes()
        else:
            self._keep(wanted)

    def action_about(self) -> None:
        """Ask whom it is about."""
        from therapy_tui.tui.screens.ask import Decide  # only when it is asked for

        self.keep()
        people = [each.contact for each in directory.people(self.seat.open_vault)]
        answers = [Choice("", NOBODY), *(Choice(each.id.hex(), each.name) for each in people)]

        def take(answer: str | None) -> None:
            if answer is not None and self.seat.is_open and bytes.fromhex(answer) != self.note.contact:
                # A letter is one person's, so the note lets go of it with them.
                self._set(replace(self.note, contact=bytes.fromhex(answer), message=b""))

        page = Decide(self.seat, "Note", "", "Whom is this note about? The note stays here, whoever it is.", answers)
        page.begin_at(self.note.contact.hex())
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
            self._set(replace(self.note, hour=hour))

        self.therapy.push_screen(Ask(self.seat, self.heading.place, "", ASK_HOUR, self.note.hour), take)
