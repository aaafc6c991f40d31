"""Make a profile, open its vault, change the ways in, and erase it: where the keys, the slots and the files meet."""

import contextlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from therapy_tui import errors
from therapy_tui.config import Folders, refuse_network
from therapy_tui.core.people import Profile
from therapy_tui.core.text import safe_name
from therapy_tui.crypto.slots import (
    CommandWay,
    Cost,
    KeyringWay,
    PassphraseWay,
    RecoveryWay,
    Way,
    calibrate,
    read_recovery_phrase,
)
from therapy_tui.keys.keyring import Keyring, Operation, Pending
from therapy_tui.services import epoch
from therapy_tui.services.epoch import Epoch
from therapy_tui.services.events import Events
from therapy_tui.services.vault import Vault
from therapy_tui.store import profile as profiles
from therapy_tui.store import slots
from therapy_tui.store.database import Database, create_database, open_database
from therapy_tui.store.schema import upgrade

DATABASES = slots.DATABASES
RESERVE_BYTES = 256 * 1024
MOST_NAME = 60

Random = Callable[[int], bytes]
Clock = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Found:
    """What can be known of a profile before it is unlocked."""

    exists: bool
    kinds: tuple[str, ...] = ()
    """The ways in: keyring, passphrase, command, recovery."""


@dataclass(frozen=True, slots=True)
class NewProfile:
    """What a person chose at set-up."""

    role: int
    name: str
    relay: str = ""
    ticket: bytes = b""


def seconds() -> int:
    """Give the seconds since 1970, as this machine's clock says."""
    return int(time.time())


def look(folders: Folders) -> Found:
    """Tell whether there is a profile and which ways lead in."""
    try:
        return Found(exists=True, kinds=slots.kinds(slots.read_slots(folders.slots)))
    except errors.VaultMissing:
        return Found(exists=False)


def new_cost() -> Cost:
    """Measure what half a second of stretching costs on this machine."""
    from therapy_tui.keys.hardening import free_memory  # only at set-up

    return calibrate(time.perf_counter, free_memory())


# making


def create(folders: Folders, new: NewProfile, ways: Sequence[Way], profile_id: str, random: Random, now: Clock) -> None:
    """Make a profile, whole or not at all: it is built beside its place and moved there in one step.

    Raises:
        UsageError, LocalError: with the reason; nothing is half made.
    """
    if look(folders).exists or folders.vault.exists():
        raise errors.UsageError(f"There is a profile here already, in {folders.data}. It was left as it is.")
    if not new.name.strip() or len(new.name) > MOST_NAME:
        raise errors.UsageError(f"A name has 1 to {MOST_NAME} characters.")
    folders.make()
    refuse_network(folders.data)
    building = folders.data.with_name(f".new-{random(8).hex()}")
    building.mkdir(mode=0o700)
    built = replace(folders, data=building)
    keys = {name: random(32) for name in DATABASES}
    try:
        _make_files(built, new, keys, random, now)
        slots.create_slots(built.slots, profile_id, keys, ways, random)
        folders.state.joinpath("epoch.json").unlink(missing_ok=True)
        building.rename(folders.data)
    except OSError as error:
        raise errors.VaultError(f"The profile could not be made in {folders.data}: {error.strerror}.") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _make_files(built: Folders, new: NewProfile, keys: Mapping[str, bytes], random: Random, now: Clock) -> None:
    from therapy_tui.crypto.account import Account  # only at set-up
    from therapy_tui.services import joining  # as above

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
    notes_file = create_database(built.notes, keys["notes"])
    try:
        upgrade(notes_file, "notes")
    finally:
        notes_file.close()
    make_reserve(built)


def make_reserve(folders: Folders) -> None:
    """Keep some room that can be given back when the disk is full, so that a draft can still be kept."""
    reserve = folders.data / "reserve"
    with contextlib.suppress(OSError):
        if not reserve.exists():
            descriptor = os.open(reserve, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(bytes(RESERVE_BYTES))


def give_reserve_back(folders: Folders) -> bool:
    """Give the kept room back to a full disk; tell whether there was any."""
    try:
        (folders.data / "reserve").unlink()
    except OSError:
        return False
    return True


# the keyring


def keyring_users(profile_id: str) -> dict[str, str]:
    """Give the keyring's user name of each database and of the epoch."""
    return {name: f"{profile_id}:{name}" for name in (*DATABASES, "epoch")}


def new_keyring_way(profile_id: str, random: Random, keyring: Keyring) -> KeyringWay:
    """Put new secrets in the keyring, and give the way that they are.

    Raises:
        KeyringUnusable: with the reason.
    """
    users = keyring_users(profile_id)
    way = KeyringWay({name: random(32) for name in DATABASES})
    keyring.set({users[name]: secret for name, secret in way.secrets.items()})
    return way


def ask_keyring(folders: Folders, keyring: Keyring) -> Pending:
    """Start the keyring's child for the vault's key; it works while the caller does other things."""
    users = keyring_users(slots.read_slots(folders.slots).profile_id)
    return keyring.begin([Operation("get", users["vault"]), Operation("get", users["epoch"])])


def unlock_by_keyring(folders: Folders, pending: Pending, random: Random, now: Clock) -> Vault:
    """Open the vault with what the keyring gives.

    Raises:
        KeyringUnusable, KeySlotError, VaultError: with the reason.
    """
    secret, kept = pending.result()
    if secret is None:
        raise errors.KeyringUnusable(
            "This machine's keyring no longer holds the key of this vault, so a passphrase or the recovery phrase is"
            " needed."
        )
    outside = Epoch.unpack(kept) if kept else None
    return _open(folders, KeyringWay({"vault": secret}), random, now, outside)


def tell_keyring(folders: Folders, vault: Vault, keyring: Keyring) -> Pending:
    """Keep the epoch of this unlocking in the keyring too; the caller waits for the result or cancels it."""
    users = keyring_users(slots.read_slots(folders.slots).profile_id)
    value = Epoch(*profiles.read_epoch(vault.database)).pack()
    return keyring.begin([Operation("set", users["epoch"], value)])


# the other ways


def unlock_by_passphrase(folders: Folders, passphrase: str, random: Random, now: Clock) -> Vault:
    """Open the vault with a passphrase; takes about half a second of work.

    Raises:
        WrongPassphrase, KeySlotError, VaultError: with the reason.
    """
    return _open(folders, PassphraseWay(passphrase), random, now)


def unlock_by_recovery(folders: Folders, phrase: str, random: Random, now: Clock) -> Vault:
    """Open the vault with the recovery phrase."""
    return _open(folders, RecoveryWay(read_recovery_phrase(phrase)), random, now)


def unlock_by_command(folders: Folders, random: Random, now: Clock) -> Vault:
    """Open the vault with what the slot's command gives.

    Raises:
        KeySlotError: there is no such slot, or the command failed.
    """
    from therapy_tui.keys.command import take_secret  # only where a command is the way in

    found = slots.commands(slots.read_slots(folders.slots))
    if not found:
        raise errors.KeySlotError("This vault has no command that opens it.")
    return _open(folders, CommandWay(take_secret(found[0])), random, now)


def _open(folders: Folders, way: Way, random: Random, now: Clock, outside: Epoch | None = None) -> Vault:
    folders.make()
    refuse_network(folders.data)
    key = slots.open_with(slots.read_slots(folders.slots), way, ["vault"])["vault"]
    database = open_database(folders.vault, key)
    try:
        upgrade(database, "vault")
        vault = Vault(database, folders.state / "epoch.json", now, random, Events())
        _begin_epoch(vault, outside, epoch.read_outside(vault.state))
        vault.notice_others()
    except BaseException:
        database.close()
        raise
    make_reserve(folders)
    return vault


def _begin_epoch(vault: Vault, *outside: Epoch | None) -> None:
    """Notice a vault that went back in time; then raise the count and redraw the chance.

    What lies outside was read before the vault is, so a second process that commits meanwhile cannot look like a
    rollback.
    """
    with vault.transaction() as database:
        inside = Epoch(*profiles.read_epoch(database))
        newer = [each for each in outside if each is not None and each.shows_that_older(inside)]
        if newer:
            from therapy_tui.services import healing  # only for a vault that went back in time

            healing.restore(vault, max(newer))
        count, _ = profiles.read_epoch(database)
        profiles.set_epoch(database, count + 1, int.from_bytes(vault.random_bytes(4), "big"))


def keys_by(folders: Folders, way: Way, databases: Sequence[str] = DATABASES) -> dict[str, bytes]:
    """Give the keys of the databases, for changing the ways in."""
    return slots.open_with(slots.read_slots(folders.slots), way, databases)


def change_passphrase(folders: Folders, old: Way, new: str, random: Random) -> None:
    """Put a new passphrase in the place of every older one, in one write.

    Raises:
        WrongPassphrase, KeySlotError, UsageError: with the reason; nothing was changed.
    """
    keys = keys_by(folders, old)
    slots.add_slots(folders.slots, keys, PassphraseWay(new, new_cost()), random, replace=True)


def add_way(folders: Folders, old: Way, new: Way, random: Random) -> None:
    """Add a way in, in the place of older ones of its kind."""
    slots.add_slots(folders.slots, keys_by(folders, old), new, random, replace=True)


def open_notes(folders: Folders, way: Way) -> Database:
    """Open the notes, a file of their own under a key of their own."""
    key = slots.open_with(slots.read_slots(folders.slots), way, ["notes"])["notes"]
    database = open_database(folders.notes, key)
    try:
        upgrade(database, "notes")
    except BaseException:
        database.close()
        raise
    return database


# the end


def erase(folders: Folders, keyring: Keyring) -> tuple[str, ...]:
    """Erase a profile: the key slots first, then the keyring's entries, then the files. Give what could not be done."""
    left: list[str] = []
    try:
        file = slots.read_slots(folders.slots)
    except (errors.VaultDamaged, errors.VaultNewer):
        file = None
    if folders.slots.exists():
        slots.destroy_slots(folders.slots)
    if file is not None and "keyring" in slots.kinds(file):
        try:
            keyring.delete(keyring_users(file.profile_id).values())
        except errors.KeyringUnusable as error:
            left.append(f"The keyring's entry is still there: {error}")
    for folder in (folders.data, folders.state):
        for path in sorted(folder.rglob("*"), reverse=True):
            left += _unlink(path)
        left += _unlink(folder)
    return tuple(left)


def _unlink(path: Path) -> list[str]:
    try:
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    except FileNotFoundError:
        pass
    except OSError as error:
        return [f"{path} is still there: {error.strerror}."]
    return []


def chance() -> float:
    """Give a number from 0 to 1, for backing off."""
    return secrets.randbelow(1_000_000) / 1_000_000
