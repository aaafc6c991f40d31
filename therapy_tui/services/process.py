"""Process notes: kept in the drawer as they are typed, and nowhere else: in no search, no export and no backup."""

from collections.abc import Iterator
from dataclasses import replace

from therapy_tui.core import notes as rules
from therapy_tui.core.notes import FREE, Note
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.notes import ChangedElsewhere, one_by_id
from therapy_tui.store import process

AT_ONCE = 100


def blank(drawer: Drawer, contact: bytes = b"") -> Note:
    """Give a new note, of which nothing is kept until something stands in it."""
    now = drawer.now()
    return Note(0, drawer.random_bytes(16), now, now, contact, b"", "", FREE, "", 0, 0)


def keep(drawer: Drawer, before: Note, after: Note) -> Note:
    """Keep a note as it is now; give it as it stands in the file. Only its text and whom it is about count.

    Raises:
        ChangedElsewhere: another window changed it; nothing was written over.
        UsageError: it cannot be kept as it is.
        DiskFull: nothing was written.
    """
    rules.check_text(after.text)
    wanted = replace(after, changed_at=drawer.now())
    with drawer.transaction() as database:
        if before.row == 0:
            process.add(database, wanted)
        elif not process.change(database, wanted, before.revision):
            raise ChangedElsewhere
        kept = process.get(database, wanted.id)
    if kept is None:
        raise ChangedElsewhere
    return kept


def keep_apart(drawer: Drawer, note: Note) -> Note:
    """Keep a note that was changed elsewhere as a note of its own, so that both stand."""
    apart = replace(note, row=0, id=drawer.random_bytes(16), written_at=drawer.now())
    return keep(drawer, apart, apart)


def get(drawer: Drawer, note_id: bytes) -> Note | None:
    """Read one note, or None."""
    return process.get(drawer.database, note_id)


def erase(drawer: Drawer, note_id: bytes) -> None:
    """Erase a note."""
    with drawer.transaction() as database:
        process.erase(database, note_id)


def find_by_id(drawer: Drawer, text: str) -> Note:
    """Find a note by its id, or by how it begins. Raises UsageError where there is none, or there are two."""
    return one_by_id(text, lambda prefix: process.begins_with(drawer.database, prefix))


def window(drawer: Drawer, skip: int, limit: int, contact: bytes = b"") -> list[Note]:
    """Read a stretch of notes, the newest first; only those about a contact when one is given."""
    return process.window(drawer.database, contact, skip, limit)


def count(drawer: Drawer, contact: bytes = b"") -> int:
    """Count notes; only those about a contact when one is given."""
    return process.count(drawer.database, contact)


def every(drawer: Drawer, contact: bytes = b"") -> Iterator[Note]:
    """Read notes, the oldest first, some at a time; only those about a contact when one is given."""
    for left in range(count(drawer, contact), 0, -AT_ONCE):
        skip = max(0, left - AT_ONCE)
        yield from reversed(window(drawer, skip, left - skip, contact))
