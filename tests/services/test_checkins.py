"""Check-ins as use cases: one transaction, one fact, and nothing written over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.homes import NOW, make_seat
from therapy_tui import errors
from therapy_tui.core.checkins import Unfinished
from therapy_tui.services import checkins
from therapy_tui.services.checkins import ChangedElsewhere
from therapy_tui.services.events import Fact, RoomChanged
from therapy_tui.services.vault import Vault

TOLD = RoomChanged("check-ins")


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """An open vault."""
    seat = make_seat(tmp_path)
    yield seat.open_vault
    seat.lock()


@pytest.fixture
def told(vault: Vault) -> list[Fact]:
    """What the vault tells from now on."""
    heard: list[Fact] = []
    vault.events.subscribe(heard.append)
    return heard


def test_one_is_kept_and_told(vault: Vault, told: list[Fact]) -> None:
    """What is kept has the time of now, the local day and tidy words, and the draft that it was is gone."""
    checkins.keep_draft(vault, Unfinished("2026-11-18", 4, ("sad",), "begun"))
    assert told == []
    kept = checkins.add(vault, 6, [" sad ", "sad", "", "on  edge"], "A line.")
    assert (kept.at, kept.day, kept.mood) == (NOW, checkins.local_day(NOW), 6)
    assert (kept.words, kept.text) == (("sad", "on edge"), "A line.")
    assert checkins.latest(vault) == kept
    assert checkins.draft(vault) is None
    assert told == [TOLD]


@pytest.mark.parametrize(("mood", "words", "text"), [(0, (), ""), (5, ["x" * 41], ""), (5, (), "x" * 2_001)])
def test_what_cannot_be_kept_changes_nothing(
    vault: Vault, told: list[Fact], mood: int, words: list[str], text: str
) -> None:
    """A refusal leaves no check-in, tells nothing, and leaves the draft as it is."""
    begun = Unfinished("2026-11-18", 4, (), "begun")
    checkins.keep_draft(vault, begun)
    with pytest.raises(errors.UsageError):
        checkins.add(vault, mood, words, text)
    assert checkins.count(vault) == 0
    assert checkins.draft(vault) == begun
    assert told == []


def test_two_windows_change_the_same(vault: Vault) -> None:
    """The later of two changes is told, and what the earlier one kept stands."""
    kept = checkins.add(vault, 6)
    after = checkins.change(vault, kept, 7, ["calm"], "Better.")
    assert (after.id, after.at, after.mood) == (kept.id, kept.at, 7)
    with pytest.raises(ChangedElsewhere, match="Nothing was written over"):
        checkins.change(vault, kept, 2, [], "")
    assert checkins.get(vault, kept.id) == after


def test_erasing_is_told_once(vault: Vault, told: list[Fact]) -> None:
    """One is erased and that is told; erasing what is not there tells nothing, and no more can it be changed."""
    kept = checkins.add(vault, 6)
    told.clear()
    checkins.erase(vault, kept.id)
    checkins.erase(vault, kept.id)
    assert told == [TOLD]
    assert checkins.latest(vault) is None
    with pytest.raises(ChangedElsewhere):
        checkins.change(vault, kept, 7, [], "")


def test_a_chart_has_only_its_weeks(vault: Vault) -> None:
    """A chart that ends today has the number of now, and the one before it has not."""
    checkins.add(vault, 6)
    today = checkins.local_day(NOW)
    assert [each.level for each in checkins.chart_of(vault, today, 4).days] == [6]
    assert checkins.chart_of(vault, today, 4).last.isoformat() == today
    assert checkins.chart_of(vault, today, 4, 1).days == ()


def test_a_range_and_a_window(vault: Vault) -> None:
    """All come oldest first, a window newest first, and a range that ends before has none."""
    made = [checkins.add(vault, mood) for mood in (3, 4, 5)]
    assert list(checkins.between(vault)) == made
    assert list(checkins.between(vault, until="2020-01-01")) == []
    assert checkins.window(vault, 0, 2) == [made[2], made[1]]
    assert checkins.count(vault) == 3
