"""Erase one note by hand, of the notes or of the drawer: never under a hold, and with a row of the audit log."""

from therapy_tui.core.audit import What
from therapy_tui.core.notes import Note
from therapy_tui.services import audit, holding, notes, process
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault

SHOWN = 6
"""So many bytes of a note's id stand in the log."""


def erase_note(vault: Vault, notebook: Notebook, note: Note) -> None:
    """Erase a note, what it was before and what was added to it.

    Raises:
        UsageError: the record of whom it is about is held; nothing was changed.
    """
    holding.check(vault, note.contact)
    notes.erase(notebook, note.id)
    audit.note_now(vault, What.ERASED, note.contact, f"note {note.id[:SHOWN].hex()}")


def erase_process(vault: Vault, drawer: Drawer, note: Note) -> None:
    """Erase a note of the drawer.

    Raises:
        UsageError: the record of whom it is about is held; nothing was changed.
    """
    holding.check(vault, note.contact)
    process.erase(drawer, note.id)
    audit.note_now(vault, What.ERASED, note.contact, f"process note {note.id[:SHOWN].hex()}")
