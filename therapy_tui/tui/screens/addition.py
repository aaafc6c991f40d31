"""What is added to a signed note: kept as it is typed like any note, and shown beneath it."""

from therapy_tui.tui.commands import ADDITION, bindings
from therapy_tui.tui.screens.session_note import SessionNote


class Addition(SessionNote, inherit_bindings=False):
    """A page for what is added."""

    BINDINGS = bindings(ADDITION, only=("close_note",))

    def show_notes(self) -> None:
        """Say that it is added to a note, and that it is not signed."""
        super().show_notes()
        if self.heading.place:
            self.heading.place = self.heading.place.replace("Note", "Addition", 1)

    def commands_now(self) -> tuple[str, ...]:
        """Name the keys of the page."""
        return ("close_note", "sign_addition")
