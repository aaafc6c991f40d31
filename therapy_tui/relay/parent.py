"""Ends a process when the process that started it has ended, also when that one was killed."""

import ctypes
import os
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4


def _prctl(option: int, value: int) -> None:
    """Call prctl where there is one; elsewhere nothing happens, and the checks by time stand alone."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def hide() -> None:
    """Refuse core dumps and other processes' looks into this one's memory."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_PR_SET_DUMPABLE, 0)


def die_with(parent: int) -> None:
    """End this process at once when process `parent`, which started it, ends (Linux)."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    end_without(parent)


def end_without(parent: int) -> None:
    """End this process at once if process `parent` is not its parent any more."""
    if os.getppid() != parent:
        os._exit(0)


def watch(parent: int, seconds: float = 1.0) -> None:
    """End this process soon after its parent ended; call it in the main thread.

    The signal that Linux sends is also sent when only the *thread* that started this process has ended, so it asks
    for a look and does not kill by itself. A timer looks as well, for systems without that signal.
    """

    def look(_signal: int, _frame: object) -> None:
        end_without(parent)

    signal.signal(signal.SIGUSR2, look)
    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    _prctl(_PR_SET_PDEATHSIG, signal.SIGUSR2)
    end_without(parent)
