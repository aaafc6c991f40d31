"""The letters' half of Messages: go among them, answer, try again, find, compare."""

from typing import TYPE_CHECKING

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.services import conversation, directory
from therapy_tui.tui.screens.correspondence import Correspondence

AN_ANSWER = 2
"""How a letter is meant that wants an answer (core.bodies.Tone)."""


class Reading(Correspondence):
    """What one does among the letters."""

    if TYPE_CHECKING:  # the pen's half has these

        def keep(self) -> None:
            """Keep what is being written."""

        def answer(self, mark: bytes) -> None:
            """Let the next letter answer one."""

        def mean(self, tone: int) -> None:
            """Say how the next letter is meant."""

    def action_read(self) -> None:
        """Leave the pen for the letters, at once; what was written is kept."""
        self.keep()
        self.set_focus(self.letters)

    def action_write(self) -> None:
        """Go back to the pen, at once, for what is typed next is meant for it."""
        self.set_focus(self.pen)

    def action_answer(self) -> None:
        """Answer the chosen letter: its id goes with the next one, none of its words do."""
        chosen = self.letters.selected
        if chosen is not None:
            self.answer(chosen.id[:8])
            self.set_focus(self.pen)

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

    def action_note(self) -> None:
        """Begin a note about the chosen letter, over the notes of this person."""
        from therapy_tui.tui.screens.notes import Notes  # only when it is asked for

        self.keep()
        self.therapy.push_screen(Notes.of(self.seat, self.contact, begin=True, about=self.letters.selected))

    def action_take_back(self) -> None:
        """Take back what was shared in the chosen place, once it was asked."""
        from therapy_tui.services import sharing  # only when it is asked for
        from therapy_tui.tui.screens.share import ask_back  # as above

        chosen = self.letters.selected
        copy = sharing.copy_in(self.seat.open_vault, chosen.id) if chosen is not None and chosen.outgoing else None
        if copy is None or copy.taken_back_at:
            self.say("Choose a page or answers that you shared.")
            return
        ask_back(self, self.contact, copy, lambda: None)

    def action_promise(self) -> None:
        """Say by when an answer comes, or see it."""
        from therapy_tui.tui.promised import act  # only when it is asked for

        self.keep()
        act(self, self.contact)

    def ask_for_answer(self) -> None:
        """Begin a letter that wants an answer, at the pen."""
        self.mean(AN_ANSWER)
        self.set_focus(self.pen)

    def action_question(self) -> None:
        """Write a question for the other's journal."""
        self.keep()
        told = f"A question for {self.contact.name}'s journal. It can be left at any time; it only opens the door."
        self._ask_question(told, "")

    def _ask_question(self, told: str, begun: str) -> None:
        from therapy_tui.services import sharing  # as above
        from therapy_tui.tui.screens.ask import Ask  # as above

        def send(text: str | None) -> None:
            if not text or not text.strip():
                return
            try:
                sharing.ask(self.seat.open_vault, self.contact, text.strip())
                self.seat.wake()
            except errors.TherapyError as error:
                self._ask_question(str(error), text)  # the words stay where they were written

        self.therapy.push_screen(Ask(self.seat, "A question", self.contact.name, told, begun, "send it"), send)

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
