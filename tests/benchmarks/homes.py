"""Homes for the benchmarks: a profile with a correspondence of many letters in it."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.corpus import letter
from tests.faults.users import User
from tests.tui.letters import DAY, put_letter
from therapy_tui.config import Folders, Settings, find_folders, write_settings
from therapy_tui.core.delivery import State
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.crypto.slots import PassphraseWay, Way
from therapy_tui.services import access, making, unlocking
from therapy_tui.services.making import NewProfile
from therapy_tui.store import contacts, slots

LETTERS = 200
PASSPHRASE = "made up passphrase"
CONTACT = "Dr. Made-up"
LAST = "The last one here."
"""What stands at the end of the newest letter."""


def make_home(home: Path, way: Callable[[str], Way] | None = None, *, is_thin: bool = True) -> Folders:
    """Make a home with two hundred letters to and fro.

    Args:
        home: a folder that is not there yet.
        way: makes what opens the vault out of the profile's id; a passphrase when it is None.
        is_thin: whether the terminal is sent only what changes, as the settings say.
    """
    folders = find_folders(home, "default")
    identity = slots.new_profile_id(os.urandom)
    opens = way(identity) if way is not None else PassphraseWay(PASSPHRASE, Cost())
    making.create(folders, NewProfile(CLIENT, "Kit Made-up"), [opens], identity, os.urandom, access.seconds)
    vault = unlocking.open_vault(folders, opens, os.urandom, access.seconds)
    with vault.transaction() as database:
        contacts.add(database, b"12345678", CONTACT, THERAPIST, access.seconds())
        begun = vault.now() - LETTERS * DAY
        for number in range(LETTERS):
            at = begun + number * DAY
            text = letter(number) + (f" {LAST}" if number == LETTERS - 1 else "")
            is_mine = number % 2 == 0
            state = State.DELIVERED if is_mine else State.READ
            put_letter(
                vault, text, number=number // 2 + 1, id=at.to_bytes(16), outgoing=is_mine, state=state, written_at=at
            )
    vault.close()
    write_settings(folders.settings, Settings(thin=is_thin))
    return folders


def give_letters(user: User) -> Path:
    """Make such a home, which a passphrase opens, where the tests of other users look for it."""
    home = user.home / "letters"
    shutil.rmtree(home, ignore_errors=True)
    make_home(home)
    for path in (home, *home.rglob("*")):
        os.chown(path, user.uid, user.gid)
    return home
