"""record export: whole, private, with a manifest, and never over anything."""

import hashlib
import json
import stat
from pathlib import Path

import pytest

from tests.two_people import Person, TwoPeople
from therapy_tui.crypto.slots import CommandWay
from therapy_tui.keys.command import take_secret
from therapy_tui.services import access
from therapy_tui.store import slots
from therapy_tui.store.database import open_database

CANARY = "a heron under the bridge"


def test_export(people: TwoPeople, tmp_path: Path) -> None:
    """Three files, a page about them and a manifest; only what was shared is in them, and notes only when asked for."""
    therapist, client = people.therapist, people.client
    client.do("send", therapist.name, "-", stdin="Dear Ada.")
    client.do("checkin", "3", "--text", "-", stdin=f"check-in: {CANARY}")
    client.do("journal", "add", "-", stdin=f"page: {CANARY}")
    taken = client.do("measure", "take", "phq9", "--answers", "0,1,2,3,0,1,2,3,0").row
    client.do("share", "answers", taken["id"], therapist.name, "--yes")
    people.settle()
    therapist.do("note", "add", "-", "--for", client.name, stdin="Sleep is better.")
    target = tmp_path / "out"
    done = therapist.here("record", "export", client.name, str(target))
    assert done.code == 0
    assert "in clear" in done.err
    assert (done.row["letters"], done.row["questionnaires"], done.row["notes"]) == (1, 1, 0)
    unsigned = len(therapist.do("note", "list", "--for", client.name).rows)  # another test may have left one
    assert done.row["left_out"] == [f"Notes that are not signed are not in it: {unsigned}."]
    files = {each.name: each for each in target.iterdir()}
    assert files.keys() == {"record.fhir.json", "record.md", "record.txt", "README.txt", "MANIFEST.sha256"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in files.values()} == {0o600}
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    everything = "".join(each.read_text() for each in files.values())
    assert CANARY not in everything
    assert "Sleep is better." not in everything
    assert "LOINC is copyright" in files["README.txt"].read_text()
    bundle = json.loads(files["record.fhir.json"].read_text())
    letters = [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == "Communication"]
    assert [each["payload"][0]["contentString"] for each in letters] == ["Dear Ada."]
    assert "> Dear Ada.  \n" in files["record.md"].read_text()
    assert "\fSam: Questionnaires" in files["record.txt"].read_text().replace(client.name, "Sam")
    manifest = dict(line.split("  ", 1)[::-1] for line in files.pop("MANIFEST.sha256").read_text().splitlines())
    assert manifest == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def test_one_format(people: TwoPeople, tmp_path: Path) -> None:
    """A format that is named is written alone; --unsigned takes notes along and marks them."""
    people.therapist.do("note", "add", "-", "--for", people.client.name, stdin="Not yet.")
    target = tmp_path / "out"
    done = people.therapist.do(
        "record", "export", people.client.name, str(target), "--format", "text", "--unsigned"
    ).row
    assert done["formats"] == ["text"]
    assert {each.name for each in target.iterdir()} == {"record.txt", "README.txt", "MANIFEST.sha256"}
    assert "not signed" in (target / "record.txt").read_text()


@pytest.mark.parametrize("command", [("record", "export"), ("person", "--record")])
def test_what_is_not_as_it_was_signed_is_said(people: TwoPeople, tmp_path: Path, command: tuple[str, str]) -> None:
    """A record with a note that was altered is written out whole; the command names the note and fails."""
    therapist, name = people.therapist, people.client.name
    made = therapist.do("note", "add", "-", "--for", name, stdin="As it was.").row
    therapist.do("note", "sign", made["id"])
    file = open_database(therapist.folders.notes, _notes_key(therapist))
    file.run("UPDATE notes SET text = 'Altered.' WHERE id = ?", (bytes.fromhex(made["id"]),))
    target = tmp_path / "out"
    words = (*command, name, str(target)) if command[0] == "record" else (command[0], name, command[1], str(target))
    done = therapist.here(*words)
    plain = Person("", "", therapist.home, ()).here("record", "export", name, str(tmp_path / "plain"))
    file.run("DELETE FROM notes WHERE id = ?", (bytes.fromhex(made["id"]),))
    file.run("DELETE FROM signed")
    file.close()
    assert (done.code, plain.code) == (1, 1)
    assert "1 signed note is not as it was signed" in done.err
    told = f"{made['id'][:12]}: This note is not as it was signed on "
    assert told in plain.out
    assert "> Altered." in (target / "record.md").read_text()
    assert told in " ".join((target / "README.txt").read_text().split())
    if command[0] == "record":
        assert [each["id"] for each in done.row["altered"]] == [made["id"]]


def _notes_key(person: Person) -> bytes:
    (command,) = slots.commands(slots.read_slots(person.folders.slots))
    return access.keys_by(person.folders, CommandWay(take_secret(command)))["notes"]


def test_refusals(people: TwoPeople, tmp_path: Path) -> None:
    """A folder that is there is left as it is; nobody's record is none; a client has none."""
    target = tmp_path / "out"
    target.mkdir()
    for person, name in ((people.therapist, people.client.name), (people.therapist, "Nobody")):
        assert person.here("record", "export", name, str(target)).code == 1
    done = people.client.here("record", "export", people.therapist.name, str(tmp_path / "new"))
    assert done.code == 1
    assert "therapy-tui export DIR" in done.err
    assert list(target.iterdir()) == []
    assert not (tmp_path / "new").exists()
