"""What ends the program from outside, such as a line that is cut: keep what is written, lock, and end."""

import asyncio
import contextlib
import os
import signal
import threading
from typing import TYPE_CHECKING, Final

from therapy_tui import errors

if TYPE_CHECKING:
    from therapy_tui.tui.app import TherapyApp

ENDINGS: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
PATIENCE: Final = 3.0
"""Seconds after which the process ends in any case: a terminal that is gone may take no more bytes."""


def heed(app: "TherapyApp") -> None:
    """Let signals end the program as leaving does; call it on the running loop."""
    loop = asyncio.get_running_loop()
    for number in ENDINGS:
        # A loop that is not in the main thread hears no signals: that is so in some tests.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, end, app, number)


def end(app: "TherapyApp", number: int) -> None:
    """Keep the draft, close the vaults, drop the keys, and end with the exit code that shells expect."""
    code = 128 + number
    last = threading.Timer(PATIENCE, os._exit, (code,))
    last.daemon = True
    last.start()
    with contextlib.suppress(errors.TherapyError):
        app.keep_everything()
    app.stop_courier()
    for seat in app.seats:
        with contextlib.suppress(errors.TherapyError):
            seat.lock()
    app.exit(code, return_code=code)
