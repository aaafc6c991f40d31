"""A relay that is killed while people write: what it said is safe, is safe."""

import asyncio
import random
from pathlib import Path

import httpx
import pytest
from nacl.signing import SigningKey

from tests.relay_caller import Caller, Owner, change, collected, deposit
from tests.relay_process import RelayProcess
from therapy_tui.core.wire import Done
from therapy_tui.errors import Malformed

SENDER = SigningKey(b"\1" * 32)
WRITERS = 8


async def _write(url: str, owner: Owner, name: int, said: list[bytes], began: asyncio.Event) -> None:
    """Deposit until the line breaks; keep what was acknowledged."""
    async with Caller(url) as caller:
        for number in range(10_000):
            envelope = b"%d of %d" % (number, name)
            try:
                answer = await caller.ask(deposit(SENDER, 1, [owner.mailbox], [envelope]))
            except (httpx.HTTPError, AssertionError, Malformed):
                return
            assert answer == [Done()]
            said.append(envelope)
            began.set()


async def _kill_once(relay: RelayProcess, owner: Owner, seconds: float) -> None:
    """Kill during concurrent deposits; start again; every acknowledged envelope is there, once."""
    said: list[bytes] = []
    began = asyncio.Event()
    writers = [asyncio.create_task(_write(relay.url, owner, name, said, began)) for name in range(WRITERS)]
    async with asyncio.timeout(60):
        await began.wait()
    await asyncio.sleep(seconds)
    relay.kill()
    await asyncio.gather(*writers)
    relay.start()
    async with Caller(relay.url) as caller:
        found: list[bytes] = []
        done = 0
        while True:
            result = (await caller.ask(owner.own(done=done)))[0]
            envelopes = collected(result)
            if not envelopes:
                break
            found += envelopes
            done += len(envelopes)
        assert len(found) == len(set(found))
        assert set(said) <= set(found)
        assert len(found) - len(said) <= WRITERS


async def _kills(folder: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    with RelayProcess(folder / "relay.db") as relay:
        for _ in range(times):
            owner = Owner()
            async with Caller(relay.url) as caller:
                await caller.ask(owner.open(), owner.own(changes=[change(1, SENDER)]))
            await _kill_once(relay, owner, chance.uniform(0.1, 0.4))


async def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """Three kills in the middle of concurrent deposits lose nothing that was acknowledged and double nothing."""
    await _kills(tmp_path, 3, 1)


@pytest.mark.campaign
async def test_what_was_acknowledged_survives_many_kills(tmp_path: Path) -> None:
    """The same for fifty kills."""
    await _kills(tmp_path, 50, 2)
