"""What reaches a terminal, from outside: the real program, two hundred letters, a line that counts."""

import contextlib
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.corpus import phrase
from tests.benchmarks.homes import LAST, PASSPHRASE, make_home
from tests.benchmarks.runs import PATIENCE, burst, clear, go_reading, quick_pages
from tests.benchmarks.steps import median, most, step
from tests.benchmarks.subjects import PLAIN_TERMINAL, Subject
from tests.outside.window import Window

OWN = Subject("thin", LAST, lambda folder: ([str(folder)], {}), to_read=("esc",), to_write=("i",))


@contextlib.contextmanager
def letters(folder: Path, rate: float = 0.0) -> Iterator[Window]:
    """Start the program behind a line of so many bytes a second, and open the vault."""
    make_home(folder / "home")
    argv = [sys.executable, "-m", "therapy_tui", "--home", str(folder / "home")]
    with Window(argv, PLAIN_TERMINAL, rate=rate) as window:
        window.until_seen("Locked")
        window.key(*PASSPHRASE, "enter")
        window.until_seen(LAST, PATIENCE)
        window.rest(1.0)
        yield window


@pytest.mark.campaign
def test_bytes(tmp_path: Path) -> None:
    """Opening, letters at the end and within a line, pages and rest cost no more than was set; tab stops come back."""
    with letters(tmp_path) as window:
        assert window.received <= 2400 + 600  # the lock and its passphrase besides
        assert b"\x1b[?2026h" not in window.output  # nothing is seen before the end of it, and the line may be slow
        typed = [step(window, each, quiet=0.05) for each in phrase(90)]
        assert median(each.down for each in typed) <= 2
        assert most(each.down for each in typed) <= 25
        assert {each.up for each in typed} == {1}
        window.key(*["left"] * 20)
        window.rest(0.3)
        assert median(step(window, each, quiet=0.06).down for each in "in it") <= 15
        window.rest(1.0)
        before = window.received
        window.watch(1.5)
        assert window.received == before
        go_reading(window, OWN, 0.3)
        pages = [step(window, "pageup", quiet=0.3) for _ in range(3)]
        assert median(each.down / each.change.cells for each in pages) <= 1.25
        usual = set(range(8, 100, 8))
        assert window.emulator.screen.tabstops != usual
        window.kill(signal.SIGTERM)
        window.wait_end()
        assert window.emulator.screen.tabstops == usual


@pytest.mark.campaign
def test_a_slow_line(tmp_path: Path) -> None:
    """At 300 bytes a second what is typed stands there at once, and pages that were passed by are not drawn."""
    with letters(tmp_path, 300.0) as window:
        text = phrase(30)
        assert burst(window, text) <= 0.2
        clear(window, len(text), 1.5)
        go_reading(window, OWN, 1.5)
        assert quick_pages(window, 2.0)["four pages"] < 1.6


@pytest.mark.campaign
def test_a_line_that_was_thought_quicker(tmp_path: Path) -> None:
    """After a first screen that took its time the next key is answered: the line is never waited for in vain."""
    with letters(tmp_path, 600.0) as window:
        window.key("x")
        window.until(lambda: "You ▌ x" in window.text or "You   x" in window.text, 5.0)
