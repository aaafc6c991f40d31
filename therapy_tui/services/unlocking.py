"""Open the databases with what a way in gives, and notice a vault that went back in time."""

from functools import partial

import msgspec

from therapy_tui import errors
from therapy_tui.config import Folders, refuse_network
from therapy_tui.crypto.slots import Way, kind_of
from therapy_tui.services import epoch, reserve
from therapy_tui.services.access import Beside, Clock, Random
from therapy_tui.services.epoch import Epoch
from therapy_tui.services.events import Events
from therapy_tui.services.vault import Vault
from therapy_tui.store import profile as profiles
from therapy_tui.store import slots
from therapy_tui.store.database import open_database
from therapy_tui.store.schema import upgrade
from therapy_tui.store.slots import SlotFile


def open_vault(
    folders: Folders,
    way: Way,
    random: Random,
    now: Clock,
    outside: Epoch | None = None,
    beside: Beside | None = None,
) -> Vault:
    """Open the vault with what a way in gives.

    On a full disk the room that was reserved is given back; without any room it is opened for reading alone.

    Args:
        folders: of the profile.
        way: what opens it.
        random: the source of chance.
        now: the clock.
        outside: the epoch that the keyring kept.
        beside: takes the key of the notes, where this way gives it too.

    Raises:
        KeySlotError, VaultError: with the reason; nothing was changed.
    """
    folders.make()
    refuse_network(folders.data)
    wanted = ["vault"] if beside is None else ["vault", "notes"]
    file = slots.read_slots(folders.slots)
    keys = slots.open_with(file, way, wanted, may_stay_closed=["notes"])
    opening = _Opening(folders, keys["vault"], random, now, outside, kind_of(way), file)
    vault = reserve.opened(folders, opening.done)
    if beside is not None:
        beside.key = keys.get("notes", b"")
    return vault


class _Opening(msgspec.Struct, frozen=True):
    """What is needed to open the vault, also once more."""

    folders: Folders
    key: bytes
    random: Random
    now: Clock
    outside: Epoch | None
    way: str
    file: SlotFile

    __repr__ = object.__repr__  # a secret stays out of what is written down

    def done(self, for_reading: bool) -> Vault:  # noqa: FBT001 - as `reserve.opened` asks
        """Open it: with all that belongs to an opening, or for reading alone, which writes nothing."""
        database = open_database(self.folders.vault, self.key, for_reading=for_reading)
        try:
            upgrade(database, "vault")
            vault = Vault(database, self.folders.state / "epoch.json", self.now, self.random, Events(), self.way)
            if for_reading:
                vault.again = self.again
            else:
                self._begin(vault)
            vault.notice_others()
        except BaseException:
            database.close()
            raise
        return vault

    def again(self) -> Vault:
        """Open it as usual, or else for reading as before."""
        try:
            return self.done(for_reading=False)
        except errors.VaultError:
            return self.done(for_reading=True)

    def _begin(self, vault: Vault) -> None:
        with vault.transaction():
            _begin_epoch(vault, self.outside, epoch.read_outside(vault.state))
            if vault.is_therapist:
                from therapy_tui.services import audit, holding  # a client's vault has no log and no hold

                audit.notice_ways(vault, *_ways(self.file))
                audit.note_waiting(vault)
                vault.afterwards(partial(holding.keep_told, vault))


def _begin_epoch(vault: Vault, *outside: Epoch | None) -> None:
    """Notice a vault that went back in time; then raise the count and redraw the chance.

    What lies outside was read before the vault is, so a second process that commits meanwhile cannot look like a
    rollback.
    """
    inside = vault.epoch
    newer = [each for each in outside if each is not None and each.shows_that_older(inside)]
    if newer:
        from therapy_tui.services import healing  # only for a vault that went back in time

        healing.restore(vault, max(newer))
    profiles.set_epoch(vault.database, vault.epoch.count + 1, int.from_bytes(vault.random_bytes(4), "big"))


def _ways(file: SlotFile) -> tuple[list[bytes], str]:
    """Give the ids of all slots, and the ways into the vault in words."""
    ids = [slot.id for database in (*slots.DATABASES, slots.DRAWER) for slot in file.of(database)]
    return ids, ", ".join(slots.kinds(file, "vault"))
