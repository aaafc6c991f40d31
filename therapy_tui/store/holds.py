"""Legal holds: whose record may not be erased, and why."""

from therapy_tui.core.retention import Hold
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one


def get(database: Database, contact: bytes) -> Hold | None:
    """Read the hold on one record, or None."""
    return select_one(database, Hold, "holds WHERE contact = ?", (contact,))


def every(database: Database) -> list[Hold]:
    """Read all holds, the oldest first."""
    return select(database, Hold, "holds ORDER BY since, contact")


def put(database: Database, hold: Hold) -> None:
    """Keep a hold, in the place of an earlier one."""
    database.run(
        "INSERT INTO holds (contact, since, reason) VALUES (?, ?, ?)"
        " ON CONFLICT (contact) DO UPDATE SET since = excluded.since, reason = excluded.reason",
        (hold.contact, hold.since, hold.reason),
    )


def drop(database: Database, contact: bytes) -> bool:
    """Forget a hold; give whether there was one."""
    return bool(database.run("DELETE FROM holds WHERE contact = ?", (contact,)))
