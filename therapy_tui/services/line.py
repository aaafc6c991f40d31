"""The line of one seat: what is known of it, and who stays at it as the person has chosen."""

import contextlib
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from therapy_tui.config import GENTLE, LIVE, Settings
from therapy_tui.services.events import LineChanged

if TYPE_CHECKING:
    from therapy_tui.services.carrier import Report
    from therapy_tui.services.courier import Courier
    from therapy_tui.services.staying import Lock, Staying
    from therapy_tui.services.vault import Vault
    from therapy_tui.transport.base import Transport


class Line(msgspec.Struct):
    """What the screens say of the line, and the courier that is at work on it."""

    connected: bool | None = None
    """Whether the relay answered last; None before the first try."""
    since: int = 0
    """When that changed, in seconds since 1970."""
    problem: str = ""
    staying: "Staying | None" = None

    @property
    def next_at(self) -> int:
        """When letters travel next by themselves, in seconds since 1970; 0 where that is not a matter of time."""
        return self.staying.next_at if self.staying is not None else 0

    async def carry(
        self, vault: "Vault", transport: "Transport", settings: Settings, chance: Callable[[], float], lock: "Lock"
    ) -> None:
        """Let letters travel as the settings say, until cancelled.

        Raises:
            CourierBusy: a line is to be kept open, and another process keeps one.
        """
        from therapy_tui.core.budget import Budget  # after the first screen stands
        from therapy_tui.services.courier import Courier  # as above

        courier = Courier(vault, transport, today, Budget(settings.daily_bytes))
        staying = stay(courier, settings.line, chance, lock)
        stop = vault.events.subscribe(lambda fact: self._note(fact, vault.now()), first=True)
        try:
            # A line that is kept open is one process's; between two rounds others may carry.
            with lock() if settings.line == LIVE else contextlib.nullcontext():
                self.staying = staying
                await staying.run()
        finally:
            self.staying = None
            stop()
            with contextlib.suppress(Exception):
                await courier.close()

    async def exchange(self, *, everything: bool = False) -> "Report | None":
        """Exchange now, because a person asked; None when another process carries the letters of this vault."""
        from therapy_tui.services.courier import CourierBusy  # as in `carry`

        try:
            return await self.staying.exchange(everything=everything) if self.staying is not None else None
        except CourierBusy:
            return None

    def wake(self, *, waited_for: bool = False) -> None:
        """Tell the courier that there is something to send; `waited_for` where a person sits before it."""
        if self.staying is not None:
            self.staying.wake(waited_for=waited_for)

    def _note(self, fact: object, now: int) -> None:
        if isinstance(fact, LineChanged) and fact.connected != self.connected:
            self.connected, self.since, self.problem = fact.connected, now, fact.detail


def stay(courier: "Courier", line: str, chance: Callable[[], float], lock: "Lock") -> "Staying":
    """Give the way of staying at the line that a setting names; `lock` makes one process the courier."""
    if line == LIVE:
        from therapy_tui.services.live import Live  # only the one that was chosen

        return Live(courier, chance)
    from therapy_tui.services.rounds import QUARTER, Rounds  # as above

    return Rounds(courier, chance, lock, QUARTER if line == GENTLE else None)


def today() -> str:
    """Name the local day."""
    return time.strftime("%Y-%m-%d")
