"""The rows of the audit log: added and read, never changed."""

from collections.abc import Iterator

from msgspec.structs import astuple

from therapy_tui.core.audit import EMPTY, Act, Mark
from therapy_tui.store.database import Database, Row

# As bytes, because a damaged row may hold what is no text.
_COLUMNS = "number, at, CAST(what AS BLOB), contact, CAST(detail AS BLOB), CAST(way AS BLOB), before, hash"


def add(database: Database, act: Act) -> None:
    """Add a row."""
    database.run(
        "INSERT INTO audit (number, at, what, contact, detail, way, before, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        astuple(act),
    )


def every(database: Database) -> Iterator[Act]:
    """Read all rows, in order, one by one."""
    for row in database.each(f"SELECT {_COLUMNS} FROM audit ORDER BY number"):  # noqa: S608 - a constant
        yield _act(row)


def between(database: Database, first: int, last: int, limit: int) -> list[Act]:
    """Read the rows from one number to another, in order, so many at most."""
    wanted = f"SELECT {_COLUMNS} FROM audit WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ?"  # noqa: S608 - as above
    return [_act(row) for row in database.each(wanted, (first, last, limit))]


def last(database: Database) -> int:
    """Give the highest number of a row, whatever it is; 0 where there is none."""
    return int(database.value("SELECT max(number) FROM audit", (), 0))


def window(database: Database, skip: int, limit: int) -> list[Act]:
    """Read some rows, the newest first.

    Args:
        database: the open vault.
        skip: how many to pass over.
        limit: how many at most.
    """
    wanted = f"SELECT {_COLUMNS} FROM audit ORDER BY number DESC LIMIT ? OFFSET ?"  # noqa: S608 - a constant
    return [_act(row) for row in database.each(wanted, (limit, skip))]


def count(database: Database, number: int) -> int:
    """Count the rows with a higher number than one; from -2^63 on for all."""
    return int(database.value("SELECT count(*) FROM audit WHERE number > ?", (number,), 0))


def end(database: Database) -> Mark:
    """Read where the rows end."""
    row = database.one("SELECT number, hash FROM audit WHERE number > 0 ORDER BY number DESC LIMIT 1")
    return EMPTY if row is None else Mark(int(row[0]), bytes(row[1]))


def hash_at(database: Database, number: int) -> bytes:
    """Read the hash of one row; empty when there is none."""
    return bytes(database.value("SELECT hash FROM audit WHERE number = ?", (number,), b""))


def _act(row: Row) -> Act:
    number, at, what, contact, detail, way, before, own = row
    what, detail, way = (bytes(each).decode("utf-8", "surrogateescape") for each in (what, detail, way))
    return Act(int(number), int(at), what, bytes(contact), detail, way, bytes(before), bytes(own))
