"""note sign, note amend, note verify: what is signed stays as it is, and that can be checked."""

from collections.abc import Sequence
from dataclasses import replace

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.note_words import SHORT_ID, fields_of, names_in
from therapy_tui.cli.notebook import opened
from therapy_tui.cli.output import day, stamp
from therapy_tui.core.audit import What
from therapy_tui.core.note_chain import Finding
from therapy_tui.services import audit, note_signing, notes

SHARED = (
    "On a machine that other people use, what is added to a note is not given as an argument: others could read it"
    " there. Write: therapy-tui note amend ID -"
)
BEGUN = "Something is being added to this note already, and is not signed yet. Sign that first, in the application."


@click.command()
@click.argument("id")
@click.pass_obj
def sign(desk: Desk, id: str) -> None:
    """Sign a note: it stays as it is from now on. What comes later is added by `note amend`."""
    with opened(desk) as (vault, notebook):
        signed = note_signing.sign(notebook, notes.find_by_id(notebook, id))
        audit.note_now(vault, What.SIGNED, signed.contact, f"note {signed.id.hex()[:SHORT_ID]}")
        told = f"Signed. It cannot be changed any more; therapy-tui note amend {signed.id.hex()[:SHORT_ID]} adds to it."
        desk.output.row(fields_of(signed, names_in(vault)), told)


@click.command()
@click.argument("id")
@click.argument("text", required=False)
@click.pass_obj
def amend(desk: Desk, id: str, text: str | None) -> None:
    """Add to a signed note, and sign what is added.

    With - it is read from standard input; with nothing it is asked for on the terminal.
    """
    text = given_text(desk, text, SHARED, "Write what is to be added; end it with Ctrl+D on a line of its own.\n\n")
    if not text.strip():
        raise errors.UsageError("There is nothing to add.")
    with opened(desk) as (vault, notebook):
        each = notes.find_by_id(notebook, id)
        new = note_signing.addition(notebook, each)
        if new.row:
            raise errors.UsageError(BEGUN)
        note_signing.sign(notebook, notes.keep(notebook, new, replace(new, text=text)))
        audit.note_now(vault, What.SIGNED, each.contact, f"addition to note {each.id.hex()[:SHORT_ID]}")
        added = notes.additions(notebook, each)
        told = f"Added to {each.id.hex()[:SHORT_ID]} and signed."
        desk.output.row(fields_of(each, names_in(vault), added), told)


@click.command()
@click.pass_obj
def verify(desk: Desk) -> None:
    """Check that every signed note is as it was signed. Nothing is ever changed back."""
    with opened(desk) as (_, notebook):
        found = note_signing.verify(notebook)
        for number, each in enumerate(found):
            fields = {
                "number": each.number or None,
                "id": each.note.hex(),
                "signed": stamp(each.at),
                "addition_to": each.amends.hex() or None,
                "state": str(each.word),
            }
            if desk.output.as_json or not each.agrees:
                desk.output.row(fields, _told(each, found[number + 1 :]))
        wrong = sum(not each.agrees for each in found)
        if wrong:
            raise errors.VaultError(f"{wrong:,} of {len(found):,} do not agree. Everything was left as it is.")
        desk.output.say(_all_agree(found, note_signing.end_of_chain(notebook)))


def _told(finding: Finding, later: Sequence[Finding]) -> str:
    """Say what is wrong with one, and name what was signed after it."""
    told = f"{finding.note.hex()[:SHORT_ID]}  {finding.told(day(finding.at))}"
    named = [f"{each.note.hex()[:SHORT_ID]} on {day(each.at)}" for each in later if each.number]
    return f"{told}\n{' ' * (SHORT_ID + 2)}Signed after it: {', '.join(named)}." if named else told


def _all_agree(found: Sequence[Finding], end: str) -> str:
    if not found:
        return "Nothing was signed yet."
    erased = sum(each.word == "erased" for each in found)
    left = f" {erased:,} of them {'was' if erased == 1 else 'were'} erased since." if erased else ""
    told = f"{len(found):,} signed, each as it was signed.{left}"
    kept = "Kept elsewhere, these digits show later that nothing was taken from its end."
    return f"{told}\nThe chain ends with {end}. {kept}"
