"""What a page or a note was before, the newest first: to be read, nothing else."""

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from therapy_tui.core.text import safe_text
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.rows import Reader, Row, prose

MOST = 20
"""How many are shown."""


class Earlier(Place):
    """Earlier versions, each beside when it was last changed.

    Args:
        seat: who sits here.
        place: what they are versions of: `Journal`, `Note`.
        who: the same in a few words.
        versions: (when it was last changed, its words), the newest first.
    """

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, place: str, who: str, versions: Sequence[tuple[int, str]]) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.who = place, who
        self._versions = versions[:MOST]

    def compose_middle(self) -> Iterable[Widget]:
        """Put each beside when it was last changed."""
        now = self.seat.now()
        with Reader():
            for changed_at, text in self._versions:
                yield Row(prose(safe_text(text)), note=f"until {times.near(changed_at, now)}")

    def on_mount(self) -> None:
        """Begin at the newest."""
        self.query_one(Reader).focus()

    def forget(self) -> None:
        """Drop every word, because the vault is being locked."""
        self._versions = ()
        self.query(Row).remove()
