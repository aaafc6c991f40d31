"""record export: whole, private, with a manifest, and never over anything."""

import hashlib
import json
import stat
from pathlib import Path

from tests.two_people import TwoPeople

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
