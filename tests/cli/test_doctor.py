"""doctor: what it finds, and what it never shows."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import NOWHERE
from tests.two_people import HARDENING, Person, TwoPeople, new_person
from therapy_tui import errors
from therapy_tui.config import Settings
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.crypto.slots import CommandWay, KeyringWay, PassphraseWay
from therapy_tui.keys.command import take_secret
from therapy_tui.keys.keyring import Probe
from therapy_tui.services import access
from therapy_tui.services.doctor import examine
from therapy_tui.services.line import today
from therapy_tui.services.patient import Patient
from therapy_tui.store import arrivals, contacts, slots
from therapy_tui.store.database import Database, open_database

NO_PROBE = Probe(usable=False, sentence="", backend="")
STATES = {"ok", "notice", "fault"}


def never(relay: str, frame: bytes) -> bytes:
    """Ask nobody."""
    raise AssertionError(relay, frame)


def findings(person: Person, code: int = 0) -> dict[str, tuple[str, str]]:
    """Run doctor; give name to (state, detail)."""
    done = person.here("doctor")
    assert done.code == code, done
    assert all(row.keys() >= {"name", "state", "detail"} and row["state"] in STATES for row in done.rows)
    return {row["name"]: (row["state"], row["detail"]) for row in done.rows}


def test_all_is_well(people: TwoPeople) -> None:
    """With two people who have met there is no fault, every part is looked at, and no name or key is shown."""
    found = findings(people.client)
    parts = {"folders", "files", "disk", "keys.vault", "keys.notes", "vault", "schema.vault", "epoch"}
    assert found["notes"] == found["vault"] == ("ok", "Whole.")
    assert found.keys() >= parts | {
        "schema.notes",
        "contacts",
        "quarantine",
        "outbox",
        "relay",
        "clock",
        "hardening",
        "libraries",
        "content",
    }
    assert {state for name, (state, _) in found.items() if name not in {"keys.vault", "keys.notes", "hardening"}} == {
        "ok"
    }
    assert HARDENING.undumpable is False
    assert found["hardening"][0] == "notice"
    assert people.therapist.name not in str(found)
    assert "vodozemac" in found["libraries"][1]


def test_doctor_changes_nothing_at_the_relay(people: TwoPeople) -> None:
    """The question to the relay is refused by it, so nothing there changes: the next exchange is as any other."""
    findings(people.client)
    people.client.send(people.therapist, "After the doctor.")
    people.settle(1)
    assert people.therapist.letters(people.client, "in")[-1]["text"] == "After the doctor."


def test_a_relay_that_is_not_there(tmp_path: Path) -> None:
    """A relay that cannot be reached is a fault, and exit code 1."""
    person = new_person("Hal", "client", tmp_path / "home", "--relay", NOWHERE)
    assert findings(person, 1)["relay"][0] == "fault"


def test_a_clock_that_is_wrong(people: TwoPeople, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock that is a day off is told."""
    true = access.seconds
    monkeypatch.setattr(access, "seconds", lambda: true() + 86_400)
    state, detail = findings(people.client)["clock"]
    assert state == "notice"
    assert "864" in detail


def _open_folder(person: Person) -> None:
    person.folders.config.chmod(0o755)


def _open_file(person: Person) -> None:
    (person.folders.data / "reserve").chmod(0o644)


def _notes_gone(person: Person) -> None:
    person.folders.notes.unlink()


def _notes_a_pipe(person: Person) -> None:
    person.folders.notes.unlink()
    os.mkfifo(person.folders.notes)


def _notes_plain(person: Person) -> None:
    person.folders.notes.write_bytes(b"SQLite format 3\0" + bytes(4096))


def _notes_damaged(person: Person) -> None:
    person.do("note", "add", "-", stdin="A word. " * 5_000)
    data = bytearray(person.folders.notes.read_bytes())
    data[-8192:] = bytes(8192)
    person.folders.notes.write_bytes(data)


def _notes_of_another(person: Person) -> None:
    with contextlib.closing(open_database(person.folders.notes, notes_key(person))) as database:
        database.rekey(bytes(32))


def notes_key(person: Person) -> bytes:
    """Give the key of somebody's notes."""
    file = slots.read_slots(person.folders.slots)
    return slots.open_with(file, CommandWay(take_secret(slots.commands(file)[0])))["notes"]


def _vault_damaged(person: Person) -> None:
    data = bytearray(person.folders.vault.read_bytes())
    data[:4096] = bytes(4096)
    person.folders.vault.write_bytes(data)


def _other_secret(person: Person) -> None:
    (person.home / "secret").write_text("quite another secret than before\n")


@pytest.mark.parametrize(
    ("harm", "name"),
    [
        (_open_folder, "folders"),
        (_open_file, "files"),
        (_notes_gone, "notes"),
        (_notes_a_pipe, "notes"),
        (_notes_plain, "notes"),
        (_notes_damaged, "notes"),
        (_notes_of_another, "notes"),
        (_vault_damaged, "vault"),
        (_other_secret, "vault"),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, harm: Callable[[Person], None], name: str) -> None:
    """Each harm is a fault under its name, the other checks still run, and exit code 1 says so."""
    person = new_person("Ida", "client", tmp_path / "home")
    harm(person)
    found = findings(person, 1)
    assert found[name][0] == "fault"
    assert "libraries" in found


@pytest.mark.parametrize("usable", [True, False])
def test_the_keyring_is_tried_only_where_it_opens_something(tmp_path: Path, *, usable: bool) -> None:
    """Without a keyring slot the keyring is left alone; with one its sentence is told, and a mute one is a fault."""
    person = new_person("Jo", "client", tmp_path / "home")
    tried = []

    def probe() -> Probe:
        tried.append(1)
        return Probe(usable, "This is what it said.", "a.Backend")

    patient = Patient(
        person.folders, Settings(), HARDENING, None, None, "closed", never, probe, os.urandom, access.seconds, today
    )
    assert all(each.name != "keyring" for each in examine(patient))
    assert tried == []
    file = slots.read_slots(person.folders.slots)
    keys = slots.open_with(file, CommandWay(take_secret(slots.commands(file)[0])))
    slots.add_slots(person.folders.slots, keys, KeyringWay(dict.fromkeys(keys, bytes(32))), os.urandom)
    (found,) = (each for each in examine(patient) if each.name == "keyring")
    assert found.state == ("ok" if usable else "fault")
    assert found.detail == "This is what it said. (a.Backend)"


def test_notes_that_nothing_at_hand_opens(tmp_path: Path) -> None:
    """Where the notes have a way in of their own nobody is asked for it, and it is told that they stayed closed."""
    person = new_person("Kim", "client", tmp_path / "home")
    keys = {"notes": notes_key(person)}
    slots.add_slots(person.folders.slots, keys, PassphraseWay("a passphrase of the notes", Cost()), os.urandom)
    slots.remove_slots(person.folders.slots, "command", ["notes"])
    state, detail = findings(person)["notes"]
    assert state == "ok"
    assert "closed" in detail
    assert "a passphrase of their own is needed" in detail


@pytest.mark.parametrize(
    ("error", "others", "state"),
    [
        (errors.KeyringUnusable("It is mute."), True, "notice"),
        (errors.KeyringUnusable("It is mute."), False, "fault"),
        (errors.KeySlotError("That is no key of theirs."), True, "fault"),
    ],
)
def test_notes_whose_key_the_keyring_has(tmp_path: Path, error: Exception, state: str, *, others: bool) -> None:
    """A keyring that does not give the key is a fault where nothing else does, and so is one that gives another key."""
    person = new_person("Lou", "client", tmp_path / "home")
    slots.add_slots(person.folders.slots, {"notes": notes_key(person)}, KeyringWay({"notes": bytes(32)}), os.urandom)
    if not others:
        slots.remove_slots(person.folders.slots, "command", ["notes"])

    def notes() -> Database:
        raise error

    folders, ways = person.folders, (never, lambda: NO_PROBE, os.urandom, access.seconds, today)
    patient = Patient(folders, Settings(), HARDENING, None, notes, "", *ways)
    (found,) = (each for each in examine(patient) if each.name == "notes")
    assert found.state == state
    assert str(error) in found.detail


def test_notices(people: TwoPeople) -> None:
    """Letters that wait, what was put aside and changed keys are notices, counted without a name."""
    person = people.therapist
    with person.vault() as vault:
        (contact,) = contacts.every(vault.database)
        with vault.transaction() as database:
            arrivals.quarantine(database, b"h" * 16, contact.id, 1, "ratchet", b"x", 1)
            contacts.set_trust(database, contact.id, "changed", 1)
    assert person.send(people.client, "This waits.").row["state"] == "queued"
    found = findings(person)
    assert {name: found[name][0] for name in ("contacts", "quarantine", "outbox")} == {
        "contacts": "notice",
        "quarantine": "notice",
        "outbox": "notice",
    }
    assert "wait for a line: 1;" in found["outbox"][1]
    assert people.client.name not in str(found)


def test_settings_that_cannot_be_read_are_a_fault(alone: Person) -> None:
    """They are told first, with what is wrong; all else is looked at, but no relay is asked by guessed settings."""
    alone.folders.settings.write_text("thin = 5\n")
    found = findings(alone, code=1)
    assert next(iter(found)) == "settings"
    assert found["settings"][0] == "fault"
    assert "thin should be true or false" in found["settings"][1]
    assert found["vault"][0] == "ok"
