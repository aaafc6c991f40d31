"""The notes on the disk: notes, what they were before, and the words in them."""

from collections.abc import Iterator

from therapy_tui.core.journal import Version
from therapy_tui.core.notes import Note
from therapy_tui.store.database import Database, Row
from therapy_tui.store.rows import columns, select, select_one

AT_ONCE = 100
"""How many notes are read at a time where all are wanted."""
WORDS = 24
"""How many words of a note are shown round what was found."""
_OF = "(?1 = x'' OR contact = ?1) AND amends = x''"
_SET = ("changed_at", "contact", "message", "hour", "format", "text", "minutes", "modality", "codes")
"""What may be changed of a note that is not signed."""
_NEW = ("id", "written_at", *_SET, "amends")
_ADD = f"INSERT INTO notes ({', '.join(_NEW)}) VALUES ({', '.join('?' * len(_NEW))})"  # noqa: S608 - names
_CHANGE = (
    f"UPDATE notes SET {', '.join(f'{each} = ?' for each in _SET)}, revision = revision + 1"  # noqa: S608 - names
    " WHERE id = ? AND revision = ? AND signed_at = 0 AND NOT EXISTS (SELECT 1 FROM signed WHERE note = notes.id)"
)


def add(database: Database, note: Note) -> None:
    """Add a note that is not signed."""
    database.run(_ADD, [getattr(note, each) for each in _NEW])


def change(database: Database, note: Note, revision: int) -> bool:
    """Keep a note as it is now, if nobody changed or signed it since `revision`; give whether it was kept."""
    return bool(database.run(_CHANGE, [*(getattr(note, each) for each in _SET), note.id, revision]))


def keep_version(database: Database, note: Note) -> None:
    """Keep what a note is now as an earlier version of it."""
    number = note.versions + 1
    database.run(
        "INSERT INTO note_versions (note, number, kept_at, text) VALUES (?, ?, ?, ?)",
        (note.row, number, note.changed_at, note.text),
    )
    database.run("UPDATE notes SET versions = ? WHERE row = ?", (number, note.row))


def versions(database: Database, row: int) -> list[Version]:
    """Read the earlier versions of a note, the newest first."""
    return select(database, Version, "note_versions WHERE note = ? ORDER BY number DESC", (row,))


def erase(database: Database, note_id: bytes) -> None:
    """Erase a note, its earlier versions and what was added to it, and every word of them from the index."""
    database.run("DELETE FROM notes WHERE amends != x'' AND amends = ?", (note_id,))
    database.run("DELETE FROM notes WHERE id = ?", (note_id,))
    # The index only notes that they are gone; their words stay in there until its parts are merged into one.
    database.run("INSERT INTO note_words (note_words) VALUES ('optimize')")


def additions(database: Database, note_id: bytes) -> list[Note]:
    """Read what was added to a note, the oldest first."""
    return select(
        database, Note, "notes WHERE amends != x'' AND amends = ? ORDER BY amends, written_at, row", (note_id,)
    )


def get(database: Database, note_id: bytes) -> Note | None:
    """Read one note, or None."""
    return select_one(database, Note, "notes WHERE id = ?", (note_id,))


def begins_with(database: Database, prefix: bytes) -> list[Note]:
    """Read the notes whose id begins so."""
    return select(database, Note, "notes WHERE substr(id, 1, ?) = ?", (len(prefix), prefix))


def window(database: Database, contact: bytes, skip: int, limit: int) -> list[Note]:
    """Read a stretch of the notes about a contact, or of all when it is empty, the newest first."""
    where = "amends = x'' AND " + ("contact = ?1" if contact else "?1 = x''")
    return select(
        database,
        Note,
        f"notes WHERE {where} ORDER BY written_at DESC, row DESC LIMIT ?2 OFFSET ?3",
        (contact, limit, skip),
    )


def count(database: Database, contact: bytes) -> int:
    """Count the notes about a contact, or all when it is empty."""
    return int(database.value(f"SELECT count(*) FROM notes WHERE {_OF}", (contact,)))  # noqa: S608 - fixed words


def every(database: Database, contact: bytes) -> Iterator[Note]:
    """Read the notes about a contact, or all, the oldest first, a few at a time, so that no lock is held for long."""
    last = (-(2**62), -1)
    while True:
        found = select(
            database,
            Note,
            f"(SELECT {columns(Note)} FROM notes WHERE {_OF} AND (written_at, row) > (?2, ?3)"  # noqa: S608 - names
            " ORDER BY written_at, row LIMIT ?4)",
            (contact, *last, AT_ONCE),
        )
        yield from found
        if len(found) < AT_ONCE:
            return
        last = (found[-1].written_at, found[-1].row)


def search(database: Database, match: str, since: str, until: str, contact: bytes, limit: int) -> list[Row]:
    """Search the notes; `match` is FTS5's own language, days are local and both within.

    Returns:
        Rows of (id, written_at, contact, passage), the newest first; what was added to a note has the id of the note.
    """
    # The notes are walked from the newest on, so the walk ends at the last that is shown; and only those are cut.
    way = "notes_contact WHERE contact = ?1" if contact else "notes_written WHERE ?1 = x''"
    found = database.all(
        f"SELECT row FROM notes INDEXED BY {way}"  # noqa: S608 - one of the two above
        " AND row IN (SELECT rowid FROM note_words WHERE note_words MATCH ?2)"
        " AND date(written_at, 'unixepoch', 'localtime') BETWEEN ?3 AND ?4 ORDER BY written_at DESC, row DESC LIMIT ?5",
        (contact, match, since, until, limit),
    )
    rows = []
    for (row,) in found:
        rows += database.all(
            "SELECT iif(amends = x'', id, amends), written_at, contact, snippet(note_words, 0, '', '', '…', ?)"
            " FROM note_words JOIN notes ON notes.row = note_words.rowid"
            " WHERE note_words MATCH ? AND note_words.rowid = ?",
            (WORDS, match, row),
        )
    return rows
