"""Who has the vault open: every process that does holds a shared lock, so that `lock` can wait for all of them."""

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from therapy_tui import errors

_POLL = 0.05
_IN_THE_WAY = frozenset({errno.EISDIR, errno.ELOOP, errno.ENXIO})
"""A folder, a link, a socket."""


class Presence:
    """One process's hold on an open vault."""

    def __init__(self, state: Path) -> None:
        self._asked_path = state / "lock-asked"
        self._seen = self._stamp()
        self._descriptor = open_lock(state / "present")
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def is_lock_asked(self) -> bool:
        """Tell whether somebody asked every process to lock since this vault was opened."""
        return self._stamp() != self._seen

    def end(self) -> None:
        """Let go, once the vault is closed."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _stamp(self) -> int:
        try:
            return self._asked_path.stat().st_mtime_ns
        except OSError:
            return 0


@contextlib.contextmanager
def present(state: Path) -> Iterator[Presence]:
    """Be present while a vault is open."""
    presence = Presence(state)
    try:
        yield presence
    finally:
        presence.end()


def ask_everyone(state: Path) -> None:
    """Ask every process on the vault to lock, and wait for none.

    Raises:
        VaultError: there is no place to leave the word in.
    """
    asked = open_lock(state / "lock-asked")
    try:
        os.utime(asked, ns=(time.time_ns(), time.time_ns()))
    finally:
        os.close(asked)


def lock_everyone(state: Path, seconds: float) -> None:
    """Ask every process on the vault to lock, and wait until all have.

    Raises:
        VaultBusy: one had not after `seconds`.
    """
    with alone(state, seconds):
        return


@contextlib.contextmanager
def alone(state: Path, seconds: float) -> Iterator[None]:
    """Ask every process on the vault to lock, wait until all have, and keep others from opening it meanwhile.

    Raises:
        VaultBusy: one had not after `seconds`.
    """
    ask_everyone(state)
    descriptor = open_lock(state / "present")
    end = time.monotonic() + seconds
    try:
        while not _takes(descriptor):
            if time.monotonic() >= end:
                raise errors.VaultBusy(
                    f"A process still has the vault open after {seconds:g} seconds. Close it, or try again."
                )
            time.sleep(_POLL)
        yield
    finally:
        os.close(descriptor)


def _takes(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_lock(path: Path) -> int:
    """Open a file that is only there to be locked, 0600, made where there is none; it holds nothing.

    Raises:
        VaultError: something else has its place, or the system refused.
    """
    try:
        return os.open(path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if error.errno in _IN_THE_WAY:
            raise errors.VaultError(f"{path} should be an empty file. Move it away; it is made again.") from error
        raise errors.VaultError(f"{path} cannot be used: {error.strerror}.") from error
