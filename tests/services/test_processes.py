"""Several processes on one vault: one courier, no false rollback, and everyone notices."""

import asyncio
import contextlib
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.people import HOUR, World
from therapy_tui import errors
from therapy_tui.services import conversation, presence
from therapy_tui.services.courier import CourierBusy, courier_lock
from therapy_tui.services.events import MessagesChanged, VaultChanged
from therapy_tui.services.live import Live
from therapy_tui.store import profile as profiles


def test_a_second_process_is_no_rollback(met: World) -> None:
    """Two open vaults raise the epoch in turn, and neither takes the other for time travel."""
    second = met.ann.another()
    for number in range(3):
        conversation.send(second, met.ann.contact(), f"second {number}")
        met.ann.write(f"first {number}")
        met.ann.exchange()
        asyncio.run(met.ann.courier_of(second).exchange())
    assert conversation.restored_at(met.ann.vault) == conversation.restored_at(second) == 0
    second.close()
    met.ann.restart()
    met.settle()
    assert conversation.restored_at(met.ann.vault) == 0
    assert len(met.carl.texts()) == 6


def test_no_message_key_is_used_twice(met: World) -> None:
    """Letters that two processes write in turn are sealed on one ratchet, in order, and all open without healing."""
    second = met.ann.another()
    for number in range(10):
        conversation.send(second if number % 2 else met.ann.vault, met.ann.contact(), str(number))
    second.close()
    met.settle()
    assert met.carl.texts() == [str(number) for number in range(10)]
    assert met.carl.vault.database.value("SELECT count(*) FROM quarantine") == 0
    assert not any(each.again for each in met.ann.letters())


def test_what_another_process_did_is_noticed(met: World) -> None:
    """A commit of another process is told once, and one's own is not."""
    second = met.ann.another()
    met.ann.vault.notice_others()
    met.ann.facts.clear()
    met.ann.write("mine")
    assert not met.ann.vault.notice_others()
    assert met.ann.facts == [MessagesChanged(met.ann.contact().id)]
    conversation.send(second, met.ann.contact(), "theirs")
    assert met.ann.vault.notice_others()
    assert met.ann.facts[-1] == VaultChanged()
    assert not met.ann.vault.notice_others()
    second.close()


def test_a_fact_is_told_after_the_commit_or_not_at_all(met: World) -> None:
    """What is taken back is not told."""
    met.ann.facts.clear()
    with contextlib.suppress(KeyError), met.ann.vault.transaction():
        met.ann.vault.tell(MessagesChanged(b"x"))
        raise KeyError
    assert met.ann.facts == []


def test_one_courier_at_a_time(tmp_path: Path) -> None:
    """While one holds the lock another is told that it is busy; afterwards it can have it."""
    path = tmp_path / "courier"
    with courier_lock(path):
        with pytest.raises(CourierBusy), courier_lock(path):
            pass
        assert issubclass(CourierBusy, errors.VaultBusy)
    with courier_lock(path):
        assert path.stat().st_mode & 0o777 == 0o600


def _hold(path: Path, ready: str) -> None:
    with courier_lock(path):
        Path(ready).touch()
        os.kill(os.getpid(), 9)


def test_the_lock_of_a_killed_courier_is_free(tmp_path: Path) -> None:
    """A process that is killed while it is the courier leaves the place free."""
    path, ready = tmp_path / "courier", tmp_path / "ready"
    process = multiprocessing.get_context("spawn").Process(target=_hold, args=(path, str(ready)))
    process.start()
    process.join(30)
    assert ready.exists()
    with courier_lock(path):
        pass


def test_two_couriers_of_one_vault_deliver_once(met: World) -> None:
    """Even two couriers at once, as when a lock is lost, bring each letter once."""

    async def both() -> None:
        second = met.ann.another()
        await asyncio.gather(met.ann.courier.exchange(), met.ann.courier_of(second).exchange())
        second.close()

    met.ann.write("once")
    met.carl.write("once, too")
    met.carl.exchange()
    asyncio.run(both())
    met.settle()
    assert met.carl.texts() == ["once"]
    assert met.ann.texts() == ["once, too"]
    assert met.ann.states() == ["delivered"]


def test_the_epoch_only_rises(met: World) -> None:
    """Each unlock redraws the chance and each letter raises the count, in the vault and in the state file alike."""
    seen = []
    for _ in range(3):
        met.ann.restart()
        seen.append(profiles.read_epoch(met.ann.vault.database))
        met.ann.write("step")
        seen.append(profiles.read_epoch(met.ann.vault.database))
    counts = [count for count, _ in seen]
    assert counts == sorted(set(counts))
    assert len({chance for _, chance in seen}) == 3


def test_lock_waits_for_everyone(tmp_path: Path) -> None:
    """Asking everyone to lock is seen by who is present, succeeds once they have gone, and gives up in time."""
    with presence.present(tmp_path) as one:
        assert not one.is_lock_asked()
        with pytest.raises(errors.VaultBusy):
            presence.lock_everyone(tmp_path, 0.1)
        assert one.is_lock_asked()
    presence.lock_everyone(tmp_path, 0.1)


def test_a_courier_waits_and_takes_what_comes(met: World) -> None:
    """While one waits at the relay, a letter that arrives ends the wait and is opened."""

    async def story() -> int:
        waiting = asyncio.create_task(met.carl.courier.wait_once(30))
        for _ in range(20):
            await asyncio.sleep(0)
        met.ann.write("arrives")
        await met.ann.courier.exchange()
        return (await waiting).received

    assert asyncio.run(story()) == 1
    assert met.carl.texts() == ["arrives"]


async def wait_until(done: Callable[[], bool]) -> None:
    """Let the others work until something is so."""
    while True:
        if done():
            return
        await asyncio.sleep(0.01)


def test_a_living_courier_carries_both_ways(met: World) -> None:
    """Two couriers that stay carry a letter and its answer within moments of being woken, and end when cancelled."""

    async def story() -> None:
        lives = [Live(person.courier, person.chance.random) for person in (met.ann, met.carl)]
        tasks = [asyncio.create_task(live.run()) for live in lives]
        try:
            async with asyncio.timeout(60):
                met.ann.write("question")
                lives[0].wake()
                await wait_until(lambda: met.carl.texts() == ["question"])
                met.carl.write("answer")
                lives[1].wake()
                await wait_until(lambda: met.ann.texts() == ["answer"] and met.carl.states() == ["delivered"])
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(story())
    met.pass_time(HOUR)
    met.settle()
    assert met.ann.states() == ["delivered"]
