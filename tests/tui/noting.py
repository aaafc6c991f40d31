"""Notes for the tests of screens: written as the services write them, and read again."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import make_seat
from therapy_tui.core.notes import Note
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import notes
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts
from therapy_tui.tui.screens.note_page import NotePage

DAP = "## Data\n\nSlept.\n\n## Plan\n\nA call."
"""A note of a therapist's, in parts."""


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Somebody with one contact and no note; the key of the notes came with the vault's."""
    return make_seat(tmp_path, contact="Dr. Osei")


def therapist(tmp_path: Path) -> Seat:
    """Seat a therapist with one client and no note."""
    return make_seat(tmp_path, name="Dr. Osei", role=THERAPIST, contact="Rosa M.")


def opened(seat: Seat) -> Notebook:
    """Give the notes, open."""
    if not seat.notebook.is_open:
        seat.notebook.open(seat.notebook.fetch_key())
    return seat.notebook


def add(seat: Seat, text: str, contact: bytes = b"", **other: int | bytes | str) -> Note:
    new = notes.blank(opened(seat), contact)
    return notes.keep(seat.notebook, new, replace(new, text=text, **other))  # type: ignore[arg-type]


def parted(seat: Seat, text: str = DAP, layout: str = "dap") -> None:
    add(seat, text, osei(seat), format=layout)


def osei(seat: Seat) -> bytes:
    return contacts.every(seat.open_vault.database)[0].id


def texts(seat: Seat) -> list[str]:
    return [each.text for each in notes.every(opened(seat))]


def front(pilot: Pilot[int], kind: type) -> object:
    assert isinstance(pilot.app.screen, kind), pilot.app.screen
    return pilot.app.screen


def page_of(pilot: Pilot[int]) -> NotePage:
    screen = pilot.app.screen
    assert isinstance(screen, NotePage)
    return screen
