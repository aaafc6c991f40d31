"""Letters that travel from time to time, or only when a person asks: between two exchanges no line is kept."""

import asyncio
import contextlib
from collections.abc import Callable

from therapy_tui.services.carrier import Report
from therapy_tui.services.courier import Courier, CourierBusy
from therapy_tui.services.events import LineChanged
from therapy_tui.services.staying import NOTICE_SECONDS, Lock, Sleep, Staying
from therapy_tui.store import mailbox

QUARTER = 900
SPREAD = 180
"""A quarter of an hour is so many seconds shorter or longer, in all, so that nobody can set a clock by it."""
LAST = "exchanged_at"


class Rounds(Staying):
    """Exchanges every quarter of an hour or, without a pause to keep, only when asked.

    What is written waits for the next round: each round begins a connection anew, which costs more than a letter.

    Args:
        courier: does the exchanges.
        chance: gives a number from 0 to 1, for the pause.
        lock: is held during each exchange, and between two of them by whoever else wants to carry.
        pause: seconds between two rounds, or None for none by themselves.
        sleep: waits.
    """

    def __init__(
        self,
        courier: Courier,
        chance: Callable[[], float],
        lock: Lock,
        pause: int | None = QUARTER,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        super().__init__(courier, chance, sleep)
        self._lock = lock
        self._pause = pause
        if pause is not None:
            # Whoever unlocks often begins no round more than others: the time of the last one is kept in the vault.
            self.next_at = last_exchange(courier) + self._until_next()

    async def run(self) -> None:
        """Exchange when it is time, and notice what other processes do."""
        while True:
            with self.steady(), contextlib.suppress(CourierBusy):
                self._vault.notice_others()
                if self._wake.is_set() or self._is_time():
                    await self.exchange()
            await self._sleep(NOTICE_SECONDS)

    def wake(self, *, waited_for: bool = False) -> None:
        """Begin a round where somebody waits for it, unless it is all by hand."""
        if waited_for and self._pause is not None:
            self._wake.set()

    async def exchange(self, *, everything: bool = False) -> Report:
        """Do one round now, and let go of the connections."""
        with self._lock():
            self._wake.clear()
            try:
                return await super().exchange(everything=everything)
            finally:
                await self._end_round()

    async def _end_round(self) -> None:
        now = self._vault.now()
        if self._pause is not None:
            self.next_at = now + self._until_next()
        with contextlib.suppress(Exception):
            await self.courier.close()
        if self._vault.is_open:
            with self.steady(), self._vault.transaction() as database:
                mailbox.set_setting(database, LAST, str(now))
            if self.courier.connected is not None:  # the time of the next round is news, too
                self._vault.events.publish(LineChanged(self.courier.connected))

    def _is_time(self) -> bool:
        if self._pause is None:
            return False
        left = self.next_at - self._vault.now()
        return left <= 0 or left > 2 * self._pause  # longer only where the clock was set back

    def _until_next(self) -> int:
        return (self._pause or 0) + int((self._chance() - 0.5) * SPREAD)


def last_exchange(courier: Courier) -> int:
    """Give when the last round was, in seconds since 1970; 0 if there was none."""
    kept = mailbox.setting(courier.vault.database, LAST, "0")
    return int(kept) if kept.isdecimal() else 0
