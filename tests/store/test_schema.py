"""Schema files: brought up to date in order, with a copy before, and never downward."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from tests.store.vaults import BEA, NOW, letter
from therapy_tui import errors
from therapy_tui.core.audit import EMPTY, Mark, follow
from therapy_tui.core.checkins import CheckIn
from therapy_tui.core.journal import Entry
from therapy_tui.core.people import CLIENT
from therapy_tui.core.prompts import OwnPrompt
from therapy_tui.core.safety import Earlier, Step, plan_of
from therapy_tui.core.snippets import Snippet
from therapy_tui.store import (
    answering,
    audit,
    checkins,
    contacts,
    journal,
    kept,
    messages,
    numbers,
    prompts,
    safety,
    search,
    snippets,
)
from therapy_tui.store.database import Database, create_database, open_database
from therapy_tui.store.messages import Tally
from therapy_tui.store.schema import newest, upgrade, versions

KEY = bytes(range(32))
ONE = "CREATE TABLE words (text TEXT); INSERT INTO words VALUES ('one');"
TWO = "ALTER TABLE words ADD COLUMN tone INTEGER NOT NULL DEFAULT 7;"
THREE = "UPDATE words SET text = 'three';"
INSERT = (
    "INSERT INTO messages (contact, id, kind, outgoing, number, place, written_at, arrived_at, state, state_at, proved,"
    " text, tone, answers) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?6, ?7, ?6, ?8, 'text', 0, x'')"
)
"""A letter as the first version had it."""
BROKEN = "INSERT INTO words VALUES ('half', 1); INSERT INTO nothing VALUES (1);"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = create_database(tmp_path / "vault.db", KEY)
    yield made
    made.close()


def version(database: Database) -> int:
    """Give the version that the file says."""
    return int(database.value("PRAGMA user_version"))


@pytest.mark.parametrize("name", ["vault", "notes"])
def test_a_backup_knows_every_table(database: Database, name: str) -> None:
    """Each table is kept in a backup, or is named with the reason why not; indexes of words are neither."""
    upgrade(database, name)
    words = [str(row[0]) for row in database.all("SELECT name FROM sqlite_schema WHERE sql LIKE '%USING fts5%'")]
    there = [str(row[0]) for row in database.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    of_words = {each for each in there for word in words if each == word or each.startswith(f"{word}_")}
    assert sorted({*kept.KEPT[name], *kept.LEFT[name]}) == sorted(set(there) - of_words - {"sqlite_sequence"})
    assert kept.tables(database, name) == list(kept.KEPT[name])


@pytest.mark.parametrize("name", ["vault", "notes", "process"])
def test_the_programs_own_versions(database: Database, name: str) -> None:
    """A new database goes to the newest version without a copy, and a second time nothing happens."""
    assert len(versions(name)) == newest(name) > 0
    assert upgrade(database, name) is None
    assert version(database) == newest(name)
    assert upgrade(database, name) is None


def test_an_upgrade_keeps_a_copy_from_before(database: Database) -> None:
    """An older database is copied, then goes through each step that it has not had."""
    upgrade(database, "vault", [ONE])
    copy = upgrade(database, "vault", [ONE, TWO, THREE])
    assert copy is not None
    assert database.one("SELECT text, tone FROM words") == ("three", 7)
    assert version(database) == 3
    before = open_database(copy, KEY)
    assert version(before) == 1
    assert before.one("SELECT * FROM words") == ("one",)
    before.close()


def test_a_newer_one_is_refused(database: Database) -> None:
    """A database of a newer program is refused and stays as it is."""
    upgrade(database, "vault", [ONE, TWO])
    with pytest.raises(errors.VaultNewer):
        upgrade(database, "vault", [ONE])
    assert version(database) == 2
    assert database.one("SELECT text, tone FROM words") == ("one", 7)


def test_a_step_that_fails_takes_all_back(database: Database) -> None:
    """A failing step is taken back with those before it, the words too, and it can be tried again."""
    upgrade(database, "vault", [ONE])
    with pytest.raises(Exception, match="nothing"):
        upgrade(database, "vault", [ONE, TWO, BROKEN])
    assert version(database) == 1
    assert database.all("SELECT * FROM words") == [("one",)]
    upgrade(database, "vault", [ONE, TWO, THREE])
    assert database.one("SELECT * FROM words") == ("three", 7)


def test_two_processes_upgrade_once(database: Database, tmp_path: Path) -> None:
    """Who finds that another was quicker does nothing twice."""
    upgrade(database, "vault", [ONE])
    other = open_database(tmp_path / "vault.db", KEY)
    upgrade(other, "vault", [ONE, TWO])
    upgrade(database, "vault", [ONE, TWO])
    assert database.one("SELECT text, tone FROM words") == ("one", 7)
    other.close()


def test_a_vault_of_version_one(database: Database) -> None:
    """What waited in a vault of the first version waits in the second, and nothing of it is let go by its size."""
    first = versions("vault")[:1]
    upgrade(database, "vault", first)
    database.run("PRAGMA foreign_keys = OFF")
    database.run("INSERT INTO outbox (pair, kind, envelope, made_at) VALUES (1, 'letter', x'00', 7)")
    assert upgrade(database, "vault") is not None
    assert database.all("SELECT kind, made_at, tries, allowed FROM outbox") == [("letter", 7, 0, 0)]


def test_a_vault_of_version_two(database: Database) -> None:
    """The letters of a vault of the second version are counted in the third, and how far they go is looked for."""
    upgrade(database, "vault", versions("vault")[:2])
    contacts.add(database, BEA, "Bea", CLIENT, NOW)
    for number in (1, 2, 4):
        database.run(INSERT, (BEA, b"in" + bytes([number]), 0, number, number, NOW + number, "received", ""))
    database.run(INSERT, (BEA, b"out", 1, 1, 5, NOW, "read", "read"))
    assert upgrade(database, "vault") is not None
    assert messages.tally(database, BEA) == Tally(letters=4, theirs=3, unread=3, proved=1, last_at=NOW + 4)
    assert numbers.advance_held(database, BEA) == 2
    messages.mark_read(database, BEA, b"in\x01", NOW)
    messages.add(database, letter(3))
    assert messages.tally(database, BEA) == Tally(letters=5, theirs=4, unread=3, proved=1, last_at=NOW + 4)
    assert numbers.advance_held(database, BEA) == 4
    assert [each.number for each in messages.every(database, BEA) if not each.outgoing] == [1, 2, 3, 4]


def test_a_vault_of_version_three(database: Database) -> None:
    """A vault of the third version has its letters after the upgrade, and an empty journal that can be written in."""
    upgrade(database, "vault", versions("vault")[:3])
    contacts.add(database, BEA, "Bea", CLIENT, NOW)
    messages.add(database, letter(1))
    copy = upgrade(database, "vault")
    assert copy is not None
    assert [each.number for each in messages.every(database, BEA)] == [1]
    assert list(journal.every(database)) == []
    database.run(
        "INSERT INTO entries (id, day, begun_at, changed_at, text, words) VALUES (x'01', '2026-11-17', 1, 1, 'word', 1)"
    )
    assert [each.text for each in journal.every(database)] == ["word"]
    assert database.value("SELECT count(*) FROM pages WHERE pages MATCH 'word'") == 1


def test_a_vault_of_version_four(database: Database) -> None:
    """A vault from before check-ins has a place for them, and none in it."""
    upgrade(database, "vault", versions("vault")[:4])
    assert upgrade(database, "vault") is not None
    assert checkins.latest(database) is None
    assert checkins.draft(database) is None
    kept = CheckIn(b"id", NOW, "2027-01-15", 4, ("sad", "far away"), "A line.")
    checkins.add(database, kept)
    assert checkins.latest(database) == kept


def test_a_vault_of_version_six(database: Database) -> None:
    """A vault from before the safety plan has an empty one afterwards, and takes a step and what it was before."""
    upgrade(database, "vault", versions("vault")[:6])
    assert upgrade(database, "vault") is not None
    assert safety.steps(database) == []
    assert safety.keep(database, plan_of(()).steps[2], "The library.", NOW)
    assert safety.steps(database) == [Step(3, "The library.", NOW, 1)]
    assert safety.keep_version(database, 3, "The pool.", NOW - 1) == 1
    assert safety.versions(database) == [Earlier(3, 1, NOW - 1, "The pool.")]


def test_a_vault_of_version_eleven(database: Database) -> None:
    """A vault from before the audit log has an empty one afterwards, and takes a row."""
    upgrade(database, "vault", versions("vault")[:11])
    assert upgrade(database, "vault") is not None
    assert audit.end(database) == EMPTY
    act = follow(EMPTY, NOW, "opened", BEA, "letters", "keyring")
    audit.add(database, act)
    assert list(audit.every(database)) == [act]
    assert audit.end(database) == Mark(1, act.hash)


def test_a_vault_of_version_twelve(database: Database) -> None:
    """A vault from before snippets has none afterwards, takes some, and finds what answers a message."""
    upgrade(database, "vault", versions("vault")[:12])
    contacts.add(database, BEA, "Bea", CLIENT, NOW)
    messages.add(database, structs.replace(letter(1), answers=b"a mark--"))
    assert upgrade(database, "vault") is not None
    assert snippets.every(database) == []
    snippets.keep(database, Snippet(b"id", "Hour", "[day]?", NOW))
    assert [each.text for each in snippets.every(database)] == ["[day]?"]
    assert answering.has_answer(database, BEA, b"a mark--")
    assert not answering.has_answer(database, BEA, b"another-")


def test_a_vault_of_version_sixteen(database: Database) -> None:
    """The pages of a vault from before their tags were searched are found by them, and by their words as before."""
    upgrade(database, "vault", versions("vault")[:16])
    page = Entry(0, b"id", "2026-11-17", NOW, NOW, 0, "evening walk\nmother", "", "", "By the river.", 3, 1, 0)
    journal.add(database, page)
    assert upgrade(database, "vault") is not None
    for match in ("tags : walk", "river mother", "mother"):
        assert [row[0] for row in search.pages(database, match, "", "9999-12-31", 2)] == [b"id"]
    journal.erase(database, b"id")
    assert search.pages(database, "mother", "", "9999-12-31", 2) == []
    database.run("INSERT INTO pages (pages, rank) VALUES ('integrity-check', 1)")


def test_a_vault_of_version_eight(database: Database) -> None:
    """A vault from before one's own prompts has none afterwards, and takes some; its check-ins can be searched."""
    upgrade(database, "vault", versions("vault")[:8])
    checkins.add(database, CheckIn(b"id", NOW, "2027-01-15", 4, ("sad", "far away"), "A heron."))
    assert upgrade(database, "vault") is not None
    assert [row[0] for row in search.check_ins(database, "far heron", "", "9999-12-31", 2)] == [b"id"]
    assert prompts.every(database) == []
    own = OwnPrompt(1, b"own", NOW, b"", b"", "What now?", "light")
    sent = OwnPrompt(2, b"sent", NOW + 1, BEA, b"mark", "And then?", "middle")
    assert prompts.add(database, own)
    assert prompts.add(database, replace(own, row=0, id=b"another"))
    assert prompts.add(database, sent)
    assert not prompts.add(database, replace(sent, id=b"again"))
    assert [each.id for each in prompts.every(database)] == [b"sent", b"another", b"own"]
