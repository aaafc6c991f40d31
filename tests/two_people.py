"""Two profiles made through the real command line, with a relay of their own, and quick ways to use them."""

import contextlib
import io
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.relay_process import RelayProcess
from therapy_tui.cli.main import run
from therapy_tui.config import find_folders
from therapy_tui.keys.hardening import Hardening
from therapy_tui.services import access
from therapy_tui.services.vault import Vault

ROOT = Path(__file__).parent.parent
HARDENING = Hardening(undumpable=False, no_core=False, private_files=False, dropped=())
SECRET = "a secret that a command prints\n"
PATIENCE = 60.0
"""Seconds after which a command of a test is taken for stuck."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON objects on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        (row,) = self.rows
        return row


@dataclass(frozen=True, slots=True)
class Person:
    """One profile in a home of its own. A command opens its vault, for that is quick; see `init`."""

    name: str
    role: str
    home: Path
    before: tuple[str, ...] = ("--json",)
    """What stands before every command, beside the home."""
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def folders(self) -> Any:
        """The folders of the profile."""
        return find_folders(self.home, "default")

    def arguments(self, *words: str) -> list[str]:
        """Give the whole command line, without the program."""
        return ["--home", str(self.home), *self.before, *words]

    def here(self, *words: str, stdin: str = "") -> Done:
        """Run a command in this process."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _standard_input(stdin):
            code = run(self.arguments(*words), HARDENING)
        return Done(code, out.getvalue(), err.getvalue())

    def start(self, *words: str, stdin: str = "") -> "subprocess.Popen[bytes]":
        """Start a command as a process of its own."""
        process = subprocess.Popen(
            [sys.executable, "-m", "therapy_tui", *self.arguments(*words)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # no terminal to ask on
            env={**os.environ, "PYTHONPATH": str(ROOT), **self.environment},
        )
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(stdin.encode())
            process.stdin.close()
        process.stdin = None
        return process

    def run(self, *words: str, stdin: str = "") -> Done:
        """Run a command as a process of its own, to its end."""
        return ended(self.start(*words, stdin=stdin))

    def do(self, *words: str, stdin: str = "") -> Done:
        """Run a command in this process that must succeed."""
        done = self.here(*words, stdin=stdin)
        assert done.code == 0, done
        return done

    def send(self, to: "Person", text: str) -> Done:
        """Send a letter through standard input, in this process."""
        return self.here("send", to.name, "-", stdin=text)

    def letters(self, other: "Person", direction: str) -> list[dict[str, Any]]:
        """Give the letters with another, those that came ("in") or went ("out"), in order."""
        return [row for row in self.do("messages", other.name).rows if row["direction"] == direction]

    @contextlib.contextmanager
    def vault(self) -> Iterator[Vault]:
        """Open the vault in this process."""
        vault = access.unlock_by_command(self.folders, os.urandom, access.seconds)
        try:
            yield vault
        finally:
            vault.close()


@dataclass(frozen=True, slots=True)
class TwoPeople:
    """A therapist and a client who have met, and the relay between them."""

    relay: RelayProcess
    therapist: Person
    client: Person

    @property
    def both(self) -> tuple[Person, Person]:
        """The two."""
        return self.therapist, self.client

    def other(self, person: Person) -> Person:
        """Give the other of the two."""
        return self.client if person is self.therapist else self.therapist

    def settle(self, rounds: int = 3) -> None:
        """Exchange until everything has arrived and every receipt has come back."""
        for _ in range(rounds):
            for person in self.both:
                person.do("sync")


def ended(process: "subprocess.Popen[bytes]") -> Done:
    """Wait for a process of `Person.start`."""
    try:
        out, err = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return Done(process.returncode, out.decode(), err.decode())


def new_person(name: str, role: str, home: Path, *init: str) -> Person:
    """Make a profile that a command opens, which costs no stretching of a passphrase."""
    home.mkdir(mode=0o700, parents=True)
    secret = home / "secret"
    secret.write_text(SECRET)
    person = Person(name, role, home)
    opener = f"{shutil.which('cat')} {shlex.quote(str(secret))}"
    person.do("init", "--role", role, "--name", name, "--unlock-command", opener, *init)
    return person


def meet(therapist: Person, client: Person) -> None:
    """Let a client join the therapist's invite, both ways to the end."""
    link = therapist.do("invite").row["link"]
    client.do("join", "-", stdin=link)
    therapist.do("sync")
    client.do("sync")


@contextlib.contextmanager
def two_people(folder: Path) -> Iterator[TwoPeople]:
    """Start a relay and make two people who have met."""
    with RelayProcess(folder / "relay.db") as relay:
        yield two_who_met(relay, folder)


def two_who_met(relay: RelayProcess, folder: Path) -> TwoPeople:
    """Make two people who have met at this relay."""
    therapist = new_person("Dr Ada Schön", "therapist", folder / "therapist", "--relay", relay.url)
    client = new_person("Bo", "client", folder / "client")
    meet(therapist, client)
    return TwoPeople(relay, therapist, client)


def die() -> None:
    """End this process as by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


@contextlib.contextmanager
def _standard_input(text: str) -> Iterator[None]:
    kept, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape")), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = kept
