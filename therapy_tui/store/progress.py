"""Answers to measures that others shared: their bodies as bytes, read out of an index that holds nothing else."""

from therapy_tui.store.database import Database, Row

_ANSWERS = "SELECT contact, raw FROM messages INDEXED BY messages_answers WHERE kind = 17 AND outgoing = 0"


def of_contact(database: Database, contact: bytes) -> list[bytes]:
    """Read what one contact shared, in the order in which it was sent; also what was taken back."""
    return [bytes(raw) for _, raw in database.all(f"{_ANSWERS} AND contact = ? ORDER BY number", (contact,))]


def of_everybody(database: Database) -> list[Row]:
    """Read (contact, body) of what everybody shared; one contact's stand together, in the order of sending."""
    return database.all(f"{_ANSWERS} ORDER BY contact, number")
