"""Keyrings that misbehave, for the keyring child: found by the library's own setting, keyring-path."""

import os
import subprocess
import time
from pathlib import Path
from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError, PasswordSetError

TOLD = "secret words of a library"


class Memory(KeyringBackend):
    """Keeps secrets for as long as the child lives."""

    priority: float = 5
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Give what is kept."""
        self._before("get")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self._before("set", password)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Keep it no longer."""
        self._before("delete")
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]

    def _before(self, what: str, password: str = "") -> None:
        """Do what the subclass is for."""


class Noisy(Memory):
    """Works, and prints what it keeps."""

    def _before(self, what: str, password: str = "") -> None:
        print(what, password, flush=True)
        os.write(2, password.encode())


class Mute(Memory):
    """Never answers, and has started another process that does not end either."""

    def _before(self, what: str, password: str = "") -> None:
        started = subprocess.Popen(["sleep", "60"])
        (Path(os.environ["HOME"]) / "started").write_text(str(started.pid))
        time.sleep(60)
        raise AssertionError(what, password)


class Sleeper(Memory):
    """Takes what it is given and never answers a question."""

    def _before(self, what: str, password: str = "") -> None:
        if what == "get":
            time.sleep(60)
            raise AssertionError(what, password)


class Dying(Memory):
    """Takes the process with it."""

    def _before(self, what: str, password: str = "") -> None:
        os._exit(len(what + password) or 3)


class Locked(Memory):
    """Is locked."""

    fails: ClassVar[dict[str, Exception]] = {"get": KeyringLocked(TOLD), "set": KeyringLocked(TOLD)}

    def _before(self, what: str, password: str = "") -> None:
        if what in self.fails:
            self.kept["last", "tried"] = password
            raise self.fails[what]


class Dismissed(Locked):
    """Cannot ask."""

    fails: ClassVar[dict[str, Exception]] = {"set": InitError(TOLD)}


class Full(Locked):
    """Keeps nothing more."""

    fails: ClassVar[dict[str, Exception]] = {"set": PasswordSetError(TOLD)}


class Stubborn(Locked):
    """Deletes nothing."""

    fails: ClassVar[dict[str, Exception]] = {"delete": PasswordDeleteError(TOLD)}


class Broken(Locked):
    """Raises what no one expects."""

    fails: ClassVar[dict[str, Exception]] = {"set": ZeroDivisionError(TOLD)}


class Forgetful(Memory):
    """Says that it keeps what it does not keep."""

    def _before(self, what: str, password: str = "") -> None:
        if what == "get" and not password:
            self.kept.clear()


class Foreign(Memory):
    """Gives an entry that is none of ours."""

    def _before(self, what: str, password: str = "") -> None:
        if what == "get":
            self.kept["therapy-tui", "a"] = password or "not base64 at all"


class Plaintext(Memory):
    """Says of itself, by its priority, that it is not recommended."""

    priority: float = 0.5
