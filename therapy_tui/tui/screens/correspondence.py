"""What writing and reading share: with whom, the letters, the pen, and the heading over them."""

from therapy_tui.core.messages import TONES, Draft
from therapy_tui.core.people import VERIFIED, Contact
from therapy_tui.services import conversation
from therapy_tui.services.seat import Seat
from therapy_tui.tui.grid import Grid, measure
from therapy_tui.tui.line_words import PARTED, bytes_words, line_words
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.conversation import Conversation
from therapy_tui.tui.widgets.letters import kept_words, margin
from therapy_tui.tui.widgets.pen import Pen
from therapy_tui.tui.widgets.row import Row

PLACEHOLDER = "Write, and it will go when there is a line."
ENDED = "It has ended: nothing goes any more, and what is here stays."
TRUST = {"verified": "verified", "unverified": "not yet verified", "changed": "sending has stopped"}
MORE_TIME = "Among the letters {} gives it more time, or asks."
NOTHING = Draft("", 0, b"", 0, 0)


class PenRow(Row):
    """The pen in the grid, with how it is meant and when it was kept in its margin."""

    def __init__(self) -> None:
        self.pen = Pen(PLACEHOLDER, id="pen")
        super().__init__(self.pen, note="You", classes="field pen -tight")

    def show_notes(self, notes: list[str], grid: Grid) -> None:
        """Say who writes, how it is meant and when it was kept."""
        self.set_note(margin("You", notes, grid))


class Correspondence(Place):
    """A screen with the letters of one contact and a pen under them."""

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.contact = contact
        self.letters = Conversation(seat.now, id="letters")
        self.row = PenRow()
        self.draft = NOTHING
        self._promised = ""
        self.is_passed = False
        """Whether a client knows here that the time of an answer has passed, and what happens next."""

    @property
    def pen(self) -> Pen:
        """Where one writes."""
        return self.row.pen

    def show_heading(self) -> None:
        """Say where one is, with whom, and what is known of them."""
        self.heading.place = "Letters"
        self.heading.who = self.contact.name
        self._show_fact()
        self.show_notes()
        if self.therapy.is_carrying:
            self.show_promise()
        else:  # the program's first frame is read without it
            self.call_after_refresh(self.show_promise)

    def _show_fact(self) -> None:
        """Say by when an answer comes, where that is known; before it what is not as it should be."""
        fact = TRUST[self.contact.trust]
        if self.contact.closed:
            fact = "ended by you" if self.contact.closed == "ours" else "ended by them"
            self.pen.placeholder = ENDED
        elif self._promised:
            fact = self._promised if self.contact.trust == VERIFIED else f"{fact} · {self._promised}"
        self.heading.fact = fact

    def show_promise(self) -> None:
        """Find by when an answer comes."""
        if not self.seat.is_open or not self.is_attached:
            return
        from therapy_tui.tui.promised import passed, promised  # after the first frame: letters are read without it

        self._promised = promised(self.seat, self.contact)
        self._show_fact()
        was_passed, told = self.is_passed, passed(self.seat, self.contact)
        self.is_passed = bool(told)
        if told and not was_passed and not self.notice.text:
            self.say(f"{told} {MORE_TIME.format(self.therapy.hint('promise_here')[0])}")
        self.show_hints()

    def show_line(self) -> None:
        """Say what is known of the line, and how much went over it today."""
        words = line_words(self.seat)
        if words and self.seat.is_open:
            used = sum(conversation.bytes_today(self.seat.open_vault, self.therapy.today()))
            words = f"{words}{PARTED}{bytes_words(used, self.seat.settings.daily_bytes)}"
        self.heading.right = words

    def show_notes(self) -> None:
        """Say how the letter is meant, what it answers, and when it was kept."""
        notes = [TONES[self.draft.tone]] if 0 < self.draft.tone < len(TONES) else []
        if self.draft.answers:
            notes.append("an answer")
        is_unkept = self.contact.id in self.seat.unkept
        if self.draft.text or is_unkept:
            notes.append(kept_words(self.draft.kept_at, is_unkept=is_unkept))
        elif not notes:
            notes.append("kept as you type")
        self.row.show_notes(notes, measure(self.app.size.width))
