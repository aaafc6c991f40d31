"""Erase all that is of one contact from a database, and its traces in the file: freed pages and indexes of words."""

from collections.abc import Mapping

from therapy_tui import errors
from therapy_tui.store.database import Database

ERASED: Mapping[str, tuple[str, ...]] = {
    "vault": (
        *("messages", "drafts", "shared", "receipts", "seen", "quarantine", "prompts", "traffic"),
        *("flags", "shared_moods", "desk", "holds", "appointments"),
        *("person_words", "emergency_contacts", "endings"),
    ),
    "notes": ("notes",),
    "process": ("process_notes",),
}
"""The tables of each database whose rows are of one contact, by a column `contact`; all of them go."""
LEFT: Mapping[str, Mapping[str, str]] = {
    "vault": {
        "contacts": "stands for rows of the log, under a name that says nothing",
        "pairs": "tells the other side that it has ended, and goes with that",
        "invites": "loses its label and code word",
        "joins": "is forgotten when a correspondence ends",
        "tallies": "is counted again",
        "audit": "holds ids and no words",
    },
    "notes": {},
    "process": {},
}
"""Those that have such a column and stay, and why."""
WORDS: Mapping[str, tuple[str, ...]] = {"vault": ("letters",), "notes": ("note_words",), "process": ()}
"""The indexes of words that have words of those rows."""


def kinds(database: Database, contact: bytes) -> dict[int, int]:
    """Count the messages with a contact, by their kind."""
    found = database.all("SELECT kind, count(*) FROM messages WHERE contact = ? GROUP BY kind", (contact,))
    return {int(kind): int(count) for kind, count in found}


def erase(database: Database, name: str, contact: bytes) -> dict[str, int]:
    """Erase every row of a contact, inside the caller's transaction; give how many there were in each table."""
    counts = {
        table: database.run(f"DELETE FROM {table} WHERE contact = ?", (contact,))  # noqa: S608 - a name from above
        for table in ERASED[name]
    }
    for index in WORDS[name]:
        # The index only notes what is gone; words stay in there until its parts are merged into one.
        database.run(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - a name from above
    return counts


def forget_labels(database: Database, contact: bytes, label: str) -> None:
    """Empty label and code word of the invites that a contact used, and of those that are over and had this label."""
    database.run(
        "UPDATE invites SET label = '', word = '' WHERE used_by = ? OR label = ? AND state != 'open'", (contact, label)
    )


def clean(database: Database) -> bool:
    """Make the file anew of what is in it, and empty its log; outside a transaction. Give whether that went well."""
    try:
        database.run("VACUUM")
        row = database.one("PRAGMA wal_checkpoint(TRUNCATE)")
    except (errors.DiskFull, errors.VaultBusy):
        return False
    return row is not None and not row[0]
