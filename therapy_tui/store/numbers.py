"""What the numbers of their letters tell: where a late one belongs, which is missing, and how far all are here."""

from therapy_tui.store.database import Database


def place_before_later(database: Database, contact: bytes, number: int) -> int | None:
    """Give the place of the first letter of theirs with a greater number, or None when there is none."""
    # Places never fall as numbers rise, so the next number has the smallest place of all that are greater.
    value = database.value(
        "SELECT place FROM messages WHERE contact = ? AND outgoing = 0 AND number > ? ORDER BY number, place LIMIT 1",
        (contact, number),
    )
    return None if value is None else int(value)


def is_after_gap(database: Database, contact: bytes, number: int, row: int, numbers_from: int) -> bool:
    """Tell whether the letter of theirs before this one has not arrived; told once where two have one number.

    Args:
        database: the open vault.
        contact: whose letter it is.
        number: its number.
        row: its row.
        numbers_from: no gap is told before this number.
    """
    if number <= numbers_from:
        return False
    known = database.one(
        "SELECT 1 FROM messages WHERE contact = ?1 AND outgoing = 0 AND number BETWEEN ?2 - 1 AND ?2"
        " AND (number < ?2 OR row < ?3) LIMIT 1",
        (contact, number, row),
    )
    return known is None


def advance_held(database: Database, contact: bytes) -> int:
    """Give up to which number of theirs all is here, and keep it, so that the next look begins there."""
    start = database.value("SELECT max(held, numbers_from - 1) FROM contacts WHERE id = ?", (contact,), 0)
    held = database.value(
        "WITH RECURSIVE up (n) AS (SELECT ?2 UNION ALL SELECT n + 1 FROM up WHERE EXISTS"
        " (SELECT 1 FROM messages WHERE contact = ?1 AND outgoing = 0 AND number = n + 1)) SELECT max(n) FROM up",
        (contact, start),
    )
    database.run("UPDATE contacts SET held = ?2 WHERE id = ?1 AND held != ?2", (contact, held))
    return int(held)
