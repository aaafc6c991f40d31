"""Windows with little room: what goes on below is told; whose numbers they are, help and the way out are seen."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import app_of, make_seat
from tests.tui.looks.measuring import measure_some
from tests.tui.looks.scenes import locked_with_plan, planned, therapist
from tests.tui.meeting import at, press, words_on
from therapy_tui.config import Settings
from therapy_tui.services import notes
from therapy_tui.services.seat import Seat
from therapy_tui.tui.app import TherapyApp
from therapy_tui.tui.room import PLACES
from therapy_tui.tui.screens.support import THANKS, Support
from therapy_tui.tui.widgets.rows import Reader

BRITAIN = Settings(country="GB")
FURTHER = "↓ further"


def footer(pilot: Pilot[int]) -> str:
    """Give the last row."""
    return words_on(pilot).splitlines()[-1]


async def test_a_chart_that_goes_on_says_so_until_its_end(tmp_path: Path) -> None:
    """Measures over time name the key that goes further at 80 by 24, until the end is in view or all has room."""
    async with app_of(measure_some(therapist(tmp_path))).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "ctrl+o")
        await press(pilot, "m")
        assert FURTHER in footer(pilot)
        await press(pilot, "down")
        assert FURTHER in footer(pilot)
        assert pilot.app.screen.query_one(Reader).scroll_y == 1
        await press(pilot, "end")
        assert FURTHER not in footer(pilot)
        await pilot.resize_terminal(100, 40)
        await press(pilot, "home")
        assert FURTHER not in footer(pilot)


async def test_a_note_says_so_too(tmp_path: Path) -> None:
    """A note that is longer than the window names the key until its end is in view."""
    seat = make_seat(tmp_path)
    seat.notebook.open(seat.notebook.fetch_key())
    note = notes.blank(seat.notebook, b"")
    notes.keep(seat.notebook, note, replace(note, text="One more line.\n" * 60))
    async with at(seat, size=(80, 24)) as pilot:
        await press(pilot, "f5")
        await press(pilot, "enter")
        assert FURTHER in footer(pilot)
        await press(pilot, "end")
        assert FURTHER not in footer(pilot)


@pytest.mark.parametrize("size", [(40, 10), (30, 8), (20, 5)])
@pytest.mark.parametrize("who", [lambda path: make_seat(path, settings=BRITAIN), planned, locked_with_plan])
async def test_whose_numbers_they_are_is_always_seen(
    who: Callable[[Path], Seat], size: tuple[int, int], tmp_path: Path
) -> None:
    """F8 shows the country, the first number and the way back in any window, with a plan and without, locked too."""
    async with app_of(who(tmp_path)).run_test(size=size) as pilot:
        await pilot.pause()
        await press(pilot, "f8")
        rows = words_on(pilot).splitlines()
        assert "United Kingdom" in rows[0]
        assert any("999" in row for row in rows)
        assert rows[-1].strip() in {"esc back", f"esc back   {FURTHER}"}


@pytest.mark.parametrize("code", ["JP", "US"])
async def test_the_longest_numbers_leave_room_for_every_way_on(code: str, tmp_path: Path) -> None:
    """Where a country's numbers take many lines, 60 by 20 still shows them and all ways on from the support page."""
    seat = make_seat(tmp_path, contact="Dr. Osei", settings=Settings(country=code))
    async with at(seat, lambda: Support(seat, "PHQ-9"), size=(60, 20)) as pilot:
        shown = words_on(pilot)
    assert all(words in shown for words in (THANKS, "call now", "Open the page", "Write two lines", "Go on"))


@pytest.mark.parametrize("size", [(40, 10), (20, 5)])
async def test_the_way_out_is_first_where_nothing_else_fits(size: tuple[int, int], tmp_path: Path) -> None:
    """A window that is too small names help and the way out before anything else, and both keys do what they say."""
    async with at(make_seat(tmp_path, settings=BRITAIN), size=size) as pilot:
        assert " ".join(words_on(pilot).split()).startswith("F8 numbers to call, F10 to leave.")
        await press(pilot, "f10", *"leave")
        assert "leave" in words_on(pilot)
        await press(pilot, "enter")
        assert pilot.app.return_code == 0


@pytest.mark.parametrize("action", [*(f"app.room('{name}')" for name in PLACES), "app.people", "app.help", "app.menu"])
async def test_every_place_names_the_way_back(action: str, tmp_path: Path) -> None:
    """Wherever one goes from the letters, the footer of a window of 60 by 20 has the key back, and it leads back."""
    async with at(make_seat(tmp_path, contact="Dr. Osei", settings=BRITAIN), size=(60, 20)) as pilot:
        app = pilot.app
        assert isinstance(app, TherapyApp)
        before = app.screen
        await app.run_action(action)
        await pilot.pause()
        assert app.screen is not before
        assert "esc " in footer(pilot)
        await press(pilot, "escape")
        assert app.screen is before
