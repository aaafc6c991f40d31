"""A record holds what is of one person: all of it, nothing of another, and says what is not in it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.people import CARL, Person, World
from therapy_tui import errors
from therapy_tui.core import bodies, shared
from therapy_tui.core.bodies import Kind
from therapy_tui.core.fhir.bundle import bundle
from therapy_tui.core.people import CLIENT, Contact
from therapy_tui.core.record import Record
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import (
    access,
    audit,
    conversation,
    journal,
    measures,
    note_signing,
    notes,
    pairing,
    record_files,
    sharing,
)
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.record import gather

SCORES = {"phq9": (0, 1, 2, 3, 0, 1, 2, 3, 1), "gad7": (3, 2, 1, 0, 3, 2, 1)}


def open_notes(person: Person) -> Notebook:
    """Open the notes of a person."""
    made = Notebook(
        person.folders, Keyring(), access.Beside(), person.chance.randbytes, person.clock, person.vault.events
    )
    made.open(access.keys_by(person.folders, person.way)["notes"])
    return made


@pytest.fixture
def notebook(met: World) -> Iterator[Notebook]:
    """Ann's open notes."""
    made = open_notes(met.ann)
    yield made
    made.close()


def note(notebook: Notebook, contact: Contact | None, text: str, hour: str = "") -> None:
    """Keep a note."""
    blank = notes.blank(notebook, contact.id if contact else b"", hour=hour)
    notes.keep(notebook, blank, replace(blank, text=text))


def answer(person: Person, name: str) -> None:
    """Answer a measure and share it."""
    taken = measures.take(person.vault, measures.find(name), SCORES[name])
    sharing.share(person.vault, person.contact(), taken)


def words(record: Record, folder: Path, vault: Person) -> str:
    """Write a record in every format and give all that was written, with the attachments read."""
    record_files.export(vault.vault, record, folder, list(record_files.FORMATS))
    return "\n".join(each.read_text() for each in sorted(folder.iterdir())) + repr(record)


def test_what_is_in_it(met: World, notebook: Notebook) -> None:
    """Letters of both, a shared page, answers with their change, and a note; what was taken back is gone."""
    page = journal.blank(met.carl.vault, "2026-11-12")
    page = journal.keep(met.carl.vault, page, replace(page, text="The heron."))
    sharing.share(met.carl.vault, met.carl.contact(), page)
    gone = journal.blank(met.carl.vault, "2026-11-13")
    gone = journal.keep(met.carl.vault, gone, replace(gone, text="The bridge."))
    sharing.share(met.carl.vault, met.carl.contact(), gone)
    answer(met.carl, "phq9")
    met.settle()
    theirs = met.carl.write("Hello")
    met.settle()
    conversation.send(met.ann.vault, met.ann.contact(), "Hello, Carl", answers=theirs.id[:8])
    sharing.take_back(met.carl.vault, sharing.copies_of(met.carl.vault, gone.id)[0])
    answer(met.carl, "phq9")
    met.settle()
    note(notebook, met.ann.contact(), "About sleep.", "2026-11-13 15:00")
    record = gather(met.ann.vault, met.ann.contact(), notebook, unsigned=True)
    assert [(each.text, each.is_taken_back, each.outgoing) for each in record.said] == [
        ("The heron.", False, False),
        ("", True, False),
        ("Hello", False, False),
        ("Hello, Carl", False, True),
    ]
    assert record.said[3].answers == theirs.id
    assert [each.result.total for each in record.answered if each.result] == [13, 13]
    assert "as before" in record.answered[1].told[1]
    assert [(each.text, each.hour, each.signed_at) for each in record.noted] == [
        ("About sleep.", "2026-11-13 15:00", 0)
    ]
    assert record.left_out == ()


def test_signed_notes_and_what_was_added(met: World, notebook: Notebook, tmp_path: Path) -> None:
    """A signed note is in it with what was added and signed, each with its time; one that was altered says so."""
    contact = met.ann.contact()
    note(notebook, contact, "About sleep.", "2026-11-13 15:00")
    (kept,) = notes.every(notebook, contact.id)
    kept = notes.keep(notebook, kept, replace(kept, minutes=50, modality="by letter", codes="F32.1"))
    signed = note_signing.sign(notebook, kept)
    added = note_signing.addition(notebook, signed)
    note_signing.sign(notebook, notes.keep(notebook, added, replace(added, text="And the post.")))
    note(notebook, contact, "Not signed.")
    record = gather(met.ann.vault, contact, notebook)
    assert [(each.text, bool(each.signed_at), each.amends) for each in record.noted] == [
        ("About sleep.", True, b""),
        ("And the post.", True, signed.id),
    ]
    first, second = [each["resource"] for each in bundle(record)["entry"] if "docStatus" in each["resource"]]
    assert first["description"] == "by letter, F32.1"
    assert first["context"]["period"].keys() == {"start", "end"}
    assert second["relatesTo"][0]["target"]["reference"] == f"urn:uuid:{first['id']}"
    found = words(record, tmp_path / "out", met.ann)
    assert "added to the note before" in found
    assert "Not signed." not in found
    notebook.database.run("UPDATE notes SET text = 'Altered.' WHERE id = ?", (signed.id,))
    assert gather(met.ann.vault, contact, notebook).noted[0].warning


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notes SET text = 'Altered.'",
        "UPDATE notes SET signed_at = 0",  # it looks like one that is not signed yet
        "UPDATE notes SET hour = 'noon', written_at = 1000000000000000",
    ],
)
def test_an_altered_note_is_in_it_and_named(met: World, notebook: Notebook, tmp_path: Path, statement: str) -> None:
    """However a signed note was altered it is in every form of the record, is named in each, and stays as it lies."""
    contact = met.ann.contact()
    note(notebook, contact, "About sleep.", "2026-11-13 15:00")
    (kept,) = notes.every(notebook, contact.id)
    note_signing.sign(notebook, kept)
    notebook.database.run(statement)
    record = gather(met.ann.vault, contact, notebook)
    assert [(each, told[:36]) for each, told in record.faults] == [(kept.id, "This note is not as it was signed on")]
    assert record.left_out == ()
    words(record, tmp_path / "out", met.ann)
    for name in ("record.md", "record.txt", "record.fhir.json", "README.txt"):
        assert "not as it was signed" in " ".join((tmp_path / "out" / name).read_text().split())
    lying = notes.get(notebook, kept.id)
    assert lying is not None
    assert [each.text for each in record.noted] == [lying.text]


def test_a_signed_note_that_is_lost_is_named(met: World, notebook: Notebook) -> None:
    """A signed note that is gone, nobody knows about whom, is named in every record with its id."""
    note(notebook, met.ann.contact(), "About sleep.")
    (kept,) = notes.every(notebook)
    note_signing.sign(notebook, kept)
    notebook.database.run("DELETE FROM notes")
    (remark,) = gather(met.ann.vault, met.ann.contact(), notebook).remarks
    assert remark.startswith(f"{kept.id.hex()[:12]}: This note was signed on ")
    assert "Nobody knows any more about whom it was." in remark


def test_only_one_file_of_notes_is_read(met: World, notebook: Notebook, tmp_path: Path) -> None:
    """What is read of notes is the file of session notes; what lies beside it, as process notes will, is not opened."""
    assert notebook.database.path == met.ann.folders.notes
    planted = met.ann.folders.data / "process.db"
    planted.mkdir()  # whoever opened it would fail
    note(notebook, met.ann.contact(), "About sleep.")
    record = gather(met.ann.vault, met.ann.contact(), notebook, unsigned=True)
    assert "About sleep." in words(record, tmp_path / "out", met.ann)
    planted.rmdir()


def test_what_is_not_in_it_is_said(met: World, notebook: Notebook) -> None:
    """Notes that are closed, or not signed, are named as missing; so is what a newer version wrote."""
    note(notebook, met.ann.contact(), "About sleep.")
    with met.carl.vault.transaction():
        conversation.queue(met.carl.vault, met.carl.contact(), 99, "", raw=b"\x90")
    met.settle()
    closed = gather(met.ann.vault, met.ann.contact(), None)
    assert closed.noted == ()
    assert "newer version" in closed.left_out[0]
    assert "key of their own" in closed.left_out[1]
    unsigned = gather(met.ann.vault, met.ann.contact(), notebook)
    assert unsigned.noted == ()
    assert unsigned.left_out[1] == "Notes that are not signed are not in it: 1."


def test_another_scale(met: World) -> None:
    """Answers in a scale that is another than this program's are as they were sent, and nothing is reckoned of them."""
    for body in (
        shared.SharedAnswers("k10", 1_795_000_000, 0, 4, bytes([0, 1, 2, 3, 4, 0, 1, 2, 3, 255])),
        shared.SharedAnswers("k10", 1_795_000_000, 0, 4, bytes([1, 2, 3, 4, 1, 1, 2, 3, 4, 1])),
        shared.SharedAnswers("of-tomorrow", 1_795_000_000, 0, 9, bytes([9])),
        shared.SharedAnswers("phq9", 1_795_000_000, 0, 3, bytes([1])),
    ):
        with met.carl.vault.transaction():
            conversation.queue(met.carl.vault, met.carl.contact(), Kind.ANSWERS, "", raw=bodies.pack_body(body))
    met.settle()
    found = gather(met.ann.vault, met.ann.contact(), None).answered
    assert [each.scale for each in found] == [(0, 4), (0, 4), (0, 9), (0, 3)]
    assert found[0].answers[-2:] == (3, None)
    assert {(each.measure, each.result) for each in found} == {(None, None)}
    assert ["no total" in each.told[0] for each in found] == [True] * 4


def test_two_of_the_same_name(met: World, notebook: Notebook, tmp_path: Path) -> None:
    """The records of two clients who have the same name do not mix, in any format."""
    (first,) = [met.ann.contact()]
    other = Person(tmp_path / "other", CLIENT, CARL, met.relay).make()
    made = met.invite()
    pairing.begin_join(other.vault, made.link)
    for _ in range(4):
        other.exchange()
        met.ann.exchange()
    (second,) = [each for each in _everybody(met.ann) if each.id != first.id]
    assert first.name == second.name
    met.carl.write("canary-letter-one")
    other.write("canary-letter-two")
    answer(met.carl, "phq9")
    answer(other, "gad7")
    for _ in range(4):
        other.exchange()
        met.settle(1)
    conversation.send(met.ann.vault, first, "canary-reply-one")
    conversation.send(met.ann.vault, second, "canary-reply-two")
    note(notebook, first, "canary-note-one")
    note(notebook, second, "canary-note-two")
    note(notebook, None, "canary-note-nobody")
    for contact, mine, theirs in ((first, "one", "two"), (second, "two", "one")):
        record = gather(met.ann.vault, contact, notebook, unsigned=True)
        found = words(record, tmp_path / mine, met.ann)
        assert all(f"canary-{kind}-{mine}" in found for kind in ("letter", "reply", "note"))
        assert not any(f"canary-{kind}-{theirs}" in found for kind in ("letter", "reply", "note"))
        assert "canary-note-nobody" not in found
        assert [each.name for each in record.answered] == ["phq9" if mine == "one" else "gad7"]
    other.lock()


def _everybody(person: Person) -> list[Contact]:
    from therapy_tui.store import contacts

    return contacts.every(person.vault.database)


def test_the_export_is_noted(met: World, tmp_path: Path) -> None:
    """The audit log says whose record was exported and in which formats; nothing is noted where nothing was written."""
    record = gather(met.ann.vault, met.ann.contact(), None)
    record_files.export(met.ann.vault, record, tmp_path / "out", ["fhir"])
    with pytest.raises(errors.UsageError):
        record_files.export(met.ann.vault, record, tmp_path / "out", ["text"])
    exported = [each for each in audit.every(met.ann.vault) if each.what == "exported"]
    assert [(each.contact, each.detail) for each in exported] == [(met.ann.contact().id, "record, fhir")]


def test_a_client_keeps_no_records(met: World) -> None:
    """A client is told what to do instead."""
    with pytest.raises(errors.UsageError, match="export DIR"):
        gather(met.carl.vault, met.carl.contact(), None)
