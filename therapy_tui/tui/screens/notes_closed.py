"""Where the key of the notes could not be had: why, in one sentence, and the field that opens them."""

import asyncio
from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import bindings
from therapy_tui.tui.place import Place, hint_of
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Field, Page, Row, prose

NO_FIELD = "The keyring is their only way in. therapy-tui keys add passphrase makes another, once it answers again."


class NotesClosed(Place):
    """Says why the notes are closed, and gives back whether they could be opened."""

    BINDINGS = bindings(only=("forgotten",))
    TELLS_OF_THE_LINE = False

    def __init__(self, seat: Seat, why: str, notebook: Notebook, place: str, safe: str) -> None:
        super().__init__(seat)
        self.heading.place, self.heading.who = place, "closed"
        self._notebook, self._safe = notebook, safe
        self._kinds = [each for each in notebook.kinds if each in {"passphrase", "recovery"}]
        self._recovery = "passphrase" not in self._kinds
        self._field = Field(password=True, id="secret")
        self._told = prose(why, id="why")
        self._working = False

    def compose_middle(self) -> Iterable[Widget]:
        """Put the reason over the field."""
        with Page(classes="-centred"):
            yield Row(self._told)
            yield Row(prose(self._safe if self._kinds else f"{self._safe} {NO_FIELD}", style="quiet"))
            if self._kinds:
                yield Row(self._field, classes="field")

    def on_mount(self) -> None:
        """Begin in the field."""
        self._show_kind()
        if self._kinds:
            self._field.focus()

    def _show_kind(self) -> None:
        self._field.placeholder = "recovery phrase, 24 words" if self._recovery else "passphrase"

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to open them and how to leave them closed."""
        if not self._kinds:
            return (hint_of("back"),)
        both = len(self._kinds) > 1
        other = (("ctrl+k", "passphrase" if self._recovery else "recovery phrase"),) if both else ()
        return (("enter", "open"), *other, hint_of("back"))

    def action_forgotten(self) -> None:
        """Take the recovery phrase instead, or the passphrase again."""
        if len(self._kinds) > 1:
            self._recovery = not self._recovery
            self._field.value = ""
            self._show_kind()
            self.show_hints()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try what was typed; the work is done aside, so that the keys answer meanwhile."""
        event.stop()
        if event.value and not self._working:
            self._working = True
            self.therapy.typed_meanwhile.begin(self)
            self.run_worker(self._try(event.value))

    async def _try(self, typed: str) -> None:
        notebook = self._notebook
        fetch = notebook.key_by_recovery if self._recovery else notebook.key_by_passphrase
        try:
            notebook.open(await asyncio.to_thread(fetch, typed))
        except errors.VaultLocked:
            return
        except errors.TherapyError as error:
            self._told.update(str(error))
            self.therapy.was_tried(opened=False)
        else:
            self.on_screen_resume()
        finally:
            self._field.value = ""
            self._working = False

    def on_screen_resume(self) -> None:
        """Give way once the notes are open; whoever went elsewhere meanwhile is left there until they return."""
        if self.app.screen is self and self._notebook.is_open:
            self.dismiss(result=True)
            self.therapy.call_after_refresh(self.therapy.was_tried, opened=True)

    def forget(self) -> None:
        """Drop what was typed, because the vault is being locked."""
        self._field.value = ""
