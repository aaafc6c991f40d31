"""Three questions to oneself before a letter goes, for a therapist who chose them. Nothing is counted or kept."""

from collections.abc import Iterable, Mapping

from textual.widget import Widget

from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import SENDING, bindings
from therapy_tui.tui.place import Place
from therapy_tui.tui.widgets.rows import Page, Row, prose

QUESTIONS = (
    "Did I name what they feel?",
    "Did I show what I understood?",
    "Did I leave a door open?",
)
ABOUT = "Only for you, and only once for this letter. Nothing is counted or kept."


class BeforeSending(Place):
    """The page; it gives True where the letter is to go."""

    BINDINGS = bindings(SENDING)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.heading.place = "Before it goes"

    def compose_middle(self) -> Iterable[Widget]:
        """Put the questions below each other."""
        with Page(classes="-centred"):
            for each in QUESTIONS:
                yield Row(prose(each, style="strong"))
            yield Row(prose(ABOUT, style="quiet"))

    def commands_now(self) -> tuple[str, ...]:
        """Say how to send and how to go back."""
        return ("let_go", "back")

    def words_now(self) -> Mapping[str, str]:
        """Say where the key leads back to."""
        return {"back": "back to the words"}

    def action_go(self) -> None:
        """Let the letter go."""
        self.dismiss(True)
