"""Erase one note by hand, of the notes or of the drawer: never under a hold, and with a row of the audit log."""

from therapy_tui.core.audit import What
from therapy_tui.core.notes import Note
from therapy_tui.services import audit, holding, notes, process
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault

SHOWN = 6
"""So many bytes of a note's id stand in the log."""


def erase(vault: Vault, notebook: Notebook, note: Note) -> None:
    """Erase a note, of the notes also what it was before and what was added to it.

    Args:
        vault: the open vault.
        notebook: the notes, or the drawer, in which it is.
        note: it.

    Raises:
        UsageError: the record of whom it is about is held; nothing was changed.
    """
    holding.check(vault, note.contact)
    if isinstance(notebook, Drawer):
        process.erase(notebook, note.id)
        kind = "process note"
    else:
        notes.erase(notebook, note.id)
        kind = "note"
    audit.note_now(vault, What.ERASED, note.contact, f"{kind} {note.id[:SHOWN].hex()}")
