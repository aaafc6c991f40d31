"""How much a relay does, half deposits, half collections: python -m tests.benchmarks.bench_relay [seconds]."""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import pairwise
from pathlib import Path

from nacl.signing import SigningKey

from tests.benchmarks.h2_line import Line
from tests.relay_caller import Owner, change, clock, deposit, frame
from tests.relay_process import RelayProcess
from therapy_tui.core.wire import Collected, Limits, Own, unpack_answer
from therapy_tui.relay.admission import Admission
from therapy_tui.relay.counter import Counter
from therapy_tui.relay.office import Office
from therapy_tui.relay.store.sqlite import SqliteStore
from therapy_tui.relay.wait import Waiting

Ask = Callable[[bytes], Awaitable[bytes]]
SENDER = SigningKey(b"\1" * 32)
ENVELOPE = 360
LIMITS = Limits(opens_an_hour=10**6)


def exchanges(owner: Owner, pairs: int) -> Iterator[bytes]:
    """Sign deposits and the collections that acknowledge them, ahead of the clock's start."""
    for number in range(pairs):
        yield frame(deposit(SENDER, 1, [owner.mailbox], [os.urandom(ENVELOPE)]))
        yield frame(owner.own(done=number))


async def person(ask: Ask, requests: list[bytes], until: float, times: list[float]) -> None:
    """Make exchanges one after the other until the time is over."""
    for request in requests:
        begun = time.perf_counter()
        if begun > until:
            return
        await ask(request)
        times.append(time.perf_counter() - begun)


async def measure(asks: list[Ask], seconds: float) -> list[float]:
    """Let everybody make exchanges at the same time; give the time that each took."""
    owners = [Owner() for _ in asks]
    for ask, owner in zip(asks, owners, strict=True):
        setup = owner.own(changes=[change(1, SENDER)])
        answer = await ask(frame(owner.open(), setup))
        assert isinstance(unpack_answer(answer, [owner.open()[1], setup[1]])[1], Collected)
        assert isinstance(setup[1], Own)
    pairs = int(seconds * 4000 / len(asks)) + 10
    requests = [list(exchanges(owner, pairs)) for owner in owners]
    times: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(
        *(person(ask, mine, until, times) for ask, mine in zip(asks, requests, strict=True)),
    )
    return times


def row(name: str, people: int, times: list[float], seconds: float, share: str) -> None:
    """Print one line of the table."""
    median, slow = statistics.median(times) * 1000, statistics.quantiles(times, n=100)[98] * 1000
    print(f"{name:<24}{people:>8}{len(times) / seconds:>14,.0f}{share:>18}{median:>12.1f}{slow:>10.1f}")


async def inside(folder: Path, people: int, seconds: float) -> None:
    """Measure rules, signatures and database alone, in this process."""
    store = SqliteStore(folder / f"inside-{people}.db")
    office = Office(LIMITS, Admission(LIMITS, anyone=True, tickets=frozenset), clock, store.free)
    counter = Counter(office, store, Waiting(1, 1))

    async def gone() -> None:
        await asyncio.Event().wait()

    async def ask(request: bytes) -> bytes:
        return await counter.serve(request, "a", gone)

    times = await measure([ask] * people, seconds)
    row("without HTTP", people, times, seconds, f"{store.counts.jobs / store.counts.commits:.1f}")
    store.close()


async def outside(folder: Path, people: int, seconds: float) -> None:
    """Measure the real process over HTTP/2, without TLS; the caller uses the machine too."""
    with RelayProcess(folder / f"outside-{people}.db") as relay:
        lines = [Line("127.0.0.1", relay.port) for _ in range(people)]
        for line in lines:
            await line.open()
        times = await measure([line.post for line in lines], seconds)
        row("process, HTTP/2", people, times, seconds, "")
        for line in lines:
            line.close()


async def sizes(folder: Path) -> None:
    """Measure the bytes of one exchange on a kept connection."""
    with RelayProcess(folder / "sizes.db") as relay:
        line = Line("127.0.0.1", relay.port)
        await line.open()
        owner = Owner()
        await line.post(frame(owner.open(), owner.own(changes=[change(1, SENDER)])))
        for number in range(3):
            counts = [(line.up, line.down)]
            for request in (
                frame(deposit(SENDER, 1, [owner.mailbox], [os.urandom(ENVELOPE)])),
                frame(owner.own(done=number)),
                frame(owner.own(done=number + 1)),
            ):
                await line.post(request)
                counts.append((line.up, line.down))
        steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(counts)]
        for name, (up, down) in zip(("send a letter", "collect it", "acknowledge"), steps, strict=True):
            print(f"{name:<24}{up:>8} up{down:>8} down{up + down:>8} both")
        line.close()


async def main() -> None:
    """Print the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    print(f"{'':<24}{'people':>8}{'exchanges/s':>14}{'requests/commit':>18}{'median ms':>12}{'99 % ms':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for people in (1, 8, 64):
            await inside(Path(folder), people, seconds)
            await outside(Path(folder), people, seconds)
        print()
        await sizes(Path(folder))


if __name__ == "__main__":
    asyncio.run(main())
