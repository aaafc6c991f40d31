"""Backups for the tests of services: made, put in place, and read row by row."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.services.people import Person
from therapy_tui.crypto.slots import RecoveryWay
from therapy_tui.services import access, backup, backup_reading, restoring
from therapy_tui.services.backup import Held
from therapy_tui.services.vault import Vault
from therapy_tui.store import profile as profiles
from therapy_tui.store import slots
from therapy_tui.store.database import create_database, open_database
from therapy_tui.store.schema import newest, upgrade, versions

ENTROPY = bytes(range(32))
SETTINGS = 'country = "GB"\n'
PAGE = "INSERT INTO entries (id, day, begun_at, changed_at, text, words) VALUES (x'01', '2027-01-15', 1, 1, 'old', 1)"


def back_up(person: Person, path: Path, *, replaced: bool = False) -> Held:
    """Make a backup that `ENTROPY` opens."""
    file = slots.read_slots(person.folders.slots)
    if "recovery" not in slots.kinds(file):
        access.add_way(person.folders, person.way, RecoveryWay(ENTROPY), person.chance.randbytes)
        file = slots.read_slots(person.folders.slots)
    key = access.keys_by(person.folders, person.way, ["notes"])["notes"]
    notes = open_database(person.folders.notes, key)
    try:
        return backup.create(path, person.vault, notes, file, SETTINGS, person.chance.randbytes, replace=replaced)
    finally:
        notes.close()


def put_in_place(person: Person, path: Path, home: Path, **more: Any) -> Person:
    """Give the same person in another home, as the backup has them; the old home is not used any more."""
    person.lock()
    other = Person(home, person.role, person.name, person.line.relay, person.clock)
    restoring.restore(path, ENTROPY, other.folders, other.way, "1" * 32, other.chance.randbytes, other.clock, **more)
    return other


def rows_of(path: Path, part: str) -> dict[str, list[dict[str, Any]]]:
    """Give everything that a backup holds of one database: the rows of each table."""
    found: dict[str, list[dict[str, Any]]] = {}
    table, columns = "", []
    with backup_reading.opened(path, ENTROPY) as reader:
        for each in reader.parts():
            for record in each.records:
                if isinstance(record, dict):
                    table, columns = record.get("table", ""), record.get("columns", [])
                    found |= {table: []} if table and each.name == part else {}
                elif each.name == part:
                    found[table].append(dict(zip(columns, record, strict=True)))
    return found


def older(person: Person, path: Path, change: Callable[[Vault], None]) -> Vault:
    """Give a vault of the version before this one, with this person's profile in it."""
    database = create_database(path, bytes(32))
    upgrade(database, "vault", versions("vault")[: newest("vault") - 1])
    vault = Vault(database, path.with_name("epoch"), person.clock, person.chance.randbytes)
    profiles.add(database, person.vault.profile)
    change(vault)
    return vault
