"""export."""

from pathlib import Path

import click

from therapy_tui.cli.desk import Desk
from therapy_tui.cli.notebook import opened_if_possible
from therapy_tui.services.exporting import export_everything

IN_CLEAR = "What is written is in clear: whoever can read these files can read all that is yours, your notes too."
NO_NOTES = "Your notes are left out. {} Once therapy-tui note list shows them, export again into another folder."
NAMES = {
    "letters": "letters",
    "pages": "pages",
    "check_ins": "check-ins",
    "questionnaires": "questionnaires",
    "plan_steps": "steps of the plan",
    "prompts": "questions of your own",
    "snippets": "snippets",
    "drafts": "unfinished letters",
    "earlier": "earlier versions",
    "appointments": "appointments",
    "notes": "notes",
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export(desk: Desk, folder: Path) -> None:
    """Write everything that is yours, in clear, into a new FOLDER.

    Letters, also unfinished ones, pages and your safety plan with what they were before, your own questions, check-ins,
    questionnaires, appointments, and your notes where they can be opened; each as text and as JSON. A manifest of
    hashes lies beside them, which `sha256sum --check` reads.
    """
    desk.output.aside(IN_CLEAR)
    with desk.vault() as vault, opened_if_possible(desk, vault, NO_NOTES, ask=True) as notebook:
        counts = export_everything(vault, folder, notebook)
    told = ", ".join(f"{counts[name]:,} {words}" for name, words in NAMES.items() if name in counts)
    told = f"In {folder}, in {counts['files']:,} files: {told}."
    desk.output.row({**counts, "notes": counts.get("notes"), "folder": str(folder)}, told)
