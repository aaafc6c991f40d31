"""A client's own vault without any line, and quick ways to write in its journal."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.made import settle
from therapy_tui.config import find_folders
from therapy_tui.core.journal import Entry
from therapy_tui.core.people import CLIENT
from therapy_tui.services import journal, unlocking
from therapy_tui.services.journal_files import Report
from therapy_tui.services.making import NewProfile
from therapy_tui.services.vault import Vault

NOW = 1_795_000_000
"""A Wednesday in November 2026."""
TODAY = "2026-11-18"


class Room:
    """One profile, opened as often as one likes, as by several processes."""

    def __init__(self, home: Path) -> None:
        self.folders = find_folders(home, "default")
        self.now = NOW
        self._chance = random.Random(str(home))
        self._open: list[Vault] = []
        self.way = settle(self.folders, NewProfile(CLIENT, "Rosa"), NOW)

    def clock(self) -> int:
        """Give the time that the test set."""
        return self.now

    def open(self) -> Vault:
        """Open the vault, as one more process."""
        vault = unlocking.open_vault(self.folders, self.way, self._chance.randbytes, self.clock)
        self._open.append(vault)
        return vault

    def close(self) -> None:
        """Close all that was opened."""
        for vault in self._open:
            vault.close()
        self._open.clear()


def write(vault: Vault, text: str, day: str = TODAY, **facts: Any) -> Entry:
    """Keep a new page."""
    new = journal.blank(vault, day)
    return journal.keep(vault, new, replace(new, text=text, **facts))


def empty(vault: Vault) -> Vault:
    """Erase every page, at once."""
    with vault.transaction() as database:
        database.run("DELETE FROM entries")
    return vault


def texts(vault: Vault) -> list[str]:
    """Give the words of all pages, the oldest first."""
    return [each.text for each in journal.every(vault)]


def lines(folder: Path, *fields: dict[str, Any], name: str = "diary.jsonl") -> Path:
    """Make a diary of lines."""
    path = folder / name
    path.write_text("".join(json.dumps(each) + "\n" for each in fields))
    return path


def counts(report: Report) -> tuple[int, int, int]:
    """Give how many pages were taken, were here, and were left."""
    return report.taken, report.existing, report.left


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A profile of its own."""
    made = Room(tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def vault(room: Room) -> Vault:
    """Its open vault."""
    return room.open()
