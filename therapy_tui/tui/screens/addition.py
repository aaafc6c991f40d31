"""What is added to a signed note: kept as it is typed like any note, and shown beneath it."""

from therapy_tui.tui.commands import ADDITION, bindings
from therapy_tui.tui.note_words import kind_of
from therapy_tui.tui.screens.session_note import SessionNote


class Addition(SessionNote, inherit_bindings=False):
    """A page for what is added."""

    BINDINGS = bindings(ADDITION, only=("close_note",))

    def show_notes(self) -> None:
        """Say that it is added to a note, and that it is not signed."""
        super().show_notes()
        if self.heading.place:
            self.heading.place = self.heading.place.replace("Note", "Addition", 1)

    def kind(self) -> str:
        """Say what it is."""
        return kind_of(self.page, self.seat.now())

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the page."""
        return ("close_note", "sign_addition")
