"""Open the application: build what it is given, and let the keyring work while the screen is made."""

import os
from importlib import import_module
from typing import TYPE_CHECKING

from therapy_tui.config import Folders, Settings
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access
from therapy_tui.services.seat import Seat

if TYPE_CHECKING:
    from therapy_tui.transport.base import Transport


def transport_for(settings: Settings) -> "Transport":
    """Make the way to the relays."""
    from therapy_tui.transport.http import HttpTransport  # httpx costs a tenth of a second

    return HttpTransport(plain=settings.plain_relays, secure=settings.secure_relays, proxy=settings.proxy or None)


def open_application(folders: Folders, settings: Settings) -> int:
    """Run the application of one profile and give its exit code."""
    seat = Seat(
        folders=folders,
        settings=settings,
        transport=transport_for,
        keyring=Keyring(),
        random=os.urandom,
        now=access.seconds,
        chance=access.chance,
    )
    asked = seat.begin_keyring()
    from therapy_tui.tui.app import TherapyApp, run  # after the keyring's child has begun: both take their time
    from therapy_tui.tui.look import choose  # as above

    if asked:
        import_module("therapy_tui.tui.screens.messages")  # the screen that comes next, while the keyring's child works
    return run(TherapyApp([seat], choose(settings.theme, folders.themes, colours=settings.colours)))
