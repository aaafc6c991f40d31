"""Open a backup with the recovery phrase, and rehearse it: every row is tried in a database of the memory."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import msgspec

from therapy_tui import errors
from therapy_tui.crypto.backup import Head
from therapy_tui.crypto.slots import RecoveryWay, backup_key, open_slots
from therapy_tui.files import open_foreign
from therapy_tui.services.backup import Held, counted
from therapy_tui.store import backup_file, kept
from therapy_tui.store.database import Database, memory_database
from therapy_tui.store.schema import newest, upgrade, versions

NOT_BY_THAT = (
    "That recovery phrase does not open this backup. It opens with the phrase of the day on which it was made;"
    " if these are its words, it is damaged: try another copy of it."
)
NEWER = "This backup was made by a newer version of therapy-tui. Update to use it."
T = TypeVar("T")
AT_ONCE = 500
"""How many rows are tried before they are let go."""


class About(msgspec.Struct, forbid_unknown_fields=True):
    """What a part says of itself."""

    made_at: int
    """Seconds since 1970."""
    version: int
    """The version of its schema."""
    settings: str = ""
    """The text of the settings file; in the vault's part only."""


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    table: str
    columns: list[str]


class _End(msgspec.Struct, forbid_unknown_fields=True):
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """One part that was begun; its rows follow."""

    name: str
    about: About
    records: Iterator[Any]

    def new_schema(self, database: Database) -> None:
        """Bring an empty database to the version of this part."""
        upgrade(database, self.name, versions(self.name)[: self.about.version])

    def rows_into(self, taker: kept.Taker) -> Iterator[None]:
        """Put all rows into a database, one at each step; at the end it is known that all were there.

        Raises:
            BackupDamaged: they are not what the part says.
        """
        end: _End | None = None
        for record in self.records:
            if end is not None:
                raise errors.BackupDamaged
            if isinstance(record, list):
                taker.row(record)
                yield
            elif isinstance(record, dict) and "table" in record:
                table = _as(record, _Table)
                taker.table(table.table, table.columns)
            else:
                end = _as(record, _End)
        if end is None or end.rows != taker.counts or not taker.has_all:
            raise errors.BackupDamaged


class Reader:
    """An open backup, read once from its beginning to its end."""

    def __init__(self, file: BinaryIO, head: Head, keys: dict[str, bytes]) -> None:
        self._file, self._head, self._keys = file, head, keys

    def parts(self) -> Iterator[Part]:
        """Give each part; its rows must be read before the next, and at the end nothing may follow.

        Raises:
            BackupDamaged: with a sentence.
            VaultNewer: a newer program wrote it.
        """
        for name in self._keys:
            records = backup_file.read_part(self._file, self._keys[name], name, self._head)
            about = _as(next(records, None), About)
            if about.version > newest(name):
                raise errors.VaultNewer(NEWER)
            if about.version < 1:
                raise errors.BackupDamaged
            yield Part(name, about, records)
        backup_file.read_end(self._file)


@contextlib.contextmanager
def opened(path: Path, entropy: bytes) -> Iterator[Reader]:
    """Open a backup with what the recovery phrase stands for, 32 bytes.

    Raises:
        UsageError: it is no backup, or no file.
        KeySlotError: that phrase does not open it.
        BackupDamaged, VaultNewer, LocalError: with a sentence.
    """
    with open_foreign(path) as file:
        head = backup_file.read_beginning(file, str(path))
        slots = {"vault": head.vault} | ({"notes": head.notes} if head.notes else {})
        try:
            keys = open_slots(slots, RecoveryWay(entropy))
        except errors.KeySlotError:
            raise errors.KeySlotError(NOT_BY_THAT) from None
        yield Reader(file, head, {name: backup_key(key) for name, key in keys.items()})


def check_file(path: Path) -> None:
    """Refuse what is no backup, before anybody is asked for anything. Raises as `opened`."""
    with open_foreign(path) as file:
        backup_file.read_beginning(file, str(path))


def check_phrase(path: Path, entropy: bytes) -> None:
    """Refuse a phrase that does not open a backup. Raises as `opened`."""
    with opened(path, entropy):
        return


def verify(path: Path, entropy: bytes) -> Held:
    """Read all of a backup, try every row where it would go, and give what it holds; nothing is written.

    Raises:
        As `opened` and `Reader.parts`.
    """
    counts: dict[str, int] = {}
    made_at = 0
    with opened(path, entropy) as reader:
        for part in reader.parts():
            made_at = part.about.made_at
            counts |= _rehearse(part)
    return Held(made_at, counted(counts))


def _rehearse(part: Part) -> dict[str, int]:
    """Put every row into a database of the memory, some at a time, so that any number takes the room of a few."""
    with contextlib.closing(memory_database()) as database:
        part.new_schema(database)
        taker = kept.Taker(database, part.name)
        rows = part.rows_into(taker)
        more = True
        while more:
            with database.snapshot():
                for _ in range(AT_ONCE):
                    if next(rows, rows) is rows:
                        more = False
                        break
    return taker.counts


def _as(record: object, shape: type[T]) -> T:
    try:
        return msgspec.convert(record, shape)
    except msgspec.ValidationError as error:
        raise errors.BackupDamaged from error
