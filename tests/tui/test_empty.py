"""What stands where there is nothing yet, and that a window says when there is more below."""

from pathlib import Path

import pytest

from tests.tui.homes import app_of, make_seat
from tests.tui.meeting import at, prose_on, words_on
from therapy_tui.config import Settings
from therapy_tui.content import measures
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import directory
from therapy_tui.tui.screens.caseload import NOBODY, Caseload
from therapy_tui.tui.screens.measures import Measures
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.widgets.no_letters import NOT_FOR, WHENEVER, WHERE


async def test_a_caseload_of_nobody_is_no_table(tmp_path: Path) -> None:
    """Before anybody is there the page says what it is for: no headings over nothing and no counts of nobody."""
    seat = make_seat(tmp_path, role=THERAPIST)
    async with at(seat, lambda: Caseload(seat)) as pilot:
        assert NOBODY in prose_on(pilot)
        for words in ("last answered", "0 people", "Counted"):
            assert words not in words_on(pilot)


async def test_questionnaires_stand_under_each_other(tmp_path: Path) -> None:
    """The names begin at one edge, however short what stands before them is."""
    seat = make_seat(tmp_path)
    async with at(seat, lambda: Measures(seat)) as pilot:
        rows = words_on(pilot).splitlines()
        titles = [(each.short, each.title.partition(" (")[0]) for each in measures.measures()]
        edges = {row.index(title) for short, title in titles for row in rows if f"{short} " in row and title in row}
        assert len(edges) == 1


@pytest.mark.parametrize(("size", "goes_on"), [((60, 12), True), ((100, 30), False)])
async def test_the_numbers_say_that_there_is_more(tmp_path: Path, size: tuple[int, int], goes_on: bool) -> None:
    """Where the window is too small for all numbers the footer says how to read on, and nowhere else."""
    app = app_of(make_seat(tmp_path, settings=Settings(country="GB")))
    async with app.run_test(size=size) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        assert ("↓ further" in words_on(pilot).splitlines()[-1]) == goes_on


@pytest.mark.parametrize("size", [(60, 20), (100, 30)])
async def test_before_the_first_letter_it_is_said_what_the_place_is_for(tmp_path: Path, size: tuple[int, int]) -> None:
    """Where nobody has written yet a client reads what the place is for and what not, until there is a letter."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    async with at(seat, size=size) as pilot:
        assert all(each in prose_on(pilot) for each in (WHERE.format("Dr. Osei"), WHENEVER, NOT_FOR))
        await pilot.press(*"Begun.", "ctrl+d")
        await pilot.pause()
        assert "Begun." in words_on(pilot)
        assert NOT_FOR not in prose_on(pilot)


async def test_a_therapist_is_not_told_what_is_for_a_client(tmp_path: Path) -> None:
    """A therapist reads with whom they will write, and nothing of emergencies."""
    seat = make_seat(tmp_path, role=THERAPIST, contact="Rosa M.")
    (person,) = directory.people(seat.open_vault)
    async with at(seat, lambda: Messages(seat, person.contact)) as pilot:
        assert WHERE.format("Rosa M.") in prose_on(pilot)
        assert NOT_FOR not in prose_on(pilot)
