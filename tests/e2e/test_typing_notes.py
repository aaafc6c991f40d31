"""A note through kill -9 at random moments, by keys through a real pty: at most two seconds of typing are lost."""

import os
import random
from pathlib import Path

import pytest

from tests.e2e.test_typing import WORDS, Way, somebody, type_until_killed
from tests.two_people import Person
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import access, notes
from therapy_tui.services.access import Beside
from therapy_tui.services.events import Events
from therapy_tui.services.notebook import Notebook

WAY: Way = (("f5", "never leaves this machine"), ("w", "kept as you type"))


def noted(person: Person) -> str:
    """Read the one note."""
    beside = Beside()
    access.unlock_by_command(person.folders, os.urandom, access.seconds, beside).close()
    notebook = Notebook(person.folders, MemoryKeyring(), beside, os.urandom, access.seconds, Events())
    notebook.open(notebook.fetch_key())
    texts = [each.text for each in notes.every(notebook)]
    notebook.close()
    assert len(texts) <= 1
    return texts[0] if texts else ""


def survives(home: Path, seconds: float) -> None:
    """Type, kill, and hold what was kept against what had been seen."""
    person = somebody(home)
    due = type_until_killed(person, WAY, seconds)
    kept = noted(person)
    assert (WORDS * 40).startswith(kept)
    assert len(kept) >= due


@pytest.mark.campaign
def test_a_killed_program_loses_two_seconds_of_a_note_at_most(tmp_path: Path) -> None:
    """What stood in a note two seconds before a kill is there afterwards, and begins as what was typed."""
    survives(tmp_path / "home", 3.1)


@pytest.mark.campaign
def test_at_twenty_random_moments(tmp_path: Path) -> None:
    """The same at twenty moments drawn by chance."""
    chance = random.Random(5)
    for number in range(20):
        survives(tmp_path / str(number), chance.uniform(0.2, 4.5))
