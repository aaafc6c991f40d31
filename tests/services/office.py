"""A real post office inside the test: the relay's own rules and SQL, a clock that the test moves, a hostile hand."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from therapy_tui import errors
from therapy_tui.core.hashing import digest
from therapy_tui.core.wire import Limits
from therapy_tui.relay.admission import Admission
from therapy_tui.relay.counter import Counter
from therapy_tui.relay.office import Office
from therapy_tui.relay.store.base import Shelf
from therapy_tui.relay.store.shelf import SqliteShelf
from therapy_tui.relay.store.sqlite import migrate
from therapy_tui.relay.wait import Waiting

ADDRESS = "relay.example.org"
START = 1_800_000_000
_MALFORMED = b"\x91\x91\x01"
_SEQUENCES = 2**32

T = TypeVar("T")


class Killed(BaseException):
    """This process is killed now."""


class Clock:
    """A clock that stands still until it is moved; with a fuse it kills whoever asks it once too often."""

    def __init__(self, now: int = START) -> None:
        self.now = now
        self.fuse: int | None = None

    def __call__(self) -> int:
        """Give the seconds since 1970, or kill."""
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse < 0:
                self.fuse = None
                raise Killed
        return self.now


class DirectStore:
    """`Store` that does work at once, each in a transaction of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA synchronous = OFF")
        migrate(self.connection)
        self.shelf = SqliteShelf(self.connection)
        self.disk = (10**12, 10**12)

    async def run(self, work: Callable[[Shelf], T]) -> T:
        """Do `work` in a transaction."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self.shelf)
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        return result

    def free(self) -> tuple[int, int]:
        """Give what the test says of the disk."""
        return self.disk

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


class Relay:
    """A relay's rules over a file, and the transport to it."""

    def __init__(self, path: Path, clock: Clock | None = None, limits: Limits | None = None) -> None:
        self.clock = clock or Clock()
        self.limits = limits or Limits(opens_an_hour=10_000)
        self.path = path
        self.store = DirectStore(path)
        self.counter = self._counter()
        self.requests = 0

    def _counter(self) -> Counter:
        admission = Admission(self.limits, anyone=True, tickets=frozenset)
        office = Office(self.limits, admission, self.clock, self.store.free)
        return Counter(office, self.store, Waiting(100, 100))

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Serve one frame as the relay's door does."""
        del wait
        if relay != ADDRESS:
            raise errors.Unreachable
        if len(body) > self.limits.body:
            raise errors.RelayRefused(5)
        self.requests += 1
        try:
            return await self.counter.serve(body, "192.0.2.1", _stay)
        except errors.Malformed:
            return _MALFORMED

    async def close(self) -> None:
        """Keep nothing open between requests."""

    def end(self) -> None:
        """Close the database."""
        self.store.close()

    def lose_everything(self) -> None:
        """Begin again with an empty database, as after a lost disk."""
        self.end()
        self.path.unlink()
        self.store = DirectStore(self.path)
        self.counter = self._counter()

    def with_limits(self, limits: Limits) -> None:
        """Change the limits from now on."""
        self.limits = limits
        self.counter = self._counter()

    # what a hostile relay can do with what it holds

    def waiting(self) -> list[tuple[int, int, bytes]]:
        """Give (mailbox, slot, envelope) of all that waits, in order."""
        rows = self.store.connection.execute("SELECT place, slot, body FROM envelope ORDER BY place")
        return [(place // _SEQUENCES, slot, body) for place, slot, body in rows]

    def withhold(self, place: int) -> tuple[int, int, bytes]:
        """Take one envelope that waits out of its mailbox, for `give`."""
        row = self.store.connection.execute("SELECT place, slot, body FROM envelope ORDER BY place").fetchall()[place]
        self.store.connection.execute("DELETE FROM envelope WHERE place = ?", (row[0],))
        self.store.connection.execute(
            "UPDATE mailbox SET envelopes = envelopes - 1, size = size - ? WHERE id = ?",
            (len(row[2]), row[0] // _SEQUENCES),
        )
        self.store.connection.execute(
            "UPDATE slot SET envelopes = envelopes - 1, size = size - ? WHERE mailbox = ? AND number = ?",
            (len(row[2]), row[0] // _SEQUENCES, row[1]),
        )
        return row[0] // _SEQUENCES, row[1], row[2]

    def give(self, mailbox: int, slot: int, envelope: bytes) -> None:
        """Lay an envelope into a mailbox as the newest, whoever sent it and however often it was there."""
        do = self.store.connection.execute
        row = do("SELECT last FROM mailbox WHERE id = ?", (mailbox,)).fetchone()
        if row is None:
            return
        place = mailbox * _SEQUENCES + row[0] + 1
        do("INSERT INTO envelope VALUES (?, ?, ?, ?)", (place, slot, self.clock.now, envelope))
        mark = digest("tt1 seen", envelope, 16)
        do("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (mailbox, mark, self.clock.now))
        do(
            "UPDATE mailbox SET last = last + 1, envelopes = envelopes + 1, size = size + ? WHERE id = ?",
            (len(envelope), mailbox),
        )
        do(
            "UPDATE slot SET envelopes = envelopes + 1, size = size + ? WHERE mailbox = ? AND number = ?",
            (len(envelope), mailbox, slot),
        )

    def reverse(self) -> None:
        """Give out in reverse order what waits."""
        held = [self.withhold(0) for _ in self.waiting()]
        for mailbox, slot, envelope in reversed(held):
            self.give(mailbox, slot, envelope)


async def _stay() -> None:
    """The asker never goes away by itself (the wait is cancelled with it)."""
    import asyncio

    await asyncio.Event().wait()
