"""What a backup holds of each database, row by row: what is named here, and nothing that is not.

What a vault throws away when it is found to be an older copy (docs/protocol.md, section 9) is left out or emptied here:
ratchets, sealed bytes, the secrets of open invites, spare keys. Counts and indexes of words are made again by triggers.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import apsw

from therapy_tui import errors
from therapy_tui.store.database import Database, Row

KEPT = {
    "vault": (
        *("profile", "contacts", "pairs", "messages", "outbox", "receipts", "seen", "quarantine", "invites", "joins"),
        *("slots", "drafts", "settings", "traffic", "entries", "entry_versions", "prompts_asked", "check_ins"),
        *("check_in_draft", "responses", "begun_measures", "plan_steps", "plan_versions", "shared", "prompts"),
        *("flags", "shared_moods", "desk", "views", "snippets", "audit", "holds", "appointments"),
        *("person_words", "emergency_contacts", "endings"),
    ),
    "notes": ("about", "notes", "note_versions", "signed"),
}
"""The tables that are kept, each after those that it refers to."""
LEFT = {
    "vault": {
        "ratchets": "would open and seal again what was opened and sealed",
        "tallies": "counted again",
    },
    "notes": {},
}
"""The tables that are not, and why; indexes of words (fts5) are made again too."""

_OPEN = "secret != x''"
_INVITED = f"slot IN (SELECT slot FROM invites WHERE {_OPEN})"  # noqa: S608 - constants
_EMPTY = "x''"
_INSTEAD: Mapping[str, Mapping[str, str]] = {
    "pairs": {"spare_given": _EMPTY, "spare_with": _EMPTY},
    "invites": {
        "state": f"CASE WHEN {_OPEN} THEN 'revoked' ELSE state END",
        "secret": _EMPTY,
        "kem": _EMPTY,
        "link": f"CASE WHEN {_OPEN} THEN '' ELSE link END",
    },
    "slots": {
        "key": f"CASE WHEN {_INVITED} THEN x'' ELSE key END",
        "expires": f"CASE WHEN {_INVITED} THEN 0 ELSE expires END",
        "pickup": f"CASE WHEN {_INVITED} THEN x'' ELSE pickup END",
        "offer": f"CASE WHEN {_INVITED} THEN x'' ELSE offer END",
    },
}
"""What stands in place of a column: an open invite is withdrawn, for it may be used between backup and restore."""
_ONLY = {"outbox": "kind IN ('join', 'closing')"}
"""Which rows, where not all: of sealed bytes only those that nothing seals again, and that stay as they are."""


def columns_of(database: Database, table: str) -> list[str]:
    """Name the columns of a table, in order."""
    return [str(row[1]) for row in database.all(f"PRAGMA table_info({table})")]


def tables(database: Database, name: str) -> list[str]:
    """Name the tables that are kept and that a database of its version has."""
    there = {str(row[0]) for row in database.all("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return [table for table in KEPT[name] if table in there]


def is_sound(database: Database) -> bool:
    """Tell whether every page and every reference of the file is as it should be."""
    return not database.check() and not database.all("PRAGMA foreign_key_check")


def version_of(database: Database) -> int:
    """Give the version of the schema."""
    return int(database.value("PRAGMA user_version"))


def rows(database: Database, name: str, table: str) -> Iterator[Row]:
    """Give what is kept of a table, its rows one by one.

    Args:
        database: open, within a snapshot.
        name: "vault" or "notes".
        table: one of `KEPT[name]`.
    """
    instead = _INSTEAD.get(table, {}) if name == "vault" else {}
    wanted = ", ".join(instead.get(column, column) for column in columns_of(database, table))
    only = f" WHERE {_ONLY[table]}" if table in _ONLY else ""
    return database.each(f"SELECT {wanted} FROM {table}{only}")  # noqa: S608 - names of our own schema


class Taker:
    """Puts rows that were kept into a new database of the same version, table by table.

    Args:
        database: new and empty, in a transaction.
        name: "vault" or "notes".
    """

    def __init__(self, database: Database, name: str) -> None:
        self.counts: dict[str, int] = {}
        """How many rows each table was given."""
        self._database, self._name = database, name
        self._table, self._sql, self._width = "", "", 0

    @property
    def has_all(self) -> bool:
        """Whether every table that there is to be has begun."""
        return set(self.counts) == set(tables(self._database, self._name))

    def table(self, table: str, columns: list[str]) -> None:
        """Begin with a table.

        Raises:
            BackupDamaged: it is no such table, has not these columns, or was there before.
        """
        if table not in KEPT[self._name] or table in self.counts or columns != columns_of(self._database, table):
            raise errors.BackupDamaged
        self._table, self._width = table, len(columns)
        marks = ", ".join("?" * len(columns))
        self._sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - checked above
        self.counts[table] = 0

    def row(self, values: list[Any]) -> None:
        """Put in one row of the table.

        Raises:
            BackupDamaged: it is no row of it.
        """
        if not self._table or len(values) != self._width:
            raise errors.BackupDamaged
        try:
            self._database.run(self._sql, values)
        except apsw.ConstraintError as error:
            raise errors.BackupDamaged from error
        self.counts[self._table] += 1
