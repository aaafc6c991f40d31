"""What ends a command from outside while it writes something out: it ends as by Ctrl+C, and nothing half stays."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

ENDINGS = (signal.SIGHUP, signal.SIGTERM)
"""A line that was cut, and a wish that it end."""


@contextlib.contextmanager
def as_by_hand() -> Iterator[None]:
    """Let these signals stop what is written as Ctrl+C does; one that is not heeded, as below `nohup`, stays so."""
    before = {each: signal.getsignal(each) for each in ENDINGS}
    heeded = [each for each, handler in before.items() if handler is signal.SIG_DFL]
    for each in heeded:
        signal.signal(each, _stop)
    try:
        yield
    finally:
        for each in heeded:
            signal.signal(each, before[each])


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
