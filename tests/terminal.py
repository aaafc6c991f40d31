"""A program in a real pty, with the screen that its user would see and every byte that reached it."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

ROOT = Path(__file__).parent.parent
PROGRAM = (sys.executable, "-m", "therapy_tui")
KEYS = {
    "enter": b"\r", "esc": b"\x1b", "tab": b"\t", "backspace": b"\x7f",
    "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D", "end": b"\x1b[F", "home": b"\x1b[H",
    "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~",
    "f1": b"\x1bOP", "f2": b"\x1bOQ", "f3": b"\x1bOR", "f4": b"\x1bOS",
    "f5": b"\x1b[15~", "f6": b"\x1b[17~", "f8": b"\x1b[19~", "f9": b"\x1b[20~", "f10": b"\x1b[21~",
    "ctrl+d": b"\x04", "ctrl+e": b"\x05", "ctrl+o": b"\x0f", "ctrl+p": b"\x10", "ctrl+t": b"\x14", "ctrl+x": b"\x18",
}  # fmt: skip
PATIENCE = 60.0
DRAWN = 1.0
"""Seconds in which a key is drawn, if there is anything to draw."""


class Terminal:
    """Starts a program, types, waits for words, and ends it however the test wants."""

    def __init__(
        self, argv: Sequence[str], environment: dict[str, str] | None = None, size: tuple[int, int] = (100, 30)
    ) -> None:
        """Say what to run.

        Args:
            argv: the program, found as it stands.
            environment: added to this process's own; a value of "" takes a variable away.
            size: columns and rows.
        """
        self.argv = tuple(argv)
        added = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **(environment or {})}
        self.environment = {name: value for name, value in {**os.environ, **added}.items() if value}
        self.columns, self.rows = size
        self.output = bytearray()
        """Every byte that reached the terminal."""
        self.code: int | None = None
        """How it ended: the exit code, or minus the signal."""
        self._screen = pyte.Screen(self.columns, self.rows)
        self._stream = pyte.ByteStream(self._screen)
        self.pid, self._descriptor = 0, -1

    def __enter__(self) -> Self:
        self.pid, self._descriptor = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(self.argv[0], self.argv, self.environment)  # noqa: S606 - a list, and the test's own
            finally:
                os._exit(127)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.code is None:
            self.kill(signal.SIGKILL)
        self.hang_up()

    # looking

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        self._pump(0)
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def title(self) -> str:
        """The title that the program gave the window."""
        return str(self._screen.title)

    def _pump(self, seconds: float) -> bool:
        """Take what the program has written; tell whether there was anything."""
        if self._descriptor < 0 or not select.select([self._descriptor], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._descriptor, 65_536)
        except OSError:
            return False
        self._take(data)
        return bool(data)

    def _take(self, data: bytes) -> None:
        """Show what has reached the terminal."""
        self.output += data
        self._stream.feed(data)

    def _send(self, data: bytes) -> None:
        """Give the program what the keyboard, or the terminal itself, says."""
        os.write(self._descriptor, data)

    def wait(self, words: str, seconds: float = PATIENCE) -> None:
        """Wait until the words stand on the screen."""
        end = time.monotonic() + seconds
        while words not in self.text:
            assert time.monotonic() < end, f"{words!r} is not on the screen:\n{self.text}"
            if not self._pump(0.05) and self._ended():
                assert words in self.text, f"it ended with {self.code}:\n{self.text}"

    def rest(self, seconds: float = 0.3) -> None:
        """Wait until nothing more is drawn for so long."""
        while self._pump(seconds):
            pass

    # typing

    def type(self, text: str) -> None:
        """Type text, as a keyboard does, and wait until it is drawn."""
        self._send(text.encode())
        self._rest_when_drawn()

    def press(self, *names: str) -> None:
        """Press keys, one after another."""
        for name in names:
            self._send(KEYS.get(name, name.encode()))
            self._rest_when_drawn()

    def _rest_when_drawn(self) -> None:
        """Wait until what was typed is drawn; a program that is kept from running is silent, and has not drawn it."""
        self._pump(DRAWN)
        self.rest(0.15)

    # ending

    def kill(self, number: int) -> None:
        """Send a signal and wait for the end."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)
        self.wait_end()

    def hang_up(self) -> None:
        """Close the terminal, as a lost line does."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def wait_end(self, seconds: float = PATIENCE) -> int:
        """Wait until the program has ended; give how."""
        end = time.monotonic() + seconds
        while not self._ended():
            assert time.monotonic() < end, f"it has not ended:\n{self.text}"
            if not self._pump(0.05):
                time.sleep(0.01)
        while self._pump(0):
            pass
        assert self.code is not None
        return self.code

    def _ended(self) -> bool:
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is not None
