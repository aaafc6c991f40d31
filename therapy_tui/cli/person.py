"""person: all that is known of one person, and what is written down about them."""

from pathlib import Path
from typing import Any

import click

from therapy_tui import errors
from therapy_tui.cli.desk import Desk, given_text
from therapy_tui.cli.notebook import opened_if_possible
from therapy_tui.cli.output import stamp
from therapy_tui.cli.record import check_as_signed
from therapy_tui.cli.stopping import as_by_hand
from therapy_tui.core.flags import Flag
from therapy_tui.core.people import ROLES, THERAPIST, Contact
from therapy_tui.core.persons import CONSENT, PLACE, Version
from therapy_tui.services import directory, ending, person_words, persons
from therapy_tui.services.persons import About
from therapy_tui.services.vault import Vault

SHARED = (
    "On a machine that other people use, this is not given as an argument: others could read it there."
    " Give - and write it on standard input."
)
ONE = "Give one of --agreed, --place, --call, --no-call, --record and --keep-until at a time."
WHY_SHARED = "On a machine that other people use, say why in the application: others could read it here."
CALL = "Write the name, the relation and the telephone number, one a line."
IN_CLEAR = "What is written is in clear: whoever can read these files can read the letters."
NO_NOTES = "Session notes are left out. {} Once therapy-tui note list shows them, write it out into another folder."


@click.command()
@click.argument("contact")
@click.option("--agreed", metavar="TEXT", help="What was agreed, in your own words; - reads it from standard input.")
@click.option("--place", metavar="TEXT", help="Where they usually are, and in which time zone; - as above.")
@click.option("--on", "day", default="", metavar="DAY", help="The day on which that was agreed or said; else today.")
@click.option("--call", metavar="TEXT", help="Somebody to call: name, relation, number, one a line; - as above.")
@click.option("--no-call", type=int, metavar="N", help="Take the Nth of those to call out.")
@click.option(
    "--record", type=click.Path(path_type=Path), metavar="FOLDER", help="Write the record out, into a new FOLDER."
)
@click.option("--keep-until", metavar="DAY", help="Until when the record is kept; with --why. Nothing is erased by it.")
@click.option("--why", default="", metavar="TEXT", help="Why it is kept so long.")
@click.pass_obj
def person(  # noqa: PLR0913 - one option for each thing on the page
    desk: Desk,
    *,
    contact: str,
    agreed: str | None,
    place: str | None,
    day: str,
    call: str | None,
    no_call: int | None,
    record: Path | None,
    keep_until: str | None,
    why: str,
) -> None:
    """Show all that is known of CONTACT, or write one thing down. All of it stays on this machine.

    To end it, take the steps in any order, on any day: a last letter (send), --record, --keep-until, and then
    therapy-tui contacts remove CONTACT.
    """
    given = [each for each in (agreed, place, call, no_call, record, keep_until) if each is not None]
    if len(given) > 1:
        raise click.UsageError(ONE)
    texts = {name: given_text(desk, text, SHARED, "") for name, text in _texts(agreed, place, call)}
    if why and desk.settings.shared_machine:
        raise errors.UsageError(WHY_SHARED)
    with desk.vault() as vault:
        found = directory.find(vault, contact)
        _write_down(vault, found, texts, day)
        if no_call is not None:
            persons.drop_emergency(vault, found, no_call)
        if record is not None:
            with as_by_hand():
                _write_out(desk, vault, found, record)
        if keep_until is not None:
            ending.keep_until(vault, found, keep_until, why)
        _show(desk, vault, found)


def _show(desk: Desk, vault: Vault, contact: Contact) -> None:
    about = persons.about(vault, contact)
    is_therapist = vault.profile.role == THERAPIST
    lines = person_words.lines(about, vault.now(), is_therapist=is_therapist)
    text = f"{contact.name}, {person_words.since(about)}\n" + "\n".join(map(_text, lines))
    desk.output.row(_fields(about), text)


def _write_out(desk: Desk, vault: Vault, contact: Contact, folder: Path) -> None:
    desk.output.aside(IN_CLEAR)
    if vault.profile.role != THERAPIST:
        ending.export_record(vault, contact, folder)
        return
    with opened_if_possible(desk, vault, NO_NOTES, ask=True) as notebook:
        found = ending.export_record(vault, contact, folder, notebook)
    if found is not None:
        for each in found.remarks:
            desk.output.aside(each)
        check_as_signed(len(found.faults))


def _write_down(vault: Vault, contact: Contact, texts: dict[str, str], day: str) -> None:
    for field in (CONSENT, PLACE):
        if field in texts:
            persons.note(vault, contact, field, texts[field], day)
    if "call" in texts:
        _call(vault, contact, texts["call"])


def _texts(agreed: str | None, place: str | None, call: str | None) -> list[tuple[str, str]]:
    given = ((CONSENT, agreed), (PLACE, place), ("call", call))
    return [(name, text) for name, text in given if text is not None]


def _call(vault: Vault, contact: Contact, text: str) -> None:
    parts = [each.strip() for each in text.strip().splitlines()]
    if len(parts) != 3:  # noqa: PLR2004 - name, relation, number
        raise errors.UsageError(CALL)
    persons.add_emergency(vault, contact, *parts)


def _text(line: person_words.Line) -> str:
    text = line.text.replace("\n", "\n             ")
    return f"  {line.note:9}  {text}" + (f"\n             {line.more}" if line.more else "")


def _fields(about: About) -> dict[str, Any]:
    contact, made, end = about.contact, about.invite, about.ending
    return {
        "name": contact.name,
        "id": contact.id.hex(),
        "role": ROLES.get(contact.role, ""),
        "since": stamp(contact.made_at),
        "trust": contact.trust,
        "trust_at": stamp(contact.trust_at),
        "closed": contact.closed,
        "looks_like": [each.id.hex() for each in about.alike],
        "label": about.label,
        "waiting": about.waiting,
        "queued": about.queued,
        "promise": stamp(about.standing.until),
        "flags": [_flag(each) for each in about.flags],
        "cleared": [_flag(each) for each in about.cleared],
        "invite": made.id.hex() if made else None,
        "invite_label": made.label if made else None,
        "code_word": made.word if made else None,
        "agreed": [_version(each) for each in about.consent],
        "place": [_version(each) for each in about.place],
        "to_call": [
            {"name": each.name, "relation": each.relation, "telephone": each.telephone} for each in about.emergency
        ],
        "ending_since": stamp(end.begun_at) if end else None,
        "exported_at": stamp(end.exported_at) if end else None,
        "keep_until": (end.keep_until or None) if end else None,
        "keep_why": end.keep_why if end else "",
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "measure": flag.measure,
        "item": flag.item,
        "answer": flag.answer,
        "at": stamp(flag.at),
        "cleared_at": stamp(flag.cleared_at),
        "reason": flag.reason,
    }


def _version(version: Version) -> dict[str, str | None]:
    return {"text": version.text, "day": version.day, "written_at": stamp(version.at)}
