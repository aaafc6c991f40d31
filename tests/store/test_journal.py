"""The journal on the disk: entries, versions, days, what is erased, and prompts."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.store.vaults import NOW
from therapy_tui.core.journal import Entry, count_words
from therapy_tui.store import journal
from therapy_tui.store.database import Database
from therapy_tui.store.journal import Day

FIRST, LAST = "0001-01-01", "9999-12-31"
RARE = "zqxjkvermillion"


def entry(number: int, day: str = "2026-11-17", text: str = "", mood: int = 0, at: int = NOW) -> Entry:
    """Make an entry whose id follows from its number."""
    text = text or f"page {number}"
    return Entry(
        0,
        number.to_bytes(16, "big"),
        day,
        at,
        at,
        mood,
        "walk\nmother",
        "grief-01",
        "Why?",
        text,
        count_words(text),
        1,
        0,
    )


def read(database: Database, number: int) -> Entry:
    found = journal.get(database, number.to_bytes(16, "big"))
    assert found is not None
    return found


def numbers(entries: list[Entry] | Iterator[Entry]) -> list[int]:
    return [int.from_bytes(each.id, "big") for each in entries]


def indexed(database: Database, word: str) -> bool:
    """Tell whether the bytes of a word stand anywhere in the index, whatever a search would say."""
    return any(word[3:].encode() in bytes(row[0]) for row in database.all("SELECT block FROM pages_data"))


def test_an_entry_is_kept_as_it_is(vault: Database) -> None:
    """What is added is read again, whole; the same id, and the same source, are not added twice."""
    assert journal.add(vault, entry(1, text="a\0b 🦊\r\n"), b"source")
    kept = read(vault, 1)
    assert replace(kept, row=0) == entry(1, text="a\0b 🦊\r\n")
    assert not journal.add(vault, entry(1, text="other"))
    assert not journal.add(vault, entry(2), b"source")
    assert journal.add(vault, entry(3))
    assert journal.add(vault, entry(4))
    assert numbers(journal.every(vault)) == [1, 3, 4]


def test_a_source_is_known(vault: Database) -> None:
    """Only what an import named is known; entries that no import brought have no source in common."""
    journal.add(vault, entry(1), b"source")
    journal.add(vault, entry(2))
    assert journal.has_source(vault, b"source")
    assert not journal.has_source(vault, b"other")
    assert not journal.has_source(vault, b"")


def test_a_change_needs_the_revision_before(vault: Database) -> None:
    """A change counts the revision up, and one that begins from an older revision changes nothing."""
    journal.add(vault, entry(1))
    first = read(vault, 1)
    assert journal.change(vault, replace(first, text="two words", day="2026-11-18", mood=3), first.revision)
    changed = read(vault, 1)
    assert (changed.text, changed.words, changed.day, changed.mood, changed.revision) == (
        "two words",
        2,
        "2026-11-18",
        3,
        first.revision + 1,
    )
    assert not journal.change(vault, replace(first, text="lost"), first.revision)
    assert read(vault, 1) == changed


def test_versions_go_with_their_entry(vault: Database) -> None:
    """Versions are numbered and read the newest first, and erasing the entry takes them along."""
    journal.add(vault, entry(1))
    journal.keep_version(vault, read(vault, 1))
    journal.keep_version(vault, replace(read(vault, 1), text="second"))
    kept = read(vault, 1)
    assert [(each.number, each.text) for each in journal.versions(vault, kept.row)] == [(2, "second"), (1, "page 1")]
    assert kept.versions == 2
    journal.erase(vault, kept.id)
    assert journal.get(vault, kept.id) is None
    assert vault.value("SELECT count(*) FROM entry_versions") == 0


@pytest.mark.parametrize("text", [f"the {RARE} hour", f"\0{RARE}\0 after a zero", f"{RARE} " * 20_000])
def test_what_is_erased_is_not_in_the_index(vault: Database, text: str) -> None:
    """After erasing, no search finds a word or a tag of it, and no byte of it or of what it was is in the index."""
    for number in range(2, 40):
        journal.add(vault, entry(number))
    journal.add(vault, entry(1, text=text))
    journal.change(vault, replace(read(vault, 1), text=f"{text} vvbrrblue", tags="kkxzjtagged"), 1)
    for word in (RARE, "vvbrrblue", "kkxzjtagged"):
        assert indexed(vault, word)
    journal.erase(vault, read(vault, 1).id)
    assert vault.all("SELECT rowid FROM pages WHERE pages MATCH ?", (f'"{RARE}"',)) == []
    for word in (RARE, "vvbrrblue", "kkxzjtagged"):
        assert not indexed(vault, word)
    vault.run("INSERT INTO pages (pages, rank) VALUES ('integrity-check', 1)")


def test_the_index_follows_every_change(vault: Database) -> None:
    """What was added, changed and erased, in any way, leaves an index that fits the entries."""
    for number in range(1, 21):
        journal.add(vault, entry(number, text=f"word{number} café\0x"))
    for number in range(1, 20, 2):
        journal.change(vault, replace(read(vault, number), text=f"other{number}"), 1)
    for number in range(1, 20, 3):
        journal.change(vault, replace(read(vault, number), mood=4), read(vault, number).revision)
        journal.change(vault, replace(read(vault, number + 1), tags=f"tag{number}"), read(vault, number + 1).revision)
        journal.erase(vault, number.to_bytes(16, "big"))
    vault.run("INSERT INTO pages (pages, rank) VALUES ('integrity-check', 1)")
    assert vault.all("SELECT rowid FROM pages WHERE pages MATCH 'word3'") == []
    assert len(vault.all("SELECT rowid FROM pages WHERE pages MATCH 'cafe'")) == 7
    assert vault.all("SELECT rowid FROM pages WHERE pages MATCH 'tags : tag1'") == [(2,)]
    assert len(vault.all("SELECT rowid FROM pages WHERE pages MATCH 'mother'")) == 6


def test_ids_between_two(vault: Database) -> None:
    """Entries are found by a stretch of ids, both ends within, two at the most."""
    for number in (16, 17, 18):
        journal.add(vault, entry(number))
    ends = [number.to_bytes(16, "big") for number in (15, 16, 17)]
    assert numbers(journal.between(vault, ends[0], ends[0])) == []
    assert numbers(journal.between(vault, ends[1], ends[1])) == [16]
    assert len(journal.between(vault, ends[0], bytes([255] * 16))) == 2


def fill_days(database: Database) -> None:
    """Add pages on a few days, not in order; two on one."""
    for number, (day, mood) in enumerate(
        [
            ("2026-11-17", 4),
            ("1660-01-11", 0),
            ("2090-02-03", 9),
            ("2026-11-17", 0),
            ("2025-11-17", 2),
            ("2026-11-02", 0),
        ]
    ):
        journal.add(database, entry(number + 1, day, mood=mood, at=NOW + number))


def test_windows(vault: Database) -> None:
    """Windows go from the newest day to the oldest, later pages of a day first, and skip and end as asked."""
    fill_days(vault)
    assert numbers(journal.window(vault, FIRST, LAST, 0, 9)) == [3, 4, 1, 6, 5, 2]
    assert numbers(journal.window(vault, FIRST, LAST, 1, 2)) == [4, 1]
    assert numbers(journal.window(vault, "2026-11-02", "2026-11-17", 0, 9)) == [4, 1, 6]
    assert journal.count(vault, "2026-11-02", "2026-11-17") == 3
    assert journal.window(vault, FIRST, LAST, 6, 9) == []


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_every_entry_once(vault: Database, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """All are read once, the oldest first, however few are read at a time, also of the year 1 and before 1970."""
    monkeypatch.setattr(journal, "AT_ONCE", at_once)
    fill_days(vault)
    journal.add(vault, entry(7, FIRST, at=-62_135_596_800))
    journal.add(vault, entry(8, LAST))
    assert numbers(journal.every(vault)) == [7, 2, 5, 6, 1, 4, 3, 8]
    assert numbers(journal.every(vault, "2026-11-02", "2026-11-17")) == [6, 1, 4]


def test_days_of_a_month(vault: Database) -> None:
    """Each day with a page is there once, with its pages counted and the last mood that was given on it."""
    fill_days(vault)
    found = journal.days(vault, "2026-11-01", "2026-11-30")
    assert found == [Day("2026-11-02", 1, 0), Day("2026-11-17", 2, 4)]


def test_the_same_day_in_other_years(vault: Database) -> None:
    """Pages of the same day in years before are given, the newest first, and neither later ones nor its own."""
    fill_days(vault)
    journal.add(vault, entry(9, "2024-11-17"))
    assert numbers(journal.on_this_day(vault, "2026-11-17", 9)) == [5, 9]
    assert numbers(journal.on_this_day(vault, "2026-11-17", 1)) == [5]
    assert journal.on_this_day(vault, "2024-02-29", 9) == []


def test_the_nearest_days(vault: Database) -> None:
    """The nearest day with a page is given on either side, and nothing beyond the ends."""
    fill_days(vault)
    assert journal.neighbour(vault, "2026-11-10", later=True) == "2026-11-17"
    assert journal.neighbour(vault, "2026-11-17", later=False) == "2026-11-02"
    assert journal.neighbour(vault, "2090-02-03", later=True) == ""
    assert journal.neighbour(vault, "1660-01-11", later=False) == ""


def test_prompts_that_were_asked(vault: Database) -> None:
    """They are kept in order by day, and for each the last other day is known."""
    for day, prompt in [("2026-11-16", "a"), ("2026-11-17", "b"), ("2026-11-17", "a"), ("2026-11-17", "b")]:
        journal.note_asked(vault, day, prompt)
    assert journal.asked_on(vault, "2026-11-17") == ("b", "a", "b")
    assert journal.asked_on(vault, "2026-11-18") == ()
    assert journal.asked_before(vault, "2026-11-17") == {"a": "2026-11-16"}
    assert journal.asked_before(vault, "2026-11-18") == {"a": "2026-11-17", "b": "2026-11-17"}
