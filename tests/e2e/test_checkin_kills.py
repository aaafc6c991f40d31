"""A check-in through kill -9 right after enter, in a real terminal: it is kept, or it is still being made."""

import signal
import time
from pathlib import Path

import pytest

from tests.quick import quick
from tests.terminal import PROGRAM, Terminal
from tests.two_people import Person, new_person
from therapy_tui.core.checkins import Unfinished
from therapy_tui.services import checkins

LINE = "quieter after the walk"
TOLD = " kept at "


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """A client alone, whose vault a command opens."""
    return new_person("Cleo", "client", tmp_path / "home")


def begin(terminal: Terminal) -> None:
    """Unlock, and make a check-in of 7 and a line; enter is not pressed."""
    terminal.wait("press enter")
    terminal.press("enter")
    terminal.wait("F1 help")
    terminal.press("f6")
    terminal.wait("How is it?")
    terminal.press("7", "tab")
    terminal.type(LINE)


def written(person: Person) -> list[tuple[int, str]]:
    """Give what there is after the kill: what was kept, or what is still being made."""
    with person.vault() as vault:
        kept = [(each.mood, each.text) for each in checkins.between(vault)]
        begun = checkins.draft(vault) or Unfinished("")
        assert vault.database.check() == []
    return kept if begun.is_empty else [*kept, (begun.mood, begun.text)]


def program(person: Person) -> Terminal:
    return Terminal([*PROGRAM, "--home", str(person.home)])


@pytest.mark.campaign
def test_what_was_said_to_be_kept_is_kept(person: Person) -> None:
    """Once the screen says that it is kept, kill -9 loses nothing of it."""
    with program(person) as terminal:
        begin(terminal)
        terminal._send(b"\r")
        terminal.wait(TOLD)
        terminal.kill(signal.SIGKILL)
    assert [(row["mood"], row["text"]) for row in person.do("checkin", "list").rows] == [(7, LINE)]
    assert written(person) == [(7, LINE)]


@pytest.mark.parametrize("pause", quick([0.0, 0.001, 0.003, 0.01, 0.03]))
def test_right_after_enter_nothing_is_lost_or_doubled(person: Person, pause: float) -> None:
    """However soon after enter kill -9 comes, number and line are there once: kept, or still being made."""
    with program(person) as terminal:
        begin(terminal)
        time.sleep(1.0)  # longer than it takes until what is typed is in the vault
        terminal._send(b"\r")
        time.sleep(pause)
        terminal.kill(signal.SIGKILL)
    assert written(person) == [(7, LINE)]
    with program(person) as terminal:
        terminal.wait("press enter")
        terminal.press("enter")
        terminal.wait("F1 help")
        terminal.press("f6")
        terminal.wait("How is it?")
        if LINE in terminal.text:
            terminal.press("enter")
            terminal.wait(TOLD)
    assert [(row["mood"], row["text"]) for row in person.do("checkin", "list").rows] == [(7, LINE)]
