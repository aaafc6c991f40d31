"""What the audit log of a full disk could not take: lines in a file beside the epoch's, in room that was taken before.

A disk without room still takes other bytes in the place of those that are there.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from therapy_tui import errors
from therapy_tui.core.audit import What
from therapy_tui.core.text import safe_line
from therapy_tui.services.access import LAST_SECOND

NAME: Final = "audit.waiting"
"""The name of the file, in the folder of the epoch's."""
ROOM: Final = 4_096
_LONGEST = 200
_EMPTY = b"\n"


class Waiting(msgspec.Struct, frozen=True):
    """One thing that was done and is not in the log yet."""

    at: int
    """Seconds since 1970."""
    what: What
    contact: bytes
    """About whom, by the id of the contact; empty for nobody in particular."""
    detail: str


def keep_room(folder: Path) -> None:
    """Take the room, if there is some and it was not taken before."""
    path = folder / NAME
    with contextlib.suppress(OSError):
        if not path.exists():
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(_EMPTY * ROOM)


def wait(folder: Path, thing: Waiting) -> None:
    """Write one thing into the room.

    Raises:
        DiskFull: it is used up, or was never taken.
    """
    line = f"{thing.at} {thing.what.name} {thing.contact.hex() or '-'} {safe_line(thing.detail, _LONGEST)}".encode()
    with _opened(folder) as descriptor:
        there = os.pread(descriptor, ROOM, 0).rstrip(_EMPTY)
        line = _EMPTY + line + _EMPTY
        if len(there) + len(line) > ROOM:
            raise errors.DiskFull
        os.pwrite(descriptor, line, len(there))
        os.fsync(descriptor)


def waiting(folder: Path) -> list[Waiting]:
    """Read what waits, the oldest first. A line that is none of ours is a thing opened, with the line as it is."""
    try:
        with _opened(folder) as descriptor:
            text = os.pread(descriptor, ROOM, 0).decode("utf-8", "replace")
    except errors.DiskFull:
        return []
    return [_read(each) for each in text.split("\n") if each.strip()]


def clear(folder: Path) -> None:
    """Forget what waited, for it is in the log now."""
    with contextlib.suppress(errors.DiskFull), _opened(folder) as descriptor:
        os.pwrite(descriptor, _EMPTY * ROOM, 0)


def _read(line: str) -> Waiting:
    try:
        at, what, contact, detail = line.split(" ", 3)
        when, who = max(0, min(int(at), LAST_SECOND)), "" if contact == "-" else contact
        return Waiting(when, What[what], bytes.fromhex(who), detail)
    except (ValueError, KeyError):
        return Waiting(0, What.OPENED, b"", safe_line(line, _LONGEST))


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """Open the file for one process at a time. Raises DiskFull: it is not there, or cannot be written."""
    try:
        descriptor = os.open(folder / NAME, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise errors.DiskFull from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    except OSError as error:
        raise errors.DiskFull from error
    finally:
        os.close(descriptor)
