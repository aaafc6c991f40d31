"""record: export; the rest of its commands are in `record_keeping`."""

from pathlib import Path

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.notebook import opened_if_possible
from therapy_tui.cli.record_keeping import KEEPING
from therapy_tui.cli.stopping import as_by_hand
from therapy_tui.services import directory, record_files
from therapy_tui.services.record import gather

IN_CLEAR = "What is written is in clear: whoever can read these files can read this person's letters and notes."
NO_NOTES = "Session notes are left out. {} Once therapy-tui note list shows them, export again into another folder."
ALTERED = (
    "All of it was written out, and {}, as is said {}. Nothing was changed back; therapy-tui note verify says more."
)


def check_as_signed(faults: int, where: str = "above and in its files") -> None:
    """End with exit code 1 where something that was written out is not as it was signed.

    Args:
        faults: how much of it is not.
        where: it says which.

    Raises:
        VaultError: there is any.
    """
    if faults:
        one = "1 signed note is not as it was signed"
        told = one if faults == 1 else f"{faults:,} signed notes are not as they were signed"
        raise errors.VaultError(ALTERED.format(told, where))


@click.group()
def record() -> None:
    """Write out the record of one person, say how long records are kept, and erase one whose time has come.

    It is for therapists; what is your own goes out by `therapy-tui export`.
    """


for each in KEEPING:
    record.add_command(each)


@record.command()
@click.argument("contact")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    type=click.Choice(list(record_files.FORMATS)),
    multiple=True,
    help="Only this one; may be given again. Without it all three are written.",
)
@click.option("--unsigned", is_flag=True, help="Take notes along that are not signed; they are marked as such.")
@click.pass_obj
def export(desk: Desk, contact: str, folder: Path, formats: tuple[str, ...], *, unsigned: bool) -> None:
    """Write the record of CONTACT, in clear, into a new FOLDER.

    As one Bundle of FHIR R4 for other programs, as Markdown, and as plain text set for printing: letters of both sides,
    what was shared, questionnaires with their totals, and signed session notes where they can be opened. Process notes
    are never in it. The audit log says that it was exported. Where a signed note is not as it was signed, it is written
    out all the same and named (exit 1).
    """
    wanted = [each for each in record_files.FORMATS if each in formats] or list(record_files.FORMATS)
    desk.output.aside(IN_CLEAR)
    with as_by_hand(), desk.vault() as vault, opened_if_possible(desk, vault, NO_NOTES, ask=True) as notebook:
        person = directory.find(vault, contact)
        found = gather(vault, person, notebook, unsigned=unsigned)
        counts = record_files.export(vault, found, folder, wanted)
    told = ", ".join(f"{number:,} {name.removesuffix('s') if number == 1 else name}" for name, number in counts.items())
    fields = {
        **counts,
        "contact": person.name,
        "folder": str(folder),
        "formats": wanted,
        "left_out": list(found.left_out),
        "altered": [{"id": each.hex(), "told": told} for each, told in found.faults],
    }
    desk.output.row(fields, "\n".join([f"In {folder}: {told}.", *found.remarks]))
    check_as_signed(len(found.faults))
