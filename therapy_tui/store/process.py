"""Process notes on the disk, in the drawer's own file: words, and whom they are about."""

from therapy_tui.core.notes import FREE, Note
from therapy_tui.store.database import Database, Row

_COLUMNS = "row, id, written_at, changed_at, contact, text, revision"


def _note(row: Row) -> Note:
    """Give a row as a free note, without all that the drawer does not keep."""
    number, key, written_at, changed_at, contact, text, revision = row
    return Note(number, key, written_at, changed_at, contact, b"", "", FREE, text, revision, 0)


def add(database: Database, note: Note) -> None:
    """Add a process note."""
    database.run(
        "INSERT INTO process_notes (id, written_at, changed_at, contact, text) VALUES (?, ?, ?, ?, ?)",
        (note.id, note.written_at, note.changed_at, note.contact, note.text),
    )


def change(database: Database, note: Note, revision: int) -> bool:
    """Keep a note as it is now, if nobody changed it since `revision`; give whether it was kept."""
    return bool(
        database.run(
            "UPDATE process_notes SET changed_at = ?, contact = ?, text = ?, revision = revision + 1"
            " WHERE id = ? AND revision = ?",
            (note.changed_at, note.contact, note.text, note.id, revision),
        )
    )


def erase(database: Database, note_id: bytes) -> None:
    """Erase a note."""
    database.run("DELETE FROM process_notes WHERE id = ?", (note_id,))


def get(database: Database, note_id: bytes) -> Note | None:
    """Read one note, or None."""
    row = database.one(f"SELECT {_COLUMNS} FROM process_notes WHERE id = ?", (note_id,))  # noqa: S608 - names
    return None if row is None else _note(row)


def begins_with(database: Database, prefix: bytes) -> list[Note]:
    """Read the notes whose id begins so."""
    end = prefix + b"\xff" * (17 - len(prefix))
    where = "id >= ? AND id <= ?"
    return [
        _note(row)
        for row in database.all(f"SELECT {_COLUMNS} FROM process_notes WHERE {where}", (prefix, end))  # noqa: S608 - names
    ]


def window(database: Database, contact: bytes, skip: int, limit: int) -> list[Note]:
    """Read a stretch of the notes about a contact, or of all when it is empty, the newest first."""
    where = "contact = ?1" if contact else "?1 = x''"
    rows = database.all(
        f"SELECT {_COLUMNS} FROM process_notes WHERE {where}"  # noqa: S608 - one of the two above
        " ORDER BY written_at DESC, row DESC LIMIT ?2 OFFSET ?3",
        (contact, limit, skip),
    )
    return [_note(row) for row in rows]


def count(database: Database, contact: bytes) -> int:
    """Count the notes about a contact, or all when it is empty."""
    return int(database.value("SELECT count(*) FROM process_notes WHERE (?1 = x'' OR contact = ?1)", (contact,)))
