"""Signing notes: what is signed stays as it is, what comes later is added to it, and the chain of all is checked."""

from collections.abc import Iterable
from dataclasses import replace

from therapy_tui import errors
from therapy_tui.core import note_chain as chain
from therapy_tui.core.note_chain import Finding, Word
from therapy_tui.core.notes import Note
from therapy_tui.services import days
from therapy_tui.services import notes as keeping
from therapy_tui.services.notebook import Notebook
from therapy_tui.store import note_chain, notes

EMPTY = "There is nothing to sign: the note is empty."
NOT_SIGNED = "This note is not signed, so it can be changed itself. Nothing was added."


def sign(notebook: Notebook, note: Note) -> Note:
    """Sign a note, or what is added to one, as it was last kept; give it as it lies in the file.

    Raises:
        ChangedElsewhere, AlreadySigned: another window was quicker; nothing was signed.
        UsageError: it is empty.
        DiskFull: nothing was written.
    """
    if not note.text.strip():
        raise errors.UsageError(EMPTY)
    with notebook.transaction() as database:
        found = notes.get(database, note.id)
        if found is not None and note_chain.of_note(database, note.id) is not None:
            raise keeping.AlreadySigned
        if found is None or found.revision != note.revision:
            raise keeping.ChangedElsewhere
        signed = replace(found, signed_at=notebook.now(), salt=notebook.random_bytes(16))
        note_chain.mark(database, signed)
        note_chain.add(database, chain.next_link(note_chain.last(database), chain.SIGNED, signed.signed_at, signed))
        kept = notes.get(database, note.id)
    if kept is None:
        raise keeping.ChangedElsewhere
    return kept


def addition(notebook: Notebook, note: Note) -> Note:
    """Give the addition to a signed note that is begun and not signed yet, or a new one.

    Raises:
        UsageError: the note is not signed.
    """
    whole = note.amends or note.id
    if note_chain.of_note(notebook.database, whole) is None:
        raise errors.UsageError(NOT_SIGNED)
    begun = [each for each in notes.additions(notebook.database, whole) if not each.signed_at]
    return begun[0] if begun else replace(keeping.blank(notebook, note.contact), amends=whole)


def verify(notebook: Notebook) -> list[Finding]:
    """Check everything that was ever signed in this file against what lies there now, in the order of signing."""
    database = notebook.database
    with database.snapshot():
        unlinked = [
            Finding(0, int(at), bytes(each), bytes(amends), Word.NOT_IN_CHAIN)
            for at, each, amends in note_chain.unlinked(database)
        ]
        found = chain.check(note_chain.every(database), lambda link: notes.get(database, link.note))
        return [*found, *unlinked]


def faults(findings: Iterable[Finding]) -> dict[bytes, str]:
    """Say in a sentence what is wrong with each that does not agree, by the id of what was signed."""
    return {each.note: each.told(days.day_of(each.at)) for each in findings if not each.agrees}


def end_of_chain(notebook: Notebook) -> str:
    """Give the hash of the newest link in hexadecimal digits, empty where there is none.

    Whoever writes it down elsewhere can tell later that no link was taken from the end.
    """
    last = note_chain.last(notebook.database)
    return last.hash.hex() if last else ""


def finding_of(notebook: Notebook, note: Note) -> Finding | None:
    """Say of one note, and of what was added to it, whether it is as it was signed; None where it never was.

    The first that does not agree stands for all. Each link is held against the one before it; `verify` reads them all.
    """
    database = notebook.database
    with database.snapshot():
        links = note_chain.about(database, note.id)
        erased = {each.note for each in links if each.kind == chain.ERASED}
        found = []
        for each in links:
            before, lying = note_chain.at(database, each.number - 1), notes.get(database, each.note)
            word = chain.check_link(before, each, lying, is_erased=each.note in erased)
            found += [Finding(each.number, each.at, each.note, each.amends, word)] if word else []
    if not any(each.note == note.id for each in found):
        return Finding(0, note.signed_at, note.id, b"", Word.NOT_IN_CHAIN) if note.signed_at else None
    return next((each for each in found if not each.agrees), found[0])
