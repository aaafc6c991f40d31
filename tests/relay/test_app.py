"""The relay's HTTP, called in this process: what a body may do, and what a fault looks like outside."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any, TypeVar

import httpx
import msgspec
import pytest

from tests.relay_caller import Owner, clock, frame
from therapy_tui.core.wire import Limits
from therapy_tui.relay.admission import Admission
from therapy_tui.relay.app import Doors, build
from therapy_tui.relay.body import Bodies, BodyRefused
from therapy_tui.relay.counter import Counter
from therapy_tui.relay.office import Office
from therapy_tui.relay.store.base import Shelf, StoreFault, StoreFull
from therapy_tui.relay.wait import Waiting

T = TypeVar("T")
SHORT = replace(Limits(), body=1000, bodies=1500, body_seconds=60)


class BrokenStore:
    """A store that fails in a way that a test chooses."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    async def run(self, work: Callable[[Shelf], T]) -> T:
        """Fail."""
        del work
        raise self.fault

    def free(self) -> tuple[int, int]:
        """Say that there is room."""
        return 10**12, 10**12

    def close(self) -> None:
        """Do nothing."""


def client(fault: Exception | None = None, *, behind_proxy: bool = False, limits: Limits = SHORT) -> httpx.AsyncClient:
    """A client of a relay whose store fails."""
    store = BrokenStore(fault or StoreFault())
    office = Office(limits, Admission(limits, anyone=True, tickets=frozenset), clock, store.free)
    doors = Doors(Counter(office, store, Waiting(1, 1)), limits, behind_proxy=behind_proxy)
    return httpx.AsyncClient(transport=httpx.ASGITransport(build(doors)), base_url="http://relay")


async def drip(*chunks: bytes, pause: float = 0.0) -> AsyncIterator[bytes]:
    """Give chunks with a pause before each."""
    for chunk in chunks:
        await asyncio.sleep(pause)
        yield chunk


@pytest.mark.parametrize(
    ("content", "status", "answer"),
    [
        (b"", 400, b"\x91\x91\x01"),
        (b"nonsense", 400, b"\x91\x91\x01"),
        (msgspec.msgpack.encode([2, "any"]), 200, b"\x91\x92\x0b\x01"),
        (b"x" * 1001, 413, b""),
    ],
)
async def test_what_is_no_request_is_told_so(content: bytes, status: int, answer: bytes) -> None:
    """A frame that cannot be read is malformed, a newer one gets the version, a large one is not read to its end."""
    async with client() as caller:
        response = await caller.post("/", content=content)
    assert (response.status_code, response.content) == (status, answer)
    assert response.headers["date"] == "Thu, 01 Jan 1970 00:00:00 GMT"


async def test_a_body_is_counted_and_not_believed() -> None:
    """A body without a length is refused as soon as it has too many bytes."""
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 100

    with pytest.raises(BodyRefused) as refused:
        await Bodies(SHORT).read(endless())
    assert (refused.value.status, taken) == (413, 11)


async def test_a_slow_body_has_its_time() -> None:
    """One byte now and then does not hold a place for longer than the deadline."""
    async with client(limits=replace(SHORT, body_seconds=0.05)) as caller:
        response = await caller.post("/", content=drip(*[b"x"] * 100, pause=0.01))
    assert response.status_code == 408


async def test_all_bodies_together_have_a_bound() -> None:
    """When many bodies are under way the next is told to come later, and the room is given back."""
    bodies, taken, goes_on = Bodies(SHORT), asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"x" * 900
        taken.set()
        await goes_on.wait()
        yield b"y"

    first = asyncio.create_task(bodies.read(slowly()))
    await taken.wait()
    assert bodies.held == 900
    with pytest.raises(BodyRefused) as refused:
        await bodies.read(drip(b"z" * 700))
    assert refused.value.status == 503
    goes_on.set()
    await first
    assert bodies.held == 0


@pytest.mark.parametrize(
    ("fault", "status"),
    [(StoreFull(), 507), (StoreFault(), 503), (LookupError("a secret"), 503), (MemoryError("a secret"), 503)],
)
async def test_a_fault_inside_is_a_number_outside(
    fault: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """The asker gets an empty answer, the log one line with the kind of the fault, and nothing gets a text."""
    with caplog.at_level(logging.DEBUG, logger="therapy_tui"):
        async with client(fault) as caller:
            response = await caller.post("/", content=frame(Owner(1).open()))
    assert (response.status_code, response.content) == (status, b"")
    assert "secret" not in caplog.text
    assert caplog.messages == [f"a request failed: {type(fault).__name__}"]


async def test_the_health_door_tells_whether_the_database_answers() -> None:
    """A store that fails is not well."""
    async with client() as caller:
        assert (await caller.get("/healthz")).status_code == 503


@pytest.mark.parametrize(("behind_proxy", "address"), [(True, "203.0.113.9"), (False, "127.0.0.1")])
async def test_only_a_proxy_is_believed_about_addresses(behind_proxy: bool, address: str) -> None:
    """The last address of the last header is what the proxy saw; without a proxy the header is ignored."""
    seen: list[str] = []

    class Listener:
        async def serve(self, _data: bytes, asker: str, _gone: Any) -> bytes:
            seen.append(asker)
            return b""

    doors = Doors(Listener(), SHORT, behind_proxy=behind_proxy)  # type: ignore[arg-type]  # stands for a counter
    async with httpx.AsyncClient(transport=httpx.ASGITransport(build(doors)), base_url="http://relay") as caller:
        headers = [("X-Forwarded-For", "198.51.100.1"), ("X-Forwarded-For", "198.51.100.2, 203.0.113.9")]
        await caller.post("/", content=b"x", headers=headers)
    assert seen == [address]
