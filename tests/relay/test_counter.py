"""Requests from bytes to bytes, and the waits between, over a real store in this process."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.relay.post import INVITE, NOTHING, SENDER
from tests.relay_caller import Owner, Signed, change, clock, collected, deposit, frame
from therapy_tui.core.wire import Code, Done, Limits, Refused, Result, unpack_answer
from therapy_tui.relay.admission import Admission
from therapy_tui.relay.counter import Counter
from therapy_tui.relay.office import Office
from therapy_tui.relay.store.sqlite import SqliteStore
from therapy_tui.relay.wait import Waiting


async def _stays() -> None:
    await asyncio.Event().wait()


class Desk:
    """A counter with short words."""

    def __init__(self, store: SqliteStore, limits: Limits) -> None:
        admission = Admission(limits, anyone=True, tickets=frozenset)
        office = Office(limits, admission, clock, lambda: (10**12, 10**12))
        self.counter = Counter(office, store, Waiting(limits.waiting, limits.waiting_an_address))

    async def ask(self, *signed: Signed, address: str = "192.0.2.1") -> list[Result]:
        """Do parts and give their results."""
        answer = await self.counter.serve(frame(*signed), address, _stays)
        return unpack_answer(answer, [part for _, part in signed])

    async def owner(self, seed: int) -> Owner:
        """Make a mailbox in which SENDER may deposit through slot 1."""
        owner = Owner(seed)
        assert await self.ask(owner.open(), owner.own(changes=[change(1, SENDER)])) == [Done(), NOTHING]
        return owner

    async def held(self, number: int) -> None:
        """Wait until so many answers are held."""
        async with asyncio.timeout(30):
            while True:
                if self.counter.waiting.held == number:
                    return
                await asyncio.sleep(0.001)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """A store on disk."""
    store = SqliteStore(tmp_path / "relay.db")
    yield store
    store.close()


@pytest.fixture
def desk(store: SqliteStore) -> Desk:
    """A counter with the usual limits."""
    return Desk(store, Limits())


def put(owner: Owner, *envelopes: bytes) -> Signed:
    """Deposit as SENDER."""
    return deposit(SENDER, 1, [owner.mailbox], envelopes)


async def test_a_wait_ends_with_what_arrives(desk: Desk) -> None:
    """The answer that was held has the envelope."""
    owner = await desk.owner(1)
    waiting = asyncio.create_task(desk.ask(owner.own(wait=60)))
    await desk.held(1)
    assert await desk.ask(put(owner, b"one")) == [Done()]
    assert collected((await waiting)[0]) == [b"one"]
    await desk.held(0)


async def test_a_wait_with_something_there_answers_at_once(desk: Desk) -> None:
    """Nothing is held when the mailbox has something already, also through the same request."""
    owner = await desk.owner(1)
    await desk.ask(put(owner, b"one"))
    assert collected((await desk.ask(owner.own(wait=60)))[0]) == [b"one"]
    found = await desk.ask(owner.own(done=1, wait=60), put(owner, b"two"))
    assert [collected(found[0]), found[1]] == [[b"two"], Done()]


async def test_a_wait_ends_with_its_time(store: SqliteStore) -> None:
    """The relay's longest wait bounds what was asked for, and the answer is then empty."""
    desk = Desk(store, replace(Limits(), wait=0))
    owner = await desk.owner(1)
    assert await desk.ask(owner.own(wait=600)) == [NOTHING]


async def test_a_newer_wait_ends_the_older(desk: Desk) -> None:
    """The older answer comes empty, and the newer one gets what arrives."""
    owner = await desk.owner(1)
    older = asyncio.create_task(desk.ask(owner.own(wait=60)))
    await desk.held(1)
    newer = asyncio.create_task(desk.ask(owner.own(wait=60)))
    assert await older == [NOTHING]
    await desk.ask(put(owner, b"one"))
    assert collected((await newer)[0]) == [b"one"]


async def test_a_stranger_ends_nobodys_wait(desk: Desk) -> None:
    """Who knows a mailbox's name but not its key is denied and changes nothing."""
    owner = await desk.owner(1)
    waiting = asyncio.create_task(desk.ask(owner.own(wait=60)))
    await desk.held(1)
    _, part = owner.own(wait=60)
    assert await desk.ask((INVITE, part)) == [Refused(Code.DENIED)]
    await asyncio.sleep(0.01)
    assert not waiting.done()
    await desk.ask(put(owner, b"one"))
    await waiting


async def test_what_stands_before_a_wait_is_done_while_it_waits(desk: Desk) -> None:
    """A deposit in the same request is committed and reaches its reader before the wait ends."""
    reader, writer = await desk.owner(1), await desk.owner(2)
    waiting = asyncio.create_task(desk.ask(put(reader, b"one"), writer.own(wait=60)))
    await desk.held(1)
    assert collected((await desk.ask(reader.own()))[0]) == [b"one"]
    await desk.ask(put(writer, b"two"))
    results = await waiting
    assert [results[0], collected(results[1])] == [Done(), [b"two"]]


async def test_waits_over_the_caps_are_told_to_slow_down(store: SqliteStore) -> None:
    """One address cannot hold all places; another still gets one; in all there is a cap too."""
    desk = Desk(store, replace(Limits(), waiting=2, waiting_an_address=1))
    owners = [await desk.owner(seed) for seed in (1, 2, 3, 4)]
    first = asyncio.create_task(desk.ask(owners[0].own(wait=60), address="a"))
    await desk.held(1)
    assert await desk.ask(owners[1].own(wait=60), address="a") == [Refused(Code.SLOW_DOWN, (60,))]
    second = asyncio.create_task(desk.ask(owners[2].own(wait=60), address="b"))
    await desk.held(2)
    assert await desk.ask(owners[3].own(wait=60), address="c") == [Refused(Code.SLOW_DOWN, (60,))]
    again = asyncio.create_task(desk.ask(owners[0].own(wait=60), address="a"))
    assert await first == [NOTHING]
    await desk.ask(put(owners[0], b"x"), put(owners[2], b"y"))
    await asyncio.gather(again, second)


async def test_a_wait_ends_when_its_asker_goes(desk: Desk) -> None:
    """A line that is cut gives its place back at once."""
    owner = await desk.owner(1)
    cut = asyncio.Event()

    async def gone() -> None:
        await cut.wait()

    waiting = asyncio.create_task(desk.counter.serve(frame(owner.own(wait=60)), "a", gone))
    await desk.held(1)
    cut.set()
    await waiting
    await desk.held(0)


async def test_a_mailbox_closed_during_a_wait_is_denied_afterwards(desk: Desk) -> None:
    """What arrives for another mailbox of the request ends the wait; the closed one is said to be denied."""
    first, second = await desk.owner(1), await desk.owner(2)
    waiting = asyncio.create_task(desk.ask(first.own(wait=60), second.own(wait=60)))
    await desk.held(1)
    await desk.ask(first.close(), put(second, b"one"))
    results = await waiting
    assert results[0] == Refused(Code.DENIED)
    assert collected(results[1]) == [b"one"]


async def test_nothing_arrives_unheard_between_the_look_and_the_wait(desk: Desk) -> None:
    """Deposits racing with the start of a wait are always collected, whichever comes first."""
    owner = await desk.owner(1)
    for number in range(1, 40):
        own = owner.own(done=number - 1, wait=60)
        async with asyncio.timeout(30):
            found, _ = await asyncio.gather(desk.ask(own), desk.ask(put(owner, b"%d" % number)))
        assert collected(found[0]) == [b"%d" % number]
