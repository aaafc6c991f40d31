"""A real line: an sshd of the test's own on a free port, with a key, for a user that the test has made."""

import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.faults.users import User, open_up, users
from tests.terminal import Terminal

_CONFIG = """
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host
AuthorizedKeysFile {public}/authorized
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PrintMotd no
PrintLastLog no
"""
QUIET_KEYS = ("IgnoreUnknown=ObscureKeystrokeTiming", "ObscureKeystrokeTiming=no")
"""Newer clients hide when keys are pressed by fifty packets a second, which is more than a slow line carries."""


@dataclass(frozen=True, slots=True)
class Line:
    """A user whom one reaches over ssh."""

    user: User
    port: int
    key: Path

    def through(self, port: int) -> "Line":
        """Give the same line by way of another port."""
        return replace(self, port=port)

    def there(self, *words: str) -> str:
        """Give the program's command line at the far end, for a shell."""
        program = [str(self.user.python), "-m", "therapy_tui", "--home", f"{self.user.home}/letters", *words]
        return f"PYTHONPATH={self.user.path} exec {shlex.join(program)}"

    def command(self, there: str) -> list[str]:
        """Give the command line that runs something at the far end, in a terminal."""
        options = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", *QUIET_KEYS]
        way = ["ssh", "-F", "none", "-tt", "-p", str(self.port), "-i", str(self.key)]
        return [*way, *(word for each in options for word in ("-o", each)), f"{self.user.name}@127.0.0.1", there]

    def open(self, *words: str) -> Terminal:
        """Make a terminal at the far end of the line, with a command that runs there."""
        return Terminal(self.command(self.there(*words)))

    def processes(self, program: str) -> list[int]:
        """Name the processes of this user that run a program."""
        found = []
        for place in Path("/proc").iterdir():
            try:
                told = (place / "cmdline").read_bytes() if place.name.isdecimal() else b""
                status = (place / "status").read_text() if program.encode() in told else ""
            except OSError:
                continue
            if f"\nUid:\t{self.user.uid}\t" in status:
                found.append(int(place.name))
        return found

    def wait_without(self, program: str, seconds: float = 10.0) -> None:
        """Wait until this user runs a program no more."""
        end = time.monotonic() + seconds
        while self.processes(program):
            assert time.monotonic() < end, f"{program} still runs"
            time.sleep(0.05)


@contextmanager
def line(folder: Path, *settings: str) -> Iterator[Line]:
    """Start an sshd and make a user; skip where that cannot be done.

    Args:
        folder: for keys and the like.
        settings: lines for sshd's own settings, besides those that every test needs.
    """
    sshd = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if sshd is None or shutil.which("ssh") is None or shutil.which("ssh-keygen") is None:
        pytest.skip("there is no sshd here")
    with users("s") as (user,):
        # An account without a password counts as locked; one that no password fits does not.
        subprocess.run(["usermod", "--password", "*", user.name], check=True)
        for name in ("host", "key"):
            making = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(making, check=True)
        public = user.home.parent / "keys"
        public.mkdir()
        shutil.copy(folder / "key.pub", public / "authorized")
        open_up(public)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        config = _CONFIG.format(port=port, folder=folder, public=public)
        (folder / "config").write_text("\n".join((config, *settings, "")))
        Path("/run/sshd").mkdir(exist_ok=True)
        server = subprocess.Popen([sshd, "-D", "-e", "-f", str(folder / "config")], stderr=subprocess.DEVNULL)
        try:
            _wait_for(port)
            yield Line(user, port, folder / "key")
        finally:
            server.terminate()
            server.wait(10)
            subprocess.run(["pkill", "-KILL", "-u", str(user.uid)], check=False)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            return
