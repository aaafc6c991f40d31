"""export."""

from pathlib import Path

import click

from therapy_tui.cli.desk import Desk
from therapy_tui.cli.notebook import opened_if_possible
from therapy_tui.cli.record import check_as_signed
from therapy_tui.cli.stopping import as_by_hand
from therapy_tui.files import read_private
from therapy_tui.services.exporting import export_everything
from therapy_tui.store import slots

SETTINGS_LIMIT = 64 * 1024
IN_CLEAR = "What is written is in clear: whoever can read these files can read all that is yours, your notes too."
NO_NOTES = "Your notes are left out. {} Once therapy-tui note list shows them, export again into another folder."
NO_DRAWER = "Process notes are not in it: their drawer is in no export. therapy-tui note list --process reads them."
NAMES = {
    "letters": ("letter", "letters"),
    "pages": ("page", "pages"),
    "people": ("person", "people"),
    "check_ins": ("check-in", "check-ins"),
    "questionnaires": ("questionnaire", "questionnaires"),
    "plan_steps": ("step of the plan", "steps of the plan"),
    "prompts": ("question of your own", "questions of your own"),
    "snippets": ("snippet", "snippets"),
    "drafts": ("unfinished letter", "unfinished letters"),
    "begun": ("other thing begun", "other things begun"),
    "earlier": ("earlier version", "earlier versions"),
    "appointments": ("appointment", "appointments"),
    "notes": ("note", "notes"),
}


def settings_text(desk: Desk) -> str:
    """Read the settings of the profile as they lie there; empty where there are none."""
    try:
        return read_private(desk.folders.settings, SETTINGS_LIMIT, secret=False).decode("utf-8", "replace")
    except FileNotFoundError:
        return ""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export(desk: Desk, folder: Path) -> None:
    """Write everything that is yours, in clear, into a new FOLDER.

    Letters, also unfinished ones, pages, your safety plan and your notes with what they were before, check-ins,
    questionnaires, whom you write with and what is kept of each, appointments, what you shared and what you chose; each
    as text and as JSON. A manifest of hashes lies beside them, which `sha256sum --check` reads. Process notes are never
    in it. Where a signed note is not as it was signed, it is written out all the same and named (exit 1).
    """
    desk.output.aside(IN_CLEAR)
    with as_by_hand(), desk.vault() as vault, opened_if_possible(desk, vault, NO_NOTES, ask=True) as notebook:
        has_drawer = slots.DRAWER in slots.read_slots(desk.folders.slots).databases
        counts = export_everything(vault, folder, notebook, settings_text(desk), has_drawer=has_drawer)
    if has_drawer:
        desk.output.aside(NO_DRAWER)
    told = ", ".join(f"{number:,} {NAMES[name][number != 1]}" for name in NAMES if (number := counts.get(name)))
    told = f"In {folder}, in {counts['files']:,} files: {told or 'nothing was written yet'}."
    fields = {**counts, "notes": counts.get("notes"), "altered": counts.get("altered"), "folder": str(folder)}
    desk.output.row(fields, told)
    check_as_signed(counts.get("altered", 0), f"in {folder / 'signed.md'}")
