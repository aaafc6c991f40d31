"""Over ssh: that there is no keyring is said in one sentence; a cut line locks the vault and keeps the draft."""

import os
import secrets
import signal
from collections.abc import Iterator

import pytest

from tests.faults.line import Line, line
from tests.faults.users import give_home
from tests.terminal import Terminal

pytestmark = pytest.mark.campaign
NO_KEYRING = "This machine has no keyring here (that is usual over SSH)"


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """A line to this machine."""
    with line(tmp_path_factory.mktemp("sshd")) as made:
        yield made


def said(terminal: Terminal) -> str:
    """Give what stands on the screen as one line of words."""
    return " ".join(terminal.text.replace("▌", " ").split())


def test_set_up(ssh: Line) -> None:
    """Set-up over ssh says in one sentence that there is no keyring, and asks for a passphrase."""
    with ssh.open() as terminal:
        terminal.wait("Who are you here?")
        terminal.press("enter")
        terminal.wait("What name should")
        terminal.type("Bo")
        terminal.press("enter")
        terminal.wait("Do other people use this machine?")
        terminal.press("down", "enter")
        terminal.wait("Which country")
        for _ in range(4):
            terminal.press("enter")
            terminal.rest(0.5)
            if "How should it open?" in terminal.text:
                break
        terminal.wait("How should it open?")
        terminal.wait("no keyring", 15)
        assert f"{NO_KEYRING}, so a passphrase will open your vault." in said(terminal)
    ssh.wait_without("therapy_tui")


@pytest.mark.parametrize("cut", ["the client is killed", "the server's child is killed"])
def test_a_cut_line(ssh: Line, cut: str) -> None:
    """When the line is cut the program ends, so the vault is locked; what was being written is there the next time."""
    words = {name: f"heron {name} {secrets.token_hex(6)}" for name in ("name", "passphrase", "contact", "letter")}
    give_home(ssh.user, words)
    written = f"and then {secrets.token_hex(6)}"
    with ssh.open() as terminal:
        _unlock(terminal, words)
        terminal.type(written)
        terminal.wait(written)
        assert ssh.processes("therapy_tui")
        if cut == "the client is killed":
            terminal.kill(signal.SIGKILL)
        else:
            for pid in ssh.processes("sshd"):
                os.kill(pid, signal.SIGKILL)
            assert terminal.wait_end() != 0
    ssh.wait_without("therapy_tui")
    with ssh.open() as terminal:
        _unlock(terminal, words)
        terminal.wait(written)
    ssh.wait_without("therapy_tui")


def _unlock(terminal: Terminal, words: dict[str, str]) -> None:
    terminal.wait("Locked")
    assert words["letter"] not in terminal.text
    terminal.type(words["passphrase"])
    terminal.press("enter")
    terminal.wait(words["letter"])
