"""Retention, holds and erasing: nothing goes before its time, and then nothing of the words stays in the files."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from tests.services.people import YEAR, Person, World
from tests.services.test_record import answer, note, open_notes
from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.keys.keyring import Keyring
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import (
    access,
    audit,
    conversation,
    ending,
    erasure,
    journal,
    note_signing,
    notes,
    pairing,
    process,
    retention,
    sharing,
    triage,
)
from therapy_tui.services import drawer as drawers
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.erasure import Receipt
from therapy_tui.services.notebook import Notebook
from therapy_tui.store import contacts
from therapy_tui.store import erasure as rows
from therapy_tui.store.database import Database, create_database
from therapy_tui.store.schema import upgrade

CANARY = "quincunx"
OTHER = "zeugma"


@pytest.fixture
def notebook(met: World) -> Iterator[Notebook]:
    """Ann's open notes."""
    made = open_notes(met.ann)
    yield made
    made.close()


@pytest.fixture
def full(met: World, notebook: Notebook) -> World:
    """Ann has letters, a page, a question, answers, a draft and notes of Carl, and a note of nobody."""
    page = journal.blank(met.carl.vault, "2026-11-12")
    page = journal.keep(met.carl.vault, page, replace(page, text=f"A page: {CANARY}."))
    sharing.share(met.carl.vault, met.carl.contact(), page)
    sharing.ask(met.carl.vault, met.carl.contact(), f"A question: {CANARY}?")
    answer(met.carl, "phq9")
    met.carl.write(f"A letter: {CANARY}")
    met.settle()
    met.ann.write(f"An answer: {CANARY}")
    met.settle()
    vault, contact = met.ann.vault, met.ann.contact()
    draft = conversation.draft(vault, contact.id)
    conversation.keep_draft(vault, contact.id, structs.replace(draft, text=f"A draft: {CANARY}"))
    note(notebook, contact, f"A note: {CANARY}")
    note(notebook, None, f"A note of nobody: {OTHER}")
    retention.set_years(vault, 7)
    return met


def closed_drawer(person: Person) -> Drawer:
    """Give the drawer of process notes as it is before anybody opens it."""
    return Drawer(
        person.folders, Keyring(), access.Beside(), person.chance.randbytes, person.clock, person.vault.events
    )


def erase(person: Person, notebook: Notebook, contact: Contact, reason: str = "") -> Receipt:
    """Erase a record where there is no drawer."""
    return erasure.erase(person.vault, notebook, closed_drawer(person), person.folders, contact, reason)


def raw(database: Database) -> bytes:
    """Give every page of a file, deciphered, those that were freed among them."""
    return bytes(database._connection.serialize("main"))


def has(database: Database, word: str) -> bool:
    """Tell whether a word stands anywhere in a file, in either case."""
    return word.encode() in raw(database).lower()


def test_nothing_goes_before_its_time(full: World, notebook: Notebook) -> None:
    """Before its day, or without a rule, it is refused and nothing is changed; with a reason it goes."""
    ann = full.ann
    contact = ann.contact()
    day = time.strftime("%d", time.localtime(ann.vault.now()))  # as it is called where this runs
    with pytest.raises(errors.UsageError, match=f"comes on 2034-01-{day}"):
        erase(ann, notebook, contact)
    retention.set_years(ann.vault, 0)
    with pytest.raises(errors.UsageError, match="no rule"):
        erase(ann, notebook, contact)
    assert len(ann.letters()) == 5
    assert not ann.contact().closed
    receipt = erase(ann, notebook, contact, "asked for, \n no ground to keep it")
    assert receipt.reason == "asked for, no ground to keep it"
    assert ann.letters() == []
    (act,) = [each for each in audit.every(ann.vault) if each.number == receipt.mark.count]
    assert (act.what, act.contact) == ("erased", contact.id)
    assert "before its time: asked for" in act.detail


def test_its_time_comes(full: World, notebook: Notebook) -> None:
    """After seven years it is listed as due, erased without a reason, and listed no more; new notes put it off."""
    ann = full.ann
    full.pass_time(6 * YEAR)
    note(notebook, ann.contact(), "A later note.")
    full.pass_time(YEAR + 5 * 86_400)
    today = retention.today(ann.vault)
    assert [each.is_due(today) for _, each in retention.every(ann.vault, notebook)] == [False]
    assert [each.is_due(today) for _, each in retention.every(ann.vault, None)] == [True]
    full.pass_time(6 * YEAR)
    today = retention.today(ann.vault)
    ((contact, standing),) = retention.every(ann.vault, notebook)
    assert standing.is_due(today)
    receipt = erase(ann, notebook, contact)
    assert receipt.reason == ""
    assert retention.every(ann.vault, notebook) == []


def test_a_hold_is_stronger_than_anything(full: World, notebook: Notebook) -> None:
    """A record that is held is not erased, whatever its age and whatever the reason, until the hold is ended."""
    ann = full.ann
    contact = ann.contact()
    retention.hold(ann.vault, contact, "a case in court")
    full.pass_time(20 * YEAR)
    for reason in ("", "asked for"):
        with pytest.raises(errors.UsageError, match="a case in court"):
            erase(ann, notebook, contact, reason)
    assert len(ann.letters()) == 5
    retention.release(ann.vault, contact, "the case is over")
    erase(ann, notebook, contact)
    noted = [(each.what, each.detail) for each in audit.every(ann.vault)]
    assert ("held", "a case in court") in noted
    assert ("released", "the case is over") in noted
    with pytest.raises(errors.UsageError, match="no hold"):
        retention.release(ann.vault, contact, "again")


def test_no_word_is_left_in_the_files(full: World, notebook: Notebook) -> None:
    """No page of either file has a word of it, in rows, freed pages or indexes; what is of others stays."""
    ann = full.ann
    contact = ann.contact()
    name = contact.name.lower()
    for database in (ann.vault.database, notebook.database):
        assert has(database, CANARY)
    old = [ann.folders.data / f"{file}.before-9" for file in ("vault.db", "notes.db")]
    for path in old:
        path.write_bytes(b"as it was before an upgrade")
    receipt = erase(ann, notebook, contact, "asked for")
    assert receipt.is_clean
    assert receipt.counts == {"letters": 2, "questionnaires": 1, "others": 2, "notes": 1, "appointments": 0}
    full.settle()
    for database in (ann.vault.database, notebook.database):
        assert not has(database, CANARY)
        assert not any(path.exists() for path in old)
    assert has(notebook.database, OTHER)
    assert name not in [each.name.lower() for each in contacts.every(ann.vault.database)]
    assert contacts.pairs(ann.vault.database) == []
    assert full.carl.contact().closed == "theirs"
    assert audit.verify(ann.vault).fault is None
    assert audit.verify(ann.vault, receipt.mark).fault is None


def test_the_log_of_the_database_is_emptied(full: World, notebook: Notebook) -> None:
    """What was written beside the files is emptied too: sealed pages of before are no longer there to be deciphered."""
    ann = full.ann
    erase(ann, notebook, ann.contact(), "asked for")
    assert [path.stat().st_size for path in sorted(ann.folders.data.glob("*-wal"))] == [0, 0]


def test_a_file_that_is_in_use_is_said(full: World, notebook: Notebook) -> None:
    """Where another process keeps the file from being made anew, it is erased and the receipt says what may be left."""
    ann = full.ann
    other = ann.another()
    with other.database.snapshot():
        other.database.all("SELECT count(*) FROM messages")
        receipt = erase(ann, notebook, ann.contact(), "asked for")
    other.close()
    assert not receipt.is_clean
    assert ann.letters() == []
    assert "may still hold it" in "".join(erasure.words(receipt, "now"))


def test_a_correspondence_that_ended_before(full: World, notebook: Notebook) -> None:
    """A record of somebody with whom it ended earlier is erased the same way, and a second time nothing is there."""
    ann = full.ann
    contact = ann.contact()
    pairing.remove(ann.vault, contact)
    full.settle()
    ended = contacts.get(ann.vault.database, contact.id)
    assert ended is not None
    assert erase(ann, notebook, ended, "asked for").counts["letters"] == 2
    again = contacts.get(ann.vault.database, contact.id)
    assert again is not None
    assert set(erase(ann, notebook, again, "asked for").counts.values()) == {0}
    assert not has(ann.vault.database, CANARY)


def test_the_receipt_names_nobody(full: World, notebook: Notebook) -> None:
    """It has counts, the rule, what was not reached and the mark of the log: no name, and no line too wide."""
    ann: Person = full.ann
    receipt = erase(ann, notebook, ann.contact(), "asked for")
    text = "".join(erasure.words(receipt, "Fri 15 Jan 2027 08:00"))
    assert "Carl" not in text + str(erasure.fields(receipt, ""))
    assert str(receipt.mark) in text
    assert "Backups" in text
    assert max(map(len, text.replace(str(receipt.mark), "").splitlines())) <= 72


def test_process_notes_go_too(full: World, notebook: Notebook) -> None:
    """Where there is a drawer of process notes it must be open, for else they would stay; those of others do stay."""
    ann = full.ann
    contact = ann.contact()
    key = drawers.make(ann.folders, MemoryKeyring(), "", ann.chance.randbytes)
    drawer = closed_drawer(ann)
    with pytest.raises(errors.UsageError, match="drawer"):
        erasure.erase(ann.vault, notebook, drawer, ann.folders, contact, "asked for")
    assert len(ann.letters()) == 5
    drawer.open(key)
    for who, text in ((contact.id, CANARY), (b"", OTHER)):
        blank = process.blank(drawer, who)
        process.keep(drawer, blank, replace(blank, text=f"A thought: {text}"))
    assert has(drawer.database, CANARY)
    receipt = erasure.erase(ann.vault, notebook, drawer, ann.folders, contact, "asked for")
    assert receipt.counts["process_notes"] == 1
    assert receipt.is_clean
    assert not has(drawer.database, CANARY)
    assert has(drawer.database, OTHER)
    drawer.close()


def test_signed_notes_go_and_the_chain_says_so(full: World, notebook: Notebook) -> None:
    """A signed note and what was added to it go with the record; the chain of the notes stays sound, without words."""
    ann = full.ann
    contact = ann.contact()
    (kept,) = notes.every(notebook, contact.id)
    signed = note_signing.sign(notebook, kept)
    added = note_signing.addition(notebook, signed)
    note_signing.sign(notebook, notes.keep(notebook, added, replace(added, text=f"An addition: {CANARY}")))
    erase(ann, notebook, contact, "asked for")
    assert not has(notebook.database, CANARY)
    assert [each.agrees for each in note_signing.verify(notebook)] == [True, True]


def test_what_stands_on_the_desk(full: World, notebook: Notebook) -> None:
    """Flags with their reasons, shared numbers and labels go with the record; that one was cleared stays in the log."""
    ann = full.ann
    contact = ann.contact()
    triage.clear(ann.vault, contact, f"We spoke: {CANARY}", triage.standing_flags(ann.vault, contact))
    triage.label(ann.vault, contact, CANARY)
    cleared = [each for each in audit.every(ann.vault) if each.what == "cleared"]
    assert [(each.contact, each.detail) for each in cleared] == [(contact.id, "flags: 1")]
    erase(ann, notebook, contact, "asked for")
    assert not has(ann.vault.database, CANARY)
    assert ann.vault.database.value("SELECT count(*) FROM flags") == 0
    assert ann.vault.database.value("SELECT count(*) FROM desk") == 0


@pytest.mark.parametrize("name", ["vault", "notes", "process"])
def test_every_table_about_somebody(name: str, tmp_path: Path) -> None:
    """Each table with a column `contact` is erased with a record, or named with the reason why it stays."""
    database = create_database(tmp_path / "file.db", bytes(range(32)))
    upgrade(database, name)
    tables = [str(row[0]) for row in database.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    about = {
        table
        for table in tables
        if "contact" in [str(row[1]) for row in database.all(f"PRAGMA table_info({table})")] or table == "contacts"
    }
    database.close()
    assert sorted({*rows.ERASED[name], *rows.LEFT[name]}) == sorted(about)
    assert not {*rows.ERASED[name]} & {*rows.LEFT[name]}


def test_what_was_said_at_the_end_lengthens_the_time(met: World, notebook: Notebook) -> None:
    """A day that is later than the rule's holds, an earlier one does not; without a rule it is the only one."""
    vault, contact = met.ann.vault, met.ann.contact()
    ending.keep_until(vault, contact, "2040-01-31", "a court")
    standing = retention.standing(vault, contact, notebook)
    assert (str(standing.due), standing.is_kept_longer) == ("2040-01-31", True)
    with pytest.raises(errors.UsageError, match="2040-01-31"):
        erasure.check(vault, contact, standing, "")
    retention.set_years(vault, 50)
    assert not retention.standing(vault, contact, notebook).is_kept_longer
    retention.set_years(vault, 7)
    met.ann.clock.now += 20 * YEAR
    receipt = erase(met.ann, notebook, contact)
    assert (receipt.rule, receipt.reason) == (7, "")
    assert "Kept until      2040-01-31, as was said when it ended\n" in list(erasure.words(receipt, "now"))


def test_an_erasing_that_was_cut_short_stays_due(met: World, notebook: Notebook) -> None:
    """The day of an end counts as the last day; the end that erasing itself makes does not."""
    vault, contact = met.ann.vault, met.ann.contact()
    retention.set_years(vault, 7)
    ending.begin(vault, contact)
    met.ann.clock.now += 8 * YEAR
    pairing.remove(vault, contact, is_erased=True)
    assert retention.standing(vault, met.ann.contact(), notebook).is_due(retention.today(vault))
    ending.begin(vault, contact)
    pairing.remove(vault, met.ann.contact())
    assert retention.standing(vault, met.ann.contact(), notebook).last == retention.today(vault)
