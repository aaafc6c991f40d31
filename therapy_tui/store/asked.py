"""Measures that were asked for: the messages that say so, newest last, found by an index of their own."""

from dataclasses import dataclass

from therapy_tui.store.database import Database
from therapy_tui.store.rows import select


@dataclass(frozen=True, slots=True)
class Ask:
    """One such message."""

    contact: bytes
    number: int
    arrived_at: int
    raw: bytes


def every(database: Database, outgoing: bool, contact: bytes | None = None) -> list[Ask]:  # noqa: FBT001 - a column
    """Read those that we sent, or those that came, of one contact or of all, each contact's in order."""
    where = "" if contact is None else " AND contact = ?2"
    return select(
        database,
        Ask,
        f"messages INDEXED BY messages_asked WHERE kind = 23 AND outgoing = ?1{where}"
        " AND state != 'failed' ORDER BY contact, number, row",
        (outgoing,) if contact is None else (outgoing, contact),
    )


def answered_at(database: Database, measure: str) -> int:
    """Give when a measure was answered here last, 0 for never."""
    return int(database.value("SELECT max(at) FROM responses WHERE measure = ?", (measure,), 0))
