"""What is measured: this program with and without its own driver, and two programs for letters that others use."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.benchmarks.corpus import letter
from tests.benchmarks.homes import LAST, LETTERS, make_home
from tests.outside.window import Window
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access

PLAIN_TERMINAL = {"LANG": "C.UTF-8", "COLORTERM": "", "NO_COLOR": "", "COLUMNS": "", "LINES": ""}
Start = tuple[list[str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Subject:
    """One program, ready to be started as often as one likes."""

    name: str
    ready: str
    """Words that stand on its first usable screen."""
    prepare: Callable[[Path], Start]
    """Makes what it needs in a folder of its own; gives the command line and what its environment has besides."""
    fill: tuple[str, ...] = ()
    """Lines to type so that there is something to page through."""
    to_read: tuple[str, ...] = ()
    """Keys that lead from where one writes to where one pages."""
    to_write: tuple[str, ...] = ()
    """Keys that lead back."""

    def start(self, folder: Path, rate: float = 0.0) -> Window:
        """Start it behind a line of so many bytes a second, with everything made anew."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        argv, environment = self.prepare(folder)
        return Window(argv, PLAIN_TERMINAL | environment, rate=rate)


def _own(folder: Path, session: Mapping[str, str], *, is_thin: bool) -> Start:
    keyring = Keyring(environment=session)
    make_home(folder / "home", lambda identity: access.new_keyring_way(identity, os.urandom, keyring), is_thin=is_thin)
    return [sys.executable, "-m", "therapy_tui", "--home", str(folder / "home")], dict(session)


def _weechat(folder: Path) -> Start:
    letters = [letter(number) + (f" {LAST}" if number == LETTERS - 1 else "") for number in range(LETTERS)]
    printed = [f"/print -core {each}".replace("\n\n", " ").replace(";", r"\;") for each in letters]
    return ["weechat", "-a", "-d", str(folder), *(word for each in printed for word in ("-r", each))], {}


def _profanity(folder: Path) -> Start:
    return ["profanity"], {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "c"),
        "XDG_DATA_HOME": str(folder / "d"),
    }


def subjects(session: Mapping[str, str]) -> list[Subject]:
    """Name what can be measured here.

    Args:
        session: the environment of a session with a keyring, which opens this program's vault.
    """
    own = [
        Subject(name, LAST, partial(_own, session=session, is_thin=is_thin), (), ("esc",), ("i",))
        for name, is_thin in (("thin", True), ("plain", False))
    ]
    helps = tuple(f"/help {each}" for each in ("commands", "account", "autoaway", "omemo", "roster", "rooms", "who"))
    others = [
        Subject("weechat", LAST, _weechat),
        Subject("profanity", "Type '/help' to show", _profanity, helps),
    ]
    return own + [each for each in others if shutil.which(each.name)]
