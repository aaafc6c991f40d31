"""Some room on the disk that can be given back when it is full, so that a draft can still be kept."""

import contextlib
import os

from therapy_tui.config import Folders

BYTES = 256 * 1024


def keep(folders: Folders) -> None:
    """Take the room, if there is some and it was not taken before."""
    path = folders.data / "reserve"
    with contextlib.suppress(OSError):
        if not path.exists():
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
