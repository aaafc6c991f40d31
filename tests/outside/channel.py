"""One direction of a slow line: bytes leave it in order, no faster than its rate, and some time later."""

from collections import deque
from dataclasses import dataclass, field

PIECE_SECONDS = 0.01
"""So much of the line's time is handed over at once."""
ALL = 65_536
LATE = 0.05
"""By so much at most does whoever carries the bytes come late on a busy machine."""


@dataclass
class Channel:
    """A queue with a pace. Times are seconds of a clock that nobody sets, and are given by the caller."""

    rate: float = 0.0
    """Bytes a second; 0 means that it takes no time."""
    delay: float = 0.0
    """Seconds from the last bit's leaving to its arrival."""
    free_at: float = 0.0
    """When the line has taken all that it was given."""
    passed: int = 0
    """Bytes that it was given."""
    _on_the_way: deque[tuple[float, bytes]] = field(default_factory=deque)

    @property
    def piece(self) -> int:
        """How many bytes to give it at once, so that time passes evenly."""
        return max(1, round(self.rate * PIECE_SECONDS)) if self.rate else ALL

    @property
    def next_at(self) -> float:
        """When the next bytes arrive; infinite when none are on their way."""
        return self._on_the_way[0][0] if self._on_the_way else float("inf")

    def give(self, data: bytes, now: float) -> None:
        """Send bytes along the line."""
        self.free_at = max(now, self.free_at) + (len(data) / self.rate if self.rate else 0.0)
        self.passed += len(data)
        self._on_the_way.append((self.free_at + self.delay, data))

    def give_waiting(self, data: bytes, now: float) -> None:
        """Send bytes that were there before now: a line that was just busy took them when it was free."""
        self.give(data, self.free_at if self.free_at >= now - LATE else now)

    def take(self, now: float) -> bytes:
        """Take the bytes that have arrived."""
        arrived = bytearray()
        while self._on_the_way and self.next_at <= now:
            arrived += self._on_the_way.popleft()[1]
        return bytes(arrived)
