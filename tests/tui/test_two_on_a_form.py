"""Two windows on one check-in or questionnaire: no word and no answer is lost, and nothing is kept twice unseen."""

from pathlib import Path

import pytest

from tests.made import begin_answering
from tests.tui.checkins import DAY, form_of, made, put
from tests.tui.homes import NOW, make_seat
from tests.tui.meeting import at, front, news_on, words_on
from therapy_tui.core.checkins import Unfinished
from therapy_tui.services import checkins, measures
from therapy_tui.services.events import VaultChanged
from therapy_tui.services.measures import FinishedElsewhere
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.checkins import BOTH_STAND, KEPT_ELSEWHERE, MOVED_ON
from therapy_tui.tui.screens.measure import Asking

PHQ2 = measures.find("phq2")
PHQ9 = measures.find("phq9")


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A seat with one contact."""
    return make_seat(tmp_path, contact="Dr. Osei")


def write_elsewhere(seat: Seat, mood: int, words: tuple[str, ...], text: str) -> None:
    """Let another window make this of the check-in."""
    checkins.keep_draft(seat.open_vault, Unfinished(checkins.local_day(NOW), mood, words, text))


async def test_both_lines_stand(seat: Seat) -> None:
    """What two windows write on one check-in stands in it, word for word, and that is told."""
    async with at(seat) as pilot:
        await pilot.press("f6")
        form = form_of(pilot)
        form.line.value = "mine"
        form.words = ("tired",)
        write_elsewhere(seat, 4, ("sad",), "theirs")
        form.keep()
        both = Unfinished("", 4, ("sad", "tired"), "theirs\n\nmine")
        assert form.unfinished == both == checkins.begun(seat.open_vault, checkins.local_day(NOW))
        assert news_on(pilot) == BOTH_STAND
        form.keep()
        assert form.unfinished == both


async def test_a_resting_form_shows_what_the_other_writes(seat: Seat) -> None:
    """A form on which nothing waits follows the other window, and says so where that one kept it."""
    async with at(seat) as pilot:
        await pilot.press("f6")
        form = form_of(pilot)
        write_elsewhere(seat, 4, (), "theirs")
        form.take(VaultChanged())
        assert form.unfinished == Unfinished("", 4, (), "theirs")
        checkins.add(seat.open_vault, 4, (), "theirs")
        form.take(VaultChanged())
        assert form.unfinished == Unfinished("")
        assert news_on(pilot) == KEPT_ELSEWHERE


async def test_a_check_in_is_not_kept_twice(seat: Seat) -> None:
    """What the other window kept a moment ago is not kept here again, before this window has heard of it."""
    write_elsewhere(seat, 4, (), "once")
    async with at(seat) as pilot:
        await pilot.press("f6")
        put(seat.open_vault, 0, 4, (), "once")
        write_elsewhere(seat, 0, (), "")
        await pilot.press("enter")
        assert made(seat) == [(4, (), "once")]
        assert news_on(pilot) == KEPT_ELSEWHERE


async def test_what_the_other_changed_is_looked_at_first(seat: Seat) -> None:
    """A check-in that another window goes on with is kept at the second press, with what that one wrote."""
    async with at(seat) as pilot:
        await pilot.press("f6", "7")
        write_elsewhere(seat, 0, (), "theirs")
        await pilot.press("enter")
        assert made(seat) == []
        assert news_on(pilot) == MOVED_ON
        await pilot.press("enter")
        assert made(seat) == [(7, (), "theirs")]


async def test_midnight_is_no_other_window(seat: Seat) -> None:
    """A number that was chosen a moment before midnight is kept by Enter a moment after it."""
    async with at(seat) as pilot:
        await pilot.press("f6", "7")
        form_of(pilot).keep()
        seat.now = lambda: NOW + DAY
        form_of(pilot).take(VaultChanged())
        await pilot.press("enter")
        assert made(seat) == [(7, (), "")]


async def test_answers_of_both_windows_stand(seat: Seat) -> None:
    """An answer goes beside those that another window gave, and they are shown as one's own."""
    async with at(seat, lambda: Asking(seat, PHQ9)) as pilot:
        asking = front(pilot)
        assert isinstance(asking, Asking)
        begin_answering(seat.open_vault, "phq9", (None, 1, 2, *[None] * 6))
        await pilot.press("3")
        assert measures.begun(seat.open_vault, PHQ9) == asking.answers == (3, 1, 2, *[None] * 6)
        begin_answering(seat.open_vault, "phq9", (3, 1, 2, *[None] * 5, 0))
        asking.take(VaultChanged())
        await pilot.pause()
        assert asking.answers[8] == 0
        assert "9 Not at all" in words_on(pilot)


@pytest.mark.parametrize("key", ["2", "tab", ""])
async def test_a_questionnaire_is_not_taken_twice(seat: Seat, key: str) -> None:
    """Where another window came to the end this one leaves, says so and keeps nothing, at a key or by itself."""
    async with at(seat, lambda: Asking(seat, PHQ2)) as pilot:
        asking = front(pilot)
        assert isinstance(asking, Asking)
        await pilot.press("3")
        measures.take(seat.open_vault, PHQ2, (3, 2))
        if key:
            await pilot.press(key)
        else:
            asking.take(VaultChanged())
        await pilot.pause()
        assert front(pilot) is not asking
        assert news_on(pilot) == str(FinishedElsewhere())
        assert len(measures.taken(seat.open_vault)) == 1
