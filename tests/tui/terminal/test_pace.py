"""How much is sent ahead, on lines of every kind that change while they are used."""

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.tui.terminal.pace import LEAST, LIGHT, MOST, OLD, RECENT, SLOWEST, Pace

FAR = st.floats(0.001, 2.0)
BEGIN = 80
RATES = st.floats(300.0, 1_000_000.0)


class Line:
    """A line with a terminal at its end: bytes go one after the other, and an answer takes the way there and back."""

    def __init__(self, far: float, rate: float) -> None:
        self.far, self.rate = far, rate
        self.now = self.free_at = 0.0
        self.answers: deque[float] = deque()
        self.pace = Pace()
        self.begin()

    def begin(self) -> None:
        """Begin as the driver does."""
        self.send(BEGIN)
        self.ask()

    def send(self, size: int) -> None:
        """Put bytes on the line."""
        self.pace.sent(size, self.now)
        self.free_at = max(self.free_at, self.now) + size / self.rate

    def ask(self) -> None:
        """Ask the terminal."""
        self.send(4)
        self.pace.asked(self.now)
        self.answers.append(max(self.free_at + self.far, self.answers[-1] if self.answers else 0.0))

    def draw(self, size: int) -> None:
        """Send up to so many bytes, as the driver does."""
        if self.pace.wants_light:
            self.ask()
        while size > 0 and self.pace.is_open:
            wait = self.pace.wait(self.now)
            if self.answers and self.answers[0] <= self.now + wait:
                return
            self.now += wait
            piece = min(size, self.pace.room, self.pace.piece)
            self.send(piece)
            size -= piece
            if self.pace.wants_probe:
                self.ask()
        if self.pace.is_stuck:
            self.ask()

    def hear(self) -> None:
        """Let the next answer come."""
        self.now = max(self.now, self.answers.popleft())
        assert self.pace.answered(self.now)

    def busy(self, answers: int) -> None:
        """Draw without end until so many answers have come."""
        for _ in range(answers):
            self.draw(100_000)
            self.hear()

    def rest(self) -> None:
        """Let all answers come, and some time pass."""
        while self.answers:
            self.hear()
        self.now += 1.0

    @property
    def least(self) -> float:
        """The most that an answer takes with nothing before it."""
        return self.far + max(BEGIN + 8, LIGHT) / self.rate


@given(FAR, RATES, st.integers(1, 400))
def test_a_busy_line_does_not_seem_slow(far: float, rate: float, answers: int) -> None:
    """However long a line is busy, the quickest answer stays what it is on a free one."""
    line = Line(far, rate)
    line.busy(answers)
    assert far * 0.999 <= line.pace.quickest <= line.least


@given(FAR, RATES, FAR, RATES, st.integers(1, 60))
def test_another_line(far: float, rate: float, farther: float, other: float, answers: int) -> None:
    """When a line becomes another for good, it is judged by what it is now, and not held down by what it was."""
    line = Line(far, rate)
    line.busy(answers)
    line.rest()
    line.far, line.rate = farther, other
    for _ in range(2 * RECENT):
        line.busy(OLD)
        line.rest()
        for _ in range(3):
            line.draw(1)
            line.rest()
    assert farther * 0.999 <= line.pace.quickest <= line.least
    line.busy(60)
    assert line.pace.window >= min(MOST, other * farther / 2)


def test_from_the_wire_to_a_train() -> None:
    """An answer of a fiftieth of a second that never comes again is forgotten, and pages go out in one piece again."""
    line = Line(0.02, 100_000.0)
    line.busy(20)
    line.rest()
    line.far = 0.6
    for _ in range(2 * RECENT):  # pages, each in many small pieces as long as the line seems to be slow
        line.busy(OLD)
        line.rest()
        line.draw(1)
        line.rest()
    assert line.pace.quickest == pytest.approx(0.6, abs=0.01)
    assert line.pace.window > 5000


@given(st.lists(st.tuples(st.integers(1, 3000), st.floats(0.0, 5.0)), max_size=60))
def test_what_was_heard_is_all_that_counts(heard: list[tuple[int, float]]) -> None:
    """The same bytes and answers lead to the same window, whatever the clock says; the window has its bounds."""
    paces = Pace(), Pace()
    for pace, at in zip(paces, (0.0, 4096.0), strict=True):
        now = at
        for size, took in heard:
            pace.sent(size, now)
            pace.asked(now)
            now += round(took * 64) / 64
            assert pace.answered(now)
            assert LEAST <= pace.piece <= pace.window <= MOST
            assert 0 <= pace.wait(now) <= 3000 / SLOWEST
    assert paces[0].window == paces[1].window
    assert paces[0].quickest == paces[1].quickest


def test_a_light_question_costs_little() -> None:
    """Letters that are typed on a line without end make it ask no more than twice for every dozen answers."""
    line = Line(0.05, 1_000_000.0)
    line.busy(5 * OLD)
    asked = 0
    for _ in range(200):
        line.rest()
        before = len(line.answers)
        line.draw(1)
        asked += len(line.answers) - before
    assert asked <= 2
