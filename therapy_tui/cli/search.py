"""search."""

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.notebook import opened_if_possible
from therapy_tui.core.audit import What
from therapy_tui.services import audit, notes
from therapy_tui.services import search as searching

NO_NOTES = "Your notes were not searched. {} therapy-tui note list reads them."


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--most", type=click.IntRange(1, 10_000), default=200, show_default=True, help="How many at the most.")
@click.pass_obj
def search(desk: Desk, text: tuple[str, ...], most: int) -> None:
    """Search letters, pages, notes, check-ins, questionnaires, your plan and your own questions, the newest first.

    Every word must be there, on a page or among its tags; a phrase stands in quotation marks; '#walk' is a tag alone;
    from:2026-03, to:2026 and with:osei narrow it.
    """
    with desk.vault() as vault, opened_if_possible(desk, vault, NO_NOTES, ask=False) as notebook:
        audit.note_now(vault, What.OPENED, detail="a search")
        beside = () if notebook is None else (notes.source(notebook),)
        hits = searching.find(vault, " ".join([*text, ""]), most, beside)
    for hit in hits:
        fields = {"kind": hit.kind, "id": hit.id.hex(), "date": hit.day, "where": hit.where, "passage": hit.passage}
        desk.output.row(fields, f"{hit.day}  {hit.where}: {' '.join(hit.passage.split())}")
    if not hits:
        raise errors.UsageError("Nothing was found.")
