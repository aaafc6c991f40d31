"""note: add, list and show; what is signed stands in cli/signing.py."""

from dataclasses import replace

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.note_words import ASKED, EMPTY, SHARED, SHORT_ID, fields_of, line_of, names_in, text_of
from therapy_tui.cli.notebook import opened
from therapy_tui.cli.output import day
from therapy_tui.cli.process import add_process, list_process, show_process
from therapy_tui.cli.signing import amend, sign, verify
from therapy_tui.core.audit import What
from therapy_tui.core.notes import check_hour, check_minutes
from therapy_tui.core.process import OFFERS
from therapy_tui.services import audit, conversation, directory, note_layouts, note_signing, notes
from therapy_tui.services.vault import Vault

NO_LETTER = "There is no letter with that id. therapy-tui --json messages CONTACT shows the ids."
_PROCESS = click.option("--process", is_flag=True, help="A process note, in the drawer of its own.")


@click.group()
def note() -> None:
    """Note something about an hour or a letter; a note never leaves this machine."""


@note.command()
@click.argument("text", required=False)
@click.option("--for", "contact", default="", metavar="CONTACT", help="Whom it is about.")
@click.option("--message", default="", metavar="ID", help="The letter that it is about, by its whole id.")
@click.option("--hour", default="", metavar='"YYYY-MM-DD HH:MM"', help="The hour that it belongs to.")
@click.option("--format", "layout", default="free", metavar="FORMAT", help="free, soap, dap, birp or girp.")
@click.option("--minutes", default="", metavar="MINUTES", help="How long the hour was.")
@click.option("--modality", default="", metavar="WORDS", help="How it was held: in writing, by video, in the room.")
@click.option("--codes", default="", metavar="WORDS", help='Codes of your own choosing, such as "90834, F32.1".')
@_PROCESS
@click.pass_obj
def add(desk: Desk, /, text: str | None, contact: str, message: str, *, process: bool, **said: str) -> None:
    """Write a note.

    With - it is read from standard input; with nothing it is asked for on the terminal. In a format, a line such as
    `## Plan` begins a part; what stands above the first belongs to the first part. A process note has words and whom it
    is about, and nothing else.
    """
    if process:
        if message or any(value for name, value in said.items() if (name, value) != ("layout", "free")):
            raise errors.UsageError(OFFERS)
        add_process(desk, text, contact)
        return
    hour, layout, minutes = (
        check_hour(said["hour"]),
        note_layouts.check_format(said["layout"].lower()),
        check_minutes(said["minutes"]),
    )
    text = given_text(desk, text, SHARED, ASKED)
    if not text.strip():
        raise errors.UsageError(EMPTY)
    with opened(desk) as (vault, notebook):
        person = directory.find(vault, contact).id if contact else b""
        letter = b""
        if message:
            person, letter = _letter(vault, person, message)
        new = notes.blank(notebook, person, letter, hour)
        written = note_layouts.in_format(replace(new, text=text), layout)
        facts = {"minutes": minutes, "modality": said["modality"], "codes": said["codes"]}
        kept = notes.keep(notebook, new, replace(written, **facts))  # type: ignore[arg-type]  # each of its own type
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
@_PROCESS
@click.pass_obj
def list_(desk: Desk, contact: str, *, process: bool) -> None:
    """List notes, the oldest first."""
    if process:
        list_process(desk, contact)
        return
    with opened(desk) as (vault, notebook):
        names, who = names_in(vault), directory.find(vault, contact).id if contact else b""
        audit.note_or_wait(vault, What.OPENED, who, "notes")
        for each in notes.every(notebook, who):
            desk.output.row(fields_of(each, names), line_of(each, names))


@note.command()
@click.argument("id")
@_PROCESS
@click.pass_obj
def show(desk: Desk, id: str, *, process: bool) -> None:
    """Show one note. ID is the beginning of its id, as the list prints it."""
    if process:
        show_process(desk, id)
        return
    with opened(desk) as (vault, notebook):
        each, names = notes.find_by_id(notebook, id), names_in(vault)
        audit.note_or_wait(vault, What.OPENED, each.contact, f"note {each.id.hex()[:SHORT_ID]}")
        added, finding = notes.additions(notebook, each), note_signing.finding_of(notebook, each)
        warning = finding.told(day(finding.at)) if finding else ""
        if warning and desk.output.as_json:
            desk.output.aside(warning)
        desk.output.row(fields_of(each, names, added), text_of(each, names, added, warning))


for each in (sign, amend, verify):
    note.add_command(each)
