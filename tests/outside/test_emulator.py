"""The terminal at our end shows, answers and types as real ones do."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.outside.emulator import Emulator
from tests.outside.keyboard import key_bytes
from tests.outside.pictures import Difference, difference

DRAWINGS = {
    "wrapping": "\x1b[?7h\x1b[1;35Hacross the edge\x1b[3;40Hx\ry",
    "not wrapping": "\x1b[?7l\x1b[1;35Hacross the edge",
    "erasing": "\x1b[2J" + "full " * 8 + "\x1b[1;10H\x1b[1K\x1b[1;20H\x1b[3X\x1b[1;30H\x1b[K",
    "erasing rows": "".join(f"\x1b[{y};1Hrow {y}" for y in range(1, 11)) + "\x1b[4;3H\x1b[1J\x1b[8;3H\x1b[J",
    "pushing": "\x1b[2;1Habcdefgh\x1b[2;3H\x1b[2@--\x1b[2;9H\x1b[P",
    "scrolling": "".join(f"\x1b[{y};1Hrow {y}" for y in range(1, 11)) + "\x1b[3;8r\x1b[2S\x1b[r\x1b[10;1Hend",
    "rows pushed": "".join(f"\x1b[{y};1Hrow {y}" for y in range(1, 11)) + "\x1b[3;8r\x1b[3;1H\x1b[2L\x1b[r",
    "wide": "\x1b[1;1Hab\u6c34cd\u6c34\x1b[1;4Hx",
    "a line feed at the bottom": "\x1b[10;1Hlast\n\rnew",
}
COLUMNS, ROWS = 40, 10


def test_answers_in_order() -> None:
    """A question for the cursor is answered as of its own moment, whatever else arrives with it."""
    terminal = Emulator(COLUMNS, ROWS)
    assert terminal.take(b"\x1b[5;1Hab\x1b[6ncd\x1b[6n\x1b[H") == b"\x1b[5;3R\x1b[5;5R"


def test_cut_in_two() -> None:
    """An order or a letter that arrives in two parts is taken as one."""
    whole, parts = Emulator(COLUMNS, ROWS), Emulator(COLUMNS, ROWS)
    sent = "\x1b[3;7Hcaf\u00e9 \x1b[1mbold\x1b]0;a title\x07 on".encode()
    whole.take(sent)
    for each in sent:
        parts.take(bytes([each]))
    assert parts.screen.picture() == whole.screen.picture()
    assert whole.screen.rows()[2] == "      caf\u00e9 bold on"


def test_modes() -> None:
    """It tells which modes it knows and whether they are on, and what the keyboard was asked for."""
    terminal = Emulator(COLUMNS, ROWS)
    assert terminal.take(b"\x1b[?2026$p\x1b[?2004h\x1b[?2004$p\x1b[?4242$p") == (
        b"\x1b[?2026;2$y\x1b[?2004;1$y\x1b[?4242;0$y"
    )
    assert terminal.take(b"\x1b[>25u\x1b[?u\x1b[<u\x1b[?u") == b"\x1b[?25u\x1b[?0u"


@pytest.mark.parametrize(
    ("name", "flags", "sent"),
    [
        ("a", 0, b"a"),
        ("a", 1, b"a"),
        ("a", 25, b"\x1b[97;;97u"),
        ("A", 25, b"\x1b[97;2;65u"),
        ("a", 8, b"\x1b[97u"),
        ("esc", 0, b"\x1b"),
        ("esc", 1, b"\x1b[27u"),
        ("enter", 1, b"\r"),
        ("enter", 25, b"\x1b[13u"),
        ("ctrl+d", 0, b"\x04"),
        ("ctrl+d", 1, b"\x1b[100;5u"),
        ("pageup", 1, b"\x1b[5~"),
    ],
)
def test_keys(name: str, flags: int, sent: bytes) -> None:
    """A key sends what the kitty keyboard protocol says for the flags that were asked for."""
    assert key_bytes(name, flags) == sent


def test_difference() -> None:
    """What changed is counted in cells, rows and bytes of text."""
    terminal = Emulator(COLUMNS, ROWS)
    terminal.take(b"\x1b[2;3Hold")
    before = terminal.screen.picture()
    terminal.take("\x1b[2;3Hod\u00e9".encode())
    assert difference(before, terminal.screen.picture()) == Difference(cells=2, rows=1, text=4)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
@pytest.mark.parametrize("name", DRAWINGS)
def test_as_tmux_draws(tmp_path: Path, name: str) -> None:
    """The same orders lead to the same text as in tmux, which is another terminal."""
    terminal = Emulator(COLUMNS, ROWS)
    terminal.take(DRAWINGS[name].encode())
    drawing = tmp_path / "drawing"
    drawing.write_bytes(DRAWINGS[name].encode())
    tmux = ["tmux", "-u", "-f", "/dev/null", "-S", str(tmp_path / "tmux")]
    size = ["-x", str(COLUMNS), "-y", str(ROWS)]
    command = f"stty raw -echo; cat {drawing}; touch {tmp_path}/drawn; cat"
    begin = ["new-session", "-d", *size, command, ";", "set-option", "-g", "status", "off"]
    subprocess.run(
        [*tmux, *begin], check=True, env={"TERM": "xterm-256color", "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    )
    try:
        end = time.monotonic() + 60
        while not (tmp_path / "drawn").exists():
            assert time.monotonic() < end
            time.sleep(0.02)
        end, rows = time.monotonic() + 10, [""]
        while rows != terminal.screen.rows() and time.monotonic() < end:  # tmux may still have to draw it
            time.sleep(0.1)
            shown = subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True).stdout
            rows = [each.rstrip() for each in shown.split("\n")[:ROWS]]
    finally:
        subprocess.run([*tmux, "kill-server"], check=False)
    assert rows == terminal.screen.rows()
