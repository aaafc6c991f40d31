"""Stay while the application is open: wait at the relay for what comes, and send at once what is written."""

import asyncio
import contextlib
import time
from collections.abc import Callable

from therapy_tui.services.carrier import Report
from therapy_tui.services.courier import Courier
from therapy_tui.services.staying import NOTICE_SECONDS, Sleep, Staying
from therapy_tui.store import outbox

WAIT_SECONDS = 60
"""How long the relay may hold an answer."""
FIRST_BACKOFF, LAST_BACKOFF = 1.0, 300.0
LONGEST = 3_600.0
SOON = 2.0
"""A wait that ends sooner than this and brought nothing is followed by a pause."""
SPARING_SECONDS = 60.0
"""The pause after what came when the day's bytes are used up."""


class Live(Staying):
    """Waits at the relay, so that letters come and go at once."""

    def __init__(self, courier: Courier, chance: Callable[[], float], sleep: Sleep = asyncio.sleep) -> None:
        super().__init__(courier, chance, sleep)
        self._failures = 0
        self._try_now = asyncio.Event()

    def wake(self, *, waited_for: bool = False) -> None:
        """Look into the outbox now."""
        del waited_for
        self._wake.set()

    async def exchange(self, *, everything: bool = False) -> Report:
        """Exchange now; where the line was lost, waiting at the relay begins again with it."""
        report = await super().exchange(everything=everything)
        if report.reachable:
            self._try_now.set()
        return report

    async def run(self) -> None:
        """Collect, send and notice, side by side. A letter never waits behind a wait."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._collect_for_ever())
            group.create_task(self._send_for_ever())
            group.create_task(self._notice_for_ever())

    async def _collect_for_ever(self) -> None:
        while True:
            report = Report()
            begun = time.monotonic()
            with self.steady() as trouble:
                await self.courier.join(report)
                if not self._vault.profile.relay:
                    await self._sleep(NOTICE_SECONDS)
                    continue
                report = Report()
                if self.courier.connected:
                    await self.courier.wait(report, WAIT_SECONDS)
                else:
                    await self.courier.collect(report)
                self.courier.note_line(reachable=True, problem=report.problem)
            # A relay that answers at once and brings nothing would be asked without end.
            idle = not (report.received or report.sent) and time.monotonic() - begun < SOON
            if report.problem or trouble or idle:
                await self._pause(max(float(report.pause), self._backoff()))
            else:
                self._failures = 0
                if report.received and self.courier.is_sparing:
                    await self._pause(SPARING_SECONDS)

    async def _send_for_ever(self) -> None:
        while True:
            with self.steady(), contextlib.suppress(TimeoutError):
                seconds = self._until_due()
                await asyncio.wait_for(self._wake.wait(), seconds)
            self._wake.clear()
            if not self.courier.connected:
                await self._sleep(NOTICE_SECONDS)
                continue
            with self.steady() as trouble:
                await self.courier.send_due(Report())
            if trouble:
                await self._sleep(self._backoff())

    async def _notice_for_ever(self) -> None:
        while True:
            await self._sleep(NOTICE_SECONDS)
            with self.steady():
                if self._vault.notice_others():
                    self.wake()

    async def _pause(self, seconds: float) -> None:
        """Wait, but no longer than until a person asked and the line was there."""
        self._try_now.clear()
        asleep = asyncio.ensure_future(self._sleep(seconds))
        asked = asyncio.create_task(self._try_now.wait())
        try:
            await asyncio.wait({asleep, asked}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asleep.cancel()
            asked.cancel()

    def _until_due(self) -> float:
        """Give the seconds until something in the outbox, or a receipt, is due."""
        times = (outbox.next_due(self._vault.database, self.courier.largest), outbox.next_owed(self._vault.database))
        due = [each for each in times if each is not None]
        if not due:
            return LONGEST
        return min(LONGEST, float(max(1, min(due) - self._vault.now())))

    def _backoff(self) -> float:
        """Give the seconds until the next try: doubling to five minutes, and never at the same moment as others."""
        self._failures += 1
        longest = min(LAST_BACKOFF, FIRST_BACKOFF * 2 ** min(self._failures, 12))
        return float(longest * (0.5 + self._chance() / 2))
