"""Where nothing can be opened at all, such as by settings that cannot be read: why, and the numbers to call."""

from collections.abc import Iterable

from textual.widget import Widget

from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.rows import Page, Row, prose

MEND = "Mend that file, or move it away, and start again."
LOST = "Nothing was opened, and nothing was changed."


class Shut(Place):
    """Says what is wrong, and that nothing was changed.

    Args:
        why: the sentence that names what is wrong, and what to do.
    """

    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, why: str) -> None:
        super().__init__(seat)
        self._why = why

    def compose_middle(self) -> Iterable[Widget]:
        """Put the reason in the middle."""
        with Page(classes="-centred"):
            yield Row(prose("Locked", style="strong"))
            yield Row(prose(self._why))
            yield Row(prose(LOST, style="quiet"))

    def commands_now(self) -> tuple[str, ...]:
        """Name the way out, and the numbers."""
        self.hints.right = self.therapy.hint("safety")
        return ("menu",)
