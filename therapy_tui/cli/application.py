"""Open the application: build what it is given, and let the keyring work while the screen is made."""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from therapy_tui.config import Folders, Settings, country_in, read_settings
from therapy_tui.errors import ConfigError, TherapyError, UsageError
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access
from therapy_tui.services.seat import Seat

if TYPE_CHECKING:
    from therapy_tui.transport.base import Transport

LINES_ONLY = (
    "This terminal prints lines and nothing else (TERM=dumb), so the application cannot be drawn on it. For commands:"
    " --help. The numbers to call: therapy-tui plan show."
)


def transport_for(settings: Settings) -> "Transport":
    """Make the way to the relays."""
    from therapy_tui.transport.http import HttpTransport  # httpx costs a tenth of a second

    return HttpTransport(plain=settings.plain_relays, secure=settings.secure_relays, proxy=settings.proxy or None)


def open_application(folders: Folders) -> int:
    """Run the application of one profile and give its exit code.

    Args:
        folders: whose.

    Raises:
        ConfigError, UsageError: there is no terminal, or one on which nothing can be drawn.
    """
    # Whoever needs the numbers now must not mend a file first.
    is_seen = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
    settings, unread = _settings(folders)
    if unread and not is_seen:
        raise ConfigError(unread)
    if not is_seen:
        raise UsageError("The application is drawn on a terminal, and there is none here. For commands: --help.")
    if os.environ.get("TERM") == "dumb":
        raise UsageError(LINES_ONLY)
    seat = Seat(
        folders=folders,
        settings=settings,
        transport=transport_for,
        keyring=Keyring(),
        random=os.urandom,
        now=access.seconds,
        chance=access.chance,
    )
    try:
        asked = not unread and seat.begin_keyring(early=True)
    except TherapyError:  # the first screen says why
        asked = False
    from therapy_tui.tui.app import TherapyApp, run  # after the keyring's child has begun: both take their time
    from therapy_tui.tui.look import choose  # as above

    if asked:
        import_module("therapy_tui.tui.screens.messages")  # the screen that comes next, while the keyring's child works
    return run(TherapyApp([seat], choose(settings.theme, folders.themes, colours=settings.colours), unread))


def _settings(folders: Folders) -> tuple[Settings, str]:
    """Read the settings; where they cannot be read, give the country alone, and why. The application tells the rest."""
    try:
        return read_settings(folders.settings)[0], ""
    except ConfigError as error:
        return Settings(country=country_in(folders.settings)), str(error)
