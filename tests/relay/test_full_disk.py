"""A relay on a disk that is really full."""

import os
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from tests.relay_caller import Caller, Owner, change, collected, deposit, frame
from tests.relay_process import RelayProcess
from therapy_tui.core.wire import Code, Collected, Deposit, Done, Refused, Result, unpack_answer

SENDER = SigningKey(b"\1" * 32)
DISK = 'mount -t tmpfs -o size=32m tmpfs "$0" && cd "$0" && exec "$@"'


class SmallDisk(RelayProcess):
    """A relay in a mount namespace of its own, whose folder is a disk of 32 MiB."""

    def command(self) -> list[str]:
        """Mount the disk, then become the relay."""
        return [
            "unshare",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            DISK,
            str(self.database.parent),
            *super().command(),
        ]


async def _fill(caller: Caller, owner: Owner) -> tuple[list[bytes], Result | int]:
    """Deposit until it is refused; give what was acknowledged, and the refusal."""
    said: list[bytes] = []
    while True:
        letter = deposit(SENDER, 1, [owner.mailbox], [os.urandom(100_000)])
        answer = await caller.post(frame(letter))
        if answer.status_code != 200:
            return said, answer.status_code
        result = unpack_answer(answer.content, [letter[1]])[0]
        if result != Done():
            return said, result
        assert isinstance(letter[1], Deposit)
        said += letter[1].envelopes


async def _owner(caller: Caller) -> Owner:
    owner = Owner()
    await caller.ask(owner.open(), owner.own(changes=[change(1, SENDER)]))
    return owner


async def _read(caller: Caller, owner: Owner, done: int = 0) -> tuple[list[bytes], int]:
    """Collect and acknowledge everything; give it, and the last sequence."""
    found: list[bytes] = []
    while True:
        result = (await caller.ask(owner.own(done=done)))[0]
        assert isinstance(result, Collected)
        if not result.envelopes:
            return found, done
        found += collected(result)
        done = result.envelopes[-1].seq


@pytest.mark.campaign
async def test_collecting_makes_room_on_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    """At the floor deposits get `no room`; collecting and acknowledging still work, and then there is room again."""
    (tmp_path / "disk").mkdir()
    with SmallDisk(tmp_path / "disk" / "relay.db", limits={"disk_share": 0.4, "slot_bytes": 2**26}) as relay:
        async with Caller(relay.url) as caller:
            owner = await _owner(caller)
            done = 0
            for _ in range(3):
                said, refusal = await _fill(caller, owner)
                assert refusal == Refused(Code.NO_ROOM)
                assert len(said) > 50
                found, done = await _read(caller, owner, done)
                assert found == said


@pytest.mark.campaign
async def test_a_full_disk_refuses_and_loses_nothing(tmp_path: Path) -> None:
    """Without a floor, once no byte is left, deposits get 507 and what was acknowledged is all there."""
    (tmp_path / "disk").mkdir()
    with SmallDisk(tmp_path / "disk" / "relay.db", limits={"disk_bytes": 0, "slot_bytes": 2**26}) as relay:
        async with Caller(relay.url) as caller:
            owner = await _owner(caller)
            said, refusal = await _fill(caller, owner)
            assert refusal == 507
            assert said
            assert collected((await caller.ask(owner.own()))[0]) == said[:10]
    assert "Traceback" not in relay.errors.read_text()
