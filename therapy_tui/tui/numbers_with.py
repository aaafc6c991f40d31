"""What the heading over check-ins says of who has the numbers."""

from therapy_tui.services import checkins_shared
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import ONLY_HERE


def numbers_with(seat: Seat) -> str:
    """Say who gets the numbers, or has some, or that they stay here."""
    return (checkins_shared.who_has(seat.open_vault) if seat.is_open else "") or ONLY_HERE
