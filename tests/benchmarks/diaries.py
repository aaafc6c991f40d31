"""A journal of ten years for the benchmarks: the diary, the vault that it is taken into, and what is searched in it."""

import json
import os
import random
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.benchmarks.corpus import letter
from tests.large import fill
from therapy_tui.config import Folders, find_folders
from therapy_tui.core.journal import Entry
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.slots import KeyringWay
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access, making, unlocking
from therapy_tui.services.journal_files import take_in
from therapy_tui.services.making import NewProfile
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, slots

ENTRIES, LONGEST, SEED = 3_413, 19_600, "journal"
WITH, NAME = b"made up contact.", "Dr. Made-up"


def make_diary(path: Path) -> Path:
    """Make lines of `{"date", "text"}` for ten years: a few paragraphs on most days, on one very many."""
    first = date(2016, 1, 1)
    with path.open("w", encoding="utf-8") as file:
        for number in range(ENTRIES):
            text = "\n\n".join(letter(ENTRIES * part + number) for part in range(3))
            while number == ENTRIES // 2 and len(text) < LONGEST:
                text += "\n\n" + letter(len(text))
            file.write(json.dumps({"date": str(first + timedelta(days=number)), "text": text}) + "\n")
    return path


@dataclass(frozen=True, slots=True)
class Home:
    """A profile with one contact, in a home of its own."""

    home: Path
    folders: Folders
    way: KeyringWay

    def open(self) -> Vault:
        """Open its vault as one more process."""
        return unlocking.open_vault(self.folders, self.way, os.urandom, access.seconds)


def make_home(home: Path, keyring: Keyring | None = None, *, letters: int = 0, diary: Path | None = None) -> Home:
    """Make a home with so many letters and the pages of a diary.

    Args:
        home: a folder that is not there yet.
        keyring: what opens the vault for the program; without one, only this process can open it.
        letters: how many letters went to and fro.
        diary: is taken into the journal.
    """
    identity = slots.new_profile_id(os.urandom)
    way = KeyringWay({name: os.urandom(32) for name in access.DATABASES})
    if keyring is not None:
        way = access.new_keyring_way(identity, os.urandom, keyring)
    made = Home(home, find_folders(home, "default"), way)
    making.create(made.folders, NewProfile(CLIENT, "Kit Made-up"), [way], identity, os.urandom, access.seconds)
    vault = made.open()
    with vault.transaction() as database:
        contacts.add(database, WITH, NAME, THERAPIST, access.seconds())
    if letters:
        fill(vault, WITH, letters)
    if diary is not None:
        take_in(vault, diary)
    vault.close()
    return made


def typed(entries: list[Entry], count: int) -> list[list[str]]:
    """Give what stands in the field after each key, from two letters on, while words of the diary are typed.

    Every other time it is two words that stand side by side there. A word is as likely as it is frequent.
    """
    chance = random.Random(SEED)
    found = []
    for number in range(count):
        words = re.findall(r"[^\W\d_]{3,}", chance.choice(entries).text) or ["nothing"]
        at = chance.randrange(len(words))
        whole = " ".join(words[at : at + 1 + number % 2])
        found.append([whole[:end] for end in range(2, len(whole) + 1)])
    return found
