"""A note as a command tells it: its JSON fields, a line of a list, and lines for a person."""

from collections.abc import Sequence
from typing import Any

from therapy_tui.cli.output import near, stamp
from therapy_tui.core.journal import heading_of
from therapy_tui.core.notes import Note
from therapy_tui.services import directory, note_layouts
from therapy_tui.services.vault import Vault

SHORT_ID = 12
SHARED = (
    "On a machine that other people use, a note is not given as an argument: others could read it there."
    " Write: therapy-tui note add -"
)
ASKED = "Write your note; end it with Ctrl+D on a line of its own.\n\n"
EMPTY = "There is nothing to keep: the note is empty."


def fields_of(note: Note, names: dict[bytes, str], additions: Sequence[Note] = ()) -> dict[str, Any]:
    """Give the JSON fields of a note; those after `text` are there where something stands in them."""
    further = {
        "hour": note.hour,
        "minutes": note.minutes,
        "modality": note.modality,
        "codes": note.codes,
        "additions": [{"id": each.id.hex(), "signed": _signed(each), "text": each.text} for each in additions],
    }
    return {
        "id": note.id.hex(),
        "written_at": stamp(note.written_at),
        "contact": names.get(note.contact),
        "format": note.format,
        "signed": _signed(note),
        "text": note.text,
        **{name: value for name, value in further.items() if value},
    }


def _signed(note: Note) -> str | None:
    return stamp(note.signed_at) if note.signed_at else None


def line_of(note: Note, names: dict[bytes, str]) -> str:
    """Give a note as a line of a list."""
    heading, beginning = heading_of(note_layouts.bare_words(note))
    who = f"{names[note.contact]}: " if note.contact in names else ""
    return f"{near(note.written_at)}  {note.id.hex()[:SHORT_ID]}  {who}{heading or beginning[:60]}"


def text_of(note: Note, names: dict[bytes, str], additions: Sequence[Note] = (), warning: str = "") -> str:
    """Give a note as lines for a person, with what was added to it, and first what is wrong with what was signed."""
    facts = [near(note.written_at), *([f"about {names[note.contact]}"] if note.contact in names else [])]
    facts += [f"hour of {note.hour}"] if note.hour else []
    facts += [f"{note.minutes} minutes"] if note.minutes else []
    facts += [each for each in (note.modality, note.codes) if each]
    facts += [f"about letter {note.message.hex()}"] if note.message else []
    facts += [f"signed {near(note.signed_at)}"] if note.signed_at else []
    added = (f"\nAdded, {_when_added(each)}\n\n{each.text}\n" for each in additions)
    first = f"{warning}\n\n" if warning else ""
    return f"{first}{', '.join(facts)}\n\n{note.text}\n{''.join(added)}"


def _when_added(addition: Note) -> str:
    return f"signed {near(addition.signed_at)}" if addition.signed_at else "not signed"


def names_in(vault: Vault) -> dict[bytes, str]:
    """Give everybody's name by id."""
    return {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}
