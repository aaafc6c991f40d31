"""What is kept of a person beside the letters: versions of what was agreed, whom to call, and how it ends."""

from therapy_tui.core.persons import Emergency, Ending, Version
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one


def add_version(database: Database, contact: bytes, field: str, version: Version) -> None:
    """Keep a new version of a field; those before it stay."""
    database.run(
        "INSERT INTO person_words (contact, field, text, day, at) VALUES (?, ?, ?, ?, ?)",
        (contact, field, version.text, version.day, version.at),
    )


def versions(database: Database, contact: bytes, field: str) -> list[Version]:
    """Read every version of a field, the newest first."""
    return select(database, Version, "person_words WHERE contact = ? AND field = ? ORDER BY row DESC", (contact, field))


def add_emergency(database: Database, contact: bytes, name: str, relation: str, telephone: str, at: int) -> None:
    """Keep somebody to call about a person."""
    database.run(
        "INSERT INTO emergency_contacts (contact, name, relation, telephone, at) VALUES (?, ?, ?, ?, ?)",
        (contact, name, relation, telephone, at),
    )


def emergency(database: Database, contact: bytes) -> list[Emergency]:
    """Read whom to call about a person, in the order in which they were written down."""
    return select(database, Emergency, "emergency_contacts WHERE contact = ? ORDER BY row", (contact,))


def drop_emergency(database: Database, contact: bytes, row: int) -> bool:
    """Forget one of them; give whether there was one."""
    return bool(database.run("DELETE FROM emergency_contacts WHERE row = ? AND contact = ?", (row, contact)))


def ending(database: Database, contact: bytes) -> Ending | None:
    """Read the end that was begun with a person, or None."""
    return select_one(database, Ending, "endings WHERE contact = ?", (contact,))


def begin_ending(database: Database, contact: bytes, at: int) -> None:
    """Keep that an end was begun, unless one was."""
    database.run("INSERT INTO endings (contact, begun_at) VALUES (?, ?) ON CONFLICT DO NOTHING", (contact, at))


def note_exported(database: Database, contact: bytes, at: int) -> None:
    """Keep when the record was written out."""
    database.run("UPDATE endings SET exported_at = ? WHERE contact = ?", (at, contact))


def keep_until(database: Database, contact: bytes, day: str, why: str) -> None:
    """Keep to which day the record is kept, and why."""
    database.run("UPDATE endings SET keep_until = ?, keep_why = ? WHERE contact = ?", (day, why, contact))


def note_ended(database: Database, contact: bytes, at: int) -> None:
    """Keep when it was ended."""
    database.run("UPDATE endings SET ended_at = ? WHERE contact = ?", (at, contact))


def forget_ending(database: Database, contact: bytes) -> None:
    """Forget an end that was begun: it goes on."""
    database.run("DELETE FROM endings WHERE contact = ?", (contact,))
