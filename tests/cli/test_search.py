"""search: one row for each thing that was found, of every kind, with notes only where they can be opened."""

from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE
from tests.two_people import Person, TwoPeople
from therapy_tui.services import access

FIELDS = ["kind", "id", "date", "where", "passage"]


@pytest.fixture
def full(alone: Person) -> Person:
    """Somebody who noted something about a heron everywhere."""
    alone.do("journal", "add", "-", "--date", "2026-03-02", stdin="The heron\n\nstood there.")
    alone.do("checkin", "6", "--words", "calm", "--text", "-", stdin="Like a héron.")
    alone.do("journal", "prompts", "--add", "-", stdin="What does the heron wait for?")
    alone.do("note", "add", "-", stdin="Said nothing of the heron.\x1b[2J")
    alone.do("measure", "take", "gad7", "--answers", "0,1,2,3,0,1,2")
    return alone


def test_every_kind(full: Person) -> None:
    """Each kind comes with the same five fields, and the id is the one by which its own command knows it."""
    rows = {row["kind"]: row for row in full.do("search", "heron").rows}
    assert rows.keys() == {"entry", "check-in", "prompt", "note"}
    assert all(list(row) == FIELDS for row in rows.values())
    assert rows["entry"]["date"] == "2026-03-02"
    assert full.do("journal", "show", rows["entry"]["id"]).row["text"] == "The heron\n\nstood there."
    assert full.do("note", "show", rows["note"]["id"]).row["text"].startswith("Said nothing")
    assert rows["check-in"]["id"] in {row["id"] for row in full.do("checkin", "list").rows}
    assert full.do("journal", "prompts", "--erase", rows["prompt"]["id"]).code == 0
    measure = full.do("search", "gad").row
    assert (measure["kind"], measure["where"]) == ("measure", "questionnaire")
    assert "9, on a scale of 0 to 21" in measure["passage"]


def test_tags(full: Person) -> None:
    """A word finds a page by its tag, `#` finds nothing else, and what is told then begins with the tags."""
    full.do("journal", "add", "-", "--tag", "heron watch", "--tag", "early", stdin="By the bridge.")
    assert [row["kind"] for row in full.do("search", "heron").rows].count("entry") == 2
    row = full.do("search", "#heron").row
    assert (row["kind"], row["passage"]) == ("entry", "#heron watch #early\n\nBy the bridge.")
    assert full.do("search", "#watch", "bridge").row["id"] == row["id"]
    plain = Person(full.name, full.role, full.home, full.before[1:]).do("search", "#heron").out
    assert plain.endswith("journal: #heron watch #early By the bridge.\n")
    assert full.here("search", "#otter").code == 1


def test_words_are_given_alone_or_together(full: Person) -> None:
    """Words may stand in one argument or in several; a single letter at the end is a whole word here."""
    for words in (("heron", "stood"), ("heron stood",), ('"heron stood"',), ("heron", "to:2026-03")):
        assert [row["kind"] for row in full.do("search", *words).rows] == ["entry"]
    assert {row["kind"] for row in full.do("search", "heron", "a").rows} == {"check-in"}
    for words in (("zebra",), ("h",), ("heron", "with:osei")):
        done = full.here("search", *words)
        assert (done.code, done.out) == (1, "")


def test_as_text_nothing_gives_orders(full: Person) -> None:
    """Without JSON what was found is told in a line each, and no control character of it reaches the terminal."""
    plain = Person(full.name, full.role, full.home, full.before[1:]).do("search", "heron").out
    assert len(plain.splitlines()) == 4
    assert "note: Said nothing of the heron." in plain
    assert "\x1b" not in plain


def test_notes_under_another_passphrase_are_left_out(full: Person, tmp_path: Path) -> None:
    """Where what opened the vault does not open the notes, the rest is found, and it is said that notes were not."""
    change_notes(full)
    done = full.here("search", "heron")
    assert {row["kind"] for row in done.rows} == {"entry", "check-in", "prompt"}
    assert "Your notes were not searched." in done.err
    target = tmp_path / "out"
    done = full.here("export", str(target))
    assert (done.code, done.row["notes"], (target / "notes").exists()) == (0, None, False)
    assert "Your notes are left out." in done.err
    assert "Your notes are not here" in (target / "README.txt").read_text()


def test_letters_beside_notes_about_the_same(people: TwoPeople) -> None:
    """`with:` finds the letters with a person and the notes about them."""
    client, name = people.client, people.therapist.name
    client.send(people.therapist, "The egret came back.")
    client.do("note", "add", "-", "--for", name, stdin="On the egret.")
    client.do("note", "add", "-", stdin="Another egret.")
    rows = client.do("search", "egret", f"with:{name.split()[-1]}").rows
    assert {(row["kind"], row["where"]) for row in rows} == {("message", f"to {name}"), ("note", f"note, {name}")}


def change_notes(person: Person) -> None:
    """Give the notes another passphrase than the vault has."""
    from therapy_tui.crypto.slots import Cost, PassphraseWay
    from therapy_tui.store import slots

    key = access.keys_by(person.folders, PassphraseWay(PASSPHRASE))["notes"]
    slots.add_slots(person.folders.slots, {"notes": key}, PassphraseWay("another one", Cost()), bytes, replace=True)
