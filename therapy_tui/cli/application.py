"""Open the application: build what it is given, and let the keyring work while the screen is made."""

import random
from importlib import import_module

from therapy_tui.cli.desk import Desk
from therapy_tui.config import Settings
from therapy_tui.services.seat import Seat
from therapy_tui.transport.base import Transport


def transport_for(settings: Settings) -> Transport:
    """Make the way to the relays."""
    from therapy_tui.transport.http import HttpTransport  # httpx costs a tenth of a second

    return HttpTransport(plain=settings.plain_relays, secure=settings.secure_relays, proxy=settings.proxy or None)


def seat_for(desk: Desk) -> Seat:
    """Make the seat of the profile that was named."""
    return Seat(
        folders=desk.folders,
        settings=desk.settings,
        transport=transport_for,
        keyring=desk.keyring,
        random=desk.random,
        now=desk.now,
        chance=random.SystemRandom().random,
    )


def open_application(desk: Desk) -> int:
    """Run the application and give its exit code."""
    seat = seat_for(desk)
    asked = seat.begin_keyring()
    from therapy_tui.tui.app import TherapyApp, run  # after the keyring's child has begun: both take their time
    from therapy_tui.tui.look import choose  # as above

    if asked:
        import_module("therapy_tui.tui.screens.messages")  # the screen that comes next, while the keyring's child works
    return run(TherapyApp([seat], choose(seat.settings.theme, seat.folders.themes, colours=seat.settings.colours)))
