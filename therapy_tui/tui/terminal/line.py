"""The line to the terminal: what goes out at its pace, and what the terminal answers."""

import asyncio
import time
from collections import deque
from collections.abc import Callable

from therapy_tui.tui.terminal.device import Device
from therapy_tui.tui.terminal.pace import ECHO, PROBE, Pace

LAST_SECONDS = 1.5
"""So long the end of a program waits for its last bytes to leave."""

GAP = 0.02
"""So many seconds apart, pieces are packets of their own: a packet is seen only when all of it is there."""

Place = tuple[int, int]


class Line:
    """Sends to the terminal without waiting, and asks it now and then how far it has come.

    Args:
        loop: tells when the device takes more, and when an answer is overdue.
        on_free: called when there may be room again.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, on_free: Callable[[], None]) -> None:
        self.pace = Pace()
        self.wrong_reports = 0
        """Answers that named another place than the one where the cursor should be."""
        self._loop = loop
        self._on_free = on_free
        self._device: Device | None = None
        self._expected: deque[Place] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._next: asyncio.TimerHandle | None = None

    def open(self, descriptor: int) -> None:
        """Begin with a terminal of which nothing is known."""
        self.pace.begin()
        self._expected.clear()
        self._device = Device(descriptor, self._loop, self._on_free)

    def close(self, last: str) -> None:
        """Send what gives the terminal back, wait a moment for it to leave, and send no more."""
        device, self._device = self._device, None
        for timer in (self._timer, self._next):
            if timer is not None:
                timer.cancel()
        self._timer = self._next = None
        if device is not None:
            device.write(last.encode())
            device.finish(LAST_SECONDS)
            device.close()

    @property
    def is_free(self) -> bool:
        """Whether the device has taken all that was sent."""
        return self._device is not None and self._device.is_free

    @property
    def budget(self) -> int:
        """The bytes that may be sent now; 0 while the line has enough to do."""
        return min(self.pace.room, self.pace.piece) if self._is_turn else 0

    @property
    def has_room(self) -> bool:
        """Whether what a key brings about may be sent now, which need not wait its turn."""
        return self._is_turn or self.pace.room > -4 * ECHO

    @property
    def _is_turn(self) -> bool:
        return self.pace.is_open and not self.pace.wait(time.monotonic())

    def count(self, drawn: str) -> bool:
        """Count what is about to be sent; tell whether to ask the terminal after it."""
        self.pace.sent(len(drawn) if drawn.isascii() else len(drawn.encode()), time.monotonic())
        return self.pace.wants_probe

    def come_back(self) -> None:
        """Call again when the next piece should leave; where an answer has to come first, it does so itself."""
        if self._next is None and self.pace.is_open:
            self._next = self._loop.call_later(max(GAP, self.pace.wait(time.monotonic())), self._come_back)

    def _come_back(self) -> None:
        self._next = None
        self._on_free()

    def ask(self, place: Place) -> str:
        """Give the question where the cursor is; it should be at `place`, with a column of -1 for one not known."""
        now = time.monotonic()
        self.pace.sent(len(PROBE), now)
        self.pace.asked(now)
        self._expected.append(place)
        return PROBE

    def send(self, sent: str) -> None:
        """Send what was counted."""
        if self._device is not None:
            self._device.write(sent.encode())
            self._watch_patience()

    def hear(self, place: Place) -> Place | None:
        """Take an answer; give the place that was expected, or None when nothing was asked."""
        if not self.pace.answered(time.monotonic()):
            return None
        expected = self._expected.popleft() if self._expected else place
        self.wrong_reports += expected[1] >= 0 and expected != place
        self._watch_patience()
        return expected

    def _watch_patience(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        left = self.pace.patience(time.monotonic())
        self._timer = self._loop.call_later(left, self._lose_patience) if left < float("inf") else None

    def _lose_patience(self) -> None:
        self._timer = None
        if self.pace.patience(time.monotonic()) <= 0:
            self.pace.give_up()
            self._on_free()
        else:
            self._watch_patience()
