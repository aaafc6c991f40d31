"""Other users of this machine, made for a test and removed after it, and a copy of the program that they can read."""

import os
import pwd
import secrets
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.terminal import ROOT
from therapy_tui.config import find_folders
from therapy_tui.core.delivery import State
from therapy_tui.core.messages import LETTER, Message
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.crypto.slots import PassphraseWay
from therapy_tui.services import access, making
from therapy_tui.store import contacts, messages


@dataclass(frozen=True, slots=True)
class User:
    """Somebody on this machine."""

    name: str
    uid: int
    gid: int
    home: Path
    python: Path
    path: str
    """PYTHONPATH: the copy of the program, and the libraries."""

    def command(self, *words: str) -> list[str]:
        """Give a command line that runs as this user, with nothing of this process's environment."""
        variables = {"HOME": str(self.home), "USER": self.name, "PATH": os.defpath, "TERM": "xterm-256color"}
        variables |= {"PYTHONPATH": self.path, "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
        became = ["setpriv", f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        return [*became, "env", "-i", *(f"{name}={value}" for name, value in variables.items()), *words]

    def run(self, *words: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command as this user."""
        return subprocess.run(
            self.command(*words), input=stdin, cwd=self.home, capture_output=True, text=True, check=False, timeout=120
        )


def python_for_all() -> Path | None:
    """Find an interpreter of this version that everybody may run."""
    own = Path(os.path.realpath(sys.executable))
    named = shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin:/usr/local/bin")
    for candidate in (own, Path(os.path.realpath(named)) if named else own):
        if all(folder.stat().st_mode & 0o001 for folder in candidate.parents):
            return candidate
    return None


def open_up(folder: Path) -> None:
    """Let everybody read a folder and what is in it."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


@contextmanager
def users(*names: str) -> Iterator[list[User]]:
    """Make users, each with a home of its own; skip where that cannot be done."""
    if os.geteuid() != 0:
        pytest.skip("only root can make users")
    missing = [tool for tool in ("useradd", "userdel", "setpriv") if shutil.which(tool) is None]
    python = python_for_all()
    libraries = Path(sysconfig.get_paths()["purelib"])
    if missing or python is None or not all(folder.stat().st_mode & 0o001 for folder in libraries.parents):
        pytest.skip(f"no program that other users could run, or no {missing}")
    copy = Path(tempfile.mkdtemp(prefix="copy-for-users-"))
    made: list[User] = []
    try:
        for part in ("therapy_tui", "tests", "themes"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", "__snapshots__"))
        (copy / "homes").mkdir()
        open_up(copy)
        made = [_make(name, copy, python, libraries) for name in names]
        yield made
    finally:
        for user in made:
            subprocess.run(["userdel", "--force", "--remove", user.name], capture_output=True, check=False)
        shutil.rmtree(copy)


def _make(name: str, copy: Path, python: Path, libraries: Path) -> User:
    full = f"tt-{name}-{secrets.token_hex(3)}"
    home = copy / "homes" / full
    subprocess.run(["useradd", "--create-home", "--home-dir", str(home), "--shell", "/bin/sh", full], check=True)
    home.chmod(0o755)  # as some systems leave it: our own folders must not rely on it
    entry = pwd.getpwnam(full)
    return User(full, entry.pw_uid, entry.pw_gid, home, python, f"{copy}:{libraries}")


def give_home(user: User, words: dict[str, str]) -> Path:
    """Make a profile in a user's home that a passphrase opens, with somebody to write to and a letter.

    Args:
        user: whose.
        words: `name`, `passphrase`, `contact` and `letter`.
    """
    home = user.home / "letters"
    shutil.rmtree(home, ignore_errors=True)
    folders = find_folders(home, "default")
    way = PassphraseWay(words["passphrase"], Cost())
    new = making.NewProfile(CLIENT, words["name"])
    making.create(folders, new, [way], "0" * 32, secrets.token_bytes, access.seconds)
    vault = access.unlock_by_passphrase(folders, words["passphrase"], secrets.token_bytes, access.seconds)
    with vault.transaction() as database:
        contacts.add(database, b"somebody", words["contact"], THERAPIST, vault.now())
        messages.add(database, _letter(words["letter"], vault.now()))
    vault.close()
    for path in (home, *home.rglob("*")):
        os.chown(path, user.uid, user.gid)
    return home


def _letter(text: str, now: int) -> Message:
    received = State.RECEIVED
    return Message(
        0,
        b"somebody",
        b"0123456789abcdef",
        LETTER,
        False,
        1,
        0,
        now,
        now,
        received,
        now,
        "",
        0,
        text,
        0,
        b"",
        b"",
        False,
    )
