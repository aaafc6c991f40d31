"""A machine at its limits: a disk without room, a clock beyond what can be written."""

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.services.people import World
from therapy_tui import errors
from therapy_tui.config import find_folders
from therapy_tui.services import access, reserve
from therapy_tui.store.database import Database, open_database


class Disk(NamedTuple):
    """What a file system says of its room."""

    f_bavail: int
    f_frsize: int


def test_a_full_disk_gives_room_to_open(met: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full the reserved room is given back, so that the vault opens; it is taken again later."""
    reserved = met.carl.folders.data / "reserve"
    is_full = [False, True]

    def on_a_full_disk(path: Path, key: bytes, *, for_reading: bool) -> Database:
        if not for_reading and is_full.pop():
            raise errors.DiskFull
        return open_database(path, key, for_reading=for_reading)

    met.carl.lock()
    assert reserved.exists()
    monkeypatch.setattr("therapy_tui.services.unlocking.open_database", on_a_full_disk)
    met.carl.open()
    assert not reserved.exists()
    assert not met.carl.vault.is_for_reading
    met.carl.lock()
    is_full += [False]
    met.carl.open()
    assert reserved.stat().st_size > 0
    met.carl.lock()
    is_full += [True, True]
    met.carl.open()
    assert met.carl.vault.is_for_reading
    assert is_full == []


@pytest.mark.parametrize(("clock", "seconds"), [(-60.5, 0), (7.9, 7), (2.0**32 + 9, 2**32 - 1), (1e12, 2**32 - 1)])
def test_a_clock_beyond_what_can_be_written(monkeypatch: pytest.MonkeyPatch, clock: float, seconds: int) -> None:
    """A clock before 1970 or after 2106 is taken for the nearest time that the protocol can write."""
    monkeypatch.setattr("time.time", lambda: clock)
    assert access.seconds() == seconds


@pytest.mark.parametrize("free", [0, 900_000])
def test_no_room_is_reserved_where_little_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """What was given back to a full disk is not taken again at once."""
    folders = find_folders(tmp_path, "default")
    folders.make()
    disk = os.statvfs(tmp_path)
    monkeypatch.setattr("os.statvfs", lambda _: Disk(free // disk.f_frsize, disk.f_frsize))
    reserve.keep(folders)
    assert not reserve.give_back(folders)
    monkeypatch.undo()
    reserve.keep(folders)
    assert reserve.give_back(folders)
