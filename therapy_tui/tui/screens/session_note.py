"""A note of an hour, as a therapist writes it: in a format, with what is said of the hour, and signed in the end."""

from collections.abc import Callable
from dataclasses import replace

from therapy_tui import errors
from therapy_tui.content.note_formats import formats
from therapy_tui.core.audit import What
from therapy_tui.core.note_parts import cursor_in, marked
from therapy_tui.core.notes import Note
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import audit, drawing, note_layouts, note_signing
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import SESSION_NOTE, TO_DRAWER, bindings
from therapy_tui.tui.note_words import facts_of, hour_of, state_of
from therapy_tui.tui.place import ONLY_HERE
from therapy_tui.tui.screens.note_page import NotePage
from therapy_tui.tui.widgets.choices import Choice

NOT_YET = "There is nothing to sign yet."
SIGN = "A signed note stays as it is. What comes later is added beneath it, and signed too."
SIGNED = "Signed."
FORMAT = "How is this note laid out? Every word of it stays."
THOUGHTS = "Thoughts for yourself alone belong in a process note, under its own key."
NO_ONE = "Say first whom this note is about."
NO_LETTER = "They have written no letter yet."
NO_RESULT = "They have shared no result of a questionnaire."


def is_therapist(seat: Seat) -> bool:
    """Tell whether notes are written here as of hours; a client's are free notes."""
    return seat.open_vault.profile.role == THERAPIST


def page_for(seat: Seat, note: Note) -> NotePage:
    """Give the screen on which a note is written."""
    if not is_therapist(seat):
        return NotePage(seat, note)
    if not note_layouts.layout_of(note).parts:
        return SessionNote(seat, note)
    from therapy_tui.tui.screens.session_parts import PartsNote  # only where there are parts

    return PartsNote(seat, note)


class SessionNote(NotePage, inherit_bindings=False):
    """A note without parts, and what works on those with parts too."""

    BINDINGS = bindings(SESSION_NOTE, TO_DRAWER, only=("close_note", "note_about"))
    left_at = ""
    """The text as it stood in another format until now, with the mark of the cursor in it; else empty."""

    def begin(self) -> None:
        """Begin as every note does; in another format, where the words stand that were being written."""
        super().begin()
        if self.left_at:
            self.go_on(self.left_at)
            self.left_at = ""

    def marked(self) -> str:
        """Give what is written with the mark of the cursor in it; empty where no words are being written."""
        return marked(self.written, self.editor.cursor_index) if self.written.strip() else ""

    def go_on(self, text: str) -> None:
        """Put the cursor where its mark is in a text of this format."""
        place = cursor_in(text)
        if place >= 0:
            self.editor.load(self.editor.text, place)

    def show_notes(self) -> None:
        """Say also in which format it is, what is known of the hour, and that it is not signed."""
        super().show_notes()
        if self.seat.is_open:
            self.heading.who = hour_of(self.page, self.seat.now())
            self.heading.right = f"{state_of(self.page, self.seat.now())} · {ONLY_HERE}"

    def kind(self) -> str:
        """Say also where thoughts belong that are not for the record."""
        return f"{super().kind()}\n{THOUGHTS}"

    def facts(self) -> list[str]:
        """Give also what is said of the hour."""
        return [*super().facts(), *facts_of(self.page)]

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the note."""
        return (
            "close_note",
            "sign_note",
            "note_format",
            "note_facts",
            "note_result",
            "letter_words",
            "note_about",
            "process_notes",
        )

    def words_now(self) -> dict[str, str]:
        """Say less of the way back where there are many keys; the page itself says that it is kept."""
        return {"close_note": "close", **super().words_now()}

    def action_part(self, step: int) -> None:
        """Stay: there is one part."""

    # keys

    def _is_kept(self) -> bool:
        self.keep()
        return self.written == self.page.text

    def action_sign(self) -> None:
        """Ask before it is signed; the first answer leaves it open."""
        from therapy_tui.tui.screens.ask import Decide  # only when it is asked for

        if not self._is_kept():
            return
        if not self.page.text.strip():
            self.say(NOT_YET)
            return

        def take(answer: str | None) -> None:
            if answer == "sign" and self.seat.is_open:
                self._sign()

        answers = (Choice("open", "Not yet"), Choice("sign", "Sign it"))
        self.therapy.push_screen(Decide(self.seat, "Sign", self.heading.place, SIGN, answers), take)

    def _sign(self) -> None:
        try:
            signed = note_signing.sign(self.seat.notebook, self.page)
            named = f"addition to note {signed.amends[:6].hex()}" if signed.amends else f"note {signed.id[:6].hex()}"
            audit.note_now(self.seat.open_vault, What.SIGNED, signed.contact, named)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        app = self.therapy
        self.dismiss()
        app.call_later(app.say, SIGNED)

    def action_format(self) -> None:
        """Ask for another format; the words go along."""
        from therapy_tui.tui.screens.ask import Decide  # only when it is asked for

        if not self._is_kept():
            return

        def take(answer: str | None) -> None:
            if answer is not None and self.seat.is_open and answer != self.page.format:
                self._put_into(answer)

        answers = [
            Choice(each.id, each.name, ", ".join(part.heading for part in each.parts) or "one text")
            for each in formats().values()
        ]
        page = Decide(self.seat, self.heading.place, "", FORMAT, answers)
        page.begin_at(note_layouts.layout_of(self.page).id)
        self.therapy.push_screen(page, take)

    def _put_into(self, name: str) -> None:
        left_at = note_layouts.in_format(replace(self.page, text=self.marked()), name).text
        self.set_facts(note_layouts.in_format(self.page, name))
        if self.page.format == name:
            self.load(self.page.text, 0)  # so that nothing is left to keep here
            page = page_for(self.seat, self.page)
            page.is_new_sitting = self.is_new_sitting
            if isinstance(page, SessionNote):
                page.left_at = left_at
            self.therapy.switch_screen(page)

    def action_hour(self) -> None:
        """Ask for what is to be said of the hour."""
        from therapy_tui.tui.screens.session_hour import HourFacts  # only when it is asked for

        self.keep()

        def take(wanted: Note | None) -> None:
            if wanted is not None and self.seat.is_open:
                facts = {"hour": wanted.hour, "minutes": wanted.minutes}
                words = {"modality": wanted.modality, "codes": wanted.codes}
                self.set_facts(replace(self.page, **facts, **words))  # type: ignore[arg-type]  # each of its own type

        self.therapy.push_screen(HourFacts(self.seat, self.page, self.heading.place), take)

    def action_process(self) -> None:
        """Go to the drawer of process notes; what stands here is kept."""
        from therapy_tui.tui.screens.process_notes import ProcessNotes  # only when the drawer is wanted

        if self._is_kept():
            self.therapy.push_screen(ProcessNotes(self.seat, self.page.contact))

    def action_result(self) -> None:
        """Write their last result at the cursor."""
        self._draw(lambda: drawing.last_result(self.seat.open_vault, self.page.contact), NO_RESULT)

    def action_letter_words(self) -> None:
        """Write the words of the letter that this note is about, or of their newest, at the cursor."""
        self._draw(lambda: drawing.letter(self.seat.open_vault, self.page.contact, self.page.message), NO_LETTER)

    def _draw(self, words: Callable[[], str], none: str) -> None:
        if not self.page.contact:
            self.say(NO_ONE)
            return
        result = words()
        if not result:
            self.say(none)
            return
        row, column = self.editor.cursor_location
        before = self.editor.document.get_line(row)[:column]
        parted = "\n\n" if "\n" in result else " "
        self.editor.insert(result if not before or before[-1].isspace() else f"{parted}{result}")
