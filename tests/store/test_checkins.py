"""Check-ins on the disk."""

from dataclasses import replace

import pytest

from therapy_tui.core.checkins import CheckIn, Unfinished
from therapy_tui.store import checkins
from therapy_tui.store.database import Database

ONE = CheckIn(b"one", 1_000, "2026-11-16", 6, ("sad", "far away"), "A line.\nAnd one more.")
TWO = replace(ONE, id=b"two", at=2_000, day="2026-11-17", mood=10, words=(), text="")
THREE = replace(ONE, id=b"three", at=1_500, day="2026-11-17", mood=1)
EVER = ("", "9999-12-31")


@pytest.fixture
def filled(vault: Database) -> Database:
    """A vault with three check-ins, of which the second was made last."""
    for each in (ONE, TWO, THREE):
        checkins.add(vault, each)
    return vault


def test_they_come_back_as_they_went(filled: Database) -> None:
    """Words, line ends and both ends of the scale are kept as they are."""
    for each in (ONE, TWO, THREE):
        assert checkins.get(filled, each.id) == each
    assert checkins.get(filled, b"four") is None


def test_by_day_and_then_by_time(filled: Database) -> None:
    """The oldest come first, the days before the times; a window has the newest first."""
    assert list(checkins.every(filled, *EVER)) == [ONE, THREE, TWO]
    assert checkins.window(filled, *EVER, 0, 2) == [TWO, THREE]
    assert checkins.window(filled, *EVER, 2, 2) == [ONE]
    assert checkins.latest(filled) == TWO


def test_a_range_holds_both_its_days(filled: Database) -> None:
    """The days at both ends of a range are within it."""
    assert list(checkins.every(filled, "2026-11-16", "2026-11-16")) == [ONE]
    assert checkins.moods(filled, "2026-11-17", "2026-11-17") == [("2026-11-17", 1), ("2026-11-17", 10)]
    assert checkins.count(filled, "2026-11-17", "2026-11-18") == 2


def test_where_one_stands(filled: Database) -> None:
    """The place of one in the window is how many are newer; what is not there stands at the top."""
    places = [checkins.newer(filled, each.id) for each in checkins.window(filled, *EVER, 0, 9)]
    assert places == [0, 1, 2]
    assert checkins.newer(filled, b"four") == 0


def test_many_are_read_a_few_at_a_time(vault: Database) -> None:
    """More than are read at a time come whole and in order, also with times that are the same."""
    made = [replace(ONE, id=number.to_bytes(2, "big"), at=number // 3) for number in range(2 * checkins.AT_ONCE + 5)]
    for each in made:
        checkins.add(vault, each)
    assert list(checkins.every(vault, *EVER)) == made


def test_a_change_of_what_is_no_more_is_none(filled: Database) -> None:
    """One is changed only while it is as it was read; its time and its day stay."""
    after = replace(ONE, mood=2, words=("calm",), text="")
    assert checkins.change(filled, ONE, after)
    assert checkins.get(filled, ONE.id) == after
    assert not checkins.change(filled, ONE, replace(ONE, mood=9))
    assert checkins.get(filled, ONE.id) == after


def test_erasing(filled: Database) -> None:
    """One is erased, the others stay, and a second time there is nothing to erase."""
    assert checkins.erase(filled, TWO.id)
    assert not checkins.erase(filled, TWO.id)
    assert list(checkins.every(filled, *EVER)) == [ONE, THREE]


@pytest.mark.parametrize("mood", [0, 11])
def test_the_table_itself_refuses_other_numbers(vault: Database, mood: int) -> None:
    """A number that no rule stopped does not get into the table."""
    with pytest.raises(Exception, match="CHECK"):
        checkins.add(vault, replace(ONE, mood=mood))


def test_there_is_one_draft(vault: Database) -> None:
    """A draft takes the place of the one before, and an empty one leaves nothing."""
    assert checkins.draft(vault) is None
    for mood in (0, 7):
        begun = Unfinished("2026-11-17", mood, ("sad", "small"), "Not")
        checkins.keep_draft(vault, begun)
        assert checkins.draft(vault) == begun
    checkins.keep_draft(vault, Unfinished("2026-11-17"))
    assert checkins.draft(vault) is None
