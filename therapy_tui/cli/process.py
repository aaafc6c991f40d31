"""note add, list and show with --process: the drawer of process notes, opened by itself."""

from dataclasses import replace

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.note_words import ASKED, EMPTY, SHARED, SHORT_ID, fields_of, line_of, names_in, text_of
from therapy_tui.cli.notebook import opened_drawer
from therapy_tui.core.audit import What
from therapy_tui.core.process import OFFERS
from therapy_tui.services import audit, directory, process


def add_process(desk: Desk, text: str | None, contact: str) -> None:
    """Write a process note; the first makes the drawer."""
    desk.output.aside(OFFERS)
    text = given_text(desk, text, SHARED, ASKED)
    if not text.strip():
        raise errors.UsageError(EMPTY)
    with opened_drawer(desk, make=True) as (vault, drawer):
        new = process.blank(drawer, directory.find(vault, contact).id if contact else b"")
        kept = process.keep(drawer, new, replace(new, text=text))
        desk.output.row(fields_of(kept, names_in(vault)), f"Kept in the drawer as {kept.id.hex()[:SHORT_ID]}.")


def list_process(desk: Desk, contact: str) -> None:
    """List the process notes, the oldest first."""
    with opened_drawer(desk) as (vault, drawer):
        names, who = names_in(vault), directory.find(vault, contact).id if contact else b""
        audit.note_or_wait(vault, What.OPENED, who, "process notes")
        for each in process.every(drawer, who):
            desk.output.row(fields_of(each, names), line_of(each, names))


def show_process(desk: Desk, text: str) -> None:
    """Show one process note, by the beginning of its id."""
    with opened_drawer(desk) as (vault, drawer):
        each, names = process.find_by_id(drawer, text), names_in(vault)
        audit.note_or_wait(vault, What.OPENED, each.contact, f"process note {each.id.hex()[:SHORT_ID]}")
        desk.output.row(fields_of(each, names), text_of(each, names))
