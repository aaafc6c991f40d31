"""What was shared: which message carries the copy of which page or answers."""

from therapy_tui.core.shared import Copy
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one

TAKEN_BACK = 18
"""The kind of content that takes a piece back."""
_COPIES = (
    "(SELECT shared.*, m.state, m.state_at, coalesce((SELECT n.state FROM messages n INDEXED BY messages_taken_back"
    " WHERE n.contact = shared.contact AND n.kind = 18 AND n.outgoing = 1 AND n.answers = substr(message, 1, 8)), '')"
    " AS news FROM shared CROSS JOIN messages m ON m.contact = shared.contact AND m.id = message)"
)


def add(database: Database, message: bytes, contact: bytes, item: bytes, revision: int, at: int) -> None:
    """Keep that a message carries a copy of a page or of answers."""
    database.run(
        "INSERT INTO shared (message, contact, item, revision, at) VALUES (?, ?, ?, ?, ?)",
        (message, contact, item, revision, at),
    )


def note_taken_back(database: Database, message: bytes, at: int) -> None:
    """Keep that a copy was taken back."""
    database.run("UPDATE shared SET taken_back_at = ? WHERE message = ?", (at, message))


def copies(database: Database, item: bytes) -> list[Copy]:
    """Read the copies of a page or of answers, oldest first."""
    return select(database, Copy, f"{_COPIES} WHERE item = ? ORDER BY at, message", (item,))


def copy(database: Database, message: bytes) -> Copy | None:
    """Read the copy that a message carries, or None."""
    return select_one(database, Copy, f"{_COPIES} WHERE message = ?", (message,))


def items_shared(database: Database) -> set[bytes]:
    """Give the ids of all pages and answers of which a copy is with somebody."""
    return {bytes(row[0]) for row in database.all("SELECT DISTINCT item FROM shared WHERE taken_back_at = 0")}


def empty(database: Database, contact: bytes, message: bytes, raw: bytes) -> None:
    """Leave of a copy only what is left when it is taken back."""
    # As a rule the index only notes that words are gone, and keeps them until its parts are merged; not here.
    database.run("INSERT INTO letters (letters, rank) VALUES ('secure-delete', 1)")
    database.run("UPDATE messages SET text = '', raw = ? WHERE contact = ? AND id = ?", (raw, contact, message))
    database.run("INSERT INTO letters (letters, rank) VALUES ('secure-delete', 0)")


def was_taken_back(database: Database, contact: bytes, mark: bytes) -> bool:
    """Tell whether a contact has taken a piece back, also one that has not come yet."""
    return (
        database.one(
            "SELECT 1 FROM messages INDEXED BY messages_taken_back"
            " WHERE contact = ? AND kind = 18 AND outgoing = 0 AND answers = ?",
            (contact, mark),
        )
        is not None
    )


def every(database: Database) -> list[Copy]:
    """Read all copies, oldest first."""
    return select(database, Copy, f"{_COPIES} ORDER BY at, message")


def count_pages(database: Database, since: str, until: str) -> int:
    """Count the pages of these days of which a copy is with somebody."""
    return int(
        database.value(
            "SELECT count(*) FROM entries WHERE day BETWEEN ? AND ?"
            " AND id IN (SELECT item FROM shared WHERE taken_back_at = 0)",
            (since, until),
            0,
        )
    )
