"""record: retention, hold, release, due, erase."""

from pathlib import Path
from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.notebook import drawer_beside, opened, opened_if_possible
from therapy_tui.cli.output import stamp
from therapy_tui.core.people import Contact
from therapy_tui.core.retention import Standing
from therapy_tui.services import directory, erasure, new_files, retention
from therapy_tui.services.days import day_of

HINT = (
    "No rule is set. The APA's guidance is 7 years after the last service, or 3 years after a minor comes of age,"
    " whichever is later; states and countries differ. Ask what holds for you."
)
NO_NOTES = "The last day of each is that of the letters alone. {}"
SHARED = "On a machine that other people use, a reason is not given as an argument. Give - and write to standard input."
ASK_REASON = "Write the reason in one line, naming nobody; end with Ctrl+D.\n\n"
SURE = "Nothing was erased yet. Write the record out first if it may be asked for; then the same with --yes erases it."
UNTIL_TOLD = "The other side learns of the end with the next exchange: therapy-tui sync"


def _reason(desk: Desk, text: str | None) -> str:
    return retention.check_reason(given_text(desk, text, SHARED, ASK_REASON))


def _fields(contact: Contact, standing: Standing, *, is_due: bool) -> dict[str, Any]:
    hold, end = standing.hold, standing.ending
    return {
        "name": contact.name,
        "id": contact.id.hex(),
        "last_day": str(standing.last),
        "due": str(standing.due) if standing.due else None,
        "is_due": is_due,
        "hold": hold.reason if hold else None,
        "held_since": stamp(hold.since) if hold else None,
        "closed": contact.closed,
        "keep_until": (end.keep_until or None) if end else None,
        "exported_at": stamp(end.exported_at) if end else None,
        "ended_at": stamp(end.ended_at) if end else None,
    }


@click.command("retention")
@click.argument("years", type=int, required=False)
@click.pass_obj
def retention_(desk: Desk, years: int | None) -> None:
    """Show or set for how many YEARS after the last day a record is kept; 0 for no rule.

    The APA's guidance (Record Keeping Guidelines) is 7 years after the last service, or 3 years after a minor comes of
    age, whichever is later. States and countries differ. The program does not know who is a minor: put a hold on those.
    """
    with desk.vault() as vault:
        if years is None:
            retention.check_role(vault)
        else:
            retention.set_years(vault, years)
        rule = retention.years(vault)
    desk.output.row({"years": rule or None}, f"Kept for {rule} years after the last day." if rule else HINT)


@click.command()
@click.argument("contact")
@click.argument("reason", required=False)
@click.pass_obj
def hold(desk: Desk, contact: str, reason: str | None) -> None:
    """Let the record of CONTACT not be erased, whatever its age, for a REASON (- reads it from standard input)."""
    line = _reason(desk, reason)
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        made = retention.hold(vault, person, line)
    desk.output.row({"name": person.name, "id": person.id.hex(), "hold": made.reason}, f"Held: {person.name}.")
    desk.output.aside(retention.TAKEN_BACK_STILL)


@click.command()
@click.argument("contact")
@click.argument("reason", required=False)
@click.pass_obj
def release(desk: Desk, contact: str, reason: str | None) -> None:
    """End the hold on the record of CONTACT, for a REASON (- reads it from standard input)."""
    line = _reason(desk, reason)
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        retention.release(vault, person, line)
    desk.output.row({"name": person.name, "id": person.id.hex(), "hold": None}, f"No longer held: {person.name}.")


@click.command()
@click.option("--all", "everyone", is_flag=True, help="Also those whose time has not come.")
@click.pass_obj
def due(desk: Desk, *, everyone: bool) -> None:
    """List the records whose time has come, the oldest first; nothing is erased by itself.

    It comes by the rule, or on the day that was said when it ended, whichever is later.
    """
    with desk.vault() as vault, opened_if_possible(desk, vault, NO_NOTES, ask=False) as notebook:
        today = retention.today(vault)
        found = retention.every(vault, notebook)
        if not retention.years(vault):
            desk.output.aside(HINT)
    for contact, standing in found:
        is_due = standing.is_due(today)
        if is_due or everyone:
            desk.output.row(_fields(contact, standing, is_due=is_due), _line(contact, standing, is_due=is_due))


def _line(contact: Contact, standing: Standing, *, is_due: bool) -> str:
    facts = [f"last {standing.last}"]
    if standing.due:
        facts.append(f"{'due since' if is_due else 'due on'} {standing.due}")
    if standing.is_kept_longer and standing.ending:
        facts.append(f"as was said at the end: {standing.ending.keep_why}")
    if standing.ending and standing.ending.exported_at:
        facts.append(f"written out {day_of(standing.ending.exported_at)}")
    if not contact.closed:
        facts.append("still writing")
    if standing.hold:
        facts.append(f"held: {standing.hold.reason}")
    return f"{contact.name}  ({'; '.join(facts)})  {contact.id.hex()}"


@click.command()
@click.argument("contact")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--anyway", metavar="REASON", help="Before its time, for a reason; it stands in the log and on the receipt."
)
@click.option("--yes", is_flag=True, help="Erase it. Without this it is only said what would go.")
@click.pass_obj
def erase(desk: Desk, contact: str, folder: Path, anyway: str | None, *, yes: bool) -> None:
    """Erase the record of CONTACT: letters, what was shared, questionnaires and notes; end the correspondence.

    A receipt goes into a new FOLDER, as text and as JSON; it names nobody. A record that is held is not erased, and one
    whose time has not come only with --anyway. The notes must be open, and the drawer of process notes where there is
    one, for else they would stay. It cannot be undone.
    """
    reason = "" if anyway is None else _reason(desk, anyway)
    with opened(desk) as (vault, notebook), drawer_beside(desk, vault) as drawer:
        person = directory.find(vault, contact)
        erasure.check(vault, person, retention.standing(vault, person, notebook), reason)
        counts = erasure.count(vault, notebook, drawer, person)
        told = erasure.told(counts)
        if not yes:
            desk.output.row({"erased": None, "would_erase": counts}, f"Of {person.name}: {told}.\n{SURE}")
            return
        new_files.new_folder(folder)
        receipt = erasure.erase(vault, notebook, drawer, desk.folders, person, reason)
        fields = erasure.write_receipt(receipt, folder)
        report = None if person.closed else desk.exchange(vault)
    desk.output.row({**fields, "folder": str(folder)}, f"Erased: {told}. The receipt is in {folder}.")
    if report is not None and not report.reachable:
        raise errors.Unreachable(UNTIL_TOLD)


KEEPING = (retention_, hold, release, due, erase)
"""The commands, in the order of the help."""
