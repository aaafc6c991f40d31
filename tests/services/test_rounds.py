"""Letters that travel every quarter of an hour, or by hand: nothing leaves before its time, and everything arrives."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.services.faulty import Fault
from tests.services.people import Person, World
from therapy_tui.services.courier import CourierBusy, courier_lock
from therapy_tui.services.events import LineChanged, Noticed
from therapy_tui.services.line import stay
from therapy_tui.services.live import Live
from therapy_tui.services.rounds import QUARTER, SPREAD, Rounds

TURNS = 30


async def turn(seconds: float) -> None:
    """Wait no longer than others need."""
    del seconds
    await asyncio.sleep(0)


@asynccontextmanager
async def staying(
    person: Person, pause: int | None, chance: Callable[[], float] = lambda: 0.5
) -> AsyncIterator[Rounds]:
    """Let a person's letters travel in rounds; give them time to begin."""
    rounds = Rounds(person.courier, chance, lambda: courier_lock(lock_of(person)), pause, turn)
    task = asyncio.create_task(rounds.run())
    try:
        await let_pass()
        yield rounds
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def let_pass() -> None:
    """Let the rounds see the time and do what it is time for."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


def lock_of(person: Person) -> Path:
    """Name the lock of whoever carries a person's letters."""
    return person.folders.state / "courier"


async def wait_until(done: Callable[[], bool]) -> None:
    """Let the others work until something is so."""
    while True:
        if done():
            return
        await asyncio.sleep(0)


async def test_gentle(met: World) -> None:
    """A letter waits for the next round, goes with it, and the round after brings the receipt."""
    async with staying(met.carl, QUARTER) as rounds:
        begun = met.relay.requests
        met.carl.write("in a while")
        rounds.wake()
        await let_pass()
        assert met.relay.requests == begun
        assert (met.carl.states(), rounds.next_at) == (["queued"], met.carl.clock.now + QUARTER)
        met.pass_time(QUARTER)
        await let_pass()
        assert met.carl.states() == ["sent"]
        await met.ann.courier.exchange()
        met.pass_time(QUARTER)
        await let_pass()
        assert met.carl.states() == ["delivered"]


async def test_unlocking_often_begins_no_round(met: World) -> None:
    """The time of the last round is kept in the vault: a restart within a quarter of an hour asks the relay nothing."""
    async with staying(met.carl, QUARTER):
        pass
    asked = met.relay.requests
    met.carl.restart()
    met.pass_time(QUARTER - 60)
    async with staying(met.carl, QUARTER):
        assert met.relay.requests == asked
        met.pass_time(60)
        await let_pass()
        assert met.relay.requests > asked


async def test_rounds_are_not_to_the_second(met: World) -> None:
    """Chance makes the pause shorter or longer by a tenth of it, so that rounds are nobody's clock."""
    for chance, expected in ((0.0, QUARTER - SPREAD // 2), (1.0, QUARTER + SPREAD // 2)):
        met.pass_time(2 * QUARTER)
        async with staying(met.carl, QUARTER, lambda: chance) as rounds:  # noqa: B023 - it ends with the round
            assert rounds.next_at == met.carl.clock.now + expected


async def test_by_hand(met: World) -> None:
    """Nothing leaves by itself, whatever the time and whoever waits; an exchange that is asked for does it all."""
    async with staying(met.carl, None) as rounds:
        asked = met.relay.requests
        met.carl.write("when I say so")
        rounds.wake(waited_for=True)
        met.pass_time(100 * QUARTER)
        await let_pass()
        assert (met.relay.requests, met.carl.states(), rounds.next_at) == (asked, ["queued"], 0)
        report = await rounds.exchange()
        assert (report.sent, met.carl.states()) == (1, ["sent"])
        await let_pass()
        after = met.relay.requests
        met.pass_time(100 * QUARTER)
        await let_pass()
        assert met.relay.requests == after


async def test_what_somebody_waits_for_goes_at_once(met: World) -> None:
    """In gentle rounds an invite or a join does not wait for the quarter of an hour, and letters go along."""
    async with staying(met.carl, QUARTER) as rounds:
        met.carl.write("along with it")
        rounds.wake(waited_for=True)
        await let_pass()
        assert met.carl.states() == ["sent"]


async def test_an_exchange_now_puts_the_next_round_off(met: World) -> None:
    """Who exchanges by the key has done the round; the next one is a quarter of an hour later."""
    async with staying(met.carl, QUARTER) as rounds:
        met.pass_time(QUARTER - 10)
        await rounds.exchange()
        asked = met.relay.requests
        met.pass_time(60)
        await let_pass()
        assert met.relay.requests == asked
        assert rounds.next_at == met.carl.clock.now - 60 + QUARTER


async def test_others_may_carry_between_rounds(met: World) -> None:
    """The lock is held during an exchange only; while another process holds it, a round waits and says nothing."""
    async with staying(met.carl, QUARTER) as rounds:
        with courier_lock(lock_of(met.carl)):
            asked = met.relay.requests
            met.pass_time(QUARTER)
            await let_pass()
            assert met.relay.requests == asked
            with pytest.raises(CourierBusy):
                await rounds.exchange()
        await let_pass()
        assert met.relay.requests > asked
    assert not [each for each in met.carl.facts if isinstance(each, Noticed)]


async def test_a_lost_line_is_a_state(met: World) -> None:
    """A round without a line says so and is tried again at the next; each round tells that something is new."""
    async with staying(met.carl, QUARTER) as rounds:
        met.carl.facts.clear()
        met.carl.line.plan.extend([Fault.LOST_REQUEST] * 3)
        met.pass_time(QUARTER)
        await let_pass()
        assert met.carl.courier.connected is False
        assert LineChanged(connected=False) in met.carl.facts
        met.carl.line.plan.clear()
        met.pass_time(QUARTER)
        await let_pass()
        assert met.carl.courier.connected is True
        assert not (await rounds.exchange()).problem


async def test_a_clock_that_was_set_back(met: World) -> None:
    """A next round that lies years ahead is not waited for."""
    async with staying(met.carl, QUARTER):
        asked = met.relay.requests
        met.carl.clock.now -= 31_536_000
        await let_pass()
        assert met.relay.requests > asked


async def test_live_cuts_its_pause_short(met: World) -> None:
    """On a line that is kept open, a person's key ends a pause after a lost line, once the line is there again."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await (asyncio.sleep(0) if seconds <= 1 else asyncio.Event().wait())

    met.carl.line.plan.extend([Fault.LOST_REQUEST] * 12)
    live = Live(met.carl.courier, lambda: 1.0, sleep)
    task = asyncio.create_task(live.run())
    try:
        async with asyncio.timeout(60):
            await wait_until(lambda: any(each > 1 for each in slept))
            met.carl.line.plan.clear()
            before = met.relay.requests
            assert (await live.exchange()).reachable
            asked = met.relay.requests
            assert asked > before
            await wait_until(lambda: met.relay.requests > asked)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_closed_vault_ends_the_line(met: World) -> None:
    """Where the vault is closed meanwhile, the line ends, and leaves nothing that nobody waits for."""
    met.carl.vault.close()
    with pytest.raises(ExceptionGroup):
        await Live(met.carl.courier, lambda: 1.0, turn).run()
    gc.collect()  # what was left would be told here, and fail the test


async def test_the_setting_names_the_way(met: World) -> None:
    """Each value of the setting leads to its own way of staying at the line."""
    ways = {
        each: stay(met.carl.courier, each, lambda: 0.5, contextlib.nullcontext)
        for each in ("live", "gentle", "by hand")
    }
    assert isinstance(ways["live"], Live)
    assert isinstance(ways["gentle"], Rounds)
    assert isinstance(ways["by hand"], Rounds)
    assert (ways["gentle"].next_at > 0, ways["by hand"].next_at) == (True, 0)
