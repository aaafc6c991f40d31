"""A program behind a slow line, with a terminal at this end of it that counts, times and answers."""

import contextlib
import os
import select
import time
from collections.abc import Callable, Sequence

from tests.outside.channel import Channel
from tests.outside.emulator import Emulator
from tests.outside.pictures import Picture
from tests.terminal import PATIENCE, Terminal


class Window(Terminal):
    """Watches a program from the other end of a line.

    Args:
        argv: the program, found as it stands.
        environment: added to this process's own; a value of "" takes a variable away.
        size: columns and rows.
        rate: bytes a second that the line carries each way; 0 for a line that takes no time.
        delay: seconds that each byte is on its way.
    """

    def __init__(
        self,
        argv: Sequence[str],
        environment: dict[str, str] | None = None,
        size: tuple[int, int] = (100, 30),
        rate: float = 0.0,
        delay: float = 0.0,
    ) -> None:
        super().__init__(argv, environment, size)
        self.emulator = Emulator(*size)
        self.up, self.down = Channel(rate, delay), Channel(rate, delay)
        self.received = 0
        """Bytes that reached the terminal."""
        self.last = 0.0
        """When the last of them did."""
        self.begun = time.monotonic()

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        self._pump(0)
        return "\n".join(self.emulator.screen.rows())

    def picture(self) -> Picture:
        """Give all cells as they look now."""
        return self.emulator.screen.picture()

    @property
    def cursor(self) -> tuple[int, int, bool]:
        """Give the row and column of the cursor, and whether it is seen."""
        cursor = self.emulator.screen.cursor
        return cursor.y, cursor.x, not cursor.hidden

    # the line

    def pace(self, rate: float, delay: float) -> None:
        """Let the line carry at another pace from now on."""
        for each in (self.up, self.down):
            each.rate, each.delay = rate, delay

    def _pump(self, seconds: float) -> bool:
        """Let the line carry what it can; tell whether anything reached the terminal."""
        end = time.monotonic() + seconds
        while True:
            now = time.monotonic()
            self._carry_up(now)
            arrived = self.down.take(now)
            if arrived:
                self.last = now
                self._take(arrived)
                return True
            if now > end:
                return False
            self._read(min(end, self.up.next_at, self.down.next_at))

    def _carry_up(self, now: float) -> None:
        arrived = self.up.take(now)
        if arrived and self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.write(self._descriptor, arrived)

    def _read(self, until: float) -> None:
        """Take what the program has written, as soon as the line is free for it."""
        now = time.monotonic()
        if self._descriptor < 0 or now < self.down.free_at:
            time.sleep(max(0.0, min(until, self.down.free_at) - now) if self._descriptor >= 0 else max(0, until - now))
            return
        was_waiting = bool(select.select([self._descriptor], [], [], 0)[0])
        if not was_waiting and not select.select([self._descriptor], [], [], max(0.0, until - now))[0]:
            return
        try:
            give = self.down.give_waiting if was_waiting else self.down.give
            give(os.read(self._descriptor, self.down.piece), time.monotonic())
        except OSError:
            time.sleep(max(0.0, min(until, now + 0.01) - now))

    def _take(self, data: bytes) -> None:
        self.output += data
        self.received += len(data)
        answers = self.emulator.take(data)
        if answers:
            self.up.give(answers, time.monotonic())

    def _send(self, data: bytes) -> None:
        self.up.give(data, time.monotonic())

    # looking and typing

    def key(self, *names: str) -> None:
        """Press keys, one right after the other, and wait for nothing."""
        for name in names:
            self._send(self.emulator.key(name))

    def type(self, text: str) -> None:
        """Type text, and wait until it is drawn."""
        self.key(*text)
        self._rest_when_drawn()

    def press(self, *names: str) -> None:
        """Press keys, and wait for each until it is drawn."""
        for name in names:
            self.key(name)
            self._rest_when_drawn()

    def watch(self, seconds: float) -> None:
        """Let so much time pass."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._pump(left)

    def rest(self, seconds: float = 0.3) -> None:
        """Wait until nothing has reached the terminal for so long, and nothing is on its way to the program."""
        begun = time.monotonic()
        while (left := max(begun, self.last, self.up.free_at) + seconds - time.monotonic()) > 0:
            self._pump(left)

    def until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> float:
        """Wait until something holds, as it is looked at after every arrival; give the time of that arrival."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, f"it did not come to that:\n{self.text}"
            if not self._pump(0.2) and self._ended():
                assert holds(), f"it ended with {self.code}:\n{self.text}"
        return self.last

    def until_seen(self, words: str, seconds: float = PATIENCE) -> float:
        """Wait until words stand on the screen; give when."""
        return self.until(lambda: any(words in row for row in self.emulator.screen.rows()), seconds)
