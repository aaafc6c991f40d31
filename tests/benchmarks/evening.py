"""An evening of letters at 300 bytes a second over SSH: each thing that one does, how long it took, and its bytes."""

import time
from dataclasses import dataclass, field

from tests.benchmarks.corpus import phrase
from tests.benchmarks.homes import LAST, PASSPHRASE
from tests.benchmarks.steps import settle
from tests.benchmarks.subjects import PLAIN_TERMINAL
from tests.faults.line import Line
from tests.faults.slow_proxy import SlowProxy
from tests.outside.window import Window

RATE, DELAY = 300.0, 0.3
LETTERS_A_SECOND = 6
LENGTH = 800
PATIENCE = 300.0
QUIET = 2.0
"""When nothing has passed for so many seconds, nothing more comes."""


@dataclass
class Evening:
    """Notes what each thing cost."""

    window: Window
    proxy: SlowProxy
    lines: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def rest(self) -> None:
        """Wait until nothing passes."""
        settle(self.window, QUIET, lambda _: self.proxy.passed)

    def note(self, what: str, until: float, since: float) -> None:
        """Write down what has just been done, and begin the next when nothing more comes.

        Args:
            what: was done.
            until: when the screen was as it had to be.
            since: when the last key for it was pressed.
        """
        self.rest()
        count = self.proxy.count.take()
        at = time.monotonic() - self.begun
        self.lines.append(f"{what:<44}{at:>8.0f}{until - since:>10.1f}{count.down:>9,}{count.up:>9,}")


def evening(ssh: Line, proxy: SlowProxy) -> str:
    """Connect, open, read two letters, write one, send it, check in and lock; give the table."""
    proxy.pace(RATE, DELAY)
    proxy.count.take()
    with Window(ssh.through(proxy.port).command(ssh.there()), PLAIN_TERMINAL) as window:
        notes = Evening(window, proxy)
        _spend(notes)
        proxy.pace(0, 0)
        proxy.cut()
    ssh.wait_without("therapy_tui")
    head = f"{'an evening at 300 bytes a second, over SSH':<44}{'at s':>8}{'took s':>10}{'down':>9}{'up':>9}"
    return "\n".join((head, *notes.lines))


def _spend(notes: Evening) -> None:
    window = notes.window
    notes.note("connect, until the lock stands there", window.until_seen("Locked", PATIENCE), window.begun)
    window.key(*PASSPHRASE, "enter")
    at = time.monotonic()
    notes.note("open the vault, until the newest letter", window.until_seen(LAST, PATIENCE), at)
    for name in ("read the letter before it", "and the one before that"):
        at = time.monotonic()
        window.key(*(["esc"] if name.startswith("read") else []))
        window.watch(0.2)
        window.key("up")
        notes.rest()
        notes.note(name, window.last, at)
    at = time.monotonic()
    window.key("i")
    notes.rest()
    notes.note("go to the pen", window.last, at)
    text = phrase(LENGTH)
    for each in text:
        window.key(each)
        window.watch(1 / LETTERS_A_SECOND)
    at = time.monotonic() - 1 / LETTERS_A_SECOND
    notes.note(f"write {len(text)} letters, {LETTERS_A_SECOND} a second", window.until_seen(text[-12:], PATIENCE), at)
    at = time.monotonic()
    window.key("ctrl+d")
    notes.note("send it", window.until_seen("queued", PATIENCE), at)
    at = time.monotonic()
    window.key("f6", "7", "enter")
    notes.note("check in", window.until_seen("kept at", PATIENCE), at)
    at = time.monotonic()
    window.key("f9")
    notes.note("lock", window.until_seen("Locked", PATIENCE), at)
