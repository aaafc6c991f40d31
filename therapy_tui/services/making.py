"""Make a profile: whole, or not at all."""

import contextlib
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from therapy_tui import errors
from therapy_tui.config import Folders, refuse_network
from therapy_tui.core.people import Profile
from therapy_tui.core.text import NO_NAME, safe_name
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.slots import Cost, Way, calibrate, check_new_passphrase
from therapy_tui.files import locked_folder, sync_folder
from therapy_tui.keys.hardening import free_memory
from therapy_tui.services import access, audit, joining, reserve
from therapy_tui.services.access import Clock, Random
from therapy_tui.services.vault import Vault
from therapy_tui.store import profile as profiles
from therapy_tui.store import slots
from therapy_tui.store.database import create_database
from therapy_tui.store.schema import upgrade

MOST_NAME = 60
NO_ROOM = "There is no room for a profile in {}, so nothing was made. Make room and try again."


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What a person chose at set-up."""

    role: int
    name: str
    relay: str = ""
    ticket: bytes = b""


def new_cost() -> Cost:
    """Measure what half a second of stretching costs on this machine."""
    return calibrate(time.perf_counter, free_memory())


def check_passphrase(passphrase: str) -> None:
    """Refuse a new passphrase that is too short, with the reason."""
    check_new_passphrase(passphrase)


def check_name(name: str) -> None:
    """Refuse a name that cannot stand on a card, before anything is made."""
    if not name.strip() or len(name) > MOST_NAME:
        raise errors.UsageError(f"A name has 1 to {MOST_NAME} characters.")
    if safe_name(name) == NO_NAME:
        raise errors.UsageError("A name needs at least one letter that can be seen.")


def create(folders: Folders, new: NewProfile, ways: Sequence[Way], profile_id: str, random: Random, now: Clock) -> None:
    """Make a profile, whole or not at all: it is built beside its place and moved there in one step.

    Raises:
        UsageError, LocalError: with the reason; nothing is half made.
    """
    check_name(new.name)
    keys = {name: random(32) for name in access.DATABASES}
    with staged(folders, random) as built:
        _make_files(built, new, keys, random, now)
        slots.create_slots(built.slots, profile_id, keys, ways, random)


def check_place(folders: Folders) -> None:
    """Refuse a place where a profile is already.

    Raises:
        UsageError: there is one; it was left as it is.
    """
    if access.look(folders).exists or folders.vault.exists():
        raise errors.UsageError(f"There is a profile here already, in {folders.data}. It was left as it is.")


@contextlib.contextmanager
def staged(folders: Folders, random: Random) -> Iterator[Folders]:
    """Give the folders of a profile that is built beside its place; at the end it is moved there in one step.

    Raises:
        UsageError, LocalError: with the reason; nothing is half made.
    """
    check_place(folders)
    folders.make()
    refuse_network(folders.data)
    building = folders.data.with_name(f".new-{random(8).hex()}")
    try:
        # Whoever holds this lock is the only one who builds here, so what lies there was left by a kill.
        with locked_folder(folders.data.parent):
            for left in folders.data.parent.glob(".new-*"):
                shutil.rmtree(left, ignore_errors=True)
            building.mkdir(mode=0o700)
            yield msgspec.structs.replace(folders, data=building)
            for name in ("epoch.json", audit.OUTSIDE):
                folders.state.joinpath(name).unlink(missing_ok=True)
            sync_folder(building)
            building.rename(folders.data)
            sync_folder(folders.data.parent)
    except OSError as error:
        raise errors.VaultError(f"The profile could not be made in {folders.data}: {error.strerror}.") from error
    except errors.DiskFull as error:
        raise errors.DiskFull(NO_ROOM.format(folders.data)) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _make_files(built: Folders, new: NewProfile, keys: Mapping[str, bytes], random: Random, now: Clock) -> None:
    vault_file = create_database(built.vault, keys["vault"])
    try:
        upgrade(vault_file, "vault")
        vault = Vault(vault_file, built.state / "unused", now, random)
        pickle_key = random(32)
        profile = Profile(
            role=new.role,
            name=safe_name(new.name),
            account=Account.new().dump(pickle_key),
            pickle_key=pickle_key,
            owner_seed=random(32),
            relay="",
            card=b"",
            ticket=new.ticket,
            opened=False,
            done=0,
            epoch_count=0,
            epoch_chance=int.from_bytes(random(4), "big"),
            next_slot=1,
            restored_at=0,
            made_at=now(),
        )
        with vault_file.transaction():
            profiles.add(vault_file, profile)
            if new.relay:
                joining.settle_relay(vault, new.relay, new.ticket)
    finally:
        vault_file.close()
    make_notes(built, keys["notes"])
    reserve.keep(built)


def make_notes(built: Folders, key: bytes) -> None:
    """Make an empty file for the notes."""
    notes_file = create_database(built.notes, key)
    try:
        upgrade(notes_file, "notes")
    finally:
        notes_file.close()
