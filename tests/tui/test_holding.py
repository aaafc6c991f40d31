"""A legal hold on the screen: nothing of a record that is held is offered to be erased."""

from pathlib import Path

import pytest

from tests.tui.caseload import caseload, id_of
from tests.tui.meeting import at, front, news_on, press, prose_on
from tests.tui.noting import add
from therapy_tui.services import directory, notes, retention
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.note_page import NotePage
from therapy_tui.tui.screens.notes import Notes
from therapy_tui.tui.screens.people import People


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A therapist of fourteen people."""
    return caseload(tmp_path)


async def test_a_hold_is_asked_wherever_something_is_erased(seat: Seat) -> None:
    """Under a hold x among the notes and among people offers no erasing, and a note stays one about its person."""
    vault = seat.open_vault
    contact = directory.get(vault, id_of("Sol"))
    retention.hold(vault, contact, "a case in court")
    kept = add(seat, "Sleep is better.", contact.id)
    async with at(seat, lambda: Notes.of(seat, contact)) as pilot:
        await press(pilot, "x")
        assert "The record of Sol is held, so this note is not erased." in news_on(pilot)
        assert isinstance(front(pilot), Notes)
    async with at(seat, lambda: People(seat)) as pilot:
        page = front(pilot)
        assert isinstance(page, People)
        place = [each.id for each in page.list.choices].index(contact.id.hex())
        await press(pilot, *["down"] * place, "x")
        assert "Their record is held, so the letters stay." in prose_on(pilot)
        assert "erase the letters" not in prose_on(pilot)
    async with at(seat, lambda: NotePage(seat, kept)) as pilot:
        await press(pilot, "ctrl+t")
        assert "this note stays one about them" in news_on(pilot)
    assert notes.window(seat.notebook, 0, 5) == [kept]
