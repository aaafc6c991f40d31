"""Make a backup: one file that the recovery phrase opens, with all that is one's own and nothing that could be abused.

It holds no ratchet, no one-time key, no sealed letter and no open invite: what goes on from it heals instead
(docs/decisions/026).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from therapy_tui import errors
from therapy_tui.config import Folders
from therapy_tui.crypto.backup import Head
from therapy_tui.crypto.bare_account import without_one_time_keys
from therapy_tui.crypto.slots import RecoverySlot
from therapy_tui.files import new_private
from therapy_tui.services.access import Random
from therapy_tui.services.vault import Vault
from therapy_tui.store import backup_file, kept
from therapy_tui.store.database import Database, Row
from therapy_tui.store.slots import SlotFile, read_slots

SALT = 32
NO_PHRASE = (
    "A backup is opened by the recovery phrase, and this vault has none, so nothing was made."
    " Get one first: therapy-tui keys add recovery"
)
DAMAGED = "Something in {} is damaged, so no backup was made of it. Keep the backups that you have."
COUNTED = {
    "contacts": "contacts",
    "letters": "messages",
    "pages": "entries",
    "check_ins": "check_ins",
    "measures": "responses",
    "notes": "notes",
}
"""What a person is told the number of, and in which table it lies."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a backup holds."""

    made_at: int
    """Seconds since 1970."""
    counts: Mapping[str, int]
    """How many of each of `COUNTED`; without "notes" where the notes are not in it."""

    @property
    def has_notes(self) -> bool:
        """Whether the notes are in it."""
        return "notes" in self.counts


def recovery_slots(file: SlotFile, database: str) -> tuple[RecoverySlot, ...]:
    """Give the slots that the recovery phrase opens."""
    return tuple(slot for slot in file.of(database) if isinstance(slot, RecoverySlot))


def has_phrase(folders: Folders) -> bool:
    """Tell whether a recovery phrase would open a backup.

    Raises:
        VaultError: as `read_slots`.
    """
    return bool(recovery_slots(read_slots(folders.slots), "vault"))


def create(
    path: Path,
    vault: Vault,
    notes: Database | None,
    slots: SlotFile,
    settings: str,
    random: Random,
    *,
    replace: bool = False,
) -> Held:
    """Write a backup of a vault that is open, and of the notes if they are; others may go on writing meanwhile.

    Args:
        path: a new file; its folder must exist.
        vault: whose.
        notes: the open file of the notes, or None to leave them out; so they are where no recovery phrase opens them.
        slots: the ways in, for those of the recovery phrase.
        settings: the text of the settings file.
        random: the source of the salt.
        replace: put it in the place of a file of that name.

    Raises:
        KeySlotError: there is no recovery phrase.
        VaultDamaged: what would be kept is damaged.
        UsageError, DiskFull, LocalError: the file cannot be written; nothing was made.
    """
    if not recovery_slots(slots, "vault"):
        raise errors.KeySlotError(NO_PHRASE)
    noted = recovery_slots(slots, "notes") if notes is not None else ()
    head = Head.of(random(SALT), recovery_slots(slots, "vault"), noted)
    made_at = vault.now()
    with new_private(path, replace=replace) as take:
        backup_file.write_head(take, head)
        counts = _write(take, head, "vault", vault.database, {"made_at": made_at, "settings": settings})
        if notes is not None and noted:
            counts |= _write(take, head, "notes", notes, {"made_at": made_at})
    return Held(made_at, counted(counts))


def counted(rows: Mapping[str, int]) -> dict[str, int]:
    """Turn counts of rows into the counts that a person is told."""
    return {name: rows[table] for name, table in COUNTED.items() if table in rows}


def _write(
    take: Callable[[bytes], None], head: Head, name: str, database: Database, about: dict[str, int | str]
) -> dict[str, int]:
    """Write one part: what it is, each table with its rows, and how many there were."""
    part = backup_file.PartWriter(take, database.backup_key, name, head)
    counts = {}
    with database.snapshot():
        if not kept.is_sound(database):
            raise errors.VaultDamaged(DAMAGED.format(database.path))
        part.put({**about, "version": kept.version_of(database)})
        for table in kept.tables(database, name):
            columns = kept.columns_of(database, table)
            part.put({"table": table, "columns": columns})
            counts[table] = 0
            for row in kept.rows(database, name, table):
                part.put(_bare(columns, row) if table == "profile" else row)
                counts[table] += 1
    part.put({"rows": counts})
    part.end()
    return counts


def _bare(columns: list[str], row: Row) -> Row:
    """Take the one-time keys out of the account: the library keeps their private halves in it."""
    found = dict(zip(columns, row, strict=True))
    found["account"] = without_one_time_keys(found["account"], found["pickle_key"])
    return tuple(found.values())
