"""What a key draws into a session note: the words of a letter, where the cursor is."""

from pathlib import Path

import pytest

from tests.tui.letters import add_letter
from tests.tui.meeting import at, news_on, words_on
from tests.tui.noting import parted, texts, therapist
from therapy_tui.services.seat import Seat


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A therapist with one client and no note."""
    return therapist(tmp_path)


async def test_the_words_of_their_letter_at_the_cursor(seat: Seat) -> None:
    """ctrl+v writes their newest letter as a quotation below what stands there; without one it says so."""
    parted(seat)
    async with at(seat, size=(140, 40)) as pilot:
        await pilot.press("f5", "enter", "enter", "ctrl+v")
        await pilot.pause()
        assert news_on(pilot) == "They have written no letter yet."
        add_letter(seat.open_vault, "The post lies there.")
        await pilot.press("shift+tab", "end", "ctrl+v", "escape")
        await pilot.pause()
        assert "> The post lies there." in texts(seat)[0]
        await pilot.press("escape")
        await pilot.pause()
        assert "The post lies there." in words_on(pilot)
