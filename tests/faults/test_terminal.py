"""Text from elsewhere gives the terminal no orders, on any screen."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.faults.hostile import ALL, ORDERS, escaped, hostile_home
from tests.terminal import ROOT, Terminal

PLACES: dict[str, tuple[str, ...]] = {
    "letters": ("esc", "up", "up", "up", "\x1b[5~", "\x1b[5~", "\x1b[1~", "\x1b[4~"),
    "an answer": ("r", "ctrl+t"),
    "the whole page": ("ctrl+e", "\x12", "esc"),
    "the words": ("esc", "v", "esc"),
    "finding": ("/", "heron", "enter", "esc", "esc"),
    "people": ("ctrl+o", "down", "down", "down", "down"),
    "a name": ("e", "esc"),
    "an end": ("x", "esc", "esc"),
    "help": ("f1", "esc"),
    "numbers": ("f8", "esc"),
    "check-ins": ("f6", "t", "enter", "tab", "esc", "esc", "esc"),
    "invites": ("ctrl+p", "the invites", "enter", "down", "enter", "esc", "esc"),
    "settings": ("ctrl+p", "settings", "enter", "down", "esc", "esc"),
    "the lock": ("f9", "enter"),
}
"""Where one goes, and the keys that lead there from the letters; esc goes back."""


def walk(home: Path, fault: str, size: tuple[int, int], places: Iterable[str] = PLACES) -> bytes:
    """Go to places and give every byte that reached the terminal."""
    argv = [sys.executable, "-m", "tests.faults.start", fault, "--", "--home", str(home)]
    with Terminal(argv, {"COLORTERM": "truecolor"}, size) as terminal:
        terminal.wait("press enter")
        terminal.press("enter")
        terminal.wait(ALL[-5:] if fault == "no wall" else "F1 help")  # without walls a letter erases what it likes
        for place in places:
            terminal.press(*PLACES[place])
            assert terminal.code is None, terminal.text
        assert fault == "no wall" or terminal.title == ""
        output = bytes(terminal.output)
        if fault == "count":
            terminal.kill(signal.SIGTERM)
            terminal.wait_end()
        return output


@pytest.mark.parametrize("thin", [pytest.param(False, marks=pytest.mark.campaign), True])
def test_no_order_reaches_the_terminal(tmp_path: Path, thin: bool) -> None:
    """No order, override or heap of marks in letters, names or drafts gets to the terminal."""
    home = hostile_home(tmp_path / "home", thin=thin).home
    assert escaped(walk(home, "none", (100, 30), ("letters", "people", "the lock")), thin=thin) == set()


@pytest.mark.campaign
@pytest.mark.parametrize("thin", [False, True])
@pytest.mark.parametrize(
    ("fault", "size"), [("none", (60, 20)), ("none", (80, 24)), ("none", (140, 40)), ("no rules", (100, 30))]
)
def test_nor_on_any_screen(tmp_path: Path, fault: str, size: tuple[int, int], thin: bool) -> None:
    """Nor does one on any screen at any size, labels of invites included; one of the two walls suffices."""
    home = hostile_home(tmp_path / "home", thin=thin).home
    assert escaped(walk(home, fault, size), thin=thin) == set()


@pytest.mark.campaign
def test_the_driver_is_a_third_wall(tmp_path: Path) -> None:
    """With both walls down the thin driver still passes nothing of it on."""
    output = walk(hostile_home(tmp_path / "home", thin=True).home, "no wall", (100, 30))
    assert not re.search(rb"\x1b[\]P_^X]|\x1bc|7777|[\x07\x00]|\xc2[\x80-\x9f]", output)


@pytest.mark.campaign
def test_the_driver_knows_all_that_textual_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over every screen no order of Textual's is unknown to the driver, so that none is lost."""
    counted = tmp_path / "counted"
    monkeypatch.setenv("COUNTED", str(counted))
    walk(hostile_home(tmp_path / "home", thin=True).home, "count", (100, 30))
    assert counted.read_text().split()[0] == "0"


@pytest.mark.campaign
def test_without_walls_they_do(tmp_path: Path) -> None:
    """Control: with both walls down, the clipboard, the title, links and the eight-bit orders get through."""
    output = walk(hostile_home(tmp_path / "home").home, "no wall", (100, 30))
    assert escaped(output) != set()
    for name in ("clipboard", "title", "eight bits", "direction"):
        assert ORDERS[name].encode() in output, name


@pytest.mark.parametrize("name", ORDERS)
def test_the_look_can_see(name: str) -> None:
    """The look at what reached the terminal sees each order by itself, but for those that are plain text."""
    assert bool(escaped(b"\x1b[2J" + ORDERS[name].encode() + b"\x1b[0m")) is (name != "markup")


@pytest.mark.campaign
@pytest.mark.parametrize("fault", ["none", "no wall"])
def test_tmux(tmp_path: Path, fault: str) -> None:
    """Inside tmux the title and the paste buffers stay as they were, and nothing is left of a letter on the pane."""
    home = hostile_home(tmp_path / "home").home
    socket = tmp_path / "tmux"

    def tmux(*words: str) -> str:
        done = subprocess.run(
            ["tmux", "-f", "/dev/null", "-S", str(socket), *words], capture_output=True, text=True, check=False
        )
        return done.stdout

    command = f"cd {ROOT} && {sys.executable} -m tests.faults.start '{fault}' -- --home {home}; echo ended; cat"
    tmux("new-session", "-d", "-x", "100", "-y", "30", "sh")
    try:
        for option in ("set-clipboard on", "allow-passthrough on", "allow-rename on"):
            tmux("set-option", "-g", *option.split())
        before = tmux("display-message", "-p", "#{pane_title}")
        tmux("send-keys", command, "Enter")
        _wait(lambda: "press enter" in tmux("capture-pane", "-p"))
        tmux("send-keys", "Enter")
        _wait(lambda: "F1 help" in tmux("capture-pane", "-p"))
        tmux("send-keys", "Escape", "Home")
        if fault == "none":
            time.sleep(2)
            assert tmux("display-message", "-p", "#{pane_title}") == before
            assert tmux("list-buffers") == ""
        else:
            _wait(lambda: tmux("display-message", "-p", "#{pane_title}") != before)
            _wait(lambda: tmux("list-buffers") != "")
        pid = tmux("list-panes", "-F", "#{pane_pid}").strip()
        subprocess.run(["pkill", "-TERM", "-P", pid], check=True)
        _wait(lambda: "ended" in tmux("capture-pane", "-p"))
        assert "heron" not in tmux("capture-pane", "-p", "-S", "-1000") or fault != "none"
    finally:
        tmux("kill-server")


def _wait(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)
