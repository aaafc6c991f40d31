"""A machine that others use: another user, and another program of the same user, learn nothing while one writes."""

import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.neighbours import NOTHING, looked
from tests.faults.users import User, give_home, users
from tests.terminal import Terminal

pytestmark = pytest.mark.campaign
WORDS = ("name", "passphrase", "contact", "letter", "written")
PTRACE_SCOPE = Path("/proc/sys/kernel/yama/ptrace_scope")


@pytest.fixture(scope="module")
def two() -> Iterator[list[User]]:
    """Two users."""
    with users("a", "b") as made:
        yield made


@pytest.fixture
def words() -> dict[str, str]:
    """What nobody else may find."""
    return {name: f"heron {name} {secrets.token_hex(6)}" for name in WORDS}


def write(user: User, fault: str) -> Terminal:
    """Start the application as a user who has a profile."""
    return Terminal(
        user.command(str(user.python), "-m", "tests.faults.start", fault, "--", "--home", str(user.home / "letters"))
    )


def unlock(terminal: Terminal, words: dict[str, str]) -> None:
    """Open the vault, and write something."""
    terminal.wait("Locked")
    terminal.type(words["passphrase"])
    terminal.press("enter")
    terminal.wait(words["letter"])
    terminal.type(words["written"])
    terminal.wait(words["written"])


def test_nobody_learns_anything(two: list[User], words: dict[str, str]) -> None:
    """While A writes, neither B nor another program of A finds a word, reads the memory, attaches or dumps a core."""
    a, b = two
    home = give_home(a, words)
    with write(a, "none") as terminal:
        unlock(terminal, words)
        others, same = (looked(each, terminal.pid, a.home, words) for each in (b, a))
        terminal.press("f9")
        terminal.wait("Locked")
        locked = looked(a, terminal.pid, a.home, words)
        assert terminal.title == ""
    assert {name: others[name] for name in NOTHING} == NOTHING
    closed = {name: none for name, none in NOTHING.items() if name != "readable"}
    # /proc/PID/auxv and its like are closed to the same user as well, because the process is not dumpable.
    assert {name: same[name] for name in closed} == closed
    assert {name: locked[name] for name in closed} == closed
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in (home, *home.rglob("*"))}
    assert {path: oct(mode) for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


def test_without_the_hardening_a_program_of_the_same_user_does(two: list[User], words: dict[str, str]) -> None:
    """Control: a process that is not hardened gives its memory, and the words in it, to a program of the same user."""
    if PTRACE_SCOPE.exists() and PTRACE_SCOPE.read_text().strip() != "0":
        pytest.skip("this kernel lets no program look into another of the same user")
    a, b = two
    give_home(a, words)
    with write(a, "soft") as terminal:
        unlock(terminal, words)
        same = looked(a, terminal.pid, a.home, words)
        others = looked(b, terminal.pid, a.home, words)
    assert {"environ", "maps", "mem"} <= set(same["open"])
    assert same["attached"]
    assert same["dumped"]
    assert {"letter", "written", "passphrase"} & set(same["memory"]) >= {"letter", "written"}
    assert others["memory"] == []
    assert not others["attached"]


def test_nobody_else_reads_a_backup(two: list[User], words: dict[str, str]) -> None:
    """A backup in a folder that everybody can look into is its owner's alone."""
    a, b = two
    give_home(a, words)
    (a.home / "secret").write_text(words["passphrase"])
    (a.home / "secret").chmod(0o600)
    os.chown(a.home / "secret", a.uid, a.gid)
    program = (str(a.python), "-m", "therapy_tui", "--home", str(a.home / "letters"))
    phrase, kept = str(a.home / "phrase"), str(a.home / "kept")
    for order in (("keys", "add", "recovery", "--file", phrase), ("backup", "create", kept)):
        done = a.run(*program, "--passphrase-file", str(a.home / "secret"), *order)
        assert done.returncode == 0, done.stderr
    for name in (kept, phrase):
        assert b.run("cat", name).returncode != 0
    tried = ("-m", "therapy_tui", "backup", "verify", kept, "--recovery-file", phrase)
    assert b.run(str(b.python), *tried).returncode != 0
    assert a.run(str(a.python), *tried).returncode == 0
