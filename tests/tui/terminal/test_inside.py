"""The program inside other programs that are terminals themselves: the same text on every row, also after a resize."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.hostile import hostile_home
from tests.outside.window import Window
from tests.terminal import PATIENCE

WITHIN = {
    "tmux": "tmux -u -f /dev/null -S {folder}/socket new-session {command} ; set-option -g status off",
    "screen": "screen -U -c {folder}/rc {command}",
}
"""How each is started over nothing of its own on the screen."""
STEPS: dict[str, tuple[str, ...]] = {
    "the pen": (),
    "typed": tuple("two more words, café 水"),
    "letters": ("esc",),
    "a page": ("pageup",),
    "down again": ("pagedown",),
    "help": ("f1",),
    "back": ("esc",),
    "numbers": ("f8",),
    "back again": ("esc",),
}


@contextmanager
def opened(argv: list[str], folder: Path) -> Iterator[Window]:
    """Start the program and open its vault."""
    exported = {"TERM": "xterm-256color", "SCREENDIR": str(folder / "screens"), "TMUX": "", "STY": ""}
    with Window(argv, exported) as window:
        window.until_seen("press enter")
        window.key("enter")
        window.until_seen("F1 help")
        window.rest(0.5)
        yield window


def agree(plain: Window, inside: Window, what: str) -> None:
    """Wait until every row shows the same; a minute may have passed, so one digit is as good as another."""
    end = time.monotonic() + PATIENCE
    rows = [("", "x")]
    while rows and time.monotonic() < end:
        plain.rest(0.3)
        inside.rest(0.3)
        both = zip(plain.text.splitlines(), inside.text.splitlines(), strict=False)
        rows = [(one, other) for one, other in both if _digits(one) != _digits(other)]
    assert not rows, what


def _digits(row: str) -> str:
    return "".join("0" if sign.isdigit() else sign for sign in row.rstrip())


@pytest.mark.campaign
@pytest.mark.parametrize("name", WITHIN)
def test_the_same_inside(tmp_path: Path, name: str) -> None:
    """What is typed, paged, covered and uncovered inside tmux and GNU screen is what a terminal shows without them."""
    if shutil.which(name) is None:
        pytest.skip(f"needs {name}")
    (tmp_path / "screens").mkdir(mode=0o700)
    (tmp_path / "rc").write_text("startup_message off\nvbell off\naltscreen on\n")
    program = [sys.executable, "-m", "therapy_tui", "--home"]
    home = str(hostile_home(tmp_path / "inside", thin=True).home)
    words = [
        each
        for word in WITHIN[name].format(folder=tmp_path, command="COMMAND").split()
        for each in ([*program, home] if word == "COMMAND" else [word])
    ]
    plain_home = str(hostile_home(tmp_path / "plain", thin=True).home)
    with opened([*program, plain_home], tmp_path) as plain, opened(words, tmp_path) as inside:
        for what, keys in STEPS.items():
            plain.key(*keys)
            inside.key(*keys)
            agree(plain, inside, what)
