"""Sealed bytes that wait for a line, the receipts that are owed, and what has come in before."""

from collections.abc import Iterator

import msgspec

from therapy_tui.core.budget import ANY_SIZE
from therapy_tui.core.messages import Outgoing
from therapy_tui.store.database import Database, Row
from therapy_tui.store.rows import select

LONGEST = 86_400
"""What waits for a moment later than this many seconds from now was put off by a clock that was set back since."""

CARRIED = 64
"""How many receipts of a kind one content may carry (docs/protocol.md, section 6)."""

AT_ONCE = 16
"""How many envelopes are read at a time; one may have 128 KiB."""


class Large(msgspec.Struct, frozen=True):
    """A letter that is large, without its sealed bytes."""

    id: int
    pair: int
    message: bytes
    allowed: bool


def add(database: Database, pair: int, kind: str, envelope: bytes, now: int, message: bytes = b"") -> int:
    """Put sealed bytes in the outbox; a letter's older bytes for the same pair leave it."""
    if message:
        database.run("DELETE FROM outbox WHERE pair = ? AND message = ?", (pair, message))
    return database.insert(
        "INSERT INTO outbox (pair, kind, message, envelope, made_at) VALUES (?, ?, ?, ?, ?)",
        (pair, kind, message, envelope, now),
    )


_PAIRS = (
    "pairs JOIN contacts ON contacts.id = pairs.contact WHERE pairs.state != 'pending' AND contacts.trust != 'changed'"
    " AND NOT (pairs.by_hand = 1 AND EXISTS"
    " (SELECT 1 FROM outbox AS joins WHERE joins.pair = pairs.id AND joins.kind = 'join'))"
)
"""To whom a relay may be given anything: a join that goes by hand keeps all behind it back until it is answered."""
_SMALL = "(allowed = 1 OR length(envelope) <= ?)"
_GOES = f"outbox WHERE {_SMALL} AND +pair IN (SELECT pairs.id FROM {_PAIRS})"  # noqa: S608 - constants
_NOW = "(next_at <= ? OR next_at > ?)"


def due(database: Database, now: int, largest: int = ANY_SIZE) -> Iterator[Outgoing]:
    """Read what may go now, oldest first; nothing goes to a person whose keys changed, nor what waits for its size."""
    after = 0
    rest = f"{_GOES} AND {_NOW} AND id > ? ORDER BY id LIMIT ?"
    while found := select(database, Outgoing, rest, (largest, now, now + LONGEST, after, AT_ONCE)):
        yield from found
        after = found[-1].id


def due_pairs(database: Database, now: int, largest: int = ANY_SIZE) -> list[int]:
    """Name the pairs to which something may go now, those with the oldest first."""
    first = f"SELECT id FROM outbox WHERE pair = pairs.id AND {_SMALL} AND {_NOW} ORDER BY id LIMIT 1"  # noqa: S608 - constants
    rows = database.all(
        f"SELECT pair FROM (SELECT pairs.id AS pair, ({first}) AS first FROM {_PAIRS})"  # noqa: S608 - as above
        " WHERE first IS NOT NULL ORDER BY first",
        (largest, now, now + LONGEST),
    )
    return [int(row[0]) for row in rows]


def waiting_for(database: Database, pair: int) -> list[Outgoing]:
    """Read all that waits for one pair, oldest first, also what a relay has put off."""
    return select(database, Outgoing, "outbox WHERE pair = ? ORDER BY id", (pair,))


def remove_joins(database: Database, pair: int) -> None:
    """Take a join away that was answered: the other side has it, whichever way it went."""
    database.run("DELETE FROM outbox WHERE pair = ? AND kind = 'join'", (pair,))


def next_due(database: Database, largest: int = ANY_SIZE) -> int | None:
    """Give when the next waiting bytes may go, or None."""
    value = database.value(f"SELECT next_at FROM {_GOES} ORDER BY next_at LIMIT 1", (largest,))  # noqa: S608 - a constant
    return None if value is None else int(value)


def larger(database: Database, size: int) -> list[Large]:
    """Read which letters have more than so many sealed bytes, oldest first."""
    return select(database, Large, "outbox WHERE kind = 'letter' AND length(envelope) > ? ORDER BY +id", (size,))


def allow(database: Database, number: int) -> None:
    """Let one go, whatever its size."""
    database.run("UPDATE outbox SET allowed = 1 WHERE id = ?", (number,))


def get(database: Database, number: int) -> Outgoing | None:
    """Read one, or None."""
    return next(iter(select(database, Outgoing, "outbox WHERE id = ?", (number,))), None)


def remove(database: Database, number: int) -> None:
    """Take away what the relay has."""
    database.run("DELETE FROM outbox WHERE id = ?", (number,))


def remove_letter(database: Database, contact: bytes, message: bytes) -> None:
    """Take away the sealed bytes of a letter that is proved to have arrived."""
    database.run(
        "DELETE FROM outbox WHERE message = ? AND pair IN (SELECT id FROM pairs WHERE contact = ?)", (message, contact)
    )


def postpone(database: Database, number: int, until: int) -> None:
    """Count a try and leave it until then."""
    database.run("UPDATE outbox SET tries = tries + 1, next_at = ? WHERE id = ?", (until, number))


def clear(database: Database) -> None:
    """Throw sealed bytes away after the vault went back in time, but for what nothing seals again."""
    database.run("DELETE FROM outbox WHERE kind NOT IN ('join', 'closing')")


def clear_pair(database: Database, pair: int, keep: str = "") -> None:
    """Throw away what waits to go to one pair, but for one kind."""
    database.run("DELETE FROM outbox WHERE pair = ? AND kind != ?", (pair, keep))


def count(database: Database, pair: int, kind: str) -> int:
    """Count what waits of one kind."""
    return int(database.value("SELECT count(*) FROM outbox WHERE pair = ? AND kind = ?", (pair, kind)))


# receipts


def owe(database: Database, contact: bytes, short: bytes, kind: str, due_at: int) -> None:
    """Owe a receipt; one that was owed or given before is owed anew."""
    database.run(
        "INSERT INTO receipts (contact, short, kind, due_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (contact, short, kind) DO UPDATE SET due_at = excluded.due_at, carrier = x''",
        (contact, short, kind, due_at),
    )


def owed(database: Database, contact: bytes, kind: str, now: int | None, carrier: bytes = b"") -> tuple[bytes, ...]:
    """Give the short ids of owed receipts: carried by `carrier` before, or due by `now` (all when None)."""
    carried: list[Row] = []
    if carrier:
        carried = database.all(
            "SELECT short FROM receipts INDEXED BY receipts_carried WHERE contact = ? AND carrier = ?"
            " AND kind = ? ORDER BY due_at LIMIT ?",
            (contact, carrier, kind, CARRIED),
        )
    latest = 2**62 if now is None else now
    rows = database.all(
        "SELECT short FROM receipts INDEXED BY receipts_owed WHERE contact = ? AND kind = ? AND carrier = x''"
        " AND (due_at <= ? OR due_at > ?) ORDER BY due_at LIMIT ?",
        (contact, kind, latest, latest + LONGEST, CARRIED - len(carried)),
    )
    return tuple(bytes(row[0]) for row in (*carried, *rows))


def carry(database: Database, contact: bytes, kind: str, shorts: tuple[bytes, ...], carrier: bytes) -> None:
    """Keep which letter of ours carries these receipts, so that sealing it again carries them again."""
    for short in shorts:
        database.run(
            "UPDATE receipts SET carrier = ? WHERE contact = ? AND short = ? AND kind = ?",
            (carrier, contact, short, kind),
        )


def settle(database: Database, contact: bytes, kind: str, shorts: tuple[bytes, ...]) -> None:
    """Forget receipts that left in an envelope of their own."""
    for short in shorts:
        database.run("DELETE FROM receipts WHERE contact = ? AND short = ? AND kind = ?", (contact, short, kind))


def settle_carried(database: Database, contact: bytes, carrier: bytes) -> None:
    """Forget the receipts that a letter carried, once that letter is delivered."""
    database.run(
        "DELETE FROM receipts INDEXED BY receipts_carried WHERE contact = ? AND carrier = ?", (contact, carrier)
    )


def uncarry(database: Database, contact: bytes, carrier: bytes) -> None:
    """Owe by themselves the receipts that a letter carried, where nobody can tell whether those bytes have arrived."""
    database.run(
        "UPDATE receipts INDEXED BY receipts_carried SET carrier = x'' WHERE contact = ? AND carrier = ?",
        (contact, carrier),
    )


def owing(database: Database, now: int) -> list[bytes]:
    """Give the contacts to whom a receipt is due."""
    rows = database.all(
        "SELECT id FROM contacts WHERE EXISTS (SELECT 1 FROM receipts INDEXED BY receipts_owed"
        " WHERE contact = contacts.id AND kind IN ('delivered', 'read') AND carrier = x''"
        " AND (due_at <= ? OR due_at > ?))",
        (now, now + LONGEST),
    )
    return [bytes(row[0]) for row in rows]


def next_owed(database: Database) -> int | None:
    """Give when the next receipt is due, or None."""
    value = database.value("SELECT min(due_at) FROM receipts WHERE carrier = x''")
    return None if value is None else int(value)


def forget_receipts(database: Database, contact: bytes) -> None:
    """Owe this contact nothing any more."""
    database.run("DELETE FROM receipts WHERE contact = ?", (contact,))


def forget_reading(database: Database) -> None:
    """Owe nobody a receipt for reading any more."""
    database.run("DELETE FROM receipts WHERE kind = 'read'")
