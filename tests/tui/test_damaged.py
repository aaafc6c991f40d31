"""Damaged data files on the screen: numbers to call are there whatever happens, and the rest says what it lacks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.caseload import caseload
from tests.tui.homes import make_seat
from tests.tui.meeting import at, news_on, press, words_on
from therapy_tui.config import Settings
from therapy_tui.content import attention, crisis, feelings
from therapy_tui.services import checkins, measures
from therapy_tui.services.triage import NOT_ALL_WORDS
from therapy_tui.tui.screens.feelings import NO_WORDS
from therapy_tui.tui.screens.support import Support

NUMBERS = ("112", "911", "999", "000", "111")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put a file in place of the list of crisis lines of which nothing can be read."""
    (tmp_path / "crisis.toml").write_text("this is = = no TOML\n")
    monkeypatch.setattr(crisis, "_FILE", tmp_path / "crisis.toml")
    crisis._load.cache_clear()
    yield
    crisis._load.cache_clear()


@pytest.mark.usefixtures("broken")
async def test_numbers_to_call_with_a_list_that_cannot_be_read(tmp_path: Path) -> None:
    """F8 while locked and item 9 both show emergency numbers, and F8 that the list is damaged; the choice stays."""
    seat = make_seat(tmp_path, contact="Dr. Osei", settings=Settings(country="GB"))
    async with at(seat) as pilot:
        await pilot.app.run_action("app.room('measures')")
        place = [each.id for each in measures.every_measure()].index("phq9")
        await press(pilot, *["down"] * place, "enter", *"000000001")
        assert isinstance(pilot.app.screen, Support)
        assert all(each in words_on(pilot) for each in (*NUMBERS, "Compiled "))
        await press(pilot, "escape", "f9", "f8")
        shown = words_on(pilot)
        assert all(each in shown for each in (*NUMBERS, "The list of crisis lines is damaged"))
        assert not seat.is_open
    assert seat.settings.country == "GB"


async def test_without_any_words_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file of words cannot be used, the key for them says so, and the check-in goes on."""
    monkeypatch.setattr(feelings, "feelings", tuple)
    seat = make_seat(tmp_path)
    async with at(seat) as pilot:
        await press(pilot, "f6", "w")
        assert news_on(pilot) == NO_WORDS
        await press(pilot, "6", "enter")
    assert [each.mood for each in checkins.between(seat.open_vault)] == [6]


async def test_triage_without_all_of_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not all words that ask for attention can be looked for, triage says so when it opens."""
    monkeypatch.setattr(attention, "left_out", lambda: ("An entry in attention.toml was left out.",))
    async with at(caseload(tmp_path)) as pilot:
        assert news_on(pilot) == NOT_ALL_WORDS
        assert "item 9 answered" in words_on(pilot)
