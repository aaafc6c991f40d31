"""Triage on the screen: whoever is not seen is told of, and whoever has nothing due can be looked at."""

from pathlib import Path

import pytest

from tests.tui.caseload import caseload
from tests.tui.homes import write
from tests.tui.meeting import at, press, words_on
from therapy_tui.services.seat import Seat

pytestmark = pytest.mark.usefixtures("utc")


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A therapist of fourteen people."""
    return caseload(tmp_path)


async def test_who_is_below_is_told(seat: Seat) -> None:
    """Where not all fit, the last row says how many who need one are not seen, and where; nobody is seen by half."""
    async with at(seat, size=(80, 20)) as pilot:
        assert "3 below need you" in words_on(pilot)
        assert "Wren" not in words_on(pilot)
        await press(pilot, "end")
        assert "above need you" in words_on(pilot)
        assert "below" not in words_on(pilot)
        rows = words_on(pilot).split("\n")
        assert rows[2].split()[:2] != ["wrote", "twice"]


async def test_where_all_fit_nothing_is_told(seat: Seat) -> None:
    """With room for everybody there is no such row."""
    async with at(seat, size=(100, 40)) as pilot:
        assert "below" not in words_on(pilot)
        assert "further" not in words_on(pilot)


async def test_a_name_with_nothing_due_is_told_of(seat: Seat) -> None:
    """Whoever is chosen among the names has what is known of them below; beside the list the pane says it."""
    async with at(seat) as pilot:
        await press(pilot, "end")
        assert "no measure yet · last letter 19 Oct" in words_on(pilot)
        await press(pilot, "home")
        assert "last letter" not in words_on(pilot)


async def test_finding_hides_no_need(seat: Seat) -> None:
    """While the list is narrow the heading says how many of those who are not shown need one."""
    async with at(seat) as pilot:
        await press(pilot, "/")
        await write(pilot, "bea")
        assert "1 found of 14 people, 7 others need you" in words_on(pilot)
        await press(pilot, "escape")
        assert "14 people, 7 need you" in words_on(pilot)
