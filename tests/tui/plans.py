"""Safety plans for the tests of screens."""

from pathlib import Path

from textual.pilot import Pilot

from tests.tui.homes import make_seat
from therapy_tui.config import Settings
from therapy_tui.services import safety
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.plan import Plan

BRITAIN = Settings(country="GB")


def seat_with(tmp_path: Path, *texts: str, settings: Settings = BRITAIN) -> Seat:
    """Seat a client whose first steps say so."""
    seat = make_seat(tmp_path, settings=settings)
    for number, text in enumerate(texts):
        safety.keep(seat.open_vault, safety.read(seat.open_vault).steps[number], text)
    return seat


def texts_of(seat: Seat) -> list[str]:
    """Give what the vault holds."""
    return [step.text for step in safety.read(seat.open_vault).steps]


def plan_on(pilot: Pilot[int]) -> Plan:
    """Give the screen on which one writes."""
    assert isinstance(pilot.app.screen, Plan)
    return pilot.app.screen


async def settle(pilot: Pilot[int]) -> None:
    """Let everything be kept and drawn."""
    if isinstance(pilot.app.screen, Plan):
        pilot.app.screen.keep()
    await pilot.pause()
