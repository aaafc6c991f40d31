"""How late the machine itself is, so that a test which counts seconds counts only those that it had."""

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

BEAT = 0.02
"""Seconds between two writes."""
IN_TIME = 0.15
"""Seconds that a beat may take on a busy machine; what goes beyond is the machine's."""


class Pulse:
    """Writes a few bytes through to the disk again and again, and remembers when that took long.

    A program beside it had no more of the processor and the disk than this had: what is late here was late there.
    """

    def __init__(self, folder: Path) -> None:
        """Say on which disk."""
        self._path = folder / "pulse"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat)
        self._late: list[tuple[float, float]] = []
        """When a beat that was late began and ended."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def late(self, begin: float, end: float) -> float:
        """Give the seconds between two moments that the machine did not give, measured once the pulse is over."""
        return sum(max(0.0, min(end, stop) - max(begin, start) - IN_TIME) for start, stop in self._late)

    def seconds_of(self, seconds: float, end: float) -> float:
        """Give how long before `end` the machine had given so many seconds to whoever waited for it."""
        whole = seconds
        while (wanted := seconds + self.late(end - whole, end)) > whole + BEAT:
            whole = wanted
        return whole

    def _beat(self) -> None:
        descriptor = os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            begun = time.monotonic()
            while not self._over.wait(BEAT):
                os.pwrite(descriptor, b"beat", 0)
                os.fsync(descriptor)
                ended = time.monotonic()
                if ended - begun > IN_TIME:
                    self._late.append((begun, ended))
                begun = ended
        finally:
            os.close(descriptor)
