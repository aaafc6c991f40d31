"""A database on a disk without room."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.full_disk import fill
from tests.small_disk import small_disk
from tests.store.test_database import KEY, make, write_much
from therapy_tui import errors
from therapy_tui.store.database import open_database


@pytest.fixture(name="small_disk")
def _small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    with small_disk(tmp_path / "small", "1m") as folder:
        yield folder


@pytest.mark.campaign
def test_opening_on_a_full_disk_says_so(small_disk: Path) -> None:
    """Where not even the file that processes share has room, the disk is full, and the vault is as it was."""
    path = make(small_disk / "vault.db")
    before = path.read_bytes()
    with contextlib.suppress(OSError):
        (small_disk / "ballast").write_bytes(bytes(2 * 1024 * 1024))
    with pytest.raises(errors.DiskFull):
        open_database(path, KEY)
    assert path.read_bytes() == before


@pytest.mark.parametrize("was_killed", [False, True])
def test_a_full_disk_can_be_read(small_disk: Path, *, was_killed: bool) -> None:
    """Without any room a file opens for reading, also one whose last words a kill left beside it; it takes nothing."""
    path = make(small_disk / "vault.db")
    if was_killed:
        writer = open_database(path, KEY)
        with writer.transaction():
            writer.run("INSERT INTO words VALUES ('last')")
        left = {each: each.read_bytes() for each in (path, path.with_name("vault.db-wal"))}
        writer.close()
        for each, data in left.items():
            each.write_bytes(data)
    fill(small_disk)
    opened = open_database(path, KEY, for_reading=True)
    try:
        assert opened.value("SELECT count(*) FROM words") == 1 + was_killed
        assert opened.check() == []
        with pytest.raises(errors.DiskFull), opened.transaction():
            pass
    finally:
        opened.close()


@pytest.mark.campaign
def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    """On a full disk a transaction is refused whole with the words for it, and it goes on later."""
    path = make(small_disk / "vault.db")
    opened = open_database(path, KEY)
    (small_disk / "ballast").write_bytes(bytes(600 * 1024))
    try:
        with pytest.raises(errors.DiskFull):
            write_much(opened)
        assert opened.value("SELECT count(*) FROM words") == 1
        (small_disk / "ballast").unlink()
        with opened.transaction():
            opened.run("INSERT INTO words VALUES ('after')")
        assert opened.value("SELECT count(*) FROM words") == 2
        assert opened.check() == []
    finally:
        opened.close()
