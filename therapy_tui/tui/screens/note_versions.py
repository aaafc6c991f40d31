"""What a note was before, the newest first: to be read, nothing else."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.core.notes import Note
from therapy_tui.core.text import safe_text
from therapy_tui.services import notes
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.rows import Reader, Row, prose

MOST = 20
"""How many are shown."""


class NoteVersions(Place):
    """The earlier versions of one note."""

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, note: Note) -> None:
        super().__init__(seat)
        self.heading.place = "Note"
        self.heading.who = "what this note was before"
        self._versions = notes.versions(seat.notebook, note)[:MOST]

    def compose_middle(self) -> Iterable[Widget]:
        """Put each beside when it was last changed."""
        now = self.seat.now()
        with Reader():
            for version in self._versions:
                yield Row(prose(safe_text(version.text)), note=f"until {times.near(version.kept_at, now)}")

    def on_mount(self) -> None:
        """Begin at the newest."""
        super().on_mount()
        self.query_one(Reader).focus()

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self._versions = []
        self.query(Row).remove()
