"""One encrypted file: what opens it, what is refused, and that nothing harms it."""

import contextlib
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from therapy_tui import errors
from therapy_tui.store.database import Database, create_database, open_database

KEY = bytes(range(32))
OTHER = bytes(32)
SECRET = "a sentence that must not be readable on the disk"


def make(path: Path) -> Path:
    """Make a database with one row of text, and close it."""
    database = create_database(path, KEY)
    database.run("CREATE TABLE words (text TEXT)")
    database.run("INSERT INTO words VALUES (?)", (SECRET,))
    database.close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "vault.db")


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path, KEY)
    yield opened
    opened.close()


def whole(path: Path) -> dict[str, bytes]:
    """Give all files beside the database with their bytes."""
    return {
        each.name: each.read_bytes() for each in path.parent.iterdir() if each.is_file() and "-shm" not in each.name
    }


def test_what_was_written_is_read_again(database: Database) -> None:
    """The right key opens the file and its rows are there."""
    assert database.value("SELECT text FROM words") == SECRET
    assert database.check() == []


def test_the_file_is_for_its_owner_and_unreadable(path: Path) -> None:
    """The file is 0600, and neither its text nor SQLite's header stands in any of its files."""
    assert path.stat().st_mode & 0o777 == 0o600
    opened = open_database(path, KEY)
    opened.run("INSERT INTO words VALUES (?)", (SECRET,))
    beside = [each for each in path.parent.iterdir() if each.name.startswith("vault.db")]
    assert len(beside) == 3, "the write-ahead log was looked at too"
    for each in beside:
        assert SECRET.encode() not in each.read_bytes()
        assert each.stat().st_mode & 0o077 == 0
    opened.close()
    assert not path.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_refused(path: Path, length: int) -> None:
    """Any key but one of 32 bytes is refused, and is not taken for a passphrase."""
    before = whole(path)
    with pytest.raises(errors.KeySlotError):
        open_database(path, bytes(length))
    assert whole(path) == before


def test_a_new_file_needs_a_whole_key_too(tmp_path: Path) -> None:
    """A database is not made under a key of 31 bytes."""
    with pytest.raises(errors.KeySlotError):
        create_database(tmp_path / "vault.db", bytes(31))


def test_a_wrong_key_opens_nothing(path: Path) -> None:
    """Another key is refused and the file stays as it is."""
    before = whole(path)
    with pytest.raises(errors.VaultDamaged):
        open_database(path, OTHER)
    assert whole(path) == before


def test_a_plain_database_is_not_ours(tmp_path: Path) -> None:
    """An unencrypted SQLite file is refused, in words of its own, and stays as it is."""
    path = tmp_path / "vault.db"
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE words (text TEXT)")
    plain.commit()
    plain.close()
    before = whole(path)
    with pytest.raises(errors.VaultDamaged, match="not encrypted"):
        open_database(path, KEY)
    assert whole(path) == before


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    """Opening what is not there is refused, and nothing is made in its place."""
    with pytest.raises(errors.VaultMissing):
        open_database(tmp_path / "vault.db", KEY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, 15])
def test_a_file_that_is_cut_short(path: Path, size: int) -> None:
    """A file without a whole header is refused and left as it is, never filled with a new vault."""
    os.truncate(path, size)
    with pytest.raises(errors.VaultDamaged):
        open_database(path, KEY)
    assert path.stat().st_size == size


def _listen(path: Path) -> None:
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listener:
        listener.bind(f"/proc/self/fd/{(folder := os.open(path.parent, os.O_PATH))}/{path.name}")
        os.close(folder)


@pytest.mark.parametrize(
    "put",
    [
        Path.mkdir,
        os.mkfifo,
        _listen,
        lambda path: path.symlink_to("/etc/passwd"),
        lambda path: path.symlink_to("/nowhere/at/all"),
        lambda path: path.symlink_to("/dev/zero"),
    ],
)
def test_what_is_no_file_is_told(tmp_path: Path, put: Callable[[Path], None]) -> None:
    """A folder, a pipe that nobody writes into, a socket, or any link in the place of a vault is refused at once."""
    path = tmp_path / "vault.db"
    put(path)
    with pytest.raises(errors.VaultError, match=r"is no file: .* left as it is"):
        open_database(path, KEY)
    assert [each.name for each in tmp_path.iterdir()] == ["vault.db"]


def test_a_file_cut_inside_a_page(path: Path) -> None:
    """A file that ends in its first page is refused."""
    os.truncate(path, 1_000)
    with pytest.raises(errors.VaultError):
        open_database(path, KEY)
    assert path.stat().st_size == 1_000


def test_a_flipped_byte_is_noticed(path: Path) -> None:
    """One changed bit in a page is an error when the page is read, never other words."""
    data = bytearray(path.read_bytes())
    data[4096 + 200] ^= 1
    path.write_bytes(data)
    opened = open_database(path, KEY)
    try:
        with pytest.raises(errors.VaultDamaged):
            opened.value("SELECT text FROM words")
    finally:
        opened.close()


@pytest.mark.parametrize("place", [0, 16, 100, 4_000])
def test_a_flipped_byte_in_the_first_page(path: Path, place: int) -> None:
    """One changed bit in the first page keeps the vault closed."""
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(errors.VaultDamaged):
        open_database(path, KEY).close()


def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    """A symbolic link in the place of the vault is refused, for opening and for making."""
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with pytest.raises(errors.VaultError):
        open_database(link, KEY)
    with pytest.raises(errors.VaultError):
        create_database(link, KEY)
    dangling = tmp_path / "dangling.db"
    dangling.symlink_to(tmp_path / "nowhere")
    with pytest.raises(errors.VaultError):
        create_database(dangling, KEY)
    assert not (tmp_path / "nowhere").exists()


def test_a_vault_is_never_made_over_another(path: Path) -> None:
    """Making a database where a file is already is refused and leaves it as it was."""
    before = whole(path)
    with pytest.raises(errors.VaultError, match="already"):
        create_database(path, KEY)
    assert whole(path) == before


def test_a_transaction_stands_or_falls_whole(database: Database) -> None:
    """Whatever is raised inside a transaction takes back all of it, and the next one works."""
    for error in (ValueError, KeyboardInterrupt):
        with contextlib.suppress(error), database.transaction():
            database.run("DELETE FROM words")
            raise error
    assert database.value("SELECT count(*) FROM words") == 1
    with database.transaction():
        database.run("DELETE FROM words")
    assert database.value("SELECT count(*) FROM words") == 0


def test_another_who_writes_is_waited_for_and_then_told(path: Path, database: Database) -> None:
    """While one holds the write lock another is told busy; afterwards it can write."""
    other = open_database(path, KEY)
    other._connection.set_busy_timeout(10)
    try:
        with database.transaction(), pytest.raises(errors.VaultBusy), other.transaction():
            pass
        with other.transaction():
            other.run("INSERT INTO words VALUES ('two')")
    finally:
        other.close()
    assert database.value("SELECT count(*) FROM words") == 2


def test_changes_tell_of_others_only(path: Path, database: Database) -> None:
    """The number of changes moves when another connection commits, and not for one's own commits."""
    before = database.changes
    with database.transaction():
        database.run("INSERT INTO words VALUES ('mine')")
    assert database.changes == before
    other = open_database(path, KEY)
    with other.transaction():
        other.run("INSERT INTO words VALUES ('theirs')")
    other.close()
    assert database.changes != before


def test_a_copy_is_whole_and_encrypted(database: Database, tmp_path: Path) -> None:
    """A copy opens under the same key only, holds the same, is 0600, and replaces an older copy."""
    copy = tmp_path / "copy.db"
    copy.write_bytes(b"an older copy")
    database.copy_to(copy)
    assert SECRET.encode() not in copy.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    with pytest.raises(errors.VaultDamaged):
        open_database(copy, OTHER)
    opened = open_database(copy, KEY)
    assert opened.value("SELECT text FROM words") == SECRET
    opened.close()


def test_a_new_key_takes_the_place_of_the_old(path: Path, database: Database) -> None:
    """After a change of the key only the new one opens the file."""
    database.rekey(OTHER)
    assert database.value("SELECT text FROM words") == SECRET
    database.close()
    with pytest.raises(errors.VaultDamaged):
        open_database(path, KEY)
    opened = open_database(path, OTHER)
    assert opened.value("SELECT text FROM words") == SECRET
    opened.close()


def write_much(database: Database) -> None:
    """Write something small, then more than there is room for, in one transaction."""
    with database.transaction():
        database.run("INSERT INTO words VALUES ('small')")
        for _ in range(400):
            database.run("INSERT INTO words VALUES (?)", ("x" * 4_000,))


def test_a_full_file_loses_nothing(database: Database) -> None:
    """Where no page can be had a transaction is refused whole with the words for it, and it goes on later."""
    pages = database.value("PRAGMA page_count")
    database.value(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(errors.DiskFull):
        write_much(database)
    assert database.value("SELECT count(*) FROM words") == 1
    database.value("PRAGMA max_page_count = 1000000")
    with database.transaction():
        database.run("INSERT INTO words VALUES ('after')")
    assert database.value("SELECT count(*) FROM words") == 2


def test_a_snapshot_stays_and_nobody_waits_for_it(database: Database) -> None:
    """While one reads the file as it was, another writes at once; what the reader changes is taken back."""
    other = open_database(database.path, KEY)
    try:
        with database.snapshot():
            before = list(database.each("SELECT * FROM words"))
            other.value("PRAGMA busy_timeout = 0")
            with other.transaction():
                other.run("INSERT INTO words VALUES ('meanwhile')")
            assert list(database.each("SELECT * FROM words")) == before
        assert len(database.all("SELECT * FROM words")) == len(before) + 1
        with database.snapshot():
            database.run("DELETE FROM words")
        assert len(other.all("SELECT * FROM words")) == len(before) + 1
    finally:
        other.close()
