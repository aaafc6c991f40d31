"""init, passwd, keys, lock, erase: exit codes, JSON, and what they leave behind."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import NOWHERE, PASSPHRASE, by_passphrase
from tests.two_people import Person, TwoPeople, meet, new_person
from therapy_tui.services import erasing

INIT = ("init", "--role", "client", "--name", "Cleo")
NEW = "another long passphrase"


def private_file(path: Path, text: str) -> str:
    """Write a file that only its owner can read; give its name."""
    path.write_text(text)
    path.chmod(0o600)
    return str(path)


def mailboxes(people: TwoPeople) -> int:
    """Count the mailboxes at the relay."""
    with closing(sqlite3.connect(people.relay.database)) as database:
        return int(database.execute("SELECT count(*) FROM mailbox").fetchone()[0])


def test_init(alone: Person, tmp_path: Path) -> None:
    """`init` tells what it made; the recovery phrase is in the file alone, 24 words, 0600."""
    phrase = (tmp_path / "recovery").read_text()
    assert len(phrase.split()) == 24
    assert stat.S_IMODE((tmp_path / "recovery").stat().st_mode) == 0o600
    assert [row["name"] for row in alone.do("keys").rows] == [
        f"{database}.{kind}" for database in ("vault", "notes") for kind in ("passphrase", "recovery")
    ]
    assert alone.do("keys").rows[0].keys() >= {"name", "state", "detail"}


def test_init_twice(alone: Person) -> None:
    """A second `init` is refused and changes nothing."""
    before = {path: path.read_bytes() for path in alone.folders.data.iterdir()}
    done = alone.here(*INIT, "--relay", NOWHERE)
    assert (done.code, done.out) == (1, "")
    assert "already" in done.err
    assert {path: path.read_bytes() for path in alone.folders.data.iterdir()} == before


def test_init_without_a_terminal(tmp_path: Path, cheap: None) -> None:
    """Without a terminal and a file there is no passphrase to be had and no profile; with a file, no recovery slot."""
    del cheap
    nobody = Person("Cleo", "client", tmp_path / "home")
    refused = nobody.run(*INIT, "--unlock", "passphrase")
    assert (refused.code, refused.out) == (1, "")
    assert not nobody.folders.vault.exists()
    assert not nobody.folders.slots.exists()
    made = by_passphrase(tmp_path).run(*INIT)
    assert (made.code, made.row["recovery"]) == (0, False)
    assert "recovery" in made.err


def test_init_leaves_a_recovery_file_that_is_there(tmp_path: Path, cheap: None) -> None:
    """A recovery file that exists is not overwritten, and no profile is made."""
    del cheap
    person = by_passphrase(tmp_path)
    (tmp_path / "mine").write_text("mine")
    assert person.here(*INIT, "--recovery-file", str(tmp_path / "mine")).code == 1
    assert (tmp_path / "mine").read_text() == "mine"
    assert not person.folders.slots.exists()


@pytest.mark.parametrize("relay", ["http://relay.example.org", "http://203.0.113.7:8080"])
def test_plain_http_is_for_this_machine(tmp_path: Path, cheap: None, relay: str) -> None:
    """Plain http beyond loopback is refused before anything is made; --allow-plain allows it, https needs nothing."""
    del cheap
    person = by_passphrase(tmp_path)
    done = person.here(*INIT, "--relay", relay)
    assert (done.code, done.out) == (1, "")
    assert "https" in done.err
    assert not person.folders.data.exists()
    assert person.here(*INIT, "--relay", relay, "--allow-plain").code == 0


@pytest.mark.parametrize("words", [("--role", "judge", "--name", "X"), ("--name", "X"), ("--role", "client")])
def test_init_used_wrongly(tmp_path: Path, words: tuple[str, ...]) -> None:
    """An unknown role or a missing choice is wrong usage."""
    assert Person("X", "client", tmp_path / "home").here("init", *words).code == 2


@pytest.mark.parametrize("words", [("share", "list", "x\x1b]52;c;aa\x07"), ("\x1b[31m",), ("sync", "--wait", "\x9b2J")])
def test_wrong_usage_repeats_no_orders(tmp_path: Path, words: tuple[str, ...]) -> None:
    """What was given is named in the reason, and no order for the terminal that it holds."""
    done = Person("X", "client", tmp_path / "home").here(*words)
    assert done.code == 2
    assert "Error: " in done.err
    assert not any(order in done.err for order in "\x1b\x07\x9b")


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "\u2800"])
def test_a_name_that_nobody_can_see(tmp_path: Path, name: str) -> None:
    """A name without a visible letter, or a longer one than a card holds, is refused before anything is made."""
    person = Person("X", "client", tmp_path / "home")
    done = person.here("init", "--role", "client", "--name", name)
    assert (done.code, done.out) == (1, "")
    assert "name" in done.err
    assert not person.folders.data.exists()


def test_a_shared_machine_has_no_keyring(tmp_path: Path, cheap: None) -> None:
    """--shared-machine with the keyring is refused; with a passphrase it is kept, and no keyring comes later."""
    del cheap
    person = by_passphrase(tmp_path)
    assert person.here(*INIT, "--shared-machine", "--unlock", "keyring").code == 1
    person.do(*INIT, "--shared-machine")
    assert "shared_machine = true" in person.folders.settings.read_text()
    assert person.here("keys", "add", "keyring").code == 1


def test_passwd(alone: Person, tmp_path: Path) -> None:
    """`passwd` changes the passphrase at once; the old one opens nothing; a short or missing one changes nothing."""
    short = private_file(tmp_path / "short", "short")
    assert alone.here("passwd", "--new-passphrase-file", short).code == 1
    assert alone.do("contacts").rows == []
    assert alone.do("passwd", "--new-passphrase-file", private_file(tmp_path / "new", NEW)).row == {"changed": True}
    done = alone.here("contacts")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    private_file(tmp_path / "passphrase", NEW)
    assert alone.here("contacts").code == 0


def test_passphrase_files_must_be_private(alone: Person, tmp_path: Path) -> None:
    """A passphrase file that others can read, a link and a missing one are refused, each with what to do."""
    open_file = tmp_path / "open"
    open_file.write_text(PASSPHRASE)
    open_file.chmod(0o644)
    (tmp_path / "link").symlink_to(tmp_path / "passphrase")
    for path in (open_file, tmp_path / "link", tmp_path / "missing"):
        done = Person("Cleo", "client", alone.home, ("--json", "--passphrase-file", str(path))).here("contacts")
        assert (done.code, done.out) == (1, "")
        assert str(path) in done.err


def test_keys_come_and_go(alone: Person, tmp_path: Path) -> None:
    """A way in can be added and removed; the last one stays; a command is shown, and opens."""
    secret = private_file(tmp_path / "secret", "twenty-four bytes at least\n")
    alone.do("keys", "add", "command", "--command", f"cat {secret}")
    assert Person("Cleo", "client", alone.home).do("contacts").rows == []
    assert any(f"cat {secret}" in row["detail"] for row in alone.do("keys").rows)
    alone.do("keys", "remove", "recovery")
    alone.do("keys", "remove", "passphrase")
    assert alone.here("contacts").code == 1
    last = alone.here("keys", "remove", "command")
    assert (last.code, last.out) == (1, "")
    assert Person("Cleo", "client", alone.home).do("contacts").rows == []


@pytest.mark.parametrize("words", [("contacts",), ("lock",), ("keys",), ("erase", "--yes"), ("doctor",), ("passwd",)])
def test_without_a_profile(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Where there is no profile, every command says how to make one, and makes nothing."""
    done = Person("X", "client", tmp_path / "home").here(*words)
    assert (done.code, done.out) == (1, "")
    assert "therapy-tui init" in done.err


def test_a_wrong_home(tmp_path: Path) -> None:
    """A folder that others may open is refused, with the command that closes it."""
    person = new_person("X", "client", tmp_path / "home", "--relay", NOWHERE)
    person.folders.data.chmod(0o755)
    done = person.here("contacts")
    assert (done.code, done.out) == (1, "")
    assert "chmod 700" in done.err


@pytest.mark.parametrize("words", [("contacts",), ("lock",), ("init", "--role", "client", "--name", "Y")])
def test_a_vault_without_its_ways_in_is_not_taken_for_no_profile(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Where the slots are missing and the vault is not, it is said so; nothing is made, and erasing ends it."""
    person = new_person("X", "client", tmp_path / "home", "--relay", NOWHERE)
    person.folders.slots.unlink()
    before = person.folders.vault.read_bytes()
    done = person.here(*words)
    assert (done.code, done.out) == (1, "")
    assert "slots.json is missing" in done.err
    assert person.folders.vault.read_bytes() == before
    person.do("erase", "--yes")
    assert not person.folders.data.exists()


def test_erase(people: TwoPeople, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`erase` destroys the keys before any file goes, and the mailbox at the relay is closed."""
    person = new_person("Gus", "client", tmp_path / "gus")
    meet(people.therapist, person)
    before = mailboxes(people)
    there: list[bool] = []
    unlink = erasing._unlink

    def watched(path: Path) -> list[str]:
        there.append(person.folders.slots.exists())
        return unlink(path)

    monkeypatch.setattr(erasing, "_unlink", watched)
    done = person.do("erase", "--yes")
    assert done.row["erased"] is True
    assert there
    assert not any(there)
    assert not person.folders.data.exists()
    assert mailboxes(people) == before - 1


def test_erase_without_a_line(tmp_path: Path) -> None:
    """With no relay to be had the profile goes all the same, and what is left of it elsewhere is told."""
    person = new_person("Gus", "client", tmp_path / "gus", "--relay", NOWHERE)
    person.here("sync")
    assert person.here("erase", "--yes").code == 0
    assert not person.folders.data.exists()
    assert not person.folders.state.exists()
