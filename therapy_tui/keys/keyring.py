"""The operating system's keyring, asked in a child process with a time limit, because a mute one blocks for ever."""

import base64
import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

import therapy_tui
from therapy_tui.errors import KeyringUnusable
from therapy_tui.keys.forked import Forked, can_fork

__all__ = ["FAILURES", "Keyring", "Operation", "Pending", "Probe"]

FAILURES = {
    "none": "This machine has no keyring here (that is usual over SSH)",
    "locked": "This machine's keyring is locked, and it could not be unlocked from here",
    "closed": "This machine's keyring did not open, because it has no screen here to ask you on or was told no",
    "unsafe": "The keyring set up on this machine keeps secrets where others may read them, so it is not used",
    "error": "This machine's keyring answered with a fault",
    "mute": "This machine's keyring did not answer within {seconds:g} seconds",
    "missing": "This machine's keyring could not be asked",
    "forgetful": "This machine's keyring did not give back what it was given",
}
"""How a keyring fails, in one word, and the beginning of the sentence that tells it."""

_RUN = "from therapy_tui.keys.keyring_child import main; main()"
_FROM_SOURCE = f"import sys; sys.path.insert(0, sys.argv[1]); sys.path.append(sys.argv[2]); {_RUN}"
_FROM_PACKAGES = f"import sys; sys.path.append(sys.argv[1]); {_RUN}"


class Operation(msgspec.Struct, frozen=True):
    """One thing to ask of the keyring."""

    __repr__ = object.__repr__  # a secret stays out of what is written down

    do: Literal["get", "set", "delete"]
    """Deleting what is not there is no error."""
    user: str
    """The name of the entry; the service is always "therapy-tui"."""
    value: bytes = b""
    """What to keep: at most 64 bytes."""


class Probe(msgspec.Struct, frozen=True):
    """What a trial with a real write, read and delete has shown."""

    usable: bool
    """The keyring can hold the keys."""
    sentence: str
    """For the person at set-up."""
    backend: str
    """The class that answered, for `doctor`; empty if none did."""


class Pending:
    """A keyring child at work; ask for the result once, or cancel it."""

    def __init__(
        self, process: subprocess.Popen[bytes] | Forked | None, seconds: float, monotonic: Callable[[], float]
    ) -> None:
        self._process = process
        self._seconds = seconds
        self._monotonic = monotonic
        self._deadline = monotonic() + seconds
        self.backend = ""
        """The class that answered; empty before the result."""

    def result(self, deadline: float | None = None) -> tuple[bytes | None, ...]:
        """Wait for the answer, at most for what is left of the time since the child was begun.

        Args:
            deadline: an earlier end, on the same clock.

        Returns:
            For each operation in its order: the bytes found, or None where nothing is kept (and for set and delete).

        Raises:
            KeyringUnusable: no keyring, a locked, mute, unsafe or faulty one; the sentence says which.
        """
        end = self._deadline if deadline is None else min(deadline, self._deadline)
        if self._process is None:
            raise _unusable("missing", self._seconds)
        try:
            out, _ = self._process.communicate(timeout=max(0.0, end - self._monotonic()))
        except subprocess.TimeoutExpired as error:
            self.cancel()
            raise _unusable("mute", self._seconds) from error
        if self._process.returncode == -signal.SIGALRM:
            raise _unusable("mute", self._seconds)
        try:
            self.backend, failure, values = _read(out)
        except ValueError as error:
            raise _unusable("missing", self._seconds) from error
        if failure:
            raise _unusable(failure, self._seconds)
        return tuple(_decode(value) for value in values)

    def cancel(self) -> None:
        """End the child and whatever it started, at once."""
        if self._process is None:
            return
        if self._process.poll() is None:
            # The child leads a session of its own, so its group is it and what it started; a copy in its first moment
            # does not yet, and has started nothing.
            for kill in (os.killpg, os.kill):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        if isinstance(self._process, Forked):
            self._process.close()
        elif self._process.stdout is not None:
            self._process.stdout.close()


class Keyring:
    """The keyring of the person who runs this program."""

    def __init__(
        self,
        timeout: float = 5.0,
        environment: Mapping[str, str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._timeout = timeout
        self._environment = environment
        self._monotonic = monotonic

    def begin(self, operations: Sequence[Operation], known: str = "", *, early: bool = False) -> Pending:
        """Start the child and hand it the operations; it works while the caller does other things.

        The operations travel by a pipe: nothing of them is in the child's arguments or environment.

        Args:
            operations: what to ask, in this order.
            known: the backend that answered before, so that it need not be searched for.
            early: this process has done nothing yet but start, so that a copy of it may be the child.
        """
        asked = [{"do": each.do, "user": each.user, "value": _encode(each.value)} for each in operations]
        process: subprocess.Popen[bytes] | Forked | None = self._copy(asked, known) if early and can_fork() else None
        if process is None:
            process = self._start(
                msgspec.json.encode({"seconds": self._timeout, "backend": known, "operations": asked})
            )
        return Pending(process, self._timeout, self._monotonic)

    def get(self, users: Iterable[str]) -> dict[str, bytes | None]:
        """Read entries; None for one that is not there. Raises as `Pending.result`."""
        asked = list(users)
        found = self.begin([Operation("get", user) for user in asked]).result()
        return dict(zip(asked, found, strict=True))

    def set(self, entries: Mapping[str, bytes]) -> None:
        """Write entries, and read each back before it counts as kept. Raises as `Pending.result`."""
        asked = [Operation("set", user, value) for user, value in entries.items()]
        asked += [Operation("get", user) for user in entries]
        found = self.begin(asked).result()
        if found[len(entries) :] != tuple(entries.values()):
            raise _unusable("forgetful", self._timeout)

    def delete(self, users: Iterable[str]) -> None:
        """Remove entries; one that is not there is no error. Raises as `Pending.result`."""
        self.begin([Operation("delete", user) for user in users]).result()

    def probe(self, random_bytes: Callable[[int], bytes]) -> Probe:
        """Write, read and delete a random value under a random name, so that what is told at set-up is true."""
        user, value = f"probe:{random_bytes(8).hex()}", random_bytes(32)
        asked = [Operation("set", user, value), Operation("get", user), Operation("delete", user)]
        pending = self.begin([*asked, Operation("get", user)])
        try:
            found = pending.result()
        except KeyringUnusable as error:
            return Probe(usable=False, sentence=_at_setup(str(error)), backend=pending.backend)
        if found != (None, value, None, None):
            told = _at_setup(str(_unusable("forgetful", self._timeout)))
            return Probe(usable=False, sentence=told, backend=pending.backend)
        told = (
            "This machine's keyring works, so your vault opens while you are logged in. "
            "Other programs that you run could ask it for the key too."
        )
        return Probe(usable=True, sentence=told, backend=pending.backend)

    def _copy(self, operations: list[dict[str, str]], known: str) -> Forked | None:
        try:
            return Forked(lambda: _answer(operations, known, self._environment), int(self._timeout) + 1)
        except OSError:
            return None

    def _start(self, request: bytes) -> subprocess.Popen[bytes] | None:
        if not sys.executable:
            return None
        try:
            process = subprocess.Popen(
                _arguments(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=None if self._environment is None else dict(self._environment),
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            return None
        if process.stdin is not None:
            # A child that has ended already has its answer, or none, on its output.
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(request)
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
            process.stdin = None
        return process


def _arguments() -> list[str]:
    """Isolated mode drops the current folder, PYTHONPATH and the user's packages, so the two that are needed are named.

    The folder of this very package goes before what is installed, unless it is there already (an installed package
    must not push its neighbours before the standard library); the keyring library's goes last.
    """
    ours, theirs = _folders()
    if ours == theirs:
        return [sys.executable, "-I", "-c", _FROM_PACKAGES, ours]
    return [sys.executable, "-I", "-c", _FROM_SOURCE, ours, theirs]


def _folders() -> tuple[str, str]:
    """Give the folder of this package, and that of the keyring library."""
    ours = str(Path(therapy_tui.__file__).resolve().parents[1])
    found = importlib.util.find_spec("keyring")
    return ours, str(Path(found.origin).resolve().parents[1]) if found is not None and found.origin else ours


def _answer(operations: list[dict[str, str]], known: str, environment: Mapping[str, str] | None) -> bytes:
    """Do in a copy of this process what a child does, which loads from Python's own folders and ours alone."""
    folders = _folders()
    of_python = [path for path in sys.path if path.startswith((sys.prefix, sys.base_prefix))]
    sys.path[:] = [*of_python, *(each for each in folders if each not in of_python)]
    if environment is not None:
        os.environ.clear()
        os.environ.update(environment)
    from therapy_tui.keys.keyring_child import answer  # nothing of it is needed here but in a copy

    return msgspec.json.encode(answer(operations, known))


def _read(out: bytes) -> tuple[str, str, list[str | None]]:
    """Read the child's answer: the backend, how it failed, and the values. Raises ValueError for anything else."""
    match msgspec.json.decode(out):
        case {"backend": str(backend), "failure": str(failure), "values": [*values]}:
            if all(value is None or isinstance(value, str) for value in values):
                return backend, failure, values
    raise ValueError("not an answer")


def _encode(value: bytes) -> str:
    # 43 characters for 32 bytes: within what every platform's keyring takes.
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def _decode(value: str | None) -> bytes | None:
    if value is None:
        return None
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise KeyringUnusable("The keyring's entry for this vault is not one that therapy-tui wrote.") from error


def _unusable(failure: str, seconds: float) -> KeyringUnusable:
    begin = FAILURES.get(failure, FAILURES["error"]).format(seconds=seconds)
    return KeyringUnusable(f"{begin}{_NEEDED}")


_NEEDED = ", so a passphrase is needed."
_WILL_OPEN = ", so a passphrase will open your vault."


def _at_setup(sentence: str) -> str:
    return sentence.replace(_NEEDED, _WILL_OPEN)
