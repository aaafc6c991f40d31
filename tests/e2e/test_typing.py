"""What is being written through kill -9 at random moments, by keys through a real pty: at most two seconds are lost."""

import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.outside.window import Window
from tests.pulse import Pulse
from tests.quick import quick
from tests.two_people import Person, new_person
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import conversation, directory, journal
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts

LOST_AT_MOST = 2.0
"""Seconds of typing."""
WORDS = "abcdefghijklmnopqrstuvwxyz"


def draft_in(vault: Vault) -> str:
    """Read what the composer has kept."""
    (person,) = directory.people(vault)
    return conversation.draft(vault, person.contact.id).text


def page_in(vault: Vault) -> str:
    """Read the one page."""
    pages = list(journal.every(vault))
    assert len(pages) <= 1
    return pages[0].text if pages else ""


Way = tuple[tuple[str, str], ...]
WHERE: dict[str, tuple[Way, Callable[[Vault], str]]] = {
    "the composer": ((), draft_in),
    "a page": ((("f4", "Pages for yourself"), ("w", "kept as you type")), page_in),
}
"""The keys that lead there, each with what is seen then, and how it is read afterwards."""


def somebody(home: Path) -> Person:
    """Make a client with one contact."""
    person = new_person("Bo", "client", home)
    with person.vault() as vault, vault.transaction() as database:
        contacts.add(database, b"osei", "Dr. Osei", THERAPIST, vault.now())
    return person


def type_until_killed(person: Person, way: Way, seconds: float) -> int:
    """Type steadily, kill the program after a while; give how many letters on the screen must outlive it."""
    argv = [sys.executable, "-m", "therapy_tui", "--home", str(person.home)]
    with Window(argv, {"TERM": "xterm-256color"}) as window, Pulse(person.home.parent) as pulse:
        window.until_seen("press enter")
        window.key("enter")
        window.until_seen("F1 help")
        for key, words in way:
            window.key(key)
            window.until_seen(words)
        window.rest(0.3)
        seen: list[tuple[float, int]] = []
        begun = time.monotonic()
        while time.monotonic() < begun + seconds:
            window.key(WORDS[len(seen) % len(WORDS)])
            window.watch(0.05)
            seen.append((time.monotonic(), shown_on(window)))
        window.kill(signal.SIGKILL)
        killed = time.monotonic()
    lost = pulse.seconds_of(LOST_AT_MOST, killed)
    return next((shown for when, shown in reversed(seen) if killed - when >= lost), 0)


def shown_on(window: Window) -> int:
    """Count what was typed as far as it is on the screen: one run that goes through the alphabet again and again."""
    joined = "".join(row[24:].strip() for row in window.text.splitlines())
    begin = joined.find("abc")
    run = joined[begin:] if begin >= 0 else ""
    return next((place for place, letter in enumerate(run) if letter != WORDS[place % len(WORDS)]), len(run))


def survives(home: Path, where: str, seconds: float) -> None:
    """Type, kill, and hold what was kept against what had been seen."""
    way, read = WHERE[where]
    person = somebody(home)
    due = type_until_killed(person, way, seconds)
    with person.vault() as vault:
        kept = read(vault)
    assert (WORDS * 40).startswith(kept)
    assert len(kept) >= due


@pytest.mark.parametrize("where", quick(list(WHERE), "the composer"))
def test_a_killed_program_loses_two_seconds_at_most(tmp_path: Path, where: str) -> None:
    """What stood on the screen two seconds before a kill is there afterwards, and begins as what was typed."""
    survives(tmp_path / "home", where, 3.1)


@pytest.mark.campaign
@pytest.mark.parametrize("where", WHERE)
def test_at_twenty_random_moments(tmp_path: Path, where: str) -> None:
    """The same at twenty moments drawn by chance."""
    chance = random.Random(20)
    for number in range(20):
        survives(tmp_path / str(number), where, chance.uniform(0.2, 4.5))
