"""The drawer of process notes: a third file under a third key, made when it is first wanted, closed with the vault."""

import contextlib
from pathlib import Path

from therapy_tui import errors
from therapy_tui.config import Folders
from therapy_tui.crypto.slots import CommandWay, PassphraseWay, Way
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access, making
from therapy_tui.services.access import DRAWER, Random
from therapy_tui.services.notebook import Notebook
from therapy_tui.store import slots
from therapy_tui.store.database import create_database
from therapy_tui.store.schema import upgrade

THERE = (
    "{} is here, and slots.json has no key of it. It was left as it is: put the slots.json back that belongs to it, or"
    " move it away."
)
BY_ITSELF = "The drawer of process notes is opened by itself, each time: by {}."
BY_HAND = {"passphrase": "its passphrase", "recovery": "the recovery phrase"}
ALONE = (
    "Only {} opens it, until therapy-tui keys add recovery makes a phrase that opens it too. Without one, what is in it"
    " is lost with {}."
)
"""What has to be known of a drawer that is made, with its way in twice."""
NO_WAY = "This vault has no way in that could open a drawer. Give it one: therapy-tui passwd --recovery"
NAMES = {"passphrase": "your passphrase", "keyring": "this machine's keyring", "command": "your command"}


class Drawer(Notebook):
    """What the services of process notes work on, once a person opened it."""

    NAME = DRAWER
    WHAT = "the process notes"

    @property
    def file(self) -> Path:
        """Where the drawer lies."""
        return self._folders.process

    @property
    def exists(self) -> bool:
        """Whether there is a drawer."""
        return bool(self.kinds)

    def fetch_key(self) -> bytes:
        """Give the key that the keyring or the command gives. Raises KeySlotError with the reason."""
        if "keyring" not in self.kinds and "command" in self.kinds:
            return self._key_by(_command_way(self._folders, DRAWER))
        if "keyring" not in self.kinds:
            by_hand = [words for kind, words in BY_HAND.items() if kind in self.kinds]
            raise errors.KeySlotError(BY_ITSELF.format(" or ".join(by_hand)))
        return super().fetch_key()


def way_wanted(folders: Folders) -> str:
    """Name the way in that a new drawer gets: the passphrase where there is one, else the keyring or the command."""
    kinds = access.look(folders).kinds
    return next((each for each in ("passphrase", "keyring", "command") if each in kinds), "")


def alone(folders: Folders) -> str:
    """Say what has to be known of the way in that a new drawer gets."""
    return ALONE.format(*[NAMES.get(way_wanted(folders), "one way in")] * 2)


def make(folders: Folders, keyring: Keyring, passphrase: str, random: Random) -> bytes:
    """Make the drawer, whole or not at all, and give its key; the way in that `way_wanted` names opens it.

    Args:
        folders: of the profile.
        keyring: gets a secret of its own, where that is the way in.
        passphrase: the one that opens the vault; counts where that is the way in.
        random: the source of the key.

    Raises:
        WrongPassphrase, KeySlotError: it does not open the vault, there is no such way, or there is a drawer already.
        UsageError: a file lies in its place.
        DiskFull, LocalError: nothing was made.
    """
    file = slots.read_slots(folders.slots)
    if file.process:
        raise errors.KeySlotError(slots.ALREADY)
    way = _way(folders, keyring, passphrase, random)
    if folders.process.exists():
        raise errors.UsageError(THERE.format(folders.process))
    key, built = random(32), folders.data / f".process-{random(8).hex()}"
    try:
        with contextlib.closing(create_database(built, key)) as database:
            upgrade(database, DRAWER)
            database.value("PRAGMA wal_checkpoint(TRUNCATE)")
        slots.add_drawer(folders.slots, key, way, random, lambda: built.rename(folders.process))
    finally:
        for left in folders.data.glob(f"{built.name}*"):
            left.unlink(missing_ok=True)
    return key


def _way(folders: Folders, keyring: Keyring, passphrase: str, random: Random) -> Way:
    wanted = way_wanted(folders)
    if wanted == "passphrase":
        access.keys_by(folders, PassphraseWay(passphrase), ["vault"])
        return PassphraseWay(passphrase, making.new_cost())
    if wanted == "keyring":
        return access.new_keyring_way(slots.read_slots(folders.slots).profile_id, random, keyring, [DRAWER])
    if wanted == "command":
        return _command_way(folders, "vault")
    raise errors.KeySlotError(NO_WAY)


def _command_way(folders: Folders, database: str) -> CommandWay:
    from therapy_tui.keys.command import take_secret  # only where a command is the way in

    command = slots.commands(slots.read_slots(folders.slots), database)[0]
    return CommandWay(take_secret(command), command)
