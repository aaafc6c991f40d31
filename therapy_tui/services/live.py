"""Stay while the application is open: wait at the relay for what comes, and send at once what is written."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator

from therapy_tui import errors
from therapy_tui.services.courier import Courier, Report, http_sentence
from therapy_tui.services.events import Noticed
from therapy_tui.store import outbox

WAIT_SECONDS = 60
"""How long the relay may hold an answer."""
NOTICE_SECONDS = 1.0
"""How often other processes' changes are looked for."""
FIRST_BACKOFF, LAST_BACKOFF = 1.0, 300.0
LONGEST = 3_600.0
SOON = 2.0
"""A wait that ends sooner than this and brought nothing is followed by a pause."""

Sleep = Callable[[float], Awaitable[None]]


class Live:
    """Keeps one courier at work until it is cancelled.

    Args:
        courier: does the exchanges.
        chance: gives a number from 0 to 1, for backing off.
        sleep: waits.
    """

    def __init__(self, courier: Courier, chance: Callable[[], float], sleep: Sleep = asyncio.sleep) -> None:
        self.courier = courier
        self._vault = courier.vault
        self._chance = chance
        self._sleep = sleep
        self._wake = asyncio.Event()
        self._failures = 0

    def wake(self) -> None:
        """Look into the outbox now."""
        self._wake.set()

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
            with self._steady() as trouble:
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
                await self._sleep(max(float(report.pause), self._backoff()))
            else:
                self._failures = 0

    async def _send_for_ever(self) -> None:
        while True:
            with self._steady(), contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._until_due())
            self._wake.clear()
            if not self.courier.connected:
                await self._sleep(NOTICE_SECONDS)
                continue
            with self._steady() as trouble:
                await self.courier.send_due(Report())
            if trouble:
                await self._sleep(self._backoff())

    async def _notice_for_ever(self) -> None:
        while True:
            await self._sleep(NOTICE_SECONDS)
            with self._steady():
                if self._vault.notice_others():
                    self.wake()

    @contextlib.contextmanager
    def _steady(self) -> Iterator[list[errors.TherapyError]]:
        """Survive what may pass: a lost line is a state, a full or failing disk is told; both are tried again."""
        trouble: list[errors.TherapyError] = []
        try:
            yield trouble
        except (errors.Unreachable, errors.RelayRefused) as error:
            trouble.append(error)
            sentence = http_sentence(error) if isinstance(error, errors.RelayRefused) else str(error)
            self.courier.note_line(reachable=False, problem=sentence)
        except errors.VaultLocked:
            raise
        except errors.TherapyError as error:
            trouble.append(error)
            self._vault.events.publish(Noticed(str(error)))

    def _until_due(self) -> float:
        """Give the seconds until something in the outbox, or a receipt, is due."""
        times = (outbox.next_due(self._vault.database), outbox.next_owed(self._vault.database))
        due = [each for each in times if each is not None]
        if not due:
            return LONGEST
        return min(LONGEST, float(max(1, min(due) - self._vault.now())))

    def _backoff(self) -> float:
        """Give the seconds until the next try: doubling to five minutes, and never at the same moment as others."""
        self._failures += 1
        longest = min(LAST_BACKOFF, FIRST_BACKOFF * 2 ** min(self._failures, 12))
        return float(longest * (0.5 + self._chance() / 2))
