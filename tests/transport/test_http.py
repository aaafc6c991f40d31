"""Frames over real HTTP/2: where they go, what an answer may be, and what each failure becomes."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.relay_caller import Owner, frame
from tests.relay_process import RelayProcess
from therapy_tui import errors
from therapy_tui.core.wire import Collected, Done, unpack_answer
from therapy_tui.transport import http
from therapy_tui.transport.http import HttpTransport, url_of


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RelayProcess]:
    """One real relay."""
    with RelayProcess(tmp_path_factory.mktemp("relay") / "relay.db", limits={"body": 100_000}) as process:
        yield process


@contextlib.contextmanager
def rude_server(answer: bytes) -> Iterator[str]:
    """Listen on loopback, answer whatever comes with these bytes, and hang up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65_536)
                    connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


async def ask(relay: str, body: bytes) -> bytes:
    """Carry one frame on a connection of its own."""
    transport = HttpTransport()
    try:
        return await transport.post(relay, body)
    finally:
        await transport.close()


@pytest.mark.parametrize(
    ("relay", "url"),
    [
        ("relay.example.org", "https://relay.example.org/"),
        ("relay.example.org:8443", "https://relay.example.org:8443/"),
        ("127.0.0.1:8443", "http://127.0.0.1:8443/"),
        ("localhost:80", "http://localhost:80/"),
        ("127.0.0.1.example.org", "https://127.0.0.1.example.org/"),
        ("plain.example.org", "http://plain.example.org/"),
        ("localhost:9443", "https://localhost:9443/"),
    ],
)
def test_plain_http_only_where_it_was_allowed(relay: str, url: str) -> None:
    """Https everywhere, but on loopback and where the person said so; and https on loopback where that was said."""
    assert url_of(relay, plain=["plain.example.org"], secure=["localhost:9443"]) == url


async def test_a_frame_and_its_answer(relay: RelayProcess) -> None:
    """A request comes back answered, over one kept connection, and the bytes are counted."""
    counted: list[tuple[int, int]] = []
    transport = HttpTransport(counter=lambda up, down: counted.append((up, down)))
    owner = Owner(5)
    parts = [owner.open(), owner.own()]
    data = frame(*parts)
    try:
        first = await transport.post(relay.address, data)
        second = await transport.post(relay.address, data)
    finally:
        await transport.close()
    results = unpack_answer(first, [part for _, part in parts])
    assert results == [Done(), Collected(0, (), more=False)]
    assert counted == [(len(data), len(first)), (len(data), len(second))]


async def test_a_closed_transport_opens_again(relay: RelayProcess) -> None:
    """After closing, the next frame makes a new connection; closing twice does nothing."""
    transport = HttpTransport()
    data = frame(Owner(6).open())
    for _ in range(2):
        assert unpack_answer(await transport.post(relay.address, data), [Owner(6).open()[1]]) == [Done()]
        await transport.close()
        await transport.close()


async def test_rubbish_is_answered_as_malformed(relay: RelayProcess) -> None:
    """HTTP 400 carries a frame, which is handed on."""
    assert await ask(relay.address, b"rubbish") == b"\x91\x91\x01"


async def test_too_large_a_body(relay: RelayProcess) -> None:
    """A body over the relay's limit is refused or cut off, and neither looks like an answer."""
    with pytest.raises((errors.RelayRefused, errors.Unreachable)):
        await ask(relay.address, bytes(500_000))


async def test_nobody_there() -> None:
    """A port where nobody listens is unreachable."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(errors.Unreachable):
        await ask(f"127.0.0.1:{port}", b"x")


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\n\r\n", b"SSH-2.0-OpenSSH_9.9\r\n", bytes(4096), b"\0\0\6\4\0\0\0\0\0" + bytes(6)],
)
async def test_who_answers_is_no_relay(answer: bytes) -> None:
    """Whatever else answers at that port is unreachable, never a crash and never an answer."""
    with rude_server(answer) as address, pytest.raises(errors.Unreachable):
        await ask(address, b"x")


async def test_a_relay_that_dies_in_between(tmp_path: Path) -> None:
    """A kept connection whose relay was killed is unreachable once; when the relay is back, so is the line."""
    with RelayProcess(tmp_path / "relay.db") as process:
        transport = HttpTransport()
        part = Owner(7).open()
        try:
            assert unpack_answer(await transport.post(process.address, frame(part)), [part[1]]) == [Done()]
            process.kill()
            with pytest.raises(errors.Unreachable):
                await transport.post(process.address, frame(part))
            process.start()
            assert unpack_answer(await transport.post(process.address, frame(part)), [part[1]]) == [Done()]
        finally:
            await transport.close()


async def test_an_answer_without_end(monkeypatch: pytest.MonkeyPatch, relay: RelayProcess) -> None:
    """More bytes than a relay may answer are not read."""
    monkeypatch.setattr(http, "MOST_BYTES", 2)
    with pytest.raises(errors.Unreachable, match="not a relay's"):
        await ask(relay.address, b"rubbish")


async def test_an_answer_that_never_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A relay that accepts and stays silent is unreachable after the time that an answer may take."""
    monkeypatch.setattr(http, "ANSWER_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        async with asyncio.timeout(60):
            with pytest.raises(errors.Unreachable):
                await ask(address, b"x")


async def test_a_wait_may_take_longer(relay: RelayProcess) -> None:
    """A request that asks the relay to wait is given that time, and its empty answer is an answer."""
    owner = Owner(8)
    part = owner.own(wait=1)
    transport = HttpTransport()
    try:
        await transport.post(relay.address, frame(owner.open()))
        answer = await transport.post(relay.address, frame(part), wait=1)
    finally:
        await transport.close()
    assert unpack_answer(answer, [part[1]]) == [Collected(0, (), more=False)]
