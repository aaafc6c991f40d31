"""Open the databases with what a way in gives, and notice a vault that went back in time."""

from functools import partial

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

    On a full disk the room that was reserved is given back, for without some room nothing can be read either.

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
    key = keys["vault"]
    try:
        vault = _open(folders, key, random, now, outside, kind_of(way), file)
    except errors.DiskFull:
        if not reserve.give_back(folders):
            raise
        vault = _open(folders, key, random, now, outside, kind_of(way), file)
    else:
        reserve.keep(folders)
    if beside is not None:
        beside.key = keys.get("notes", b"")
    return vault


def _open(
    folders: Folders, key: bytes, random: Random, now: Clock, outside: Epoch | None, way: str, file: SlotFile
) -> Vault:
    database = open_database(folders.vault, key)
    try:
        upgrade(database, "vault")
        vault = Vault(database, folders.state / "epoch.json", now, random, Events(), way)
        with vault.transaction():
            _begin_epoch(vault, outside, epoch.read_outside(vault.state))
            if vault.is_therapist:
                from therapy_tui.services import audit, holding  # a client's vault has no log and no hold

                audit.notice_ways(vault, *_ways(file))
                vault.afterwards(partial(holding.keep_told, vault))
        vault.notice_others()
    except BaseException:
        database.close()
        raise
    return vault


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
