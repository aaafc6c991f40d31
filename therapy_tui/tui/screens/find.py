"""Find words in the letters with one contact; what is found is told as one types."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.services import conversation
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place, hint_of
from therapy_tui.tui.widgets.found import Found, result_of
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Field, Row, prose

SHORTEST = 2
MOST = 200
BEGIN = "Two letters of a word are enough. Every word that you write must be in the letter."
NOTHING = "No letter has that."


class Find(Place):
    """A field over what was found; the screen gives the id of the chosen letter back."""

    BINDINGS = bindings(only=("previous", "next"))

    def __init__(self, seat: Seat, contact: Contact) -> None:
        super().__init__(seat)
        self.contact = contact
        self.heading.place = "Find"
        self.heading.who = f"in the letters with {contact.name}"
        self._field = Field(id="wanted")
        self._row = Row(self._field, classes="field", note="words")
        self._told = prose(BEGIN, style="quiet", id="told")
        self.found = Found(id="found")

    def compose_middle(self) -> Iterable[Widget]:
        """Put what is found below the field."""
        yield self._row
        yield Row(self._told)
        yield self.found

    def on_mount(self) -> None:
        """Begin in the field."""
        self._show_told(BEGIN)
        self._field.focus()

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to go to a letter."""
        if self.found.chosen is None:
            return (hint_of("back"),)
        return (("enter", "go to it"), ("↑↓", "choose"), hint_of("back"))

    def _show_told(self, text: str) -> None:
        self._told.update(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search again."""
        event.stop()
        wanted = event.value.strip()
        if not self.seat.is_open:
            return
        if len(wanted) < SHORTEST:
            self.found.clear()
            self._show_told(BEGIN)
        else:
            self._search(wanted)
        self.show_hints()

    def _search(self, wanted: str) -> None:
        try:
            letters = conversation.search(self.seat.open_vault, wanted, self.contact.id, MOST)
        except errors.TherapyError as error:
            self._show_told(str(error))
            return
        now = self.seat.now()
        count = len(letters)
        self.found.show(count, lambda place: result_of(letters[place], self.contact.name, now), wanted)
        told = f"the newest {MOST} letters" if count == MOST else "1 letter" if count == 1 else f"{count:,} letters"
        self._show_told(f"{told}, the newest first" if count > 1 else told if count else NOTHING)

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self._field.value = ""
        self.found.clear()
        self.heading.who = ""

    def action_previous(self) -> None:
        """Go one up."""
        self.found.go(-1)

    def action_next(self) -> None:
        """Go one down."""
        self.found.go(1)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the chosen letter back."""
        event.stop()
        if self.found.chosen is not None:
            self.dismiss(self.found.chosen.id)
