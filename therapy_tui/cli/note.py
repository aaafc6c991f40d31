"""note: add, list, show."""

from dataclasses import replace
from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.notebook import opened
from therapy_tui.cli.output import near, stamp
from therapy_tui.core.audit import What
from therapy_tui.core.journal import heading_of
from therapy_tui.core.notes import Note, check_hour
from therapy_tui.services import audit, conversation, directory, notes
from therapy_tui.services.vault import Vault

SHARED = (
    "On a machine that other people use, a note is not given as an argument: others could read it there."
    " Write: therapy-tui note add -"
)
NO_LETTER = "There is no letter with that id. therapy-tui --json messages CONTACT shows the ids."
SHORT_ID = 12


def fields_of(note: Note, names: dict[bytes, str]) -> dict[str, Any]:
    """Give the JSON fields of a note."""
    return {
        "id": note.id.hex(),
        "written_at": stamp(note.written_at),
        "contact": names.get(note.contact),
        "format": note.format,
        "signed": None,
        "text": note.text,
    }


def line_of(note: Note, names: dict[bytes, str]) -> str:
    """Give a note as a line of a list."""
    heading, beginning = heading_of(note.text)
    who = f"{names[note.contact]}: " if note.contact in names else ""
    return f"{near(note.written_at)}  {note.id.hex()[:SHORT_ID]}  {who}{heading or beginning[:60]}"


def text_of(note: Note, names: dict[bytes, str]) -> str:
    """Give a note as lines for a person."""
    facts = [near(note.written_at), *([f"about {names[note.contact]}"] if note.contact in names else [])]
    facts += [f"hour of {note.hour}"] if note.hour else []
    facts += [f"about letter {note.message.hex()}"] if note.message else []
    return f"{', '.join(facts)}\n\n{note.text}\n"


def names_in(vault: Vault) -> dict[bytes, str]:
    """Give everybody's name by id."""
    return {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}


@click.group()
def note() -> None:
    """Note something about an hour or a letter; a note never leaves this machine."""


@note.command()
@click.argument("text", required=False)
@click.option("--for", "contact", default="", metavar="CONTACT", help="Whom it is about.")
@click.option("--message", default="", metavar="ID", help="The letter that it is about, by its whole id.")
@click.option("--hour", default="", metavar='"YYYY-MM-DD HH:MM"', help="The hour that it belongs to.")
@click.pass_obj
def add(desk: Desk, text: str | None, contact: str, message: str, hour: str) -> None:
    """Write a note.

    With - it is read from standard input; with nothing it is asked for on the terminal.
    """
    hour = check_hour(hour)
    text = given_text(desk, text, SHARED, "Write your note; end it with Ctrl+D on a line of its own.\n\n")
    if not text.strip():
        raise errors.UsageError("There is nothing to keep: the note is empty.")
    with opened(desk) as (vault, notebook):
        person = directory.find(vault, contact).id if contact else b""
        letter = b""
        if message:
            person, letter = _letter(vault, person, message)
        new = notes.blank(notebook, person, letter, hour)
        kept = notes.keep(notebook, new, replace(new, text=text))
        desk.output.row(fields_of(kept, names_in(vault)), f"Kept as {kept.id.hex()[:SHORT_ID]}.")


def _letter(vault: Vault, person: bytes, message: str) -> tuple[bytes, bytes]:
    """Give with whom a letter was exchanged and its id; only with one person when one is given."""
    try:
        wanted = bytes.fromhex(message)
    except ValueError:
        wanted = b""
    for contact in [person] if person else names_in(vault):
        if wanted and conversation.get(vault, contact, wanted) is not None:
            return contact, wanted
    raise errors.UsageError(NO_LETTER)


@note.command(name="list")
@click.option("--for", "contact", default="", metavar="CONTACT", help="Only those about one person.")
@click.pass_obj
def list_(desk: Desk, contact: str) -> None:
    """List notes, the oldest first."""
    with opened(desk) as (vault, notebook):
        names, who = names_in(vault), directory.find(vault, contact).id if contact else b""
        audit.note_now(vault, What.OPENED, who, "notes")
        for each in notes.every(notebook, who):
            desk.output.row(fields_of(each, names), line_of(each, names))


@note.command()
@click.argument("id")
@click.pass_obj
def show(desk: Desk, id: str) -> None:
    """Show one note. ID is the beginning of its id, as the list prints it."""
    with opened(desk) as (vault, notebook):
        each, names = notes.find_by_id(notebook, id), names_in(vault)
        audit.note_now(vault, What.OPENED, each.contact, f"note {each.id.hex()[:SHORT_ID]}")
        desk.output.row(fields_of(each, names), text_of(each, names))
