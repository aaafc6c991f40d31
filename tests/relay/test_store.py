"""The contract of a relay's store, and what is special to SQLite's file."""

import asyncio
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from therapy_tui.errors import ConfigError
from therapy_tui.relay.store.base import Shelf, Store, StoreFault, StoreFull
from therapy_tui.relay.store.sqlite import SqliteStore, prepare
from therapy_tui.relay.store.writer import Writer

NAME, KEY = b"m" * 16, b"k" * 32
Opener = Callable[[], Store]


@pytest.fixture(params=["sqlite"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Open the same database again and again."""
    assert request.param == "sqlite"
    opened: list[Store] = []

    def open_again() -> Store:
        for store in opened:
            store.close()
        opened.clear()
        opened.append(SqliteStore(tmp_path / "relay.db"))
        return opened[0]

    yield open_again
    for store in opened:
        store.close()


def make(shelf: Shelf) -> None:
    """Make the mailbox of these tests."""
    shelf.make_mailbox(NAME, KEY, 1)


async def there(store: Store) -> bool:
    """Tell whether the mailbox is there."""
    return await store.run(lambda shelf: shelf.mailbox(NAME)) is not None


async def test_what_was_done_is_there_after_opening_again(opener: Opener) -> None:
    """Work that returned is on disk."""
    await opener().run(make)
    assert await there(opener())


async def test_work_that_fails_leaves_nothing_and_hurts_nobody_else(opener: Opener) -> None:
    """A fault undoes its own work alone and reaches the one who asked, as it was raised."""
    store = opener()

    def fail(shelf: Shelf) -> None:
        shelf.make_mailbox(b"x" * 16, KEY, 1)
        raise LookupError

    faulty, good = await asyncio.gather(store.run(fail), store.run(make), return_exceptions=True)
    assert isinstance(faulty, LookupError)
    assert good is None
    assert await there(store)
    assert await store.run(lambda shelf: shelf.mailbox(b"x" * 16)) is None


async def test_a_fault_of_the_database_is_told_without_its_text(opener: Opener) -> None:
    """The text of a database error may quote what was stored, so only its kind goes on."""
    store = opener()
    await store.run(make)
    with pytest.raises(StoreFault) as fault:
        await store.run(make)
    assert str(fault.value) == ""


async def test_work_runs_in_the_order_of_the_calls(opener: Opener) -> None:
    """Concurrent calls are done one after the other, first come first served."""
    store = opener()
    order: list[int] = []
    await asyncio.gather(*(store.run(lambda _, n=n: order.append(n)) for n in range(50)))  # type: ignore[misc]  # a default
    assert order == list(range(50))


async def test_a_full_disk_is_told_as_such_and_undone(tmp_path: Path) -> None:
    """When SQLite has no page left, the work fails as full, what was there stays, and work goes on afterwards."""
    path = tmp_path / "relay.db"
    prepare(path)

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        return connection

    writer = Writer(connect)
    writer.start()
    await writer.run(make)

    def fill(shelf: Shelf) -> None:
        for number in range(1000):
            shelf.make_mailbox(number.to_bytes(16, "big"), b"k" * 1000, 1)

    with pytest.raises(StoreFull):
        await writer.run(fill)
    assert await writer.run(lambda shelf: shelf.mailbox(NAME)) is not None
    assert await writer.run(lambda shelf: shelf.mailbox(bytes(16))) is None
    writer.stop()


async def test_a_database_that_cannot_be_opened_faults_every_request(tmp_path: Path) -> None:
    """Nobody waits for ever on a database that is gone."""

    def connect() -> sqlite3.Connection:
        raise sqlite3.OperationalError(str(tmp_path))

    writer = Writer(connect)
    writer.start()
    for _ in range(2):
        with pytest.raises(StoreFault):
            await writer.run(make)
    writer.stop()


async def test_concurrent_requests_share_commits(tmp_path: Path) -> None:
    """While one commit is being synced the next requests gather: fewer commits than requests."""
    store = SqliteStore(tmp_path / "relay.db")

    def add(number: int) -> Callable[[Shelf], None]:
        return lambda shelf: shelf.make_mailbox(number.to_bytes(16, "big"), KEY, 1)

    await asyncio.gather(*(store.run(add(number)) for number in range(200)))
    assert store.counts.jobs == 200
    assert store.counts.commits < 100
    store.close()


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """File 0600 and a made folder 0700, whatever the umask; a looser file is tightened."""
    path = tmp_path / "made" / "relay.db"
    prepare(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    prepare(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    """Nobody else's file is opened through a link."""
    (tmp_path / "relay.db").symlink_to(tmp_path / "other")
    with pytest.raises(ConfigError):
        prepare(tmp_path / "relay.db")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    "script",
    ["PRAGMA user_version = 99; PRAGMA application_id = 0x74743152; CREATE TABLE a (b)", "CREATE TABLE a (b)"],
)
def test_a_newer_or_another_database_is_left_alone(tmp_path: Path, script: str) -> None:
    """What this version does not know is refused and stays byte for byte."""
    path = tmp_path / "relay.db"
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ConfigError, match="left as it is"):
        prepare(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """A file of another kind is refused and stays as it is."""
    path = tmp_path / "relay.db"
    path.write_bytes(b"not a database, but longer than a hundred bytes " * 9)
    with pytest.raises(ConfigError, match="left as it is"):
        prepare(path)
    assert path.read_bytes().startswith(b"not a database")
