"""The whole program under the thin driver, in a real pty: the same screens, through whatever happens to a terminal."""

import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyte.screens import Char

from tests.faults.hostile import hostile_home
from tests.outside.pictures import Picture
from tests.outside.window import Window
from tests.quick import quick
from tests.terminal import PATIENCE

PLACES = {"letters": ("esc",), "a page": ("pageup",), "help": ("f1",), "back": ("esc",), "numbers": ("f8",)}
"""Where one goes, one after the other, and by which keys."""


@contextmanager
def program(home: Path, depth: str = "truecolor", exported: dict[str, str] | None = None) -> Iterator[Window]:
    """Start the program and open its vault."""
    argv = [sys.executable, "-m", "therapy_tui", "--home", str(home)]
    with Window(argv, {"TERM": "xterm-256color", "COLORTERM": depth, **(exported or {})}) as window:
        window.until_seen("press enter")
        window.key("enter")
        window.until_seen("F1 help")
        window.rest(0.5)
        yield window


def differences(wanted: Picture, found: Picture) -> list[tuple[int, int, Char, Char]]:
    """Give where two screens differ; a minute may have passed between them, so one digit is as good as another."""
    return [
        (y, x, meant, shown)
        for y, (meant_row, shown_row) in enumerate(zip(wanted, found, strict=True))
        for x, (meant, shown) in enumerate(zip(meant_row, shown_row, strict=True))
        if meant != shown and not (meant.data.isdigit() and shown.data.isdigit())
    ]


def is_stopped(window: Window) -> bool:
    """Tell whether the program has been stopped since this was asked last."""
    return os.waitpid(window.pid, os.WUNTRACED | os.WNOHANG)[0] == window.pid


def becomes(window: Window, wanted: Picture, cursor: tuple[int, int, bool]) -> None:
    """Wait until the screen is as wanted, and see that it stays so."""
    window.until(lambda: differences(wanted, window.picture()) == [] and window.cursor == cursor)
    window.rest(0.5)
    assert differences(wanted, window.picture()) == []
    assert window.cursor == cursor


@pytest.mark.parametrize("thin", quick([True, False], False))
def test_bytes_that_are_no_text_end_nothing(tmp_path: Path, *, thin: bool) -> None:
    """A byte that a bad line made, which is no UTF-8, is a mark in the text; the program goes on, by either driver."""
    with program(hostile_home(tmp_path / "home", thin=thin).home) as window:
        window._send(b"before \x9b after")
        window.until_seen("after")


@pytest.mark.parametrize("depth", quick(["truecolor", ""], "truecolor"))
def test_the_same_with_and_without(tmp_path: Path, depth: str) -> None:
    """Every cell of every screen is as Textual's own driver draws it, but for the cursor that is painted there."""
    with (
        program(hostile_home(tmp_path / "plain", thin=False).home, depth) as plain,
        program(hostile_home(tmp_path / "thin", thin=True).home, depth) as thin,
    ):
        for place, keys in {"the pen": (), **PLACES}.items():
            plain.key(*keys)
            thin.key(*keys)
            end = time.monotonic() + PATIENCE
            wrong = [(0, 0)]
            while wrong and time.monotonic() < end:  # either may be slow to draw, and both have stopped when they agree
                plain.rest(0.3)
                thin.rest(0.3)
                row, column, is_shown = thin.cursor  # Textual's own driver paints one
                found = [each[:2] for each in differences(plain.picture(), thin.picture())]
                wrong = [each for each in found if not (is_shown and each == (row, column))]
            assert wrong == [], place


@pytest.mark.campaign
def test_esc_and_what_comes_with_it(tmp_path: Path) -> None:
    """Esc and more in one read, as a slow line brings it: a digit is the F-key, a letter a command, none is written."""
    with program(hostile_home(tmp_path / "home", thin=True).home) as window:
        assert "?u" in window.emulator.asked
        numbers, reading, written = "Numbers to call", "r answer this", "You ▌ so]52;c"
        steps = {b"\x1b8": numbers, b"\x1b\x1b": reading, b"\x1bkiso": written, b"\x1b[27u8": numbers, b"\x1b": reading}
        for together, shown in steps.items():
            window._send(together)
            window.until_seen(shown)
        assert written in window.text
        assert "\N{INVERTED EXCLAMATION MARK}" not in window.text
        assert "\N{BULLET}" not in window.text


@pytest.mark.campaign
def test_the_size_is_the_terminals(tmp_path: Path) -> None:
    """A size that was exported in another terminal is not believed; all of this one is drawn on."""
    with program(hostile_home(tmp_path / "home", thin=True).home, exported={"COLUMNS": "80", "LINES": "24"}) as window:
        assert window.text.splitlines()[29].index("F1 help") > 80


def test_suspended_and_resumed(tmp_path: Path) -> None:
    """Suspended, the shell has its screen back; resumed, every cell and the cursor are as before."""
    with program(hostile_home(tmp_path / "home", thin=True).home) as window:
        before, cursor = window.picture(), window.cursor
        os.kill(window.pid, signal.SIGTSTP)
        window.until(lambda: is_stopped(window))
        window.until(lambda: b"\x1b[?1049l" in window.output)
        os.kill(window.pid, signal.SIGCONT)
        window.until(lambda: window.output.count(b"\x1b[?1049h") == 2)
        becomes(window, before, cursor)


def test_stopped_by_force(tmp_path: Path) -> None:
    """Stopped without a word and resumed, what was typed is written once, and the terminal is left as it was."""
    with program(hostile_home(tmp_path / "home", thin=True).home) as window:
        raw = termios.tcgetattr(window._descriptor)
        os.kill(window.pid, signal.SIGSTOP)
        window.until(lambda: is_stopped(window))
        window.key(*"typed meanwhile, ")
        os.kill(window.pid, signal.SIGCONT)
        window.until_seen("typed meanwhile, ")
        window.type("and now")
        window.until_seen("typed meanwhile, and now")
        assert termios.tcgetattr(window._descriptor) == raw
        window.kill(signal.SIGTERM)
        window.wait_end()
        assert window.code == 128 + signal.SIGTERM
        assert termios.tcgetattr(window._descriptor)[3] & termios.ICANON


@pytest.mark.campaign
def test_resumed_before_it_has_begun(tmp_path: Path) -> None:
    """A signal to go on that comes while the program starts changes nothing."""
    argv = [sys.executable, "-m", "therapy_tui", "--home", str(hostile_home(tmp_path / "home", thin=True).home)]
    with Window(argv, {"TERM": "xterm-256color"}) as window:
        while "press enter" not in window.text:
            os.kill(window.pid, signal.SIGCONT)
            window._pump(0.01)
            assert not window._ended(), window.text


def test_scribbled_over(tmp_path: Path) -> None:
    """What another program wrote on the screen is gone after ctrl+l."""
    with program(hostile_home(tmp_path / "home", thin=True).home) as window:
        before, cursor = window.picture(), window.cursor
        window.emulator.take(b"\x1b[5;5H\x1b[41mBroadcast message\x1b[2K")
        assert window.picture() != before
        window.press("ctrl+l")
        becomes(window, before, cursor)


NAMES = (
    "linux",
    "vt100",
    "vt220",
    "xterm",
    "xterm-r6",
    "rxvt",
    "screen",
    "tmux-256color",
    "xterm-kitty",
    "no-such",
    "",
)
"""What a terminal may go by; the last two tell nobody anything."""
QUIET = 1.5
"""Seconds after which nothing more comes of a key, of Esc neither."""


def settle(window: Window) -> None:
    """Wait until nothing more comes."""
    while window._pump(QUIET):
        pass


@pytest.mark.campaign
@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_terminal_is_called(tmp_path: Path, name: str) -> None:
    """Under any name each place that one goes to stands as if it were drawn afresh; the known are asked for more."""
    with program(hostile_home(tmp_path / "home", thin=True).home, "", {"TERM": name}) as window:
        for keys in PLACES.values():
            window.key(*keys)
            settle(window)
            shown, cursor = window.picture(), window.cursor
            window.press("ctrl+l")
            settle(window)
            assert differences(shown, window.picture()) == []
            assert window.cursor == cursor or not cursor[2]
        asks = b"\x1b[?2026$p" in window.output
    is_known = bool(name) and not subprocess.run(["infocmp", name], capture_output=True, check=False).returncode
    assert asks is (is_known and name not in {"linux", "screen", "tmux-256color"})


@pytest.mark.campaign
def test_it_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    """At the end the modes are off again, in the order that a shell can stand, and the cursor is seen."""
    with program(hostile_home(tmp_path / "home", thin=True).home) as window:
        window.key("left", "left", "x")  # pushes cells, which leaves the terminal inserting
        window.rest(0.3)
        time.sleep(0.1)
        window.kill(signal.SIGTERM)
        window.wait_end()
        end = bytes(window.output).rpartition(b"\x1b[m")[2]
        assert end == b"\x1b[<u\x1b[?7h\x1b[?2004l\x1b[?1049l\x1b[?25h"
        assert bytes(window.output).count(b"\x1b[4h") == bytes(window.output).count(b"\x1b[4l")


@pytest.mark.campaign
def test_too_small_a_window_has_no_cursor(tmp_path: Path) -> None:
    """Over the place where one would write lies a sentence: it stands two columns in, and no cursor is shown."""
    argv = [sys.executable, "-m", "therapy_tui", "--home", str(hostile_home(tmp_path / "home", thin=True).home)]
    with Window(argv, {"TERM": "xterm-256color"}, size=(50, 15)) as window:
        window.until_seen("F10 to leave")
        window.rest(0.5)
        assert all(row.startswith("  ") for row in window.text.splitlines() if row.strip())
        assert not window.cursor[2]
