"""A child that is a copy of this process, for the one moment at which that is safe and worth its while: the start.

A second interpreter would load for 40 ms what is here already. Later there are threads and an event loop, which a copy
does not survive, and outside Linux the system's own keyring refuses one; there the child is a new process.
"""

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

__all__ = ["Forked", "can_fork"]

_MOST = 64 * 1024
_DONE, _FAILED = 0, 1


def can_fork() -> bool:
    """Tell whether a copy of this process would be whole."""
    return sys.platform == "linux" and threading.active_count() == 1


class Forked:
    """A copy of this process that does one thing, hands its result back, and ends."""

    def __init__(self, work: Callable[[], bytes], seconds: int) -> None:
        """Begin.

        Args:
            work: what the copy does, at most `_MOST` bytes long.
            seconds: the copy ends by itself after these, also when nobody waits for it any more.

        Raises:
            OSError: the system makes none.
        """
        self._answer, answer = os.pipe()
        self.returncode: int | None = None
        try:
            self.pid = os.fork()
        except OSError:
            os.close(answer)
            self.close()
            raise
        if self.pid == 0:
            _do(work, answer, seconds)
        os.close(answer)

    def communicate(self, timeout: float) -> tuple[bytes, None]:
        """Wait for the result. Raises subprocess.TimeoutExpired, as its namesake does."""
        end = time.monotonic() + timeout
        told = b""
        poll = select.poll()
        poll.register(self._answer, select.POLLIN | select.POLLHUP)
        while True:
            if not poll.poll(max(0.0, 1000 * (end - time.monotonic()))):
                raise subprocess.TimeoutExpired("", timeout)
            more = os.read(self._answer, _MOST)
            if not more:
                break
            told += more
        self.wait()
        self.close()
        return told, None

    def poll(self) -> int | None:
        """Tell how it ended, if it has."""
        return self._gather(os.WNOHANG)

    def wait(self) -> None:
        """Wait until it has ended."""
        self._gather(0)

    def close(self) -> None:
        """Close what the result comes by."""
        if self._answer >= 0:
            os.close(self._answer)
            self._answer = -1

    def _gather(self, how: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode


def _do(work: Callable[[], bytes], answer: int, seconds: int) -> None:
    """Be the copy: it has no terminal, no file of its parent's, a group of its own, and an end."""
    code = _FAILED
    try:
        os.setsid()
        signal.alarm(seconds)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in range(3):
            os.dup2(nothing, standard)
        os.closerange(3, answer)
        os.closerange(answer + 1, os.sysconf("SC_OPEN_MAX"))
        os.write(answer, work())
        code = _DONE
    finally:
        os._exit(code)  # nothing that its parent would do at its end
