"""Check-ins for the tests of screens, put into the vault as if made on other days."""

from textual.pilot import Pilot

from tests.tui.homes import NOW
from tests.tui.meeting import front
from therapy_tui.core.checkins import CheckIn
from therapy_tui.services import checkins
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import Vault
from therapy_tui.store import checkins as store
from therapy_tui.tui.screens.checkin_form import CheckInForm

DAY = 86_400
SIZES = [(60, 20), (80, 24), (100, 30), (140, 40)]


def put(vault: Vault, back: int, mood: int, words: tuple[str, ...] = (), text: str = "", hours: int = 0) -> CheckIn:
    """Put a check-in of some days ago into the vault."""
    when = NOW - back * DAY + hours * 3_600
    made = CheckIn(vault.random_bytes(16), when, checkins.local_day(when), mood, words, text)
    with vault.transaction() as database:
        store.add(database, made)
    return made


def made(seat: Seat) -> list[tuple[int, tuple[str, ...], str]]:
    """Give what each check-in says, the oldest first."""
    return [(each.mood, each.words, each.text) for each in checkins.between(seat.open_vault)]


def form_of(pilot: Pilot[int]) -> CheckInForm:
    """Take the screen in front as what it should be."""
    screen = front(pilot)
    assert isinstance(screen, CheckInForm)
    return screen
