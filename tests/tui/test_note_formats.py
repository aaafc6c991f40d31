"""A note in another format: no word is lost, the cursor stays at its words, and what is not known here is kept."""

from pathlib import Path

import pytest

from tests.tui.meeting import at, prose_on, words_on
from tests.tui.noting import DAP, front, parted, texts, therapist
from therapy_tui.services import notes
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.session_note import SessionNote
from therapy_tui.tui.screens.session_parts import PartsNote


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Seat a therapist with one client and no note."""
    return therapist(tmp_path)


async def test_another_format_and_back(seat: Seat) -> None:
    """A format that was chosen and taken back leaves the note word for word; what has no part keeps its heading."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", "ctrl+f", "down", "enter")
        await pilot.pause()
        page = front(pilot, PartsNote)
        assert "Behaviour" in words_on(pilot)
        assert "## Data" in words_on(pilot)
        await pilot.press("ctrl+f", "up", "enter")
        await pilot.pause()
        assert page is not front(pilot, PartsNote)
        assert texts(seat) == [DAP]
        await pilot.press("ctrl+f", "home", "up", "up", "enter")
        await pilot.pause()
        front(pilot, SessionNote)
        assert texts(seat) == [DAP]
        (note,) = notes.every(seat.notebook)
        assert (note.format, [each.text for each in notes.versions(seat.notebook, note)][-1:]) == ("free", [DAP])


async def test_another_format_leaves_the_cursor_at_its_words(seat: Seat) -> None:
    """After a change of the format one writes on where the words now stand, also in the middle and back in one text."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", "shift+tab", "home", *"Well ")
        for keys in (("down",), ("home",), ("down", "down")):
            await pilot.press("ctrl+f", *keys, "enter")
            await pilot.pause()
            await pilot.press("x")
        await pilot.press("tab", "tab", "left", "ctrl+f", "home", "down", "enter")
        await pilot.pause()
        await pilot.press(*", soon", "shift+tab", "shift+tab")
        page = front(pilot, PartsNote)
        assert isinstance(page, PartsNote)
        assert not page.editor.text, "the cursor is in a part without words"
        await pilot.press("ctrl+f", "down", "enter", *"new", "escape")
        await pilot.pause()
        (kept,) = texts(seat)
        assert "\nWell xxxSlept.\n" in kept
        assert "## Assessment\n\nnew\n\n## Plan\n\nA call, soon." in kept


async def test_a_format_that_is_not_known_here(seat: Seat) -> None:
    """A note in a format of a newer version is one text on the page, says so, and keeps its format."""
    parted(seat)
    seat.notebook.database.run("UPDATE notes SET format = 'later'")
    async with at(seat) as pilot:
        await pilot.press("f5", "enter")
        await pilot.pause()
        assert "format of a newer version, shown as one text" in prose_on(pilot)
        await pilot.press("enter", *"!", "escape")
        await pilot.pause()
        (note,) = notes.every(seat.notebook)
        assert (note.format, note.text) == ("later", DAP + "!")
