"""Put a backup in place as a profile of this machine, under new keys; each conversation heals from there by itself."""

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from therapy_tui import errors
from therapy_tui.config import Folders, read_settings, write_private, write_settings
from therapy_tui.crypto.slots import RecoveryWay, Way
from therapy_tui.services import access, audit, backup_reading, healing, holding, making, reserve
from therapy_tui.services.access import Clock, Random
from therapy_tui.services.backup import Held, counted
from therapy_tui.services.backup_reading import Part, Reader
from therapy_tui.services.epoch import Epoch
from therapy_tui.services.vault import Vault
from therapy_tui.store import kept, slots
from therapy_tui.store import profile as profiles
from therapy_tui.store.database import Database, create_database
from therapy_tui.store.schema import upgrade

AHEAD = 2**16
"""How far above a backup's epoch its vault goes on, for nobody here knows how far the lost one has come: more than
years of letters. A sixteenth of what a relay is believed, so that one that knows of more is still heard, also when an
old backup is put in place after newer ones."""


def restore(
    path: Path,
    entropy: bytes,
    folders: Folders,
    way: Way,
    profile_id: str,
    random: Random,
    now: Clock,
    *,
    shared_lock: int = 0,
) -> Held:
    """Make the profile that a backup holds, whole or not at all; the same recovery phrase opens it.

    Args:
        path: the backup.
        entropy: what the recovery phrase stands for, 32 bytes.
        folders: where there is no profile yet.
        way: what opens it from now on, beside the phrase.
        profile_id: from `slots.new_profile_id`.
        random: the source of keys.
        now: the clock.
        shared_lock: minutes until it locks, where other people use this machine; 0 where nobody does.

    Raises:
        UsageError: there is a profile here already.
        BackupDamaged, KeySlotError, VaultNewer, DiskFull, LocalError: with a sentence; nothing is half made.
    """
    keys = {name: random(32) for name in access.DATABASES}
    with making.staged(folders, random) as built, backup_reading.opened(path, entropy) as reader:
        held, settings = _build(reader, built, keys, random, now)
        slots.create_slots(built.slots, profile_id, keys, [way, RecoveryWay(entropy)], random)
        # Before the profile is there, so that it never stands without the strictness that was chosen.
        _keep_settings(folders, settings, shared_lock)
    return held


def _build(reader: Reader, built: Folders, keys: Mapping[str, bytes], random: Random, now: Clock) -> tuple[Held, str]:
    """Make both files of the profile; give what was put into them, and the text of its settings."""
    counts: dict[str, int] = {}
    made_at, settings = 0, ""
    places = {"vault": built.vault, "notes": built.notes}
    for part in reader.parts():
        made_at, settings = part.about.made_at, settings or part.about.settings
        database = create_database(places[part.name], keys[part.name])
        try:
            counts |= _fill(database, part)
            if part.name == "vault":
                vault = Vault(database, built.data / "epoch", now, random)
                _go_on(vault)
                holding.tell_outside(vault)
        finally:
            database.close()
    if "notes" not in counts:
        making.make_notes(built, keys["notes"])
    for name in ("epoch", audit.OUTSIDE):
        (built.data / name).unlink(missing_ok=True)
    reserve.keep(built)
    return Held(made_at, counted(counts)), settings


def _fill(database: Database, part: Part) -> dict[str, int]:
    """Put in every row, bring the file to this program's version, and make sure that it is sound."""
    taker = kept.Taker(database, part.name)
    part.new_schema(database)
    with database.transaction():
        for _ in part.rows_into(taker):
            pass
    upgrade(database, part.name, keep_copy=False)
    if not kept.is_sound(database):
        raise errors.BackupDamaged
    return taker.counts


def _go_on(vault: Vault) -> None:
    """Let it go on as a vault that went back in time does, above all that the lost one can have used."""
    with vault.transaction() as database:
        count, _ = profiles.read_epoch(database)
        healing.restore(vault, Epoch(count + AHEAD, 0))


def _keep_settings(folders: Folders, text: str, shared_lock: int) -> None:
    write_private(folders.settings, text.encode())
    settings, _ = read_settings(folders.settings)
    settings = replace(settings, shared_machine=bool(shared_lock))
    if shared_lock:
        settings = replace(settings, idle_lock_minutes=min(settings.idle_lock_minutes, shared_lock))
    write_settings(folders.settings, settings)
