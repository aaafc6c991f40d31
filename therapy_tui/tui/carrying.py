"""The courier at work while a vault is open, and the lock when nobody touches a key."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App

from therapy_tui import errors
from therapy_tui.services.seat import Seat

IDLE_CHECK = 5.0
STOPPED = "Letters have stopped travelling: a fault of the program ({kind}). F9, then unlock, begins again."

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady_seconds() -> float:
    """Give the seconds of a clock that nobody sets, and that goes on while the machine sleeps."""
    return time.clock_gettime(_CLOCK)


class Carrying(App[int], inherit_bindings=False):
    """The part of the application that lets letters travel."""

    seat: Seat
    steady: Callable[[], float] = staticmethod(steady_seconds)
    last_key = 0.0
    """When a key was pressed last, by `steady`: a clock that is set back must not put the lock off."""
    _courier: "asyncio.Task[None] | None" = None
    _exchange: "asyncio.Task[None] | None" = None

    @property
    def is_carrying(self) -> bool:
        """Whether letters travel: the first screen of an open vault stands."""
        return self._courier is not None

    def start_courier(self) -> None:
        """Let letters travel, once the first screen stands."""
        self.stop_courier()
        if self.seat.is_open:
            self._courier = asyncio.create_task(self._carry(self.seat))

    def stop_courier(self) -> None:
        """Stop the courier, before the vault is closed."""
        for each in (self._courier, self._exchange):
            if each is not None:
                each.cancel()
        self._courier = self._exchange = None

    def action_exchange(self) -> None:
        """Send what waits and fetch what has come, now."""
        self._begin_exchange(everything=False)

    def action_send_now(self) -> None:
        """The same, and let large letters go whatever the day's bytes."""
        self._begin_exchange(everything=True)

    def _begin_exchange(self, *, everything: bool) -> None:
        if self.seat.is_open and self.seat.open_vault.is_for_reading:
            self.say(str(errors.DiskFull()), failed=True)
        elif self.seat.is_open and (self._exchange is None or self._exchange.done()):
            self.say("Sending and fetching.")
            self._exchange = asyncio.create_task(self._exchange_now(self.seat, everything=everything))

    async def _exchange_now(self, seat: Seat, *, everything: bool) -> None:
        from therapy_tui.services import conversation  # after the first screen stands
        from therapy_tui.tui.line_words import exchanged_words, held_words  # as above

        before = conversation.letters_of_theirs(seat.open_vault)
        try:
            report = await seat.line.exchange(everything=everything)
            came = conversation.letters_of_theirs(seat.open_vault) - before
        except errors.TherapyError as error:
            self._tell_end(seat, error)
            return
        held = held_words(report.held if report is not None else 0, *self.hint("send_now"))
        self.say(f"{exchanged_words(report, came)} {held}".strip())

    async def _carry(self, seat: Seat) -> None:
        try:
            await seat.carry()
        except ExceptionGroup as group:
            self._tell_end(seat, group.exceptions[0])
        except Exception as error:  # noqa: BLE001 - the worker's edge: it may end, and a person is told that it did
            self._tell_end(seat, error)

    def _tell_end(self, seat: Seat, error: Exception) -> None:
        if isinstance(error, errors.VaultLocked) or not seat.is_open:
            return
        seat.line.connected = False
        told = str(error) if isinstance(error, errors.TherapyError) else STOPPED.format(kind=type(error).__name__)
        self.say(told, failed=True)

    def watch_idleness(self) -> None:
        """Look from time to time whether anybody is there, or another process asks to lock."""
        self.set_interval(IDLE_CHECK, self._check_idle)

    def _check_idle(self) -> None:
        minutes = self.seat.settings.idle_lock_minutes
        if not self.seat.is_open:
            return
        if self.seat.is_lock_asked():
            self.lock_now("")
        elif self.steady() - self.last_key >= 60 * minutes:
            self.lock_now(f"after {minutes} minutes")

    if TYPE_CHECKING:  # the other parts of the application have these

        def lock_now(self, why: str) -> None:
            """Lock; the screens know how."""

        def hint(self, command_id: str) -> tuple[str, str]:
            """Give a key and its word; the application knows the person's own."""

        def say(self, text: str, *, failed: bool = False) -> None:
            """Tell one line of news; the screen in front knows how."""
