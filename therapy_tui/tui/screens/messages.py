"""Messages: a correspondence, with the pen as its last letter."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from therapy_tui import errors
from therapy_tui.core.messages import Draft
from therapy_tui.core.people import CHANGED, Contact
from therapy_tui.services import conversation, directory
from therapy_tui.services.events import Fact, MessagesChanged, Noticed
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.place import Place, line_words
from therapy_tui.tui.widgets.conversation import Conversation
from therapy_tui.tui.widgets.letters import TONES
from therapy_tui.tui.widgets.pen import Pen

KEEP_SECONDS = 0.7
"""A draft is kept so long after the last key at the latest."""
PLACEHOLDER = "Write, and it will go when there is a line."
TRUST = {"verified": "verified", "unverified": "not yet verified", "changed": "sending has stopped"}


class PenRow(Horizontal):
    """The pen in the grid, with how it is meant and when it was kept in its margin."""

    def __init__(self) -> None:
        super().__init__(classes="pen")
        self.note = Static(classes="note")
        self.pen = Pen(PLACEHOLDER, id="pen")

    def compose(self) -> ComposeResult:
        """Put the margin beside the pen."""
        yield self.note
        with Vertical(classes="column"):
            yield self.pen

    def show_notes(self, notes: list[str], *, above: bool) -> None:
        """Say who writes, how it is meant and when it was kept."""
        parted = "   " if above else "\n"
        self.note.update(Content.assemble(("You", "bold $strong"), *[(parted + each, "$quiet") for each in notes]))


class Messages(Place):
    """The letters with one contact."""

    CSS_PATH = "messages.tcss"

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.contact = contact
        self.letters = Conversation(seat.now, id="letters")
        self.row = PenRow()
        self.draft = Draft("", 0, b"", 0, 0)
        self._is_kept = True

    @property
    def pen(self) -> Pen:
        """Where one writes."""
        return self.row.pen

    def compose_middle(self) -> Iterable[Widget]:
        """Put the pen under the letters."""
        yield self.letters
        yield Static("", classes="blank")
        yield self.row

    def on_mount(self) -> None:
        """Show the letters and the draft before the first frame."""
        super().on_mount()
        vault = self.seat.open_vault
        self.letters.show(vault, self.contact)
        unkept = self.seat.unkept.get(self.contact.id)
        self.draft = unkept or conversation.draft(vault, self.contact.id)
        self.pen.load(self.draft.text, self.draft.cursor)
        self._is_kept = unkept is None
        conversation.keep_last_place(vault, "messages", self.contact.id)
        self.set_interval(KEEP_SECONDS, self.keep)
        self.show_heading()
        self.pen.focus()
        if conversation.restored_at(vault) > 0 and vault.profile.restored_at >= self.seat.now() - 5:
            self.say("This vault is an older copy. Letters that it does not hold are asked for again.")
        if self.contact.trust == CHANGED:
            self.call_after_refresh(self._show_change)

    def on_resize(self) -> None:
        """Lay the notes beside or above the pen."""
        self.show_notes()

    # what is shown

    def show_heading(self) -> None:
        """Say where one is, with whom, and what is known of them."""
        self.heading.place = "Letters"
        self.heading.who = self.contact.name
        fact = TRUST[self.contact.trust]
        if self.contact.closed:
            fact = "ended by you" if self.contact.closed == "ours" else "ended by them"
        self.heading.fact = fact
        self.show_notes()

    def show_line(self) -> None:
        """Say what is known of the line, and how much went over it today."""
        words = line_words(self.seat)
        if words == "connected" and self.seat.is_open:
            up, down = conversation.bytes_today(self.seat.open_vault, self.therapy.today())
            words = f"{words} · {times.amount(up + down)} today"
        self.heading.right = words

    def show_notes(self) -> None:
        """Say how the letter is meant, what it answers, and when it was kept."""
        notes = [TONES[self.draft.tone]] if 0 < self.draft.tone < len(TONES) else []
        if self.draft.answers:
            notes.append("an answer")
        if self.draft.text:
            kept = f"kept {times.clock(self.draft.kept_at)}" if self.draft.kept_at else "kept as you type"
            notes.append(kept)
        elif not notes:
            notes.append("kept as you type")
        self.row.show_notes(notes, above=self.has_class("-narrow"))

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the pen, or those among the letters."""
        if self.pen.has_focus:
            return ("send", *self.therapy.seat_commands(), "tone", "whole", "read")
        chosen = self.letters.selected
        failed = chosen is not None and chosen.outgoing and chosen.state == "failed"
        first = ("again",) if failed else ("answer",) if chosen is not None and not chosen.outgoing else ()
        return (*first, "write", "unread", "find", "people")

    def take(self, fact: Fact) -> None:
        """Read again what changed."""
        if not self.seat.is_open:
            return
        if isinstance(fact, MessagesChanged) and fact.contact != self.contact.id:
            who = directory.get(self.seat.open_vault, fact.contact)
            if conversation.first_unread(self.seat.open_vault, fact.contact) is not None:
                self.say(f"A letter from {who.name}. {self.hint_word('people')}")
        else:
            self.read_again()
        if isinstance(fact, Noticed):
            self.say(fact.text)

    def read_again(self) -> None:
        """Read the contact and the letters again; the view stays where it is."""
        try:
            self.contact = directory.get(self.seat.open_vault, self.contact.id)
        except errors.UsageError:
            self.therapy.action_messages()
            return
        self.letters.refresh_letters(self.contact)
        self.show_heading()

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was in front, for facts are told to the one in front only."""
        super().on_screen_resume()
        if self.seat.is_open:
            self.read_again()

    def hint_word(self, command: str) -> str:
        """Write a key with its word, for a sentence."""
        key, word = self.therapy.hint(command)
        return f"{key} {word}"

    def on_conversation_shown(self, event: Conversation.Shown) -> None:
        """Keep that letters were seen."""
        if self.seat.is_open and self.therapy.screen is self:
            conversation.mark_read(self.seat.open_vault, self.contact.id, event.ids)

    def on_conversation_selected(self) -> None:
        """Show the keys that fit the chosen letter."""
        self.show_hints()

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; the draft is kept."""
        self.letters.forget()
        self.draft = Draft("", 0, b"", 0, 0)
        self._is_kept = True
        self.pen.load("", 0)
        self.heading.who = ""

    # writing

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Remember that there is something to keep."""
        event.stop()
        self._is_kept = self.pen.text == self.draft.text

    def keep(self) -> None:
        """Keep what is being written, word for word."""
        if self._is_kept or not self.seat.is_open:
            return
        draft = Draft(self.pen.text, self.draft.tone, self.draft.answers, self.pen.cursor_index, 0)
        try:
            kept_at = self._keep(draft)
        except errors.TherapyError as error:
            self.seat.unkept[self.contact.id] = draft
            self.say(str(error), failed=True)
            return
        self.seat.unkept.pop(self.contact.id, None)
        self.draft = Draft(draft.text, draft.tone, draft.answers, draft.cursor, kept_at)
        self._is_kept = True
        self.show_notes()

    def _keep(self, draft: Draft) -> int:
        """Keep a draft; on a full disk the room that was reserved for this is given back first."""
        vault = self.seat.open_vault
        try:
            return conversation.keep_draft(vault, self.contact.id, draft)
        except errors.DiskFull:
            if not self.seat.give_room():
                raise
            kept_at = conversation.keep_draft(vault, self.contact.id, draft)
            self.say("The disk is full. What you write is still kept; make room soon.", failed=True)
            return kept_at

    def write_over(self, text: str, cursor: int) -> None:
        """Take what was written on the whole page, and keep it."""
        self.pen.load(text, cursor)
        self._is_kept = False
        self.keep()

    def _set(self, tone: int, answers: bytes) -> None:
        self.draft = Draft(self.draft.text, tone, answers, self.draft.cursor, self.draft.kept_at)
        self._is_kept = False
        self.keep()
        self.show_notes()

    def action_send(self) -> None:
        """Commit the letter; it leaves when there is a line."""
        if not self.pen.text.strip():
            self.say("There is nothing written yet.")
            return
        self._is_kept = False
        self.keep()
        try:
            conversation.send(self.seat.open_vault, self.contact, self.pen.text, self.draft.tone, self.draft.answers)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return
        self.draft = Draft("", 0, b"", 0, 0)
        self.pen.load("", 0)
        self._is_kept = True
        self.letters.show(self.seat.open_vault, self.contact)
        self.show_notes()
        self.seat.wake()

    def action_tone(self) -> None:
        """Say how the letter is meant, by going round."""
        self._set((self.draft.tone + 1) % len(TONES), self.draft.answers)

    def action_whole(self) -> None:
        """Write on the whole page."""
        from therapy_tui.tui.screens.page import WholePage  # only when it is asked for

        self._is_kept = False
        self.keep()
        self.therapy.push_screen(WholePage(self.seat, self))

    # reading

    def action_read(self) -> None:
        """Leave the pen for the letters; what was written is kept."""
        self.keep()
        self.letters.focus()

    def action_write(self) -> None:
        """Go back to the pen."""
        self.pen.focus()

    def action_answer(self) -> None:
        """Answer the chosen letter: its id goes with the next one, none of its words do."""
        chosen = self.letters.selected
        if chosen is not None:
            self._set(self.draft.tone, chosen.id[:8])
            self.pen.focus()

    def action_again(self) -> None:
        """Send the chosen letter again, if it did not go."""
        chosen = self.letters.selected
        if chosen is None or chosen.state != "failed":
            self.say("Choose a letter that did not go.")
            return
        try:
            conversation.send_again(self.seat.open_vault, self.contact, chosen.id)
            self.seat.wake()
        except errors.TherapyError as error:
            self.say(str(error), failed=True)

    def action_unread(self) -> None:
        """Go to the oldest unread letter, here or with somebody else."""
        vault = self.seat.open_vault
        for person in directory.people(vault):
            unread = conversation.first_unread(vault, person.contact.id)
            if unread is not None:
                self.go_to(directory.get(vault, person.contact.id), unread.id)
                return
        self.say("Nothing is unread.")

    def go_to(self, contact: Contact, message_id: bytes) -> None:
        """Show one letter among its neighbours."""
        if contact.id != self.contact.id:
            self.therapy.show_messages(contact)
            return
        found = conversation.get(self.seat.open_vault, contact.id, message_id)
        if found is not None:
            self.letters.show(self.seat.open_vault, contact, found)
            self.letters.focus()

    def action_find(self) -> None:
        """Find words in these letters."""
        from therapy_tui.tui.screens.find import Find  # only when it is asked for

        self.therapy.push_screen(Find(self.seat, self.contact), self._found)

    def _found(self, message_id: bytes | None) -> None:
        if message_id:
            self.go_to(self.contact, message_id)

    def action_verify(self) -> None:
        """Compare the ten words with this person."""
        from therapy_tui.tui.screens.verify import Verify  # as above

        self.therapy.push_screen(Verify(self.seat, self.contact))

    def _show_change(self) -> None:
        from therapy_tui.tui.screens.changed import Changed  # as above

        self.therapy.push_screen(Changed(self.seat, self.contact))
