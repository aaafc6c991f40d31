"""One note to be read, its Markdown shown quietly; one key writes on."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui import errors
from therapy_tui.core.notes import Note
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import conversation, directory, note_layouts, note_signing, notes
from therapy_tui.services.events import Fact, RoomChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.commands import NOTE, bindings
from therapy_tui.tui.note_words import count_of, facts_of, hour_of, kind_of, letter_of, state_of, who_of
from therapy_tui.tui.place import ONLY_HERE, Place
from therapy_tui.tui.widgets.margins import margin_of
from therapy_tui.tui.widgets.quiet import Quiet
from therapy_tui.tui.widgets.rows import Across, Down, Said, prose

IS_SIGNED = "This note is signed, so it stays as it is; {} adds to it."
NOT_SIGNED = "This note is not signed, so nothing is added to it; {} writes on."


def _head(addition: Note, now: int) -> str:
    return f"Added, {state_of(addition, now)}"


class NoteRead(Place):
    """A note as it was kept last."""

    CSS_PATH = ["journal_page.tcss", "note_page.tcss"]
    BINDINGS = bindings(NOTE)
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, note: Note) -> None:
        super().__init__(seat)
        self.note: Note | None = note
        self._margin = Said(classes="note")
        self._warning = prose("", style="warned")
        self._kind = prose("", style="quiet kind")
        self.text = Quiet(id="read")
        self._added: list[Note] = []

    def compose_middle(self) -> Iterable[Widget]:
        """Put the margin beside the words, and below them which kind of note it is."""
        with Across(id="leaf"):
            yield self._margin
            with Down(classes="column"):
                yield self._warning
                yield self.text
                yield self._kind

    def on_mount(self) -> None:
        """Begin at the top."""
        self.heading.place, self.heading.right = "Note", ONLY_HERE
        self.text.focus()
        self._show()

    def _show(self) -> None:
        note = self.note
        if note is None:
            return
        vault, now = self.seat.open_vault, self.seat.now()
        who = who_of(vault, note)
        self.heading.place = f"Note · {who}" if who else "Note"
        self.heading.who = hour_of(note, now)
        is_told = note.signed_at or vault.profile.role == THERAPIST
        self.heading.right = f"{state_of(note, now)} · {ONLY_HERE}" if is_told else ONLY_HERE
        self._show_margin()
        finding = note_signing.finding_of(self.seat.notebook, note)
        warning = finding.told(times.dated(finding.at, now)) if finding else ""
        self._warning.update(warning)
        self._warning.display = bool(warning)
        self._kind.update(kind_of(note, now))
        self._added = notes.additions(self.seat.notebook, note)
        self.text.show("\n\n".join([note.text, *(f"## {_head(each, now)}\n\n{each.text}" for each in self._added)]))
        self.show_hints()

    def _show_margin(self) -> None:
        note = self.note
        if note is not None and self.seat.is_open:
            vault, now = self.seat.open_vault, self.seat.now()
            said = [
                times.near(note.written_at, now),
                letter_of(vault, note, now),
                count_of(note_layouts.own_words(note)),
            ]
            self._margin.update(margin_of([*said, *facts_of(note)], self.app.size.width))

    def on_quiet_wrapped(self) -> None:
        """Name the key that goes further where there is more."""
        self.goes_on = self.text.goes_on
        self.show_hints()

    def on_resize(self) -> None:
        """Lay the margin in one row or below each other."""
        self._show_margin()

    def on_screen_resume(self) -> None:
        """Read the note again, for it may have been written on."""
        self._read_again()

    def take(self, fact: Fact) -> None:
        """Read the note again when some changed."""
        if fact == RoomChanged("notes"):
            self._read_again()

    def _read_again(self) -> None:
        if self.note is None or not self.seat.is_open:
            return
        found = notes.get(self.seat.notebook, self.note.id)
        if found is None:
            self.dismiss()
        elif found != self.note or notes.additions(self.seat.notebook, found) != self._added:
            self.note = found
            self._show()

    def commands_now(self) -> tuple[str, ...]:
        """Name the likeliest keys."""
        note = self.note
        letter = ("its_letter",) if note is not None and note.message else ()
        earlier = ("note_versions",) if note is not None and note.versions else ()
        first = "add_to_note" if note is not None and note.signed_at else "edit_note"
        return (first, *letter, *earlier, "back")

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self.note, self._added = None, []
        self.text.show("")
        self._warning.update("")
        self._margin.update("")
        self.heading.place = "Note"

    # keys

    def action_edit(self) -> None:
        """Write on, where it is not signed."""
        from therapy_tui.tui.screens.session_note import page_for  # only when one is written

        if self.note is None:
            return
        if self.note.signed_at:
            self.say(IS_SIGNED.format(self.therapy.hint("add_to_note")[0]))
        else:
            self.therapy.push_screen(page_for(self.seat, self.note))

    def action_amend(self) -> None:
        """Add to a signed note."""
        from therapy_tui.tui.screens.addition import Addition  # only when something is added

        if self.note is None:
            return
        try:
            begun = note_signing.addition(self.seat.notebook, self.note)
        except errors.UsageError:
            self.say(NOT_SIGNED.format(self.therapy.hint("edit_note")[0]))
            return
        self.therapy.push_screen(Addition(self.seat, begun))

    def action_letter(self) -> None:
        """Go to the letter that this note is about."""
        note, vault = self.note, self.seat.open_vault
        letter = conversation.get(vault, note.contact, note.message) if note is not None and note.message else None
        if note is None or letter is None:
            self.say("This note is about no letter that is here.")
            return
        self.therapy.show_messages(directory.get(vault, note.contact), letter)

    def action_earlier(self) -> None:
        """Show what this note was before."""
        from therapy_tui.tui.screens.earlier import Earlier  # only when it is asked for

        if self.note is None or not self.note.versions:
            self.say("This note has not been anything else before.")
            return
        before = [(each.kept_at, each.text) for each in notes.versions(self.seat.notebook, self.note)]
        self.therapy.push_screen(Earlier(self.seat, "Note", "what this note was before", before))
