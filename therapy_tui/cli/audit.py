"""audit: list, verify."""

from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk
from therapy_tui.cli.note_words import names_in
from therapy_tui.cli.output import near, stamp
from therapy_tui.core.audit import Act, read_mark
from therapy_tui.services import audit as log

WATCHED = "It agrees with the end that is kept outside the vault."
NOT_WATCHED = "No end is kept outside the vault, so rows that were cut off could only show by the vault's own count."
WRITE_DOWN = (
    "Write this mark down somewhere else; with it, `audit verify --mark` proves later that nothing before is gone:"
)
LEFT = "Nothing was repaired: the log is as it was found."


@click.group()
def audit() -> None:
    """Show what was opened, exported, cleared, signed and erased; check that the log is whole.

    Only a therapist's vault keeps one. It holds no word of a letter.
    """


def _fields(act: Act, names: dict[bytes, str]) -> dict[str, Any]:
    return {
        "number": act.number,
        "at": stamp(act.at),
        "what": act.what,
        "contact": names.get(act.contact),
        "contact_id": act.contact.hex() or None,
        "detail": act.detail,
        "way": act.way,
        "hash": act.hash.hex(),
    }


def _line(act: Act, names: dict[bytes, str]) -> str:
    who = names.get(act.contact, act.contact.hex())
    said = ", ".join(filter(None, (who, act.detail)))
    return f"{act.number:>6}  {near(act.at)}  {act.what}{f': {said}' if said else ''}  (by {act.way})"


@audit.command(name="list")
@click.pass_obj
def list_(desk: Desk) -> None:
    """List the log, the oldest row first, with the way in by which the vault was open."""
    with desk.vault() as vault:
        if not vault.is_therapist:
            raise errors.UsageError(log.NO_LOG)
        names = names_in(vault)
        for act in log.every(vault):
            desk.output.row(_fields(act, names), _line(act, names))


@audit.command()
@click.option("--mark", default="", metavar="MARK", help="An end that was written down elsewhere, as on a receipt.")
@click.pass_obj
def verify(desk: Desk, mark: str) -> None:
    """Check that every row is as it was written, and none is missing; the first that is not is named (exit 1)."""
    known = read_mark(mark) if mark else None
    with desk.vault() as vault:
        verdict = log.verify(vault, known)
    fault = verdict.fault
    fields = {
        "sound": fault is None,
        "rows": verdict.rows,
        "mark": str(verdict.end),
        "watched_outside": verdict.is_watched,
        "number": fault.number if fault else None,
        "why": fault.why if fault else None,
    }
    if fault is not None:
        if desk.output.as_json:
            desk.output.row(fields, "")
        raise errors.VaultDamaged(f"The log does not agree at row {fault.number}. {fault.why} {LEFT}")
    watched = WATCHED if verdict.is_watched else NOT_WATCHED
    text = "\n".join(
        [
            f"{verdict.rows:,} {'row' if verdict.rows == 1 else 'rows'}, and all agree. {watched}",
            WRITE_DOWN,
            str(verdict.end),
        ]
    )
    desk.output.row(fields, text)
