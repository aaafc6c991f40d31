"""What has come in before: the hashes of what was opened, and what could not be opened."""

from therapy_tui.store.database import Database, Row

MOST_BYTES = 64 * 1024 * 1024
"""How much is kept of what could not be opened, in all."""
MOST_SHARE = 2 * 1024 * 1024
"""How much of that for one contact and slot."""
MOST_AGE = 90 * 86_400
MOST_ROWS = 10_000


def is_seen(database: Database, contact: bytes, envelope_hash: bytes) -> bool:
    """Tell whether this envelope of this contact was opened before."""
    return database.one("SELECT 1 FROM seen WHERE contact = ? AND hash = ?", (contact, envelope_hash)) is not None


def is_seen_by_anyone(database: Database, envelope_hash: bytes, contacts: list[bytes]) -> bool:
    """Tell whether this envelope was opened before for any of these contacts."""
    return any(is_seen(database, contact, envelope_hash) for contact in contacts)


def remember(database: Database, contact: bytes, envelope_hash: bytes) -> None:
    """Keep that this envelope was opened."""
    database.run("INSERT OR IGNORE INTO seen (contact, hash) VALUES (?, ?)", (contact, envelope_hash))


def quarantine(
    database: Database, envelope_hash: bytes, contact: bytes, slot: int, reason: str, envelope: bytes, now: int
) -> bool:
    """Put aside what could not be opened; give whether it is new. The oldest go when there are too many."""
    database.run(
        "DELETE FROM quarantine WHERE rowid <= (SELECT max(rowid) FROM quarantine) - ?"
        " OR (arrived_at < ? AND reason != 'pending')",
        (MOST_ROWS, now - MOST_AGE),
    )
    return bool(
        database.run(
            "INSERT OR IGNORE INTO quarantine (hash, contact, slot, reason, envelope, arrived_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (envelope_hash, contact, slot, reason, envelope, now),
        )
    )


def is_quarantined(database: Database, envelope_hash: bytes) -> bool:
    """Tell whether this envelope was put aside before."""
    return database.one("SELECT 1 FROM quarantine WHERE hash = ?", (envelope_hash,)) is not None


def aside_in_slot(database: Database, slot: int) -> list[tuple[bytes, bytes]]:
    """Give (hash, envelope) of what waits in quarantine because no seal opened it, oldest first."""
    rows: list[Row] = database.all(
        "SELECT hash, envelope FROM quarantine WHERE slot = ? AND reason IN ('seal', 'join')"
        " AND envelope != x'' ORDER BY rowid",
        (slot,),
    )
    return [(bytes(first), bytes(second)) for first, second in rows]


def pending(database: Database, contact: bytes) -> list[tuple[bytes, int, bytes]]:
    """Give (hash, slot, envelope) of what came from keys of a contact that nobody has accepted yet, oldest first."""
    rows: list[Row] = database.all(
        "SELECT hash, slot, envelope FROM quarantine WHERE contact = ? AND reason = 'pending' AND envelope != x''"
        " ORDER BY rowid",
        (contact,),
    )
    return [(bytes(first), int(slot), bytes(second)) for first, slot, second in rows]


def forget_pending(database: Database, contact: bytes) -> None:
    """Forget what came from keys that were refused."""
    database.run("DELETE FROM quarantine WHERE contact = ? AND reason = 'pending'", (contact,))


def has_room(database: Database, contact: bytes, slot: int, size: int) -> bool:
    """Tell whether so many more bytes may be kept in quarantine, for this contact and slot and in all."""
    sums = database.one(
        "SELECT coalesce(sum(length(envelope)), 0),"
        " coalesce(sum(length(envelope)) FILTER (WHERE contact = ? AND slot = ?), 0) FROM quarantine",
        (contact, slot),
    )
    whole, own = sums or (0, 0)
    return int(whole) + size <= MOST_BYTES and int(own) + size <= MOST_SHARE


def release(database: Database, envelope_hash: bytes) -> None:
    """Take one out of quarantine."""
    database.run("DELETE FROM quarantine WHERE hash = ?", (envelope_hash,))


def count_by_reason(database: Database) -> dict[str, int]:
    """Count what lies in quarantine, by reason."""
    return {
        str(reason): int(n) for reason, n in database.all("SELECT reason, count(*) FROM quarantine GROUP BY reason")
    }


def forget(database: Database, contact: bytes) -> None:
    """Forget what came from a contact."""
    database.run("DELETE FROM seen WHERE contact = ?", (contact,))
    database.run("DELETE FROM quarantine WHERE contact = ?", (contact,))
