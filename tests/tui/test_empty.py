"""What stands where there is nothing yet, and that a window says when there is more below."""

from pathlib import Path

import pytest

from tests.tui.homes import app_of, make_seat
from tests.tui.meeting import at, prose_on, words_on
from therapy_tui.config import Settings
from therapy_tui.content import measures
from therapy_tui.core.people import THERAPIST
from therapy_tui.tui.screens.caseload import NOBODY, Caseload
from therapy_tui.tui.screens.measures import Measures


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
