"""How much may be on the line at once: learnt from the terminal's own answers, for nothing else tells how fast it is.

Neither the terminal's device nor an SSH server tells that a line is busy: both take in a minute of a slow line's
bytes at once. So the terminal is asked now and then where its cursor is. From its answers follows how many bytes a
second the line carries, and so when it will be done with what it has: the next piece leaves just before, not earlier.
"""

from collections import deque
from typing import Final, NamedTuple

PROBE: Final = "\x1b[6n"
FIRST: Final = 2560
"""The first screen goes out in one piece."""
LEAST, MOST = 200, 65_536
"""SSH adds some 40 bytes to each packet, whatever is in it: pieces below the least would cost too much."""
PIECE: Final = 0.4
"""So many seconds of the line a piece takes, where that is more than the least."""
LEAD: Final = 0.3
"""So many seconds at most before the line is done with one piece the next goes out: it is never known exactly."""
PIECES: Final = 3
"""So many pieces may be unanswered, besides what the line carries while an answer is on its way."""
PROMPT: Final = 0.06
"""An answer that takes so many seconds longer than the quickest one is prompt."""
PATIENCE: Final = 4.0
LIGHT: Final = 64
"""With so few bytes on the way, an answer tells how far away the terminal is, and hardly anything of the bytes."""
RECENT: Final = 4
"""Of so many light answers the quickest counts, and so many others tell the rate: a line may have become another."""
OLD: Final = 12
"""After so many answers without a light one, the terminal is asked once more before anything is drawn."""
SLOWEST: Final = 100.0
"""The bytes a second of the slowest line that is waited for."""
ECHO: Final = 96
"""So many bytes may always follow a key: typing does not wait for drawing."""


class Question(NamedTuple):
    """What is remembered of a question until it is answered."""

    end: int
    """The bytes sent up to it."""
    waiting: int
    """Those that were unanswered."""
    at: float
    is_alone: bool
    begin: int
    """The bytes sent before the line was last free, as far as it was known."""
    begun: float
    """When more followed them."""


class Pace:
    """Counts what was sent and what the terminal has answered for. Times are seconds of a clock that nobody sets."""

    def __init__(self) -> None:
        self.is_silent = False
        """The terminal does not answer; then its device alone says when it is full."""
        self._sent = 0
        self._answered, self._answered_at = 0, float("-inf")
        self._recent: deque[float] = deque(maxlen=RECENT)
        """What the last light answers took, and any that was as quick."""
        self._carried: deque[tuple[int, float]] = deque(maxlen=RECENT)
        """Bytes, and the seconds that they took the line, as the last answers told."""
        self._since_light = 0
        self._questions: deque[Question] = deque()
        self._owed = 0
        self._asked = 0
        """The bytes sent up to the last question."""
        self._free_at, self._begun, self._begin = float("-inf"), 0.0, 0
        """When the line will be done with all that was sent, since when it has not been, and what was sent before."""

    @property
    def quickest(self) -> float:
        """The seconds that an answer takes when nothing is before it, as far as the last ones tell."""
        return min(self._recent, default=float("inf"))

    @property
    def rate(self) -> float:
        """The bytes a second that the line carries, as far as the last answers tell; a guess while they do not."""
        if not self._carried:
            return FIRST
        return max(SLOWEST, sum(size for size, _ in self._carried) / sum(took for _, took in self._carried))

    @property
    def piece(self) -> int:
        """The bytes to send at once."""
        if self.is_silent:
            return MOST
        return round(min(MOST // 4, max(LEAST, self.rate * PIECE))) if self._carried else FIRST

    @property
    def window(self) -> int:
        """How many bytes may be unanswered."""
        if not self._carried:
            return FIRST
        return round(min(MOST, PIECES * self.piece + self.rate * self.quickest))

    @property
    def unanswered(self) -> int:
        """The bytes that may still be on their way."""
        return 0 if self.is_silent else self._sent - self._answered

    @property
    def room(self) -> int:
        """The bytes that may be unanswered besides those that are."""
        return MOST if self.is_silent else self.window - self.unanswered

    @property
    def is_open(self) -> bool:
        """Whether there is room for a piece, or for most of one: less would cost more than it brings."""
        return self.room * 2 >= self.piece

    def wait(self, now: float) -> float:
        """Give the seconds until the next piece should leave, if there is room for it."""
        if self.is_silent or not self._carried:
            return 0.0
        return max(0.0, self._free_at - min(LEAD, self.quickest / 2) - now)  # who is near says soon when it is done

    @property
    def is_stuck(self) -> bool:
        """Whether nothing may be sent and no answer is awaited that would change it."""
        return not self.is_open and not self._questions

    @property
    def wants_probe(self) -> bool:
        """Whether to ask after what was sent so far: a piece, or much; and soon while nothing is known of the line."""
        enough = min(self.piece, FIRST) if self._carried else LEAST
        return not self.is_silent and self._sent - self._asked >= enough

    @property
    def wants_light(self) -> bool:
        """Whether to ask before something is sent: else what is known of the line would come from its busy times."""
        return not self.is_silent and self._since_light >= OLD and not self._questions

    def sent(self, size: int, now: float) -> None:
        """Count bytes that leave now."""
        if now >= self._free_at:
            self._begun, self._begin = now, self._sent
        self._sent += size
        self._free_at = max(now, self._free_at) + size / self.rate

    def asked(self, now: float) -> None:
        """Remember that the terminal was asked, after the bytes counted so far."""
        is_alone = not self._questions
        self._questions.append(Question(self._sent, self.unanswered, now, is_alone, self._begin, self._begun))
        self._asked = self._sent
        self._owed += 1

    def answered(self, now: float) -> bool:
        """Take an answer, and learn from how long it took; tell whether one was owed at all."""
        if not self._owed:
            return False
        self._owed -= 1
        if not self._questions:  # it was given up, and answers after all
            self.is_silent = False
            self._answered, self._answered_at = self._sent, now
            return True
        question = self._questions.popleft()
        late = self._lateness(now - question.at, is_light=question.is_alone and question.waiting <= LIGHT)
        self._measure(question, late, now)
        self._answered, self._answered_at = question.end, now
        return True

    def _measure(self, question: Question, late: float, now: float) -> None:
        """Learn the rate: the line had the bytes since the last answer, or since they were sent and it was free."""
        size = question.end - max(question.begin, self._answered)
        took = max(PROMPT, now - max(self._answered_at, question.begun + self.quickest))
        if size > LIGHT and (late >= PROMPT or not self._carried or size / took > self.rate):
            self._carried.append((size, took))
        self._free_at = now - self.quickest + (self._sent - question.end) / self.rate
        if self._begin >= question.end:
            self._free_at = max(self._free_at, self._begun + (self._sent - self._begin) / self.rate)

    def _lateness(self, took: float, *, is_light: bool) -> float:
        """Tell how much longer than the quickest an answer took; only light ones make the quickest of before forgotten.

        Else a busy line would seem to be a slow one, more would be sent ahead, and so on without end.
        """
        self._since_light = 0 if is_light else self._since_light + 1
        if is_light or took <= self.quickest:
            self._recent.append(took)
        return took - self.quickest

    def patience(self, now: float) -> float:
        """Give the seconds that the oldest question may still wait; infinite when there is none."""
        if not self._questions:
            return float("inf")
        oldest = self._questions[0]
        return oldest.at + PATIENCE + 2 * oldest.waiting / SLOWEST - now

    def give_up(self) -> None:
        """Ask no more, because the terminal does not answer; an answer that comes all the same is heard."""
        self.is_silent = True
        self._questions.clear()

    def begin(self) -> None:
        """Begin again with a terminal of which nothing is known; answers to older questions are not waited for."""
        self._questions.clear()
        self._owed = 0
        self._answered = self._asked = self._sent
        self._answered_at = self._free_at = float("-inf")
        self.is_silent = False
        self._since_light = 0
        self._recent.clear()
        self._carried.clear()
