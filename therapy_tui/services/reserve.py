"""Some room on the disk that can be given back when it is full, so that a draft can still be kept."""

import contextlib
import os

from therapy_tui.config import Folders

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
