"""record: retention, hold, release, due, erase, as a contract."""

import json
import shutil
from pathlib import Path

import pytest

from tests.two_people import Person, TwoPeople


@pytest.fixture
def copied(people: TwoPeople, tmp_path: Path) -> Person:
    """The therapist's home once more, so that all of it can be erased; nothing of it is sent."""
    therapist = people.therapist
    home = shutil.copytree(therapist.home, tmp_path / "copied")
    return Person(therapist.name, therapist.role, home, therapist.before)


def test_retention(people: TwoPeople) -> None:
    """There is no rule until one is set, and then a hint; a rule of years is kept, and 0 takes it away."""
    therapist = people.therapist
    assert therapist.do("record", "retention").row == {"years": None}
    assert therapist.do("record", "retention", "7").row == {"years": 7}
    assert therapist.here("record", "retention", "101").code == 1
    (row,) = therapist.do("record", "due", "--all").rows
    assert (row["name"], row["is_due"], row["hold"], row["closed"]) == (people.client.name, False, None, "")
    assert therapist.do("record", "due").rows == []
    therapist.do("record", "retention", "0")
    done = therapist.here("record", "due", "--all")
    assert done.row["due"] is None
    assert "7 years" in done.err
    assert people.client.here("record", "retention").code == 1


def test_holding(people: TwoPeople) -> None:
    """A hold needs a reason, is shown with it, and ends for a reason; both stand in the log."""
    therapist, name = people.therapist, people.client.name
    assert therapist.here("record", "hold", name, "-", stdin="\n").code == 1
    therapist.do("record", "hold", name, "-", stdin="a case in court\n")
    assert [row["hold"] for row in therapist.do("record", "due", "--all").rows] == ["a case in court"]
    assert therapist.here("record", "erase", name, "nowhere", "--anyway", "asked for", "--yes").code == 1
    therapist.do("record", "release", name, "it is over")
    assert therapist.here("record", "release", name, "again").code == 1
    noted = [(row["what"], row["detail"]) for row in therapist.do("audit", "list").rows]
    assert noted[-2:] == [("held", "a case in court"), ("released", "it is over")]


def test_a_hold_keeps_the_whole_profile(people: TwoPeople, copied: Person) -> None:
    """`erase` names who is held, why, and what ends that, with the mailbox or without; once it has ended all goes."""
    name = people.client.name
    copied.do("record", "hold", name, "-", stdin="a case in court\n")
    before = {each: each.read_bytes() for each in copied.folders.data.iterdir() if each.name != "vault.db"}
    for words in (("erase", "--yes"), ("erase", "--yes", "--keep-mailbox")):
        done = copied.here(*words)
        assert (done.code, done.out) == (1, "")
        assert f"{name} (a case in court)" in done.err
        assert "therapy-tui record release CONTACT" in done.err
    assert {each: each.read_bytes() for each in before} == before
    copied.do("record", "release", name, "it is over")
    copied.do("erase", "--yes", "--keep-mailbox")
    assert not copied.folders.data.exists()


def test_what_is_held_and_closed_is_not_erased(people: TwoPeople, copied: Person) -> None:
    """Where nobody can open the profile to see whose record is held nothing is erased, and what may be done is said."""
    copied.do("record", "hold", people.client.name, "-", stdin="a case in court\n")
    copied.folders.slots.rename(copied.folders.slots.with_name("aside"))
    done = copied.here("erase", "--yes", "--keep-mailbox")
    assert done.code == 1
    assert "is held" in done.err
    assert "slots.json is missing" in done.err
    assert str(copied.folders.data) in done.err.replace("\n", "")
    assert copied.folders.vault.exists()


def test_a_hold_that_comes_meanwhile_counts(people: TwoPeople, copied: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hold that another process sets while `erase` asks is heeded: nothing goes."""

    def asked(_prompt: str) -> str:
        copied.do("record", "hold", people.client.name, "-", stdin="a case in court\n")
        return "erase"

    monkeypatch.setattr("therapy_tui.cli.profile.ask_line", asked)
    done = copied.here("erase", "--keep-mailbox")
    assert (done.code, "is held" in done.err) == (1, True)
    assert copied.do("contacts").rows


def test_a_hold_of_before_is_told_outside(people: TwoPeople, copied: Person) -> None:
    """Where the file that tells of a hold is missing, the next opening makes it; without a hold it goes again."""
    copied.do("record", "hold", people.client.name, "-", stdin="a case in court\n")
    told = copied.folders.data / "held"
    assert people.client.name not in told.read_text()
    told.unlink()
    assert copied.here("erase", "--yes").code == 1
    assert told.exists()
    copied.do("record", "release", people.client.name, "it is over")
    assert not told.exists()
    told.write_text("left by a command that was killed")
    copied.do("contacts")
    assert not told.exists()


def test_erasing(people: TwoPeople, tmp_path: Path) -> None:
    """Without --yes it only says what would go; with it the record is gone, the other is told, a receipt is there."""
    therapist, client = people.therapist, people.client
    client.do("send", therapist.name, "-", stdin="Dear Ada.")
    people.settle()
    therapist.do("note", "add", "-", "--for", client.name, stdin="Sleep is better.")
    target = tmp_path / "receipt"
    early = therapist.here("record", "erase", client.name, str(target), "--yes")
    assert early.code == 1
    assert "--anyway" in early.err
    words = ("record", "erase", client.name, str(target), "--anyway", "asked for")
    asked = therapist.do(*words).row
    assert asked["erased"] is None
    assert asked["would_erase"] == {"letters": 1, "questionnaires": 0, "others": 0, "notes": 1, "appointments": 0}
    assert not target.exists()
    done = therapist.do(*words, "--yes").row
    assert done["erased"] == asked["would_erase"]
    assert done["clean"]
    receipt = json.loads((target / "receipt.json").read_text())
    assert receipt == {name: done[name] for name in receipt}
    text = (target / "receipt.txt").read_text()
    assert client.name not in text + json.dumps(receipt)
    assert therapist.do("note", "list").rows == []
    assert therapist.do("contacts").rows == []
    assert therapist.here("messages", client.name).code == 1
    assert therapist.do("record", "due", "--all").rows == []
    assert therapist.do("audit", "verify", "--mark", done["audit_mark"]).row["sound"]
    people.settle()
    assert client.do("contacts").row["closed"] == "theirs"
