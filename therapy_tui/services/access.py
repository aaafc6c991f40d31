"""Open a vault by whichever way leads in, and change the ways: where the keys, the slots and the files meet."""

import contextlib
import os
import random as chances
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from therapy_tui import errors
from therapy_tui.config import Folders, write_private
from therapy_tui.crypto.slots import (
    CommandWay,
    KeyringWay,
    PassphraseWay,
    RecoveryWay,
    Way,
    read_recovery_phrase,
)
from therapy_tui.files import read_private
from therapy_tui.keys.keyring import Keyring, Operation, Pending
from therapy_tui.store import slots

if TYPE_CHECKING:
    from therapy_tui.services.epoch import Epoch
    from therapy_tui.services.vault import Vault

DATABASES, DRAWER = slots.DATABASES, slots.DRAWER
BACKEND = "keyring"
"""The file beside the epoch that names the keyring's backend."""
_LONGEST_NAME = 200
LAST_SECOND = 2**32 - 1
NO_WAY = (
    "{} is missing, so nothing opens the vault that lies beside it. It was left as it is: put the missing file back"
    " from a copy, or end this profile with therapy-tui erase."
)

Random = Callable[[int], bytes]
Clock = Callable[[], int]


class Beside(msgspec.Struct):
    """The key of the notes, where the way into the vault gave it too, so that nobody is asked twice."""

    __repr__ = object.__repr__  # a secret stays out of what is written down

    key: bytes = b""
    """Until the notes are opened or the vault is locked; empty where there is none."""


class Found(msgspec.Struct, frozen=True):
    """What can be known of a profile before it is unlocked."""

    exists: bool
    kinds: tuple[str, ...] = ()
    """The ways in: keyring, passphrase, command, recovery."""


def seconds() -> int:
    """Give the seconds since 1970, as this machine's clock says, within what the protocol can write (until 2106)."""
    return max(0, min(int(time.time()), LAST_SECOND))


def look(folders: Folders) -> Found:
    """Tell whether there is a profile and which ways lead in.

    Raises:
        VaultDamaged, VaultNewer: there is one, and the ways into it are not there or cannot be read.
    """
    try:
        return Found(exists=True, kinds=slots.kinds(slots.read_slots(folders.slots)))
    except errors.VaultMissing:
        if os.path.lexists(folders.vault):
            raise errors.VaultDamaged(NO_WAY.format(folders.slots)) from None
        return Found(exists=False)


# the keyring


def keyring_users(profile_id: str) -> dict[str, str]:
    """Give the keyring's user name of each database and of the epoch."""
    return {name: f"{profile_id}:{name}" for name in (*DATABASES, DRAWER, "epoch")}


def new_keyring_way(
    profile_id: str, random: Random, keyring: Keyring, databases: Sequence[str] = DATABASES
) -> KeyringWay:
    """Put new secrets in the keyring, one for each database, and give the way that they are.

    Raises:
        KeyringUnusable: with the reason.
    """
    users = keyring_users(profile_id)
    way = KeyringWay({name: random(32) for name in databases})
    keyring.set({users[name]: secret for name, secret in way.secrets.items()})
    return way


def ask_keyring(folders: Folders, keyring: Keyring, *, early: bool = False) -> Pending:
    """Start the keyring's child for the vault's key; it works while the caller does other things.

    Args:
        folders: whose.
        keyring: whom to ask.
        early: this process has done nothing yet but start (`Keyring.begin`).
    """
    users = keyring_users(slots.read_slots(folders.slots).profile_id)
    asked = [Operation("get", users["vault"]), Operation("get", users["epoch"])]
    return keyring.begin(asked, _known_backend(folders), early=early)


def ask_keyring_for(database: str, folders: Folders, keyring: Keyring) -> Pending:
    """Start the keyring's child for the key of the notes, or of the drawer, which nobody needs before it is wanted."""
    users = keyring_users(slots.read_slots(folders.slots).profile_id)
    return keyring.begin([Operation("get", users[database])], _known_backend(folders))


def _known_backend(folders: Folders) -> str:
    """Give the keyring's backend that answered last on this machine; it is no secret."""
    try:
        return read_private(folders.state / BACKEND, _LONGEST_NAME, secret=False).decode("ascii")
    except (OSError, errors.LocalError, ValueError):
        return ""


def _remember_backend(folders: Folders, backend: str) -> None:
    if backend != _known_backend(folders):
        with contextlib.suppress(errors.LocalError, OSError):
            write_private(folders.state / BACKEND, backend.encode("ascii", "replace"))


def unlock_by_keyring(folders: Folders, pending: Pending, random: Random, now: Clock) -> "Vault":
    """Open the vault with what the keyring gives.

    Raises:
        KeyringUnusable, KeySlotError, VaultError: with the reason.
    """
    secret, kept = pending.result()
    folders.make()
    _remember_backend(folders, pending.backend)
    if secret is None:
        raise errors.KeyringUnusable(
            "This machine's keyring no longer holds the key of this vault, so a passphrase or the recovery phrase is"
            " needed."
        )
    from therapy_tui.services.epoch import Epoch  # as below

    outside = Epoch.unpack(kept) if kept else None
    return _open(folders, KeyringWay({"vault": secret}), random, now, outside)


def tell_keyring(folders: Folders, vault: "Vault", keyring: Keyring) -> Pending:
    """Keep the epoch of this unlocking in the keyring too; the caller waits for the result or cancels it."""
    users = keyring_users(slots.read_slots(folders.slots).profile_id)
    return keyring.begin([Operation("set", users["epoch"], vault.epoch.pack())])


def _open(
    folders: Folders,
    way: Way,
    random: Random,
    now: Clock,
    outside: "Epoch | None" = None,
    beside: Beside | None = None,
) -> "Vault":
    from therapy_tui.services.unlocking import open_vault  # the database, for which the lock screen need not wait

    return open_vault(folders, way, random, now, outside, beside)


# the other ways


def unlock_by_passphrase(
    folders: Folders, passphrase: str, random: Random, now: Clock, beside: Beside | None = None
) -> "Vault":
    """Open the vault with a passphrase; takes about half a second of work. What it opens beside goes into `beside`.

    Raises:
        WrongPassphrase, KeySlotError, VaultError: with the reason.
    """
    return _open(folders, PassphraseWay(passphrase), random, now, beside=beside)


def unlock_by_recovery(
    folders: Folders, phrase: str, random: Random, now: Clock, beside: Beside | None = None
) -> "Vault":
    """Open the vault with the recovery phrase. What it opens beside goes into `beside`."""
    return _open(folders, RecoveryWay(read_recovery_phrase(phrase)), random, now, beside=beside)


def unlock_by_command(folders: Folders, random: Random, now: Clock, beside: Beside | None = None) -> "Vault":
    """Open the vault with what the slot's command gives. What it opens beside goes into `beside`.

    Raises:
        KeySlotError: there is no such slot, or the command failed.
    """
    from therapy_tui.keys.command import take_secret  # only where a command is the way in

    found = slots.commands(slots.read_slots(folders.slots))
    if not found:
        raise errors.KeySlotError("This vault has no command that opens it.")
    return _open(folders, CommandWay(take_secret(found[0])), random, now, beside=beside)


def keys_by(folders: Folders, way: Way, databases: Sequence[str] = ()) -> dict[str, bytes]:
    """Give the keys of the databases named; without a name of all, for changing the ways in.

    Then the drawer is left out where this way does not open it.
    """
    file = slots.read_slots(folders.slots)
    return slots.open_with(file, way, databases or file.databases, () if databases else (DRAWER,))


def change_passphrase(folders: Folders, old: Way, new: PassphraseWay, random: Random) -> None:
    """Put a new passphrase in the place of every older one, in one write.

    Raises:
        WrongPassphrase, KeySlotError, UsageError: with the reason; nothing was changed.
    """
    keys = keys_by(folders, old)
    slots.add_slots(folders.slots, keys, new, random, replace=True)


def add_way(folders: Folders, old: Way, new: Way, random: Random) -> None:
    """Add a way in, in the place of older ones of its kind."""
    slots.add_slots(folders.slots, keys_by(folders, old), new, random, replace=True)


def chance() -> float:
    """Give a number from 0 to 1, for backing off."""
    return chances.SystemRandom().random()
