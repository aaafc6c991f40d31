"""The safety plan through kill -9 while it is being written, in a real terminal."""

import contextlib
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pulse import Pulse
from tests.terminal import PROGRAM, Terminal
from tests.two_people import Person, new_person
from therapy_tui.config import Settings, write_settings
from therapy_tui.services import safety

MOST_LOST = 2.0
"""Seconds of typing that a kill may cost, on a machine that gives them."""


def written(person: Person) -> list[str]:
    """Give what the vault holds after everything has ended."""
    with person.vault() as vault:
        return [step.text for step in safety.read(vault).steps]


def somebody(folder: Path) -> Person:
    """Make a client who has chosen a country."""
    person = new_person("Kit", "client", folder / "home")
    write_settings(person.folders.settings, Settings(country="GB"))
    return person


@contextlib.contextmanager
def at_the_first_step(person: Person) -> Iterator[Terminal]:
    """Open the application and go to the end of the first step."""
    before = written(person)[0]
    with Terminal([*PROGRAM, "--home", str(person.home)]) as terminal:
        terminal.wait("press enter")
        terminal.press("enter")
        terminal.wait("F1 help")
        terminal.press("f8")
        terminal.wait("change" if before else "own plan")
        terminal.press("e")
        terminal.wait("Your safety plan")
        if before:  # it begins at the second step, the first without words
            terminal.press("up", "end")
        yield terminal


@pytest.mark.campaign
def test_what_was_kept_survives_a_kill(tmp_path: Path) -> None:
    """A kill in the middle of a word leaves all that was kept, and nothing that was not typed."""
    person = somebody(tmp_path)
    with at_the_first_step(person) as terminal:
        terminal.type("I stop answering. ")
        while not written(person)[0]:
            terminal.rest()
        kept = written(person)[0]
        terminal._send(b"I clean at")
        terminal.kill(signal.SIGKILL)
    assert "I stop answering. I clean at".startswith(written(person)[0])
    assert written(person)[0].startswith(kept)


@pytest.mark.campaign
def test_twenty_moments(tmp_path: Path) -> None:
    """Twenty kills at moments drawn by chance: all but the last two seconds of typing are there, and nothing else."""
    person = somebody(tmp_path)
    for seed in range(20):
        chance = random.Random(seed)
        before = written(person)[0]
        typed: list[tuple[float, str]] = []
        with at_the_first_step(person) as terminal, Pulse(tmp_path) as pulse:
            end = time.monotonic() + chance.uniform(0.5, 3.5)
            while time.monotonic() < end:
                letter = chance.choice("abcdefgh")
                terminal._send(letter.encode())
                typed.append((time.monotonic(), letter))
                terminal._pump(chance.uniform(0.01, 0.12))
            killed = time.monotonic()
            terminal.kill(signal.SIGKILL)
        after = written(person)[0]
        lost = pulse.seconds_of(MOST_LOST, killed)
        due = before + "".join(letter for at, letter in typed if at < killed - lost)
        assert (before + "".join(letter for _, letter in typed)).startswith(after)
        assert after.startswith(due), f"{len(due) - len(after)} letters more than in {lost:.1f} s"
