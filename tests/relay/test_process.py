"""The real relay process over HTTP/2: what people meet, how it ends, and what it leaves on the disk and in the log."""

import asyncio
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from nacl.signing import SigningKey

from tests.relay_caller import Caller, Owner, change, claim, collected, deposit, frame
from tests.relay_process import RelayProcess
from therapy_tui.core.wire import Code, Collected, Done, Limits, Offered, Refused

SENDER, INVITE = SigningKey(b"\1" * 32), SigningKey(b"\2" * 32)
NOTHING = Collected(0, (), more=False)


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RelayProcess]:
    """One relay for all tests that leave it running."""
    folder = tmp_path_factory.mktemp("relay")
    with RelayProcess(folder / "relay.db") as process:
        yield process


@pytest.fixture
def own_relay(tmp_path: Path) -> Iterator[RelayProcess]:
    """A relay that a test may end."""
    with RelayProcess(tmp_path / "relay.db") as process:
        yield process


async def make(caller: Caller) -> Owner:
    """Make a mailbox in which SENDER may deposit through slot 1."""
    owner = Owner()
    assert await caller.ask(owner.open(), owner.own(changes=[change(1, SENDER)])) == [Done(), NOTHING]
    return owner


async def test_a_letter_goes_from_one_to_the_other(relay: RelayProcess) -> None:
    """Deposit, a second copy, collect, acknowledge: each says what it did."""
    async with Caller(relay.url) as caller:
        owner = await make(caller)
        letter = deposit(SENDER, 1, [owner.mailbox], [b"letter"])
        assert await caller.ask(letter, letter) == [Done(), Done()]
        assert collected((await caller.ask(owner.own()))[0]) == [b"letter"]
        assert await caller.ask(owner.own(done=1)) == [Collected(1, (), more=False)]


async def test_an_invite_goes_once(relay: RelayProcess) -> None:
    """An offer is laid down, claimed, claimed again by the same id, used for another, and gone when revoked."""
    pickup = os.urandom(16)
    async with Caller(relay.url) as caller:
        owner = await make(caller)
        await caller.ask(owner.own(changes=[change(2, INVITE, int(time.time()) + 600, pickup, b"offer")]))
        asked = [claim(INVITE, pickup, mark * 16) for mark in (b"a", b"a", b"b")]
        assert await caller.ask(*asked) == [Offered(b"offer"), Offered(b"offer"), Refused(Code.USED)]
        await caller.ask(owner.own(changes=[change(2, None)]))
        assert await caller.ask(asked[0]) == [Refused(Code.GONE)]


async def test_a_held_answer_comes_with_what_arrives(relay: RelayProcess) -> None:
    """A letter reaches who waits on another connection, well before the wait is over."""
    async with Caller(relay.url) as reader, Caller(relay.url) as writer:
        owner = await make(reader)
        waiting = asyncio.create_task(reader.ask(owner.own(wait=20)))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await writer.ask(deposit(SENDER, 1, [owner.mailbox], [b"letter"]))
        async with asyncio.timeout(15):
            assert collected((await waiting)[0]) == [b"letter"]


async def test_a_wrong_clock_learns_the_right_time(relay: RelayProcess) -> None:
    """The answer to a clock a year off is the relay's time."""
    async with Caller(relay.url) as caller:
        result = (await caller.ask(Owner(clock=lambda: 1).open()))[0]
    assert isinstance(result, Refused)
    assert result.code is Code.CLOCK
    assert abs(result.detail[0] - time.time()) < 60


async def test_an_answer_costs_the_same_headers_each_second(relay: RelayProcess) -> None:
    """The Date never changes, so HTTP/2 sends it once on a connection; there is one Date."""
    async with Caller(relay.url) as caller:
        first = await caller.post(frame(Owner().open()))
        await asyncio.sleep(1.1)
        second = await caller.post(frame(Owner().open()))
    assert first.headers.raw == second.headers.raw
    assert second.headers.get_list("date") == ["Thu, 01 Jan 1970 00:00:00 GMT"]


async def test_a_body_over_the_limit_is_refused_and_the_next_request_is_served(relay: RelayProcess) -> None:
    """Over HTTP/1.1 the answer is 413; a new connection works at once."""
    async with httpx.AsyncClient(trust_env=False) as plain:
        response = await plain.post(relay.url + "/", content=b"x" * (2**20 + 1))
        assert response.status_code == 413
    async with Caller(relay.url) as caller:
        await make(caller)


async def test_the_largest_body_is_taken(own_relay: RelayProcess) -> None:
    """Eight envelopes of nearly 128 KiB go through in one part, and come back within the room asked for."""
    envelopes = [bytes([n]) * (127 * 1024) for n in range(8)]
    async with Caller(own_relay.url) as caller:
        owner = await make(caller)
        assert await caller.ask(deposit(SENDER, 1, [owner.mailbox], envelopes)) == [Done()]
        assert collected((await caller.ask(owner.own()))[0]) == envelopes


def _speak(relay: RelayProcess, data: bytes, seconds: float) -> bytes:
    """Send bytes on a new connection and give what comes until it ends or the time is over."""
    with socket.create_connection(("127.0.0.1", relay.port), timeout=seconds) as line:
        line.sendall(data)
        answer = b""
        try:
            while chunk := line.recv(1000):
                answer += chunk
        except TimeoutError:
            return answer + b"(still open)"
        return answer


async def test_slow_headers_and_bodies_are_ended(tmp_path: Path) -> None:
    """Half a header closes the line, half a body gets 408, both within their time."""
    head = b"POST / HTTP/1.1\r\nHost: x\r\n"
    with RelayProcess(tmp_path / "relay.db", limits={"header_seconds": 0.5, "body_seconds": 0.5}) as relay:
        half_header = asyncio.to_thread(_speak, relay, head, 30)
        half_body = asyncio.to_thread(_speak, relay, head + b"Content-Length: 100\r\n\r\nhalf", 30)
        header, body = await asyncio.gather(half_header, half_body)
    assert b"(still open)" not in header
    assert b"408" in body.partition(b"\r\n")[0]


async def test_silent_and_half_connections_do_not_keep_others_out(relay: RelayProcess) -> None:
    """With 300 silent lines and 300 half headers open, a person is served long before those are given up."""
    lines = [socket.create_connection(("127.0.0.1", relay.port)) for _ in range(600)]
    try:
        for line in lines[300:]:
            line.sendall(b"POST / HTTP/1.1\r\nHost:")
        begun = time.monotonic()
        async with Caller(relay.url) as caller:
            await make(caller)
        assert time.monotonic() - begun < Limits().header_seconds
    finally:
        for line in lines:
            line.close()


async def test_everything_is_there_after_a_restart_on_the_same_port(own_relay: RelayProcess) -> None:
    """A killed relay comes back with its mailboxes, its letters and its memory of second copies."""
    async with Caller(own_relay.url) as caller:
        owner = await make(caller)
        await caller.ask(deposit(SENDER, 1, [owner.mailbox], [b"letter"]))
    url = own_relay.url
    own_relay.kill()
    assert own_relay.start() == url
    async with Caller(url) as caller:
        assert await caller.ask(deposit(SENDER, 1, [owner.mailbox], [b"letter"])) == [Done()]
        assert collected((await caller.ask(owner.own()))[0]) == [b"letter"]


@pytest.mark.campaign
async def test_the_end_comes_within_seconds_although_an_answer_is_held(own_relay: RelayProcess) -> None:
    """A long poll and a kept idle HTTP/2 connection do not hold up SIGTERM."""
    async with Caller(own_relay.url) as waiter, Caller(own_relay.url) as idle:
        owner = await make(idle)
        waiting = asyncio.create_task(waiter.ask(owner.own(wait=200)))
        await asyncio.sleep(0.2)
        pids = own_relay.pids()
        await asyncio.to_thread(own_relay.stop, 60)
        with pytest.raises((httpx.HTTPError, AssertionError)):
            await waiting
    assert not [pid for pid in pids if _alive(pid)]


def _alive(pid: int) -> bool:
    """Tell whether a process runs; one that ended and was not fetched yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_gone(pids: list[int], seconds: float) -> None:
    until = time.monotonic() + seconds
    while any(_alive(pid) for pid in pids):
        assert time.monotonic() < until, "still running"
        time.sleep(0.01)


PARENT = """
import sys, time
from pathlib import Path
from tests.relay_process import RelayProcess
relay = RelayProcess(Path(sys.argv[1]))
relay.start()
print(*relay.pids(), flush=True)
time.sleep(60)
"""


def test_all_processes_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    """A parent's kill -9 leaves no relay behind, neither the main process nor its worker."""
    root = str(Path(__file__).parent.parent.parent)
    command = [sys.executable, "-c", PARENT, str(tmp_path / "relay.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(_alive(pid) for pid in pids)
        parent.kill()
    _wait_gone(pids, 5)


@pytest.mark.parametrize("which", [0, 1])
def test_one_process_of_the_relay_does_not_outlive_the_other(own_relay: RelayProcess, which: int) -> None:
    """When the main process or the worker is killed, the other ends by itself."""
    pids = own_relay.pids()
    os.kill(pids[which], signal.SIGKILL)
    _wait_gone(pids, 8)
    assert own_relay.process is not None
    own_relay.stop()


def test_a_second_relay_on_the_port_is_refused(own_relay: RelayProcess, tmp_path: Path) -> None:
    """Two relays never share a port unseen."""
    second = RelayProcess(tmp_path / "second.db")
    second.port = own_relay.port
    ended = subprocess.run(second.command(), capture_output=True, cwd=tmp_path, env=second.environment(), check=False)
    assert ended.returncode != 0
    assert b"cannot listen" in ended.stderr


async def test_nothing_about_anybody_is_written_down(own_relay: RelayProcess) -> None:
    """After letters, refusals and broken lines the log is empty, and every file is for its owner alone."""
    async with Caller(own_relay.url) as caller:
        owner = await make(caller)
        await caller.ask(deposit(SENDER, 1, [owner.mailbox], [b"letter"]), deposit(INVITE, 1, [owner.mailbox], [b"x"]))
        assert (await caller.post(b"nonsense")).status_code == 400
    _speak(own_relay, b"\x16\x03\x01nonsense\r\n\r\n", 1)
    _speak(own_relay, b"POST / HTTP/1.1\r\nContent-Length: 50\r\n\r\nhalf", 0.05)
    files = sorted(own_relay.database.parent.glob("relay.db*"))
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * len(files)
    assert len(files) == 3
    own_relay.stop()
    assert own_relay.errors.read_text() == ""


def test_no_core_is_dumped(own_relay: RelayProcess) -> None:
    """Neither process may leave its memory on the disk."""
    for pid in own_relay.pids():
        limits = Path(f"/proc/{pid}/limits").read_text()
        core = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        assert core.split()[4:6] == ["0", "0"]
