"""When an application that a test drives has done what it had to do, also where the processor is busy with others."""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

__all__ = ["idle_for_certain"]

TURN = 0.02
"""Seconds: a timer that is due so soon belongs to what is being waited for, as the next drawing does."""
PATIENCE = 30.0
"""Seconds after which the loop does not come to rest any more."""
ROUNDS = 50
"""So many timers, or looks at threads, one after the other: what goes on for longer is no consequence of a key."""


async def rest() -> None:
    """Wait until nothing is left to be done in the loop, in its threads and by timers that are due at once."""
    loop: Any = asyncio.get_running_loop()
    for _ in range(ROUNDS):
        await _wait_quiet(loop)
        if not _is_expected(loop):
            return
        await asyncio.sleep(TURN)


async def _wait_quiet(loop: Any) -> None:
    end, still = time.monotonic() + PATIENCE, 0
    while still < 3 and time.monotonic() < end:  # what is read from elsewhere is ready a turn later
        await asyncio.sleep(0)
        still = 0 if loop._ready else still + 1


def _is_expected(loop: Any) -> bool:
    due = loop.time() + TURN
    if any(each.when() < due and not each.cancelled() for each in loop._scheduled):
        return True
    pool = loop._default_executor
    return pool is not None and len(pool._threads) > pool._idle_semaphore._value


@pytest.fixture(scope="session", autouse=True)
def idle_for_certain() -> Iterator[None]:
    """Let a pilot wait for what is left to be done.

    Textual's own looks at how much time of the processor has gone by. A process that waits for the processor, because
    others have it, uses none: its keys still lie in their queues, and it looks idle.
    """
    from textual import app, pilot
    from textual._wait import wait_for_idle as looks_idle

    paused = pilot.Pilot.pause

    async def wait(min_sleep: float = TURN, max_sleep: float = 1.0) -> None:
        await looks_idle(min_sleep, max_sleep)
        await rest()

    async def pause(driver: pilot.Pilot[int], delay: float | None = None) -> None:
        await paused(driver, delay)
        if delay is not None:  # else it has waited as above
            await rest()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "wait_for_idle", wait)
        patch.setattr(pilot, "wait_for_idle", wait)
        patch.setattr(pilot.Pilot, "pause", pause)
        yield
