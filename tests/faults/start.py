"""Starts the program with one fault of our own making, for tests that must see such faults.

`python -m tests.faults.start FAULT -- ARGUMENTS`: FAULT is `none`, or one of `FAULTS`.
"""

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

from therapy_tui import __main__ as program
from therapy_tui.keys import hardening


def crash() -> None:
    """Let ctrl+t, in the letters, end in an exception with what is being written in its locals."""
    from therapy_tui.tui.screens.messages import Messages

    def action_tone(self: Messages) -> NoReturn:
        written = self.pen.text
        copies = [written, written.encode().hex()]
        raise RuntimeError(f"what was written is {written}, {copies}")

    Messages.action_tone = action_tone  # type: ignore[method-assign, assignment] # the fault itself


def talkative_crash() -> None:
    """The same, with Textual's own way of telling it."""
    from textual.app import App

    from therapy_tui.tui.app import TherapyApp

    crash()
    TherapyApp._handle_exception = App._handle_exception  # type: ignore[method-assign] # the fault itself
    TherapyApp._print_error_renderables = App._print_error_renderables  # type: ignore[method-assign] # as above


def soft() -> None:
    """Leave the process as open to its neighbours as any other."""

    def harden() -> hardening.Hardening:
        return hardening.Hardening(undumpable=False, no_core=False, private_files=False, dropped=())

    hardening.harden = harden


def no_rules() -> None:
    """Draw text from elsewhere as it came; the last wall before the terminal still stands."""
    from therapy_tui.core import text

    for name in ("safe_text", "safe_line", "safe_name"):
        setattr(text, name, _as_it_came)


def _as_it_came(text: str, *_: object) -> str:
    return text


def no_wall() -> None:
    """The same, without the last wall."""
    from therapy_tui.tui import guard

    no_rules()
    guard.stand_guard = lambda: None


def count() -> None:
    """Write down, at the end, how many orders the thin driver did not know; no fault at all."""
    from therapy_tui.tui.terminal.driver import ThinDriver

    end = ThinDriver.stop_application_mode

    def stop_application_mode(self: ThinDriver) -> None:
        end(self)
        Path(os.environ["COUNTED"]).write_text(f"{self.reader.unknown} {self.line.wrong_reports}")

    ThinDriver.stop_application_mode = stop_application_mode  # type: ignore[method-assign] # only to look


FAULTS: dict[str, Any] = {
    "none": lambda: None,
    "count": count,
    "crash": crash,
    "talkative crash": talkative_crash,
    "soft": soft,
    "no rules": no_rules,
    "no wall": no_wall,
}


if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    sys.argv[1:3] = []
    program.main()
