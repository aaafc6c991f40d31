"""A therapist's vault for the benchmarks: five hundred people, 200,000 letters, twelve weeks of answers."""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tests.benchmarks.corpus import letter
from tests.benchmarks.diaries import Home
from tests.tui.looks.measuring import answers_to
from therapy_tui.config import find_folders
from therapy_tui.core.bodies import Kind
from therapy_tui.core.flags import Flag
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.core.shared import SharedAnswers
from therapy_tui.crypto.slots import KeyringWay
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access, making
from therapy_tui.services.days import day_of
from therapy_tui.services.making import NewProfile
from therapy_tui.store import contacts, mailbox, slots
from therapy_tui.store.database import Database
from therapy_tui.store.desk import add_flag

PEOPLE, LETTERS, WEEKS, SEED = 500, 200_000, 12, 7
DAY = 86_400
WEEK = 7 * DAY
MOOD_DAYS = 28
_VARIETY = 500
"""So many different letters; more would only take longer to make up."""
_COLUMNS = (
    "contact, id, kind, outgoing, number, place, written_at, arrived_at, state, state_at, text, tone, answers, raw"
)


def make_desk(home: Path, keyring: Keyring | None = None, *, people: int = PEOPLE, letters: int = LETTERS) -> Home:
    """Make a therapist's home with so many people, and so many letters and answers in all.

    Args:
        home: a folder that is not there yet.
        keyring: what opens the vault for the program; without one, only this process can open it.
        people: how many; each answers the PHQ-9 and the GAD-7 every two weeks.
        letters: how many messages there are; the answers are among them.
    """
    identity = slots.new_profile_id(os.urandom)
    way = KeyringWay({name: os.urandom(32) for name in access.DATABASES})
    if keyring is not None:
        way = access.new_keyring_way(identity, os.urandom, keyring)
    made = Home(home, find_folders(home, "default"), way)
    making.create(made.folders, NewProfile(THERAPIST, "Dr. Made-up"), [way], identity, os.urandom, access.seconds)
    vault = made.open()
    with vault.transaction() as database:
        fill(database, people, letters, access.seconds())
    vault.close()
    return made


def fill(database: Database, people: int, letters: int, now: int) -> None:
    """Put people, letters and answers into a vault, in the transaction of the caller."""
    names = random.Random(SEED).sample(range(10 * people), people)
    for number, name in enumerate(names):
        contacts.add(database, identity_of(number), f"Person {name:05}", CLIENT, now - WEEKS * WEEK)
    marks = ", ".join("?" * (_COLUMNS.count(",") + 1))
    database._connection.executemany(
        f"INSERT INTO messages ({_COLUMNS}) VALUES ({marks})",  # noqa: S608 - our own names
        _messages(people, letters // people, now),
    )
    database._connection.executemany(
        "INSERT INTO shared_moods (contact, day, message, place, mood) VALUES (?, ?, x'', ?, ?)",
        (
            (identity_of(person), day_of(now - ago * DAY), ago, 1 + (person + ago) % 10)
            for person in range(people)
            for ago in range(MOOD_DAYS)
        ),
    )
    for person in range(0, people, 50):
        add_flag(database, Flag(b"flag" + identity_of(person), identity_of(person), now - DAY, "phq9", 9, 1, 0, ""))
    mailbox.set_setting(database, "office_hours", '[2, 31, 540, 1020, "Europe/London", 0, 0, ""]')


def identity_of(number: int) -> bytes:
    """Give the id of a person by number."""
    return b"desk" + number.to_bytes(4)


def _messages(people: int, each: int, now: int) -> Iterator[tuple[Any, ...]]:
    """Give the rows, person by person in turn, as they would have come."""
    chance = random.Random(SEED)
    texts = [letter(number) for number in range(_VARIETY)]
    answered = {round(week * each / WEEKS): ("phq9", 27) for week in range(0, WEEKS, 2)}
    answered |= {place + 1: ("gad7", 21) for place in answered}
    for place in range(each):
        at = now - WEEKS * WEEK + place * WEEKS * WEEK // each
        for person in range(people):
            outgoing = place not in answered and place % 2 == 0
            raw, text = b"", texts[(place * people + person) % _VARIETY]
            if place in answered:
                name, most = answered[place]
                answers = answers_to(name, chance.randint(0, most))
                raw, text = msgspec.msgpack.encode(SharedAnswers(name, at, 0, 3, answers)), ""
            kind = Kind.ANSWERS if raw else Kind.LETTER
            number = place * people + person + 1
            state = "delivered" if outgoing else "read"
            yield (
                *(identity_of(person), number.to_bytes(16), int(kind), outgoing, place + 1, place + 1),
                *(at, at, state, at, text, 0, b"", raw),
            )
