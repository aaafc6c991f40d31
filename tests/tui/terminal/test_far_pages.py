"""Pages over SSH on a slow line far away: a packet is costly, and seen when all of it is there."""

import heapq
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.tui.terminal.line import GAP
from therapy_tui.tui.terminal.pace import FIRST, LEAST, PROBE, Pace

PACKET = 40
"""What SSH adds to each."""
KEY = 4
ANSWER = 7
PAGE = 1400
BETWEEN = 0.15
RATES, DELAYS = st.floats(300.0, 5000.0), st.floats(0.0, 0.6)


class FarScreen:
    """A program that shows pages to somebody far away; whatever happens does so at times that are worked out.

    Args:
        rate: bytes a second each way.
        delay: seconds that each is on its way.
    """

    def __init__(self, rate: float, delay: float) -> None:
        self.rate, self.delay = rate, delay
        self.now = self.up = self.down = 0.0
        self.pace = Pace()
        self.left = 0
        """Bytes of the newest page that have yet to be sent."""
        self.drawn = 0
        """Bytes of pages that were sent, newest or not."""
        self.seen = 0.0
        """When the last of them reached the eye."""
        self._to_come: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0
        self._is_coming_back = False
        self._send(59, asks=True)
        self.run()

    def page(self, at: float = 0.0) -> None:
        """Turn a page in so many seconds."""
        self._at(self.now + at, lambda: self._at(self._come_up(KEY), self._turn))

    def run(self) -> None:
        """Let everything happen that is to come, and some time pass."""
        while self._to_come:
            self.now, _, happen = heapq.heappop(self._to_come)
            happen()
        self.now += 3.0

    def _at(self, when: float, happen: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._to_come, (when, self._count, happen))

    def _come_up(self, size: int) -> float:
        self.up = max(self.up, self.now) + (size + PACKET) / self.rate
        return self.up + self.delay

    def _turn(self) -> None:
        self.left = PAGE
        self._flush()

    def _flush(self) -> None:
        """Send, as the driver does."""
        asks_first = self.pace.wants_light and self.left > 0
        if asks_first:
            self._send(0, asks=True)
        elif self.left and self.pace.is_open and not self.pace.wait(self.now):
            size = min(self.left, self.pace.room, self.pace.piece)
            self.left -= size
            self.drawn += size
            self._send(size)
        if self.left and self.pace.is_stuck:
            self._send(0, asks=True)
        if self.left and self.pace.is_open and not self._is_coming_back:
            self._is_coming_back = True
            self._at(self.now + max(GAP, self.pace.wait(self.now)), self._come_back)

    def _come_back(self) -> None:
        self._is_coming_back = False
        self._flush()

    def _send(self, size: int, *, asks: bool = False) -> None:
        self.pace.sent(size, self.now)
        if asks or self.pace.wants_probe:
            size += len(PROBE)
            self.pace.sent(len(PROBE), self.now)
            self.pace.asked(self.now)
            asks = True
        self.down = max(self.down, self.now) + (size + PACKET) / self.rate
        self._at(self.down + self.delay, lambda: self._arrive(asks=asks))

    def _arrive(self, *, asks: bool) -> None:
        self.seen = self.now
        if asks:
            self._at(self._come_up(ANSWER), self._answer)

    def _answer(self) -> None:
        assert self.pace.answered(self.now)
        self._flush()

    def least(self, size: int) -> float:
        """Give the seconds that a page of so many bytes takes at the least from the key on, in one packet."""
        return 2 * self.delay + (KEY + size + 2 * PACKET) / self.rate


def used(rate: float, delay: float, pages: int) -> FarScreen:
    """Give a line on which some pages were read, one by one."""
    screen = FarScreen(rate, delay)
    for _ in range(pages):
        screen.page()
        screen.run()
    return screen


def test_four_quick_pages() -> None:
    """Of pages that are passed by no more is sent than a piece or two, and the last comes almost as soon as it can."""
    for pages in range(2, 30):
        screen = used(300.0, 0.3, pages)
        before, at = screen.drawn, screen.now
        for each in range(4):
            screen.page(each * BETWEEN)
        screen.run()
        assert screen.drawn - before <= PAGE + 2 * LEAST
        assert screen.seen - at <= 3 * BETWEEN + 1.3 * screen.least(PAGE)


@given(RATES, DELAYS, st.integers(1, 12))
def test_the_line_is_neither_idle_nor_full(rate: float, delay: float, pages: int) -> None:
    """A page takes little longer than in one packet, but the line is never thought much quicker than it is."""
    screen = used(rate, delay, pages)
    assert 0.6 * rate * LEAST / (LEAST + PACKET) <= screen.pace.rate <= 1.1 * rate
    at = screen.now
    screen.page()
    screen.run()
    assert screen.seen - at <= 1.35 * screen.least(PAGE) + 2 * GAP


@given(RATES, DELAYS)
def test_an_answer_that_was_held_up(rate: float, delay: float) -> None:
    """What was sent long before a question is not taken for bytes that left just then: it says nothing of the rate."""
    screen = used(rate, delay, 3)
    known = screen.pace.rate
    for size in (FIRST, 3 * LEAST // 4, 3 * LEAST // 4):  # unlike a page these go out at once
        screen._send(size)
    screen.run()
    assert screen.pace.rate <= 1.3 * max(rate, known)
