"""The lock: a field, the time, and the numbers to call. Nothing says what the program is for."""

import asyncio
from collections.abc import Callable, Iterable

from textual.widget import Widget
from textual.widgets import Input

from therapy_tui import errors
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.ahead import AT_ONCE
from therapy_tui.tui.commands import LOCKED, bindings
from therapy_tui.tui.place import LEAVE, Place
from therapy_tui.tui.widgets.frame import Hint
from therapy_tui.tui.widgets.rows import Field, Page, Row, prose

FIRST = ("passphrase", "keyring", "command")
"""The ways in that are asked for before the recovery phrase, the first that is there."""
BY_ITSELF = {"keyring": "the keyring", "command": "your command"}
"""The ways for which nothing is typed, as they are named."""


class Lock(Place):
    """Waits for what opens the vault."""

    BINDINGS = bindings(LOCKED)

    def __init__(self, seat: Seat, why: str) -> None:
        super().__init__(seat)
        self._kinds = seat.look().kinds
        self._first = next((each for each in FIRST if each in self._kinds), "")
        at = f"at {times.clock(seat.now())}"
        self._why = f"{at}, {why}" if why.startswith("after") else at
        self._reason = "" if why.startswith("after") else why
        has_failed = bool(self._reason) and self._first == "keyring"
        self._recovery = "recovery" in self._kinds and (has_failed or not self._first)
        self._field = Field(password=True, id="secret")
        self._told = prose(self._reason or self._why, style="quiet", id="told")
        self._working = False

    def compose_middle(self) -> Iterable[Widget]:
        """Put the field in the middle."""
        with Page(classes="-centred"):
            yield Row(prose("Locked", style="strong"))
            yield Row(self._field, classes="field")
            yield Row(self._told)

    def on_mount(self) -> None:
        """Begin in the field."""
        self._show_kind()
        self._field.focus()

    def _show_kind(self) -> None:
        self._field.placeholder = "recovery phrase, 24 words" if self._recovery else "passphrase"
        if not self._recovery and self._first in BY_ITSELF:
            self._field.placeholder = f"press enter, {BY_ITSELF[self._first]} opens it"

    def hints_now(self) -> tuple[Hint, ...]:
        """Say how to open it, how to leave, and where the numbers are."""
        self.hints.right = self.therapy.hint("safety")
        forgotten = "recovery phrase" if self._first in BY_ITSELF else "forgotten"
        other = ("ctrl+k", BY_ITSELF.get(self._first, "passphrase") if self._recovery else forgotten)
        return (
            ("enter", "unlock"),
            *((other,) if self._has_other else ()),
            *map(self.therapy.hint, self.therapy.seat_commands()),
            (self.therapy.hint("menu")[0], LEAVE),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the other way in only where there is one."""
        return self._has_other if action == "forgotten" else super().check_action(action, parameters)

    @property
    def _has_other(self) -> bool:
        return "recovery" in self._kinds and bool(self._first)

    def action_forgotten(self) -> None:
        """Ask for the recovery phrase instead, or for what was asked for first."""
        if self._has_other:
            self._recovery = not self._recovery
            self._field.value = ""
            self._told.update(self._why)
            self._show_kind()
            self.show_hints()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Try what was typed; the work is done aside so that F8 answers meanwhile."""
        event.stop()
        if not self._working:
            self._working = True
            self._told.update("opening")
            self.therapy.typed_meanwhile.begin(self, AT_ONCE)
            self.run_worker(self._try(event.value))

    async def _try(self, typed: str) -> None:
        try:
            await asyncio.to_thread(self._way(typed))
        except errors.TherapyError as error:
            self._told.update(str(error))
            self.therapy.was_tried(opened=False)
        else:
            self.on_screen_resume()
        finally:
            self._field.value = ""
            self._working = False

    def on_screen_resume(self) -> None:
        """Go in once the vault is open; whoever went to the numbers to call meanwhile is left there."""
        if self.app.screen is self and self.seat.is_open:
            self.therapy.go_in()
            self.therapy.call_after_refresh(self.therapy.was_tried, opened=True)

    def _way(self, typed: str) -> Callable[[], None]:
        if self._recovery:
            return lambda: self.seat.unlock_by_recovery(typed)
        if typed and "passphrase" in self._kinds:
            return lambda: self.seat.unlock_by_passphrase(typed)
        if "keyring" in self._kinds:
            return self.seat.unlock_by_keyring
        if "command" in self._kinds:
            return self.seat.unlock_by_command
        return lambda: self.seat.unlock_by_passphrase(typed)
