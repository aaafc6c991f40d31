"""Answers to measures that others shared: their bodies as bytes, read out of an index that holds nothing else."""

from therapy_tui.store.database import Database, Row

_ANSWERS = "SELECT contact, arrived_at, raw FROM messages INDEXED BY messages_answers WHERE kind = 17 AND outgoing = 0"


def of_contact(database: Database, contact: bytes) -> list[Row]:
    """Read (contact, when it came, body) of what one contact shared, as sent; also what was taken back."""
    return database.all(f"{_ANSWERS} AND contact = ? ORDER BY number", (contact,))


def of_everybody(database: Database) -> list[Row]:
    """Read the same of everybody; one contact's stand together."""
    return database.all(f"{_ANSWERS} ORDER BY contact, number")
