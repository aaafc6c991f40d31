"""The pen's half of Messages: a draft that survives everything, and the letter that it becomes."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widgets import TextArea

from therapy_tui import errors
from therapy_tui.core.messages import TONES, Draft, Message
from therapy_tui.core.people import Contact
from therapy_tui.services import conversation
from therapy_tui.services.seat import Seat
from therapy_tui.tui.line_words import held_words, waiting_words
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.answering import Answering, LastLook
from therapy_tui.tui.screens.correspondence import NOTHING, Correspondence

KEEP_SECONDS = 0.7
"""A draft is kept so long after the last key at the latest."""
MOVED_ON = "Another window changed this letter or sent it. Look at it before it goes."
BOTH_STAND = "Another window wrote on this letter too. What both wrote stands here."


class Writing(Answering, Correspondence):
    """What one does with the pen."""

    _is_kept = True
    _trouble = ""
    """Why it could not be kept last."""
    _there = ""
    """The text of the draft as this window saw it last in the vault."""
    _keeping: Timer | None = None

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat, contact)
        self.editor = self.pen
        self._last_look = LastLook()

    def keep_as_one_types(self) -> None:
        """Keep what is being written from time to time, and rest while nothing is."""
        self._keeping = self.set_interval(KEEP_SECONDS, self._keep_or_rest, pause=self._is_kept)

    def _keep_or_rest(self) -> None:
        self.keep()
        if self._is_kept and self._keeping is not None:
            self._keeping.pause()

    def load_draft(self) -> None:
        """Show what was being written, also what a full disk did not take before a lock."""
        unkept = self.seat.unkept.get(self.contact.id)
        there = conversation.draft(self.seat.open_vault, self.contact.id)
        self.draft, self._there = unkept or there, there.text
        self.pen.load(self.draft.text, self.draft.cursor)
        self._is_kept = unkept is None

    def forget_draft(self) -> None:
        """Drop what is being written from the screen; it is kept elsewhere."""
        self.draft, self._there = NOTHING, ""
        self._is_kept = True
        self.pen.load("", 0)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Remember that there is something to keep."""
        event.stop()
        self._is_kept = self.pen.text == self.draft.text and self.contact.id not in self.seat.unkept
        if not self._is_kept and self._keeping is not None:
            self._keeping.resume()

    def keep(self) -> None:
        """Keep what is being written, word for word."""
        if self._is_kept or not self.seat.is_open:
            return
        draft = Draft(self.pen.text, self.draft.tone, self.draft.answers, self.pen.cursor_index, 0)
        try:
            self.draft = self._keep(draft)
        except errors.TherapyError as error:
            self.seat.unkept[self.contact.id] = draft
            self._trouble = str(error)
            self.say(self._trouble, failed=True)
            self.show_notes()
            return
        self.seat.unkept.pop(self.contact.id, None)
        self._is_kept, self._there = True, self.draft.text
        if self.notice.text == self._trouble:  # it is over, without a key
            self.hush()
        if self.draft.text != draft.text:
            self.pen.load(self.draft.text, self.draft.cursor)
            self.say(BOTH_STAND)
        self.show_notes()

    def _keep(self, draft: Draft) -> Draft:
        """Keep a draft; on a full disk the room that was reserved for this is given back first."""
        vault, before = self.seat.open_vault, self._there
        try:
            return conversation.keep_draft(vault, self.contact.id, draft, before)
        except errors.DiskFull:
            if not self.seat.give_room():
                raise
            kept = conversation.keep_draft(vault, self.contact.id, draft, before)
            self.say("The disk is full. What you write is still kept; make room soon.", failed=True)
            return kept

    def follow_draft(self) -> None:
        """Show what another window made of the letter, or that it sent it, while nothing here waits to be kept."""
        if not self._is_kept or self.pen.text != self.draft.text:
            return
        there = conversation.draft(self.seat.open_vault, self.contact.id)
        if (there.text, there.tone, there.answers) == (self.draft.text, self.draft.tone, self.draft.answers):
            return
        self.draft, self._there = there, there.text
        self.pen.load(there.text, there.cursor)
        self.show_notes()

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

    def answer(self, mark: bytes) -> None:
        """Let the letter answer one of theirs: its id goes along, none of its words do."""
        self._set(self.draft.tone, mark)

    def mean(self, tone: int) -> None:
        """Say how the letter is meant."""
        self._set(tone, self.draft.answers)

    def action_send(self) -> None:
        """Commit the letter; it leaves when there is a line."""
        self.send_from(self, self.commit)

    def send_from(self, place: Place, send: Callable[[], object]) -> None:
        """Send from the pen, or from the whole page over it, unless something is to be told before.

        Args:
            place: where one writes; what stands in the way is said there.
            send: commits the letter.
        """
        if not self.pen.text.strip():
            place.say("There is nothing written yet.")
            return
        text = self.pen.text
        self.follow_draft()
        if self.pen.text != text:  # or else the letter would go twice
            place.say(MOVED_ON)
            return
        self._is_kept = False
        self.keep()
        if self.pen.text != text:  # another window's words came in: they are looked at before anything goes
            return
        if told := self._last_look.look(place, self.pen.text, send):
            place.say(told)

    def commit(self) -> bool:
        """Commit what the pen holds; tell whether it is a letter now."""
        if not self.seat.is_open:
            return False
        try:
            text, tone, answers = self.pen.text, self.draft.tone, self.draft.answers
            sent = conversation.send(self.seat.open_vault, self.contact, text, tone, answers)
        except errors.TherapyError as error:
            self.say(str(error), failed=True)
            return False
        self._last_look.forget()
        self.forget_draft()
        self.letters.show(self.seat.open_vault, self.contact)
        self.show_notes()
        self.seat.wake()
        self._say_when(sent)
        return True

    def _say_when(self, sent: Message) -> None:
        """Say of a letter that does not go at once when it goes, and by which key."""
        held = conversation.held_letters(self.seat.open_vault, self.seat.settings.daily_bytes, self.therapy.today())
        if sent.id in held:
            self.say(held_words(1, *self.therapy.hint("send_now")))
        elif words := waiting_words(self.seat, *self.therapy.hint("exchange")):
            self.say(words)

    def action_tone(self) -> None:
        """Say how the letter is meant, by going round."""
        self.follow_draft()
        self._set((self.draft.tone + 1) % len(TONES), self.draft.answers)

    def action_whole(self) -> None:
        """Write on the whole page."""
        from therapy_tui.tui.screens.page import WholePage  # only when it is asked for

        self.follow_draft()
        self._is_kept = False
        self.keep()
        self.therapy.push_screen(WholePage(self.seat, self))
