"""Today's page: what is new first, one key for each part, and nothing counted up."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.made import begin_answering
from tests.quick import quick
from tests.tui.caseload import caseload
from tests.tui.checkins import put
from tests.tui.homes import make_seat
from tests.tui.letters import add_letter
from tests.tui.meeting import at, news_on, press, therapy, words_on
from therapy_tui.core.delivery import State
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import checkins, journal, today
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.checkins import CheckIns
from therapy_tui.tui.screens.journal import Journal
from therapy_tui.tui.screens.journal_page import JournalPage
from therapy_tui.tui.screens.measure import Asking
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.today import Today
from therapy_tui.tui.screens.triage import Triage


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A client with one unread letter."""
    made = make_seat(tmp_path, contact="Dr. Osei")
    add_letter(made.open_vault, "How was the bridge?", state=State.RECEIVED)
    return made


async def test_what_is_new_is_chosen(seat: Seat) -> None:
    """F2 says who wrote, and enter goes to the letters."""
    async with at(seat) as pilot:
        seen = ("One new letter from Dr. Osei", "Nothing new from Dr. Osei")  # it was open already
        await pilot.press("f2")
        await pilot.pause()
        assert any(each in words_on(pilot) for each in seen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)


def add(seat: Seat, day: str, text: str) -> None:
    page = journal.blank(seat.open_vault, day)
    journal.keep(seat.open_vault, page, replace(page, text=text))


async def test_this_day_in_other_years(seat: Seat) -> None:
    """Where something was written on this day in another year a key leads to it, without any page of today."""
    async with at(seat) as pilot:
        await press(pilot, "f2", "o")
        assert news_on(pilot) == "There is no page of this day from an earlier year."
        assert "other years" not in words_on(pilot)
        today = therapy(pilot).today()
        before = f"2024{today[4:]}"
        add(seat, before, "The heron again.")
        add(seat, "2026-11-02", "Another day.")
        await press(pilot, "escape", "f2")
        assert "o other years" in words_on(pilot)
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, Journal)
        assert "The heron again." in words_on(pilot)
        assert "in other years" in words_on(pilot)
        assert "Another day." not in words_on(pilot)
        await press(pilot, "f2", "o")
        assert "The heron again." in words_on(pilot)


async def test_when_a_number_was_said(seat: Seat) -> None:
    """The day of the last number is told as people write days, with its year where it is another."""
    for back, told in ((400, "on 14 Oct 2025 you said 4"), (9, "on 9 Nov you said 4"), (1, "yesterday you said 4")):
        put(seat.open_vault, back, 4)
        part = {each.id: each for each in today.parts(seat.open_vault, "2026-11-18")}["now"]
        assert part.detail.endswith(told)


async def test_a_number_says_how_it_is(seat: Seat) -> None:
    """One digit and enter keep a check-in; 0 is 10; the page says afterwards what was said."""
    async with at(seat) as pilot:
        for digit, mood in (("7", 7), ("0", 10)):
            await pilot.press("f2", digit)
            await pilot.pause()
            assert isinstance(pilot.app.screen, CheckIns)
            await pilot.press("enter")
            await pilot.pause()
            latest = checkins.latest(seat.open_vault)
            assert latest is not None
            assert latest.mood == mood
            await pilot.press("escape")
            await pilot.pause()
            if isinstance(pilot.app.screen, Today):
                await pilot.press("escape")


async def test_the_question_of_the_day(seat: Seat) -> None:
    """`p` asks another question, and enter begins a page with the one that is shown."""
    async with at(seat) as pilot:
        await pilot.press("f2")
        screen = pilot.app.screen
        assert isinstance(screen, Today)
        before = screen.parts.parts[2].title
        await pilot.press("p")
        after = screen.parts.parts[2].title
        assert after != before
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, JournalPage)
        assert f"“{pilot.app.screen.page.question}”" == after
        assert journal.count(seat.open_vault) == 0


async def test_what_was_begun_is_gone_on_with(seat: Seat) -> None:
    """A questionnaire that was begun has a line, and enter goes on with it."""
    begin_answering(seat.open_vault, "gad7", (1, 2, *[None] * 5))
    async with at(seat) as pilot:
        await pilot.press("f2")
        assert "GAD-7, 2 of 7 answered" in words_on(pilot)
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Asking)
        assert "3 of 7" in words_on(pilot)


async def test_a_therapist_sees_who_needs_them(tmp_path: Path) -> None:
    """First stands how many need them, who does first, and why; enter leads there."""
    async with at(caseload(tmp_path)) as pilot:
        await pilot.press("f2")
        assert "7 people need you, Sol first" in words_on(pilot)
        assert "item 9 answered “several days”, not yet cleared" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Triage)


async def test_a_therapist_sees_no_room_of_a_client(tmp_path: Path) -> None:
    """What belongs to a client's room is not asked of a therapist, and no key does it."""
    seat = make_seat(tmp_path, name="Dr. Osei", role=THERAPIST, contact="Rosa M.")
    async with at(seat) as pilot:
        await pilot.press("f2")
        assert "How is it?" not in words_on(pilot)
        assert "1-9" not in words_on(pilot)
        await pilot.press("5", "p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Today)


@pytest.mark.parametrize("size", quick([(60, 20), (80, 24), (100, 30), (140, 40)], (80, 24)))
async def test_all_parts_are_seen(seat: Seat, size: tuple[int, int]) -> None:
    """Every part stands on the screen at once, at every size."""
    begin_answering(seat.open_vault, "gad7", (1, 2, *[None] * 5))
    async with at(seat, size=size) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        shown = words_on(pilot)
        for words in ("letter", "How is it?", "“", "GAD-7"):
            assert words in shown


async def test_a_lock_forgets(seat: Seat) -> None:
    """A lock leaves nothing of the page."""
    async with at(seat) as pilot:
        await pilot.press("f2")
        screen = pilot.app.screen
        assert isinstance(screen, Today)
        await pilot.press("f9")
        await pilot.pause()
        assert screen.parts.parts == ()
        assert "Osei" not in words_on(pilot)
