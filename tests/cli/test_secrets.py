"""Nothing of what is private lies open: modes of files, arguments and environments of processes, words about faults."""

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE, by_passphrase
from tests.two_people import Person, TwoPeople, ended
from therapy_tui.services import conversation

CANARY = "canary-9b1d"


def everything_under(folder: Path) -> Iterator[tuple[Path, int]]:
    """Give every path with its mode."""
    for path in [folder, *folder.rglob("*")]:
        yield path, path.lstat().st_mode


@pytest.mark.campaign
def test_modes_under_home(tmp_path: Path, people: TwoPeople) -> None:
    """After every kind of command, also with a wide umask, folders are 0700 and files 0600, and none is a link."""
    person = by_passphrase(tmp_path)
    kept = os.umask(0)
    try:
        init = ("init", "--role", "client", "--name", "Cleo", "--recovery-file", str(tmp_path / "recovery"))
        assert person.run(*init).code == 0
        link = people.therapist.do("invite").row["link"]
        assert person.run("join", "-", stdin=link).code == 0
        for words in (("send", people.therapist.name, "Hello."), ("sync",), ("invite",), ("lock",), ("doctor",)):
            assert person.run(*words).code == 0
    finally:
        os.umask(kept)
    wrong = [
        (str(path), oct(mode))
        for path, mode in everything_under(person.home)
        if stat.S_IMODE(mode) != (0o700 if stat.S_ISDIR(mode) else 0o600) or stat.S_ISLNK(mode)
    ]
    assert wrong == []


@pytest.mark.campaign
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs Linux's list of processes")
def test_no_secret_in_arguments_or_environments(tmp_path: Path, people: TwoPeople) -> None:
    """While commands run, neither letter, link, passphrase nor key stands in any process's arguments or environment."""
    person = by_passphrase(tmp_path)
    link = people.therapist.do("invite").row["link"]
    jobs = [
        (("init", "--role", "client", "--name", "Cleo"), ""),
        (("join", "-"), link),
        (("send", people.therapist.name, "-"), CANARY),
        (("doctor",), ""),
    ]
    secrets = [PASSPHRASE.encode(), link.encode(), CANARY.encode()]
    seen = 0
    for words, stdin in jobs:
        process = person.start(*words, stdin=stdin)
        while process.poll() is None:
            told = _told_by(process.pid)
            seen += bool(told)
            assert not any(secret in told for secret in secrets)
            time.sleep(0.01)
        assert ended(process).code == 0
    assert seen >= len(jobs)


def _told_by(pid: int) -> bytes:
    """Give the arguments and environments of a process and its children, as root may read them."""
    told = b""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (str(pid), *children):
            told += Path(f"/proc/{each}/cmdline").read_bytes() + Path(f"/proc/{each}/environ").read_bytes()
    except OSError:  # it has ended
        pass
    return told


def test_a_fault_inside_tells_no_content(people: TwoPeople, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program prints its kind and place in one line, and nothing of what it was about."""

    def broken(*values: object, **named: object) -> None:
        raise RuntimeError(f"about {CANARY} and {values} {named}")

    monkeypatch.setattr(conversation, "send", broken)
    done = people.client.send(people.therapist, CANARY)
    assert done.code == 70
    assert (done.out, done.err.count("\n")) == ("", 1)
    assert "RuntimeError" in done.err
    assert CANARY not in done.err


def test_nothing_readable_on_the_disk(people: TwoPeople) -> None:
    """Neither the vaults nor the relay's database nor anything beside them holds a letter or a name in the clear."""
    people.client.send(people.therapist, f"{CANARY} in the clear")
    people.settle(1)
    wanted = [CANARY.encode(), b"in the clear", "Schön".encode(), b"THERAPY:"]
    for folder in (people.client.home, people.therapist.home, people.relay.database.parent):
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert not any(each in data for each in wanted), path


def test_a_closed_pipe_is_no_fault(people: TwoPeople) -> None:
    """When the reader of the output goes away, the command ends quietly."""
    process = Person("Bo", "client", people.client.home, ()).start("messages", people.therapist.name)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(20) != 70
    assert CANARY.encode() not in err
    assert b"Traceback" not in err
