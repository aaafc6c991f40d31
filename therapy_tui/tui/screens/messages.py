"""Messages: a correspondence, with the pen as its last letter."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from therapy_tui import errors
from therapy_tui.core.messages import PIECES
from therapy_tui.core.people import CHANGED, Contact
from therapy_tui.services import conversation, directory
from therapy_tui.services.events import Fact, MessagesChanged, Noticed
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import in_passing
from therapy_tui.tui.screens.reading import Reading
from therapy_tui.tui.screens.writing import Writing
from therapy_tui.tui.widgets.conversation import Conversation
from therapy_tui.tui.widgets.pen import Pen

MINUTE = 60.0
"""How often is looked whether the time of an answer has passed."""


class Messages(Writing, Reading):
    """The letters with one contact."""

    CSS_PATH = "messages.tcss"
    AUTO_FOCUS = "#pen"
    HAS_ROWS = False
    BACK_TO_TRIAGE = True
    _is_read = False

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat, contact)
        # It is where one is from the first frame on: told beforehand, so that it is styled once.
        self.pen.set_reactive(Pen.has_focus, True)

    def compose_middle(self) -> Iterable[Widget]:
        """Put the pen under the letters."""
        yield self.letters
        yield Static("", classes="blank")
        yield self.row

    def on_mount(self) -> None:
        """Show the letters and the draft before the first frame."""
        self.keep_as_one_types()
        self._begin()
        self.set_interval(MINUTE, self.show_promise)

    def turn_to(self, contact: Contact) -> None:
        """Show the letters with somebody in the same place, as if it were new; what was written is kept already."""
        self.contact, self.is_passed = contact, False
        self.forget()
        self.hush()
        self._last_look.forget()
        self._begin()
        self.set_focus(self.pen)

    def _begin(self) -> None:
        vault = self.seat.open_vault
        self._is_read = True
        self.letters.show(vault, self.contact)
        self.load_draft()
        conversation.keep_last_place(vault, "messages", self.contact.id)
        self.show_heading()
        if conversation.restored_at(vault) > 0 and vault.profile.restored_at >= self.seat.now() - 5:
            self.say("This vault is an older copy. Letters that it does not hold are asked for again.")
        if self.contact.trust == CHANGED:
            self.call_after_refresh(self._show_change)

    def on_resize(self) -> None:
        """Lay the notes beside or above the pen."""
        self.show_notes()

    # what is shown

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the pen, or those among the letters: mostly the same for each, so that the footer rests."""
        if self.pen.has_focus:
            own = ("snippets",) if self.is_therapist else ()
            return ("send", *self.therapy.seat_commands(), "tone", "whole", *own, "read")
        chosen = self.letters.selected
        failed = chosen is not None and chosen.outgoing and chosen.state == "failed"
        waits = chosen is not None and chosen.outgoing and chosen.state == "queued" and chosen.reason
        first = () if chosen is None else ("again",) if failed else ("send_now",) if waits else ("answer",)
        first = ("take_back",) if chosen is not None and chosen.outgoing and chosen.kind in PIECES else first
        back = ("back",) if self.is_therapist else ()
        late = ("promise_here",) if self.is_passed else ()
        return (*first, *late, "write", *back, "unread", "find", "note_letter", "people")

    def words_now(self) -> dict[str, str]:
        """Say where the way back leads a therapist."""
        return {"back": "triage"}

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
        """Read the contact, the letters and the draft again; the view stays where it is."""
        try:
            self.contact = directory.get(self.seat.open_vault, self.contact.id)
        except errors.UsageError:
            self.therapy.action_messages()
            return
        self.letters.refresh_letters(self.contact)
        self.follow_draft()
        self.show_heading()

    def on_screen_suspend(self) -> None:
        """Know that facts are told to another screen from now on."""
        self._is_read = False

    def on_screen_resume(self) -> None:
        """Show what changed while another screen was in front, for facts are told to the one in front only."""
        if self.seat.is_open and not self._is_read:
            self.read_again()

    def hint_word(self, command: str) -> str:
        """Write a key with its word, for a sentence."""
        key, word = self.therapy.hint(command)
        return f"{key} {word}"

    def on_conversation_shown(self, event: Conversation.Shown) -> None:
        """Keep that letters were seen."""
        if self.seat.is_open and self.therapy.screen is self:
            with in_passing():
                conversation.mark_read(self.seat.open_vault, self.contact.id, event.ids)

    def on_conversation_selected(self) -> None:
        """Show the keys that fit the chosen letter."""
        self.show_hints()

    def forget(self) -> None:
        """Drop every word from the screen, because the vault is being locked; the draft is kept."""
        self.letters.forget()
        self.forget_draft()
        self.heading.who = self._promised = ""
