"""The terminal's device: bytes go out as far as it takes them, and nobody waits."""

import asyncio
import contextlib
import errno
import os
import select
import time
from collections.abc import Callable


class Device:
    """Writes to a terminal without waiting.

    Args:
        descriptor: of the terminal, as the shell gave it.
        loop: tells when the device takes more.
        on_free: called when all that had to wait is out.
    """

    def __init__(self, descriptor: int, loop: asyncio.AbstractEventLoop, on_free: Callable[[], None]) -> None:
        self._descriptor = _own(descriptor)
        self._is_own = self._descriptor != descriptor
        self._loop = loop
        self._on_free = on_free
        self._waiting = b""

    @property
    def is_free(self) -> bool:
        """Whether all that was written is out."""
        return not self._waiting

    def write(self, sent: bytes) -> None:
        """Write, in order; what the device does not take waits until it does."""
        was_free = self.is_free
        self._waiting += sent
        self._push()
        if was_free and self._waiting:
            self._loop.add_writer(self._descriptor, self._ready)

    def finish(self, seconds: float) -> None:
        """Wait until all is out, at most so long, at the end."""
        end = time.monotonic() + seconds
        while self._waiting and (left := end - time.monotonic()) > 0:
            select.select([], [self._descriptor], [], left)
            self._push()
        self._waiting = b""
        self._stop_watching()

    def close(self) -> None:
        """Give the descriptor back."""
        self._stop_watching()
        if self._is_own and self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _ready(self) -> None:
        self._push()
        if not self._waiting:
            self._stop_watching()
            self._on_free()

    def _stop_watching(self) -> None:
        with contextlib.suppress(ValueError, OSError, RuntimeError):
            self._loop.remove_writer(self._descriptor)

    def _push(self) -> None:
        try:
            while self._waiting:
                self._waiting = self._waiting[os.write(self._descriptor, self._waiting) :]
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno not in {errno.EIO, errno.EPIPE, errno.ENXIO, errno.EBADF}:
                raise
            self._waiting = b""  # the line was cut: what is written goes nowhere


def _own(descriptor: int) -> int:
    """Open the device once more, so that not waiting is not forced upon the shell, who shares the first one."""
    try:
        return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return descriptor  # another user's terminal, such as after `su`: it is written to as it is
