"""How much may be on the line at once: learnt from the terminal's own answers, for nothing else tells how fast it is.

Neither the terminal's device nor an SSH server tells that a line is busy: both take in a minute of a slow line's
bytes at once. So the terminal is asked now and then where its cursor is; when the answer is late, less is sent ahead.
"""

from collections import deque
from typing import Final

PROBE: Final = "\x1b[6n"
FIRST: Final = 2560
"""The first screen goes out in one piece."""
LEAST, MOST = 120, 65_536
PROMPT: Final = 0.06
"""An answer that takes so many seconds longer than the quickest one is prompt."""
AHEAD: Final = 0.5
"""So many seconds' worth of bytes may wait before the line, besides what is on it."""
PATIENCE: Final = 4.0
LIGHT: Final = 64
"""With so few bytes on the way, an answer tells how far away the terminal is, and hardly anything of the bytes."""
RECENT: Final = 4
"""Of so many light answers the quickest counts: a line that has become slower is judged anew after them."""
OLD: Final = 12
"""After so many answers without a light one, the terminal is asked once more before anything is drawn."""
SLOWEST: Final = 100.0
"""The bytes a second of the slowest line that is waited for."""
ECHO: Final = 96
"""So many bytes may always follow a key: typing does not wait for drawing."""


class Pace:
    """Counts what was sent and what the terminal has answered for. Times are seconds of a clock that nobody sets."""

    def __init__(self) -> None:
        self.window = FIRST
        """How many bytes may be unanswered."""
        self.is_silent = False
        """The terminal does not answer; then its device alone says when it is full."""
        self._sent = 0
        self._answered = 0
        self._recent: deque[float] = deque(maxlen=RECENT)
        """What the last light answers took, and any that was as quick."""
        self._since_light = 0
        self._probes: deque[tuple[int, int, float, bool]] = deque()
        """Of each question: the bytes sent with it, those unanswered then, when, and whether it was alone."""
        self._owed = 0
        self._probed = 0
        """The bytes sent up to the last question."""

    @property
    def quickest(self) -> float:
        """The seconds that an answer takes when nothing is before it, as far as the last ones tell."""
        return min(self._recent, default=float("inf"))

    @property
    def unanswered(self) -> int:
        """The bytes that may still be on their way."""
        return 0 if self.is_silent else self._sent - self._answered

    @property
    def room(self) -> int:
        """The bytes that may be sent now."""
        return MOST if self.is_silent else self.window - self.unanswered

    @property
    def is_stuck(self) -> bool:
        """Whether nothing may be sent and no answer is awaited that would change it: a late one shrank the window."""
        return self.room <= 0 and not self._probes

    @property
    def slice(self) -> int:
        """The bytes after which to ask: often enough for the line not to fall idle, seldom enough to cost little."""
        return max(LEAST, self.window // 2)

    @property
    def wants_probe(self) -> bool:
        """Whether to ask after what was sent so far."""
        return not self.is_silent and self._sent - self._probed >= self.slice

    @property
    def wants_light(self) -> bool:
        """Whether to ask before something is sent: else what is known of the line would come from its busy times."""
        return not self.is_silent and self._since_light >= OLD and not self._probes

    def sent(self, size: int) -> None:
        """Count bytes that left."""
        self._sent += size

    def probed(self, now: float) -> None:
        """Remember that the terminal was asked, after the bytes counted so far."""
        self._probes.append((self._sent, self.unanswered, now, not self._probes))
        self._probed = self._sent
        self._owed += 1

    def answered(self, now: float) -> bool:
        """Take an answer, and learn from how long it took; tell whether one was owed at all."""
        if not self._owed:
            return False
        self._owed -= 1
        if not self._probes:  # it was given up, and answers after all
            self.is_silent = False
            self._answered = self._sent
            self.window = max(LEAST, self.window // 2)
            return True
        self._answered, waiting, at, is_alone = self._probes.popleft()
        late = self._lateness(now - at, is_light=is_alone and waiting <= LIGHT)
        if late < PROMPT:
            self.window = min(MOST, self.window * 2) if waiting * 2 >= min(self.window, FIRST) else self.window
        else:
            rate = waiting / late
            self.window = round(min(MOST, max(LEAST, rate * (AHEAD + self.quickest))))
        return True

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
        if not self._probes:
            return float("inf")
        _, waiting, at, _ = self._probes[0]
        return at + PATIENCE + 2 * waiting / SLOWEST - now

    def give_up(self) -> None:
        """Ask no more, because the terminal does not answer; an answer that comes all the same is heard."""
        self.is_silent = True
        self._probes.clear()

    def begin(self) -> None:
        """Begin again with a terminal of which nothing is known; answers to older questions are not waited for."""
        self._probes.clear()
        self._owed = 0
        self._answered = self._probed = self._sent
        self.window = FIRST
        self.is_silent = False
        self._since_light = 0
        self._recent.clear()
