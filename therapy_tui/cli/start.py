"""The shortest way into the application, which is opened so often that it does not wait for the command line's library.

Anything but the bare program with `--home` or `--profile` goes the long way, through `cli.main`.
"""

import gc
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from therapy_tui.cli.outcome import outcome
from therapy_tui.keys.hardening import Hardening

HOME = "THERAPY_TUI_HOME"
OPTIONS = ("--home", "--profile")


class Wish(NamedTuple):
    """Whose application is to be opened."""

    home: Path | None
    profile: str


def read_wish(arguments: Sequence[str], environment: Mapping[str, str]) -> Wish | None:
    """Read the options that may stand before no command; None when there is anything else, or a value is missing."""
    given: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, is_joined, value = rest.pop(0).partition("=")
        if name not in OPTIONS or not (is_joined or rest):
            return None
        given[name] = value if is_joined else rest.pop(0)
    home = given.get("--home") or environment.get(HOME)
    return Wish(Path(home) if home else None, given.get("--profile", "default"))


def run(arguments: list[str], hardening: Hardening) -> int:
    """Open the application, or run the command that was asked for; give the exit code."""
    wish = read_wish(arguments, os.environ)
    if wish is not None:
        return outcome(lambda: _open(wish))
    gc.enable()
    from therapy_tui.cli.main import run as run_command  # click, for all but the application

    return run_command(arguments, hardening)


def _open(wish: Wish) -> int:
    from therapy_tui.cli.application import open_application  # within the edge that tells what went wrong
    from therapy_tui.config import find_folders  # as above

    return open_application(find_folders(wish.home, wish.profile))
