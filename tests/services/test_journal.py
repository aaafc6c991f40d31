"""Pages: kept as they are typed, never written over, found again by day, and gone when they are erased."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.services.rooms import NOW, TODAY, Room, write
from therapy_tui import errors
from therapy_tui.core.journal import Entry
from therapy_tui.services import journal
from therapy_tui.services.events import Fact, RoomChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import journal as entries


def texts(pages: list[Entry] | Iterator[Entry]) -> list[str]:
    return [each.text for each in pages]


def told(vault: Vault) -> list[Fact]:
    facts: list[Fact] = []
    vault.events.subscribe(facts.append)
    return facts


def full(*_: object) -> bool:
    raise errors.DiskFull


def test_a_page_is_kept_and_told(vault: Vault) -> None:
    """A new page is kept with what is said of it, in tidy form, and everyone is told that something changed."""
    facts = told(vault)
    kept = write(vault, "two words", mood=6, tags="#walk\nwalk\n mother ", prompt="grief-01", question="Why?")
    assert journal.get(vault, kept.id) == kept
    assert (kept.words, kept.mood, kept.tag_list, kept.day) == (2, 6, ("walk", "mother"), TODAY)
    assert (kept.begun_at, kept.changed_at, kept.revision, kept.versions) == (NOW, NOW, 1, 0)
    assert facts == [RoomChanged("journal")]


@pytest.mark.parametrize(
    "change",
    [{"text": "half \ud83d"}, {"text": "a" * 400_001}, {"day": "2026-02-30"}, {"mood": 11}, {"tags": "half \ud83d"}],
)
def test_what_cannot_be_kept_changes_nothing(vault: Vault, change: dict[str, object]) -> None:
    """A page that cannot be kept is refused in a sentence, what was kept stays, and nobody is told."""
    kept = write(vault, "a page")
    facts = told(vault)
    with pytest.raises(errors.UsageError):
        journal.keep(vault, kept, replace(kept, **change), new_sitting=True)  # type: ignore[arg-type]  # wrong on purpose
    assert journal.get(vault, kept.id) == kept
    assert journal.versions(vault, kept) == []
    assert facts == []


def test_a_sitting_keeps_one_version(vault: Vault) -> None:
    """What a page was before a sitting is kept once; pauses in between keep none, and neither does an empty page."""
    page = write(vault, "first")
    page = journal.keep(vault, page, replace(page, text="first second"), new_sitting=True)
    page = journal.keep(vault, page, replace(page, text="first second third"))
    page = journal.keep(vault, page, replace(page, text=""), new_sitting=True)
    page = journal.keep(vault, page, replace(page, text="new"), new_sitting=True)
    page = journal.keep(vault, page, replace(page, mood=3), new_sitting=True)
    assert [each.text for each in journal.versions(vault, page)] == ["first second third", "first"]
    assert (page.versions, page.text) == (2, "new")


@pytest.mark.parametrize(("here", "there"), [(True, True), (True, False), (False, True), (False, False)])
def test_two_windows(room: Room, here: bool, there: bool) -> None:
    """The window that comes later is told, whether or not both begin a sitting, and nothing of the other's is lost."""
    one, other = room.open(), room.open()
    page = write(one, "begun")
    in_other = journal.find_by_id(other, page.id.hex())
    changed = journal.keep(other, in_other, replace(in_other, text="begun there"), new_sitting=there)
    with pytest.raises(journal.ChangedElsewhere):
        journal.keep(one, page, replace(page, text="begun here"), new_sitting=here)
    assert texts(journal.every(one)) == ["begun there"]
    assert journal.get(one, page.id) == changed
    assert len(journal.versions(one, page)) == there


def test_both_are_kept_apart(room: Room) -> None:
    """What the later window has becomes a page of its own, with all that was said of it and no versions."""
    one, other = room.open(), room.open()
    page = write(one, "begun", mood=4, tags="walk", question="Why?")
    journal.keep(other, page, replace(page, text="begun there"), new_sitting=True)
    apart = journal.keep_apart(one, replace(page, text="begun here"))
    assert sorted(texts(journal.every(one))) == ["begun here", "begun there"]
    assert apart.id != page.id
    assert (apart.mood, apart.tags, apart.question, apart.versions, apart.day) == (4, "walk", "Why?", 0, page.day)


@pytest.mark.parametrize("new_sitting", [True, False])
def test_a_page_that_was_erased_elsewhere(room: Room, new_sitting: bool) -> None:
    """A page that another window erased is not brought back under its id; it is told."""
    one, other = room.open(), room.open()
    page = write(one, "begun")
    journal.erase(other, page.id)
    with pytest.raises(journal.ChangedElsewhere):
        journal.keep(one, page, replace(page, text="begun here"), new_sitting=new_sitting)
    assert texts(journal.every(one)) == []


def test_a_new_page_kept_twice(vault: Vault) -> None:
    """A page that is taken for new although it is kept already writes nothing over and says so."""
    new = journal.blank(vault, TODAY)
    journal.keep(vault, new, replace(new, text="one"))
    with pytest.raises(journal.ChangedElsewhere):
        journal.keep(vault, new, replace(new, text="two"))
    assert texts(journal.every(vault)) == ["one"]


def test_a_full_disk(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk neither the change nor the version before it is kept, and later both are."""
    page = write(vault, "begun")
    with monkeypatch.context() as patch:
        patch.setattr(entries, "keep_version", full)
        with pytest.raises(errors.DiskFull):
            journal.keep(vault, page, replace(page, text="begun here"), new_sitting=True)
    assert journal.get(vault, page.id) == page
    kept = journal.keep(vault, page, replace(page, text="begun here"), new_sitting=True)
    assert (kept.text, kept.versions) == ("begun here", 1)


def test_pages_by_id(vault: Vault) -> None:
    """The beginning of an id names a page, in any case of letters, of an even or odd length, if no other begins so."""
    for number in ("abcd0", "abcd1", "abcd2", "abce"):
        new = replace(journal.blank(vault, TODAY), id=bytes.fromhex(number.ljust(32, "7")))
        journal.keep(vault, new, replace(new, text=number))
    for prefix in ("abcd1", "ABCD1", "abcd17", "abcd1".ljust(32, "7")):
        assert journal.find_by_id(vault, prefix).text == "abcd1"
    assert journal.find_by_id(vault, "abce").text == "abce"
    with pytest.raises(errors.UsageError, match="Two pages"):
        journal.find_by_id(vault, "abcd")


@pytest.mark.parametrize("text", ["", "abc", "abcdx", "ab cd", "\ud83d" * 4, "\u0660" * 4, "f" * 33, "abcd\n", "%%%%"])
def test_what_is_no_id(vault: Vault, text: str) -> None:
    """Too little, too much, and what is no id at all finds nothing and is told how to find one."""
    write(vault, "a page")
    with pytest.raises(errors.UsageError, match="journal list"):
        journal.find_by_id(vault, text)


def test_erasing_tells(vault: Vault) -> None:
    """An erased page is gone with its versions, and everyone is told."""
    page = write(vault, "first")
    page = journal.keep(vault, page, replace(page, text="second"), new_sitting=True)
    facts = told(vault)
    journal.erase(vault, page.id)
    assert (journal.get(vault, page.id), journal.versions(vault, page)) == (None, [])
    assert facts == [RoomChanged("journal")]


def test_months_and_days(vault: Vault) -> None:
    """A month knows its days with pages and their moods, also in a leap year, and gives its pages in stretches."""
    for number, day in enumerate(["2024-02-01", "2024-02-29", "2024-02-29", "2024-03-01", "1660-02-29"]):
        write(vault, f"{number}", day, mood=number)
    month = journal.month(vault, 2024, 2)
    assert [(each.day, each.entries, each.mood) for each in month.days] == [("2024-02-01", 1, 0), ("2024-02-29", 2, 2)]
    assert month.entries == 3
    assert texts(journal.of_month(vault, 2024, 2, 0, 2)) == ["2", "1"]
    assert texts(journal.of_month(vault, 2024, 2, 2, 2)) == ["0"]
    assert journal.month(vault, 1, 1).days == journal.month(vault, 9999, 12).days == ()
    assert texts(journal.on_this_day(vault, "2024-02-29")) == ["4"]
    assert journal.neighbour(vault, "2024-02-01", later=False) == "1660-02-29"
    assert journal.count(vault) == 5
    assert journal.count(vault, "2024-02-02") == 3
    assert texts(journal.window(vault, 1, 2)) == ["2", "1"]
    assert texts(journal.every(vault, until="2024-02-01")) == ["4", "0"]
