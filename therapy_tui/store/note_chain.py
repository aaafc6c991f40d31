"""The chain of signed notes on the disk: links are added, and never changed."""

from collections.abc import Iterator

from therapy_tui.core.note_chain import SIGNED, Link
from therapy_tui.core.notes import Note
from therapy_tui.store.database import Database, Row
from therapy_tui.store.rows import columns, select, select_one, to_record


def last(database: Database) -> Link | None:
    """Read the newest link, or None."""
    return select_one(database, Link, "signed ORDER BY number DESC LIMIT 1")


def add(database: Database, link: Link) -> None:
    """Add a link."""
    database.run(
        "INSERT INTO signed (number, kind, at, note, amends, content, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (link.number, link.kind, link.at, link.note, link.amends, link.content, link.hash),
    )


def mark(database: Database, note: Note) -> None:
    """Mark a note as signed, with its salt."""
    database.run(
        "UPDATE notes SET signed_at = ?, salt = ?, revision = revision + 1 WHERE id = ? AND signed_at = 0",
        (note.signed_at, note.salt, note.id),
    )


def every(database: Database) -> Iterator[Link]:
    """Read all links, the oldest first."""
    for row in database.each(f"SELECT {columns(Link)} FROM signed ORDER BY number"):  # noqa: S608 - names
        yield to_record(Link, row)


def at(database: Database, number: int) -> Link | None:
    """Read a link by its number, or None."""
    return select_one(database, Link, "signed WHERE number = ?", (number,))


def about(database: Database, note_id: bytes) -> list[Link]:
    """Read all links of a note and of what was added to it, the oldest first."""
    of_it = select(database, Link, "signed WHERE note = ?", (note_id,))
    added = select(database, Link, "signed WHERE amends != x'' AND amends = ?", (note_id,))
    return sorted(of_it + added, key=lambda link: link.number)


def of_note(database: Database, note_id: bytes) -> Link | None:
    """Read the link with which something was signed, or None."""
    return select_one(database, Link, "signed WHERE note = ? AND kind = ? ORDER BY number LIMIT 1", (note_id, SIGNED))


def unlinked(database: Database) -> list[Row]:
    """Read (signed_at, id, amends) of what is marked as signed and is not in the chain, the oldest first."""
    return database.all(
        "SELECT signed_at, id, amends FROM notes WHERE signed_at != 0"
        " AND NOT EXISTS (SELECT 1 FROM signed WHERE note = notes.id AND kind = 1) ORDER BY signed_at, id"
    )
