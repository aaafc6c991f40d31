"""Some room on the disk that can be given back when it is full, so that a draft can still be kept."""

import contextlib
import os
from collections.abc import Callable
from typing import TypeVar

from therapy_tui import errors
from therapy_tui.config import Folders

T = TypeVar("T")

BYTES = 256 * 1024
SPARE = 4
"""The room is taken only where there is so many times as much; it would else be taken from what was just given back."""


def keep(folders: Folders) -> None:
    """Take the room, if there is some and it was not taken before."""
    path = folders.data / "reserve"
    with contextlib.suppress(OSError):
        disk = os.statvfs(folders.data)
        if not path.exists() and disk.f_bavail * disk.f_frsize >= SPARE * BYTES:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(bytes(BYTES))


def give_back(folders: Folders) -> bool:
    """Give the room back to a full disk; tell whether there was any."""
    try:
        (folders.data / "reserve").unlink()
    except OSError:
        return False
    return True


def opened(folders: Folders, open_it: Callable[[bool], T]) -> T:
    """Open something as usual, and reserve room; on a full disk with that room, and without it for reading alone.

    Args:
        folders: of the profile.
        open_it: does so; told whether it is for reading alone.

    Raises:
        DiskFull: it needs room for reading too.
    """
    try:
        made = open_it(False)
    except errors.DiskFull:
        if give_back(folders):
            with contextlib.suppress(errors.DiskFull):
                return open_it(False)
        return open_it(True)
    keep(folders)
    return made
