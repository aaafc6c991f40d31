"""The whole page: everything goes but the words. It writes the same draft as the pen under the letters."""

from collections.abc import Iterable, Mapping

from textual.widget import Widget
from textual.widgets import TextArea

from therapy_tui.core.messages import LETTER, TONES, Draft, Message
from therapy_tui.core.people import Contact
from therapy_tui.services import conversation
from therapy_tui.services.beside import Beside, beside
from therapy_tui.services.events import Fact
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import Vault
from therapy_tui.tui.commands import WHOLE_PAGE, bindings
from therapy_tui.tui.grid import PROSE, measure
from therapy_tui.tui.screens.answering import Answering
from therapy_tui.tui.screens.correspondence import PLACEHOLDER
from therapy_tui.tui.screens.writing import KEEP_SECONDS, Writing
from therapy_tui.tui.widgets.letters import kept_words, margin
from therapy_tui.tui.widgets.pen import Editor
from therapy_tui.tui.widgets.rows import Across, Down, Said
from therapy_tui.tui.widgets.their_letter import TheirLetter

BESIDE = 140
"""From this width on, their letter lies beside the page without moving it."""
LIMIT, NEAR = 20_000, 18_000
"""The characters that a letter holds, and from where on it is said how many are left."""
LOOK_BACK = 200
"""How far back a letter of theirs is looked for."""


class WholePage(Answering):
    """A page to write on; what is on it is kept as the pen's."""

    CSS_PATH = "page.tcss"
    BINDINGS = bindings(WHOLE_PAGE)

    def __init__(self, seat: Seat, messages: Writing) -> None:
        super().__init__(seat)
        self.messages = messages
        self.contact = messages.contact
        self.editor = Editor(PLACEHOLDER, id="page")
        self._note = Said(classes="note")
        self._theirs = TheirLetter()
        self._letter: Message | None = None
        self._known = Beside()
        self._wants_theirs: bool | None = None
        self._kept: tuple[str, int] = ("", 0)

    def compose_middle(self) -> Iterable[Widget]:
        """Put the margin beside the page; their letter lies beside or below it."""
        with Down(id="desk"):
            with Across(id="sheet"):
                yield self._note
                with Down(classes="column"):
                    yield self.editor
            yield self._theirs

    def on_mount(self) -> None:
        """Begin where the pen was."""
        vault = self.seat.open_vault
        self._letter = _answered(vault, self.contact, self.messages.draft)
        self._known = beside(vault, self.contact)
        self._theirs.show(self._letter, self.contact.name, self.seat.now())
        pen = self.messages.pen
        self.editor.load(pen.text, pen.cursor_index)
        self._kept = (self.editor.text, self.editor.cursor_index)
        self.set_interval(KEEP_SECONDS, self.keep)
        self.editor.focus()
        self._lay()

    # what is shown

    def on_resize(self) -> None:
        """Lay their letter beside the page or below it."""
        self._lay()

    @property
    def _has_beside(self) -> bool:
        return self._letter is not None or self._known != Beside()

    @property
    def _shows_theirs(self) -> bool:
        wants = self.size.width >= BESIDE if self._wants_theirs is None else self._wants_theirs
        return wants and self._has_beside

    def _lay(self) -> None:
        is_beside = self._shows_theirs and self.size.width >= BESIDE
        self.set_class(is_beside, "-beside")
        self.set_class(self._shows_theirs and not is_beside, "-below")
        self._theirs.display = self._shows_theirs
        grid = measure(self.size.width)
        self._theirs.styles.width = grid.bar - 1 if is_beside else "100%"
        self._theirs.styles.padding = (1, 2) if is_beside else (1, 2, 1, grid.text)
        room = min(grid.bar - 5, PROSE) if is_beside else min(PROSE, self.size.width - grid.text - 2)
        self._theirs.show_facts(self._known, room, self.seat.now(), is_low=not is_beside)
        self.show_hints()
        self.show_notes()

    def show_notes(self) -> None:
        """Say to whom, how it is meant, how much there is, and when it was kept."""
        draft = self.messages.draft
        words, left = len(draft.text.split()), LIMIT - len(draft.text)
        notes = []
        if len(draft.text) >= NEAR:
            notes.append(f"{left:,} characters left" if left >= 0 else f"{-left:,} characters too many")
        if 0 < draft.tone < len(TONES):
            notes.append(TONES[draft.tone])
        if words:
            notes.append(f"{words:,} word{'' if words == 1 else 's'}")
        if draft.answers:
            notes.append("an answer")
        is_unkept = self.contact.id in self.seat.unkept
        notes.append(kept_words(draft.kept_at if draft.text else 0, is_unkept=is_unkept))
        self._note.update(margin(f"to {self.messages.contact.name}", notes, measure(self.size.width)))

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the page."""
        theirs = ("beside",) if self._has_beside else ()
        if self.is_therapist:  # what is known of them comes before how it is meant, where few keys have room
            return ("page_send", *theirs, "page_snippets", "page_tone", "page_back")
        return ("page_send", "page_tone", *theirs, "page_back")

    def words_now(self) -> Mapping[str, str]:
        """Say that the key puts their letter away, and of the way back nothing that is not so."""
        away = {"beside": "put it away"} if self._shows_theirs else {}
        return {**away, "page_back": "back"} if self.contact.id in self.seat.unkept else away

    def take(self, fact: Fact) -> None:
        """Let the letters hear it; the page itself changes only with its draft."""
        self.keep()
        self.messages.take(fact)
        if self.editor.text != self.messages.pen.text:
            self._hear()
        if self.seat.is_open:
            known = beside(self.seat.open_vault, self.contact)
            if known != self._known:
                self._known = known
                self._lay()

    # writing

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep it to oneself: the clock keeps it."""
        event.stop()

    def keep(self) -> None:
        """Lay what is written under the pen, which keeps it."""
        now = (self.editor.text, self.editor.cursor_index)
        if now == self._kept or not self.seat.is_open:
            return
        self.messages.write_over(*now)
        self._kept = now
        self._hear()
        self.show_notes()
        self.show_hints()

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; what was written is kept."""
        self.editor.load("", 0)
        self._kept = ("", 0)
        self._letter, self._known = None, Beside()
        self._theirs.clear()
        self._note.update("")

    def _hear(self) -> None:
        """Show what another window made of the letter, where the pen has it, and what the pen has said of a failure."""
        notice, pen = self.messages.notice, self.messages.pen
        if self.seat.is_open and self.editor.text != pen.text:
            self.editor.load(pen.text, pen.cursor_index)
            self._kept = (pen.text, pen.cursor_index)
            self.show_notes()
        if notice.text:
            self.say(notice.text, failed=notice.failed)
            self.messages.hush()

    def action_send(self) -> None:
        """Commit the letter, and go back to the letters."""
        text = self.editor.text
        self.keep()
        if self.editor.text == text:  # else another window's words came in, and are looked at before anything goes
            self.messages.send_from(self, self._send)

    def _send(self) -> None:
        if self.messages.commit():
            self._kept = (self.editor.text, self.editor.cursor_index)
            self.dismiss()
        else:
            self._hear()

    def action_tone(self) -> None:
        """Say how the letter is meant, by going round."""
        self.keep()
        self.messages.action_tone()
        self.show_notes()

    def action_beside(self) -> None:
        """Show their letter or put it away; the words stay where they are."""
        if self._has_beside:
            self._wants_theirs = not self._shows_theirs
            self._lay()
            self.editor.focus()

    def action_back(self) -> None:
        """Go back to the letters; it is kept."""
        self.keep()
        self.dismiss()


def _answered(vault: Vault, contact: Contact, draft: Draft) -> Message | None:
    """Give what is being answered, or their newest letter; something that was shared only where there is no letter."""
    found = conversation.answered(vault, contact.id, draft.answers)
    if found is not None:
        return found
    theirs = [each for each in conversation.newest(vault, contact.id, LOOK_BACK).letters if not each.outgoing]
    letters = [each for each in theirs if each.kind == LETTER]
    return letters[-1] if letters else theirs[-1] if theirs else None
