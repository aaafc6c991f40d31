"""A program behind a slow line is seen as its person sees it."""

import sys
import time

from tests.outside.process import cpu_seconds, resident_megabytes
from tests.outside.window import Window

ECHO = (
    "import sys, tty; tty.setraw(0); print('ready', end='', flush=True)\n"
    "while (each := sys.stdin.read(1)) != 'q': print(each * 50, end='', flush=True)"
)


def test_pace_both_ways() -> None:
    """What a key brings about takes the time of the line in both directions, and is counted."""
    with Window([sys.executable, "-c", ECHO]) as window:
        window.until_seen("ready")
        window.pace(rate=500.0, delay=0.1)
        at = time.monotonic()
        window.key("x")
        seconds = window.until_seen("x" * 50) - at
        assert 0.3 <= seconds <= 2.0
        assert (window.received, window.up.passed) == (len("ready") + 50, 1)
        assert 0 < cpu_seconds(window.pid) < 10
        assert resident_megabytes(window.pid) > 1
        window.key("q")
        assert window.wait_end() == 0
