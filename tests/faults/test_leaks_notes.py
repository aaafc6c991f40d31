"""What is noted can be read in the notes only: not on the disk, not in what a process shows, and not on the line."""

import secrets
from pathlib import Path

import pytest

from tests.faults.canaries import watched
from tests.leaks import Hunt
from tests.two_people import new_person
from therapy_tui.services import notebook
from therapy_tui.store import database


def note_of(hunt: Hunt) -> str:
    word = hunt.words["note"]
    return f"Then {word} was said, twice: {word}. It was quiet after that."


@pytest.fixture
def hunt() -> Hunt:
    """Knows a word that stands in a note only."""
    return Hunt({"note": f"heron note {secrets.token_hex(6)}"})


def test_no_sentence_of_a_note_lies_in_clear(tmp_path: Path, hunt: Hunt) -> None:
    """Written, read, changed and searched for, no word of a note is in any file of the home, logs and copies too."""
    person = new_person("Cleo", "therapist", tmp_path / "home")
    made = person.do("note", "add", "-", stdin=note_of(hunt)).row
    assert person.do("note", "show", made["id"]).row["text"] == note_of(hunt)
    assert hunt.folder(tmp_path) == set()


def test_the_same_without_a_key_is_found(tmp_path: Path, hunt: Hunt, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: where the file is not encrypted, the word is found in it."""
    person = new_person("Cleo", "therapist", tmp_path / "home")
    opened = database.open_database

    def without_a_key(path: Path, key: bytes, *, for_reading: bool = False) -> database.Database:
        file = opened(path, key, for_reading=for_reading)
        file.value("PRAGMA journal_mode = DELETE")
        file.value("PRAGMA rekey = ''")
        return file

    monkeypatch.setattr(notebook, "open_database", without_a_key)
    person.do("note", "add", "-", stdin=note_of(hunt))
    assert {Path(each.where).name for each in hunt.folder(tmp_path)} == {"notes.db"}


def test_no_note_leaves_with_the_letters(tmp_path: Path) -> None:
    """A note about a letter goes nowhere with the letters that follow: not to the relay, not over the line."""
    with watched(tmp_path) as people:
        word = f"heron note {secrets.token_hex(6)}"
        hunt = Hunt({"note": word})
        people.write()
        (letter,) = (
            row for row in people.client.do("messages", people.hunt.words["therapist"]).rows if "in" in row["direction"]
        )
        people.client.do("note", "add", "-", "--message", letter["id"], stdin=f"On that: {word}, and {word}.")
        before = sum(map(len, people.line.streams))
        people.client.do("send", people.hunt.words["therapist"], "-", stdin="A letter after the note.")
        people.settle()
        assert sum(map(len, people.line.streams)) > before
        for number, stream in enumerate(people.line.streams):
            assert hunt.bytes(stream, f"stream {number}", deep=True) == set()
        assert hunt.folder(people.relay.database.parent, people.therapist.home, people.client.home) == set()
        listed = people.therapist.do("messages", people.hunt.words["label"]).rows
        assert not any(word in row["text"] for row in listed)
        assert people.therapist.do("note", "list").rows == []
