"""A new passphrase, typed twice: refused kindly when it is short, or when the two are not the same."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.tui.widgets.rows import Down, Field, Row, prose


class Twice(Down):
    """Two lines in the grid, and a quiet line for what is amiss.

    Args:
        check: refuses a passphrase that is too short by raising `UsageError` with the reason.
        placeholder: what the first empty line says.
    """

    DEFAULT_CSS = "Twice { height: auto; width: 100%; }"

    class Given(Message):
        """Both are the same, and long enough."""

        def __init__(self, passphrase: str) -> None:
            super().__init__()
            self.passphrase = passphrase

    def __init__(self, check: Callable[[str], None], placeholder: str = "passphrase") -> None:
        super().__init__()
        self._check = check
        self.first = Field(placeholder, password=True, id="first")
        self.second = Field("the same again", password=True, id="second")
        self.told = prose("Four or five unrelated words are easy to remember.", style="quiet", id="told")

    def compose(self) -> ComposeResult:
        """Put one line under the other."""
        yield Row(self.first, classes="field")
        yield Row(self.second, classes="field")
        yield Row(self.told)

    def forget(self) -> None:
        """Empty both lines."""
        self.first.value = self.second.value = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the second line, or give the passphrase when both are there."""
        event.stop()
        try:
            self._check(self.first.value)
        except errors.UsageError as error:
            self.told.update(str(error))
            self.first.focus()
            return
        if event.input is self.first or not self.second.value:
            self.told.update("Type it once more, so that a slip does not lock you out.")
            self.second.focus()
            return
        if self.first.value != self.second.value:
            self.told.update("Those two are not the same. Type it again.")
            self.forget()
            self.first.focus()
            return
        self.post_message(self.Given(self.first.value))
