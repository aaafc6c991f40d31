"""export."""

from pathlib import Path

import click

from therapy_tui.cli.desk import Desk
from therapy_tui.services.exporting import export_everything

IN_CLEAR = "What is written is in clear: whoever can read these files can read your letters and your pages."


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def export(desk: Desk, folder: Path) -> None:
    """Write everything that is yours, in clear, into a new FOLDER: letters, pages, check-ins, questionnaires.

    A manifest of hashes lies beside it, which `sha256sum --check` reads.
    """
    desk.output.aside(IN_CLEAR)
    with desk.vault() as vault:
        counts = export_everything(vault, folder)
    told = f"{counts['letters']:,} letters, {counts['pages']:,} pages, {counts['check_ins']:,} check-ins"
    told += f" and {counts['questionnaires']:,} questionnaires are in {folder}, in {counts['files']:,} files."
    desk.output.row({**counts, "folder": str(folder)}, told)
