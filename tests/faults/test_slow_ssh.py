"""Over ssh on a slow line: a letter is written and sent, a lost line loses nothing, and tmux gives the screen back."""

import secrets
from collections.abc import Iterator

import pytest

from tests.faults.line import Line, line
from tests.faults.neighbours import NOTHING, looked
from tests.faults.slow_proxy import SlowProxy
from tests.faults.users import give_home, users
from tests.outside.window import Window

pytestmark = pytest.mark.campaign
RATE, DELAY = 2400.0, 0.3
"""Bytes a second, and seconds, each way."""
ALIVE = ("ClientAliveInterval 1", "ClientAliveCountMax 3")
"""A server that notices a silent line."""


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """A line to this machine."""
    with line(tmp_path_factory.mktemp("sshd"), *ALIVE) as made:
        yield made


@pytest.fixture
def slow(ssh: Line) -> Iterator[SlowProxy]:
    """What makes it slow."""
    with SlowProxy(ssh.port, RATE, DELAY) as made:
        yield made
    ssh.wait_without("therapy_tui")


@pytest.fixture
def words(ssh: Line) -> dict[str, str]:
    """A fresh profile of the user, and what nobody else may find."""
    names = ("name", "passphrase", "contact", "letter", "written")
    made = {name: f"heron {name} {secrets.token_hex(6)}" for name in names}
    give_home(ssh.user, made)
    return made


def connect(ssh: Line, slow: SlowProxy, there: str = "") -> Window:
    """Make a terminal at the far end of the slow line."""
    return Window(ssh.through(slow.port).command(there or ssh.there()))


def unlock(window: Window, words: dict[str, str]) -> None:
    """Open the vault."""
    window.until_seen("Locked")
    assert words["letter"] not in window.text
    window.key(*words["passphrase"], "enter")
    window.until_seen(words["letter"])


def write(window: Window, text: str) -> None:
    """Write, and wait until it stands there."""
    window.key(*text)
    window.until_seen(text)


def test_a_letter(ssh: Line, slow: SlowProxy, words: dict[str, str]) -> None:
    """Open, write, send: the letter is there the next time, and another user has seen nothing of it all."""
    with users("b") as (other,), connect(ssh, slow) as window:
        unlock(window, words)
        write(window, words["written"])
        (pid,) = ssh.processes("therapy_tui")
        found = looked(other, pid, ssh.user.home, words)
        assert {name: found[name] for name in NOTHING} == NOTHING
        window.key("ctrl+d")
        window.until_seen("queued")
        assert looked(other, pid, ssh.user.home, words)["found"] == []
        slow.cut()
        window.wait_end()
    ssh.wait_without("therapy_tui")
    with connect(ssh, slow) as window:
        unlock(window, words)
        window.until_seen(words["written"])
        window.until_seen("queued")
        slow.cut()
        window.wait_end()


@pytest.mark.parametrize("how", ["cut", "silent"])
def test_a_lost_line(ssh: Line, slow: SlowProxy, words: dict[str, str], how: str) -> None:
    """When the line is lost, also while much is on its way, the program ends and keeps what it was told."""
    with connect(ssh, slow) as window:
        unlock(window, words)
        write(window, words["written"])
        window.key("esc")
        window.rest(1.0)
        window.key("pageup", "pageup", "home")
        window.watch(DELAY)
        if how == "cut":
            slow.cut()
        else:
            slow.is_silent = True
        ssh.wait_without("therapy_tui", 30)
        slow.cut()
        assert window.wait_end() != 0
    slow.is_silent = False
    with connect(ssh, slow) as window:
        unlock(window, words)
        window.until_seen(words["written"])
        slow.cut()


def test_tmux(ssh: Line, slow: SlowProxy, words: dict[str, str]) -> None:
    """Inside tmux a cut line leaves the program as it was; whoever attaches again sees the same, cell for cell."""
    socket = f"{ssh.user.home}/tmux"
    tmux = f"TERM=xterm-256color tmux -u -f /dev/null -S {socket}"
    begin = f"{tmux} new-session -s letters '{ssh.there()}' ';' set-option status off"
    try:
        with connect(ssh, slow, begin) as window:
            unlock(window, words)
            write(window, words["written"])
            window.rest(2.0)
            before, cursor = window.picture(), window.cursor
            slow.cut()
            window.wait_end()
        assert ssh.processes("therapy_tui")
        with connect(ssh, slow, f"{tmux} attach -t letters") as window:
            window.until_seen(words["written"])
            window.rest(2.0)
            assert window.picture() == before
            assert window.cursor == cursor
            write(window, " and on")
            slow.cut()
            window.wait_end()
    finally:
        ssh.user.run("tmux", "-S", socket, "kill-server")
