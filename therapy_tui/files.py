"""Private files: written whole or not at all, readable by their owner only, never through a link."""

import contextlib
import errno
import fcntl
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from therapy_tui.errors import DiskFull, LocalError, UsageError

__all__ = [
    "destroy_private",
    "give_name",
    "locked_folder",
    "new_private",
    "open_foreign",
    "read_foreign",
    "read_private",
    "sync_folder",
    "unfinished",
    "write_private",
]

_UNFINISHED = re.compile(r"[0-9a-f]{8}\.new")
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CREATE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
# O_NONBLOCK: opening a named pipe must not wait for a writer.
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def write_private(path: Path, data: bytes) -> None:
    """Replace a file whole: either the old bytes or the new ones are there, also after a loss of power.

    Args:
        path: the file; its folder must exist. What is there already must be a regular file.
        data: all that the file will hold.

    Raises:
        UsageError: the path is a symbolic link or no regular file; nothing was changed.
        DiskFull: there is no room; the old file is as it was.
        LocalError: the system refused for another reason, which the sentence gives.
    """
    _refuse_irregular(path)
    try:
        _replace(path, data)
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(f"The disk is full, so {path} was left as it was. Make room and try again.") from error
        raise LocalError(f"{path} could not be written: {error.strerror}.") from error


@contextlib.contextmanager
def new_private(path: Path, *, replace: bool = False) -> Iterator[Callable[[bytes], None]]:
    """Write a file of any length piece by piece, 0600; it has its name only once all of it is on the disk.

    Args:
        path: the file; its folder must exist.
        replace: put it in the place of a regular file of that name.

    Yields:
        What takes the next bytes.

    Raises:
        UsageError: there is something of that name, or no such folder; nothing was changed.
        DiskFull: there is no room; nothing is left of what was begun.
        LocalError: the system refused for another reason, which the sentence gives.
    """
    _check_place(path, replace=replace)
    with _told(path):
        _sweep_beside(path)
        fresh = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
        descriptor = os.open(fresh, _CREATE | os.O_EXCL, 0o600)

    def take(data: bytes) -> None:
        with _told(path):
            _write_all(descriptor, data)

    try:
        with _told(path):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield take
        with _told(path):
            os.fsync(descriptor)
            give_name(fresh, path, replace=replace)
            sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        os.close(descriptor)


def read_private(path: Path, limit: int, *, secret: bool = True) -> bytes:
    """Read a file of ours, which only we may open.

    Args:
        path: a regular file of ours, without any access for group or others.
        limit: the most bytes it may hold.
        secret: false where others may open it (settings hold no secret); all else is checked as before.

    Raises:
        FileNotFoundError: it is not there.
        UsageError: it is a link, not regular, another user's, open to others, or too long; says how to mend it.
        LocalError: the system refused for another reason, which the sentence gives.
    """
    with _opened(path) as descriptor:
        state = os.fstat(descriptor)
        if state.st_uid != os.geteuid():
            raise UsageError(f"{path} belongs to another user, so it is not used.")
        if secret and state.st_mode & 0o077:
            raise UsageError(f"Other people on this machine may open {path}. Close it with: chmod 600 {path}")
        return _whole(descriptor, path, limit)


def read_foreign(path: Path, limit: int) -> bytes:
    """Read a file that came from elsewhere, whoever it belongs to; never through a link.

    Args:
        path: a regular file.
        limit: the most bytes it may hold.

    Raises:
        FileNotFoundError: it is not there.
        UsageError: it is a link, not regular, or too long.
        LocalError: the system refused for another reason, which the sentence gives.
    """
    with _opened(path) as descriptor:
        return _whole(descriptor, path, limit)


@contextlib.contextmanager
def open_foreign(path: Path) -> Iterator[BinaryIO]:
    """Open a large file that came from elsewhere, to be read in pieces; never through a link.

    Raises:
        UsageError: it is not there, a link, or not regular.
        LocalError: the system refused for another reason, which the sentence gives.
    """
    with contextlib.ExitStack() as stack:
        try:
            descriptor = stack.enter_context(_opened(path))
        except FileNotFoundError as error:
            raise UsageError(f"There is no file {path}.") from error
        yield stack.enter_context(os.fdopen(descriptor, "rb", closefd=False))


def destroy_private(path: Path) -> None:
    """Overwrite a file and its unfinished successor with zeros, then remove them; missing ones are no error.

    A file system that copies on write, or a flash disk, may keep the old bytes for a while: this is a best effort.

    Raises:
        LocalError: the system refused.
    """
    for each in (path, unfinished(path)):
        try:
            # O_NOFOLLOW in _CREATE minus O_CREAT: a link is removed below, and what it points to is not touched.
            descriptor = os.open(each, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        except FileNotFoundError:
            continue
        except OSError:
            descriptor = -1
        try:
            if descriptor >= 0:
                _write_all(descriptor, bytes(os.fstat(descriptor).st_size))
                os.fsync(descriptor)
            each.unlink(missing_ok=True)
        except OSError as error:
            raise LocalError(f"{each} could not be removed: {error.strerror}.") from error
        finally:
            if descriptor >= 0:
                os.close(descriptor)


@contextlib.contextmanager
def locked_folder(folder: Path) -> Iterator[None]:
    """Hold the folder's own lock, so that reading a file, changing and writing it is one step among processes.

    Raises:
        LocalError: the folder cannot be opened.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise LocalError(f"{folder} could not be opened: {error.strerror}.") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def unfinished(path: Path) -> Path:
    """Name the file in which the successor of another is made; a kill may leave one."""
    return path.with_name(f".{path.name}.new")


def _refuse_irregular(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise LocalError(f"{path} could not be looked at: {error.strerror}.") from error
    if stat.S_ISLNK(mode):
        raise UsageError(f"{path} is a link to somewhere else, so it is not written. Put the file itself there.")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{path} is not a regular file, so it is not written.")


def _check_place(path: Path, *, replace: bool) -> None:
    """Refuse a place for a new file before anything is begun."""
    _refuse_irregular(path)
    if path.exists() and not replace:
        raise _there_already(path)
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}. Make it first, or name another place.")


def _there_already(path: Path) -> UsageError:
    return UsageError(f"{path} is there already. It was left as it is; name another file, or say --replace.")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in a sentence why a file could not be written."""
    try:
        yield
    except FileExistsError as error:
        raise _there_already(path) from error
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(
                f"There is no room for {path}, so it was not made. Make room, or name another place."
            ) from error
        raise LocalError(f"{path} could not be written: {error.strerror}.") from error


def give_name(fresh: Path, path: Path, *, replace: bool) -> None:
    """Give a whole file its name; without `replace` never one that something has: FileExistsError."""
    if not replace:
        try:
            os.link(fresh, path)
        except FileExistsError:
            raise
        except OSError:  # the disk knows no second name for a file, as on many sticks: look, then give it
            if os.path.lexists(path):
                raise FileExistsError from None
        else:
            return
    fresh.replace(path)


def _sweep_beside(path: Path) -> None:
    """Remove what writers of the same file left that were killed; a living one holds its lock."""
    for left in path.parent.iterdir():
        if not _UNFINISHED.fullmatch(left.name.removeprefix(f".{path.name}.")):
            continue
        try:
            descriptor = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        except OSError:
            continue
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a loss of power. Raises OSError as the system does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        descriptor = os.open(path, _READ)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UsageError(f"{path} is a link to somewhere else. Give the file itself.") from error
        if error.errno == errno.ENXIO:  # a socket
            raise UsageError(f"{path} is not a regular file.") from error
        raise LocalError(f"{path} could not be read: {error.strerror}.") from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UsageError(f"{path} is not a regular file.")
        yield descriptor
    finally:
        os.close(descriptor)


def _whole(descriptor: int, path: Path, limit: int) -> bytes:
    parts, room = [], limit + 1
    while room and (part := os.read(descriptor, room)):
        parts.append(part)
        room -= len(part)
    if not room:
        raise UsageError(f"{path} is longer than the {limit:,} bytes it may have.")
    return b"".join(parts)


def _replace(path: Path, data: bytes) -> None:
    descriptor = _open_alone(unfinished(path))
    try:
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        _write_all(descriptor, data)
        os.fsync(descriptor)
        unfinished(path).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished(path).unlink()  # ours alone as long as its lock is held
        raise
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def _open_alone(path: Path) -> int:
    """Open the unfinished file and hold its lock; one name for all writers, so that a kill leaves at most one."""
    while True:
        descriptor = os.open(path, _CREATE, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            # Whoever held the lock before us has moved this very file into place: take a new one then.
            if os.path.samestat(os.fstat(descriptor), path.lstat()):
                return descriptor
        except FileNotFoundError:
            pass
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
