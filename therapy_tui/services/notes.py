"""Notes of hours and letters: kept as they are typed, with what they were before; they never leave this machine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from therapy_tui import errors
from therapy_tui.core import note_chain as chain
from therapy_tui.core import notes as rules
from therapy_tui.core.journal import Version
from therapy_tui.core.notes import FREE, Note
from therapy_tui.core.search import Hit, Wanted
from therapy_tui.services import days, search
from therapy_tui.services.note_layouts import check_format, layout_of
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, note_chain, notes

SHORTEST_ID = 4
"""So many hexadecimal digits of an id name a note, where no other begins so."""


class ChangedElsewhere(errors.UsageError):
    """This note was changed in another window since it was opened here. Nothing was written over."""


class AlreadySigned(ChangedElsewhere):
    """This note is signed, so it stays as it is. Add to it instead."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where words stand in a note."""

    id: bytes
    written_at: int
    contact: bytes
    passage: str


def blank(notebook: Notebook, contact: bytes = b"", message: bytes = b"", hour: str = "") -> Note:
    """Give a new note, of which nothing is kept until something stands in it."""
    now = notebook.now()
    return Note(0, notebook.random_bytes(16), now, now, contact, message, hour, FREE, "", 0, 0)


def last_format(notebook: Notebook) -> str:
    """Give the format of the newest note, in which the next one begins."""
    newest = notes.window(notebook.database, b"", 0, 1)
    return layout_of(newest[0]).id if newest else FREE


def keep(notebook: Notebook, before: Note, after: Note, *, new_sitting: bool = False) -> Note:
    """Keep a note as it is now; give it as it stands in the file.

    Args:
        notebook: the open notes.
        before: the note as it was read or last kept.
        after: what it is to be: its contact, letter, text, format, and what is said of the hour count.
        new_sitting: the first change since it was opened: what it was until now is kept as an earlier version.

    Raises:
        ChangedElsewhere: another window changed it; nothing was written over.
        AlreadySigned: it is signed; nothing was changed.
        UsageError: it cannot be kept as it is.
        DiskFull: nothing was written.
    """
    rules.check_text(after.text)
    wanted = replace(
        after,
        hour=rules.check_hour(after.hour),
        format=after.format if after.format == before.format else check_format(after.format),
        modality=rules.check_words(after.modality, "The modality"),
        codes=rules.check_words(after.codes, "What stands for the codes"),
        changed_at=notebook.now(),
    )
    with notebook.transaction() as database:
        if before.row == 0:
            # What is added to a note that was erased meanwhile stays, as a note of its own.
            is_alone = bool(wanted.amends) and notes.get(database, wanted.amends) is None
            notes.add(database, replace(wanted, amends=b"") if is_alone else wanted)
        else:
            if new_sitting and before.text.strip() and before.text != after.text:
                notes.keep_version(database, before)
            if not notes.change(database, wanted, before.revision):
                is_signed = note_chain.of_note(database, wanted.id) is not None
                raise AlreadySigned if is_signed else ChangedElsewhere
        kept = notes.get(database, wanted.id)
    if kept is None:
        raise ChangedElsewhere
    return kept


def keep_apart(notebook: Notebook, note: Note) -> Note:
    """Keep a note that was changed elsewhere as a note of its own, so that both stand."""
    apart = replace(note, row=0, id=notebook.random_bytes(16), written_at=notebook.now(), versions=0)
    apart = replace(apart, signed_at=0, salt=b"")
    return keep(notebook, apart, apart)


def erase(notebook: Notebook, note_id: bytes) -> None:
    """Erase a note, what it was before and what was added; of what was signed the chain says that it was erased."""
    with notebook.transaction() as database:
        found = notes.get(database, note_id)
        for each in [*notes.additions(database, note_id), *([found] if found else [])]:
            if note_chain.of_note(database, each.id) is not None:
                link = chain.next_link(note_chain.last(database), chain.ERASED, notebook.now(), each)
                note_chain.add(database, link)
        notes.erase(database, note_id)


def get(notebook: Notebook, note_id: bytes) -> Note | None:
    """Read one note, or None."""
    return notes.get(notebook.database, note_id)


def find_by_id(notebook: Notebook, text: str) -> Note:
    """Find a note by its id, or by how it begins.

    Raises:
        UsageError: there is none, or there are two.
    """
    return one_by_id(text, lambda prefix: notes.begins_with(notebook.database, prefix))


def one_by_id(text: str, begins_with: Callable[[bytes], list[Note]]) -> Note:
    """Find the one note whose id begins as it was typed, among those whose id begins with whole bytes of it.

    Raises:
        UsageError: there is none, or there are two.
    """
    try:
        prefix = bytes.fromhex(text[: len(text) // 2 * 2])
    except ValueError:
        prefix = b""
    found = begins_with(prefix) if len(text) >= SHORTEST_ID and prefix else []
    found = [each for each in found if each.id.hex().startswith(text.lower())]
    if len(found) == 1:
        return found[0]
    told = "Two notes have an id that begins so. Give more of it." if found else "There is no note with that id."
    raise errors.UsageError(f"{told} `therapy-tui note list` shows them.")


def additions(notebook: Notebook, note: Note) -> list[Note]:
    """Read what was added to a signed note, the oldest first; the last may not be signed yet."""
    return notes.additions(notebook.database, note.id)


def versions(notebook: Notebook, note: Note) -> list[Version]:
    """Read what a note was before, the newest first."""
    return notes.versions(notebook.database, note.row)


def window(notebook: Notebook, skip: int, limit: int, contact: bytes = b"") -> list[Note]:
    """Read a stretch of notes, the newest first; only those about a contact when one is given."""
    return notes.window(notebook.database, contact, skip, limit)


def count(notebook: Notebook, contact: bytes = b"") -> int:
    """Count notes; only those about a contact when one is given."""
    return notes.count(notebook.database, contact)


def every(notebook: Notebook, contact: bytes = b"") -> Iterator[Note]:
    """Read notes, the oldest first; only those about a contact when one is given."""
    return notes.every(notebook.database, contact)


def find(notebook: Notebook, wanted: Wanted, limit: int, contact: bytes = b"") -> list[Passage]:
    """Search as core/search.py says, the newest first.

    Who is named with `with:` is for the caller to find, for names stand in the vault; a contact narrows it.
    """
    if not wanted.match or (wanted.who and not contact):
        return []
    rows = notes.search(notebook.database, wanted.match, wanted.since, wanted.until, contact, limit)
    return [Passage(bytes(each), int(at), bytes(who), str(passage)) for each, at, who, passage in rows]


def source(notebook: Notebook) -> search.Source:
    """Give the open notes as one more source of the search, which itself knows nothing of them."""

    def found(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
        names = {each.id: each.name for each in contacts.every(vault.database)}
        chosen = search.people(names, wanted) if wanted.who else [b""]
        passages = [each for who in chosen for each in find(notebook, wanted, most, who)]
        passages.sort(key=lambda each: each.written_at, reverse=True)
        return [_hit(each, names.get(each.contact, "")) for each in passages[:most]]

    return found


def _hit(found: Passage, name: str) -> Hit:
    where = f"note, {name}" if name else "note"
    return Hit("note", found.id, days.day_of(found.written_at), where, found.passage, found.contact)
