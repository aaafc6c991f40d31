"""appointment: add, list, move, cancel, export."""

from pathlib import Path
from typing import Any

import click

from therapy_tui.cli.desk import Desk
from therapy_tui.cli.note_words import names_in
from therapy_tui.cli.output import stamp
from therapy_tui.cli.stopping import as_by_hand
from therapy_tui.core.appointments import Appointment
from therapy_tui.services import appointments, directory, zones
from therapy_tui.services.record_words import hours

SHORT_ID = 12
TWICE = "Clocks are put back then, so {} comes twice on that day; the first of the two is meant."
NAMED = "The names of your contacts are in the file, in clear, and in every calendar that reads it."


@click.group()
def appointment() -> None:
    """Keep appointments with a contact, and write them for a calendar. Nobody is told of them by this."""


def _fields(each: Appointment, names: dict[bytes, str]) -> dict[str, Any]:
    return {
        "id": each.id.hex(),
        "contact": names.get(each.contact),
        "at": stamp(each.at),
        "minutes": each.minutes,
        "zone": each.zone,
        "local": zones.local(each.at, each.zone).isoformat(timespec="minutes"),
        "words": each.words,
        "moved_at": stamp(each.moved_at),
        "cancelled_at": stamp(each.cancelled_at),
    }


def _line(each: Appointment, names: dict[bytes, str]) -> str:
    begin = zones.local(each.at, each.zone)
    said = f"{begin:%a %d %b %Y} {hours(each)} ({each.zone})  {each.id.hex()[:SHORT_ID]}"
    words = f"  {each.words}" if each.words else ""
    return f"{said}  {names.get(each.contact, '')}{words}{'  cancelled' if each.cancelled_at else ''}"


@appointment.command()
@click.argument("contact")
@click.argument("day", metavar="YYYY-MM-DD")
@click.argument("time", metavar="HH:MM")
@click.option("--minutes", default=50, show_default=True, help="How long it takes.")
@click.option("--zone", default="", metavar="ZONE", help="The time zone, such as Europe/Berlin; else this machine's.")
@click.option("--words", default="", metavar="TEXT", help="Where, or how it is held. Name nobody.")
@click.pass_obj
def add(desk: Desk, contact: str, day: str, time: str, minutes: int, zone: str, words: str) -> None:
    """Keep an appointment with CONTACT. Day and time are those of the clocks in the time zone."""
    zone = zone or zones.own()
    at, is_twice = zones.moment(day, time, zone)
    with desk.vault() as vault:
        person = directory.find(vault, contact)
        made = appointments.add(vault, person, at, minutes, zone, words)
        desk.output.row(_fields(made, names_in(vault)), _line(made, names_in(vault)))
    if is_twice:
        desk.output.aside(TWICE.format(time))


@appointment.command(name="list")
@click.option("--all", "everything", is_flag=True, help="Also those that are over, or were cancelled.")
@click.pass_obj
def list_(desk: Desk, *, everything: bool) -> None:
    """List the appointments that are to come, the first one first."""
    with desk.vault() as vault:
        names = names_in(vault)
        for each in appointments.since(vault):
            if everything or each.is_to_come(vault.now()):
                desk.output.row(_fields(each, names), _line(each, names))


@appointment.command()
@click.argument("id")
@click.argument("day", metavar="YYYY-MM-DD")
@click.argument("time", metavar="HH:MM")
@click.option("--minutes", type=int, help="How long it takes; else as long as before.")
@click.option("--words", metavar="TEXT", help="Where, or how it is held; else as before.")
@click.pass_obj
def move(desk: Desk, id: str, day: str, time: str, minutes: int | None, words: str | None) -> None:
    """Move one to another day and time, in the time zone that it has. Nobody is told of it by this."""
    with desk.vault() as vault:
        found = appointments.find_by_id(vault, id)
        at, is_twice = zones.moment(day, time, found.zone)
        wanted = (minutes or found.minutes, found.zone, found.words if words is None else words)
        after = appointments.move(vault, found, at, *wanted)
        desk.output.row(_fields(after, names_in(vault)), _line(after, names_in(vault)))
    if is_twice:
        desk.output.aside(TWICE.format(time))


@appointment.command()
@click.argument("id")
@click.pass_obj
def cancel(desk: Desk, id: str) -> None:
    """Cancel one. ID is the beginning of its id, as the list prints it. Nobody is told of it by this."""
    with desk.vault() as vault:
        found = appointments.find_by_id(vault, id)
        appointments.cancel(vault, found)
        after = appointments.find_by_id(vault, found.id.hex())
        desk.output.row(_fields(after, names_in(vault)), _line(after, names_in(vault)))


@appointment.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--names", is_flag=True, help="Put in with whom each is, and its words. Without it all are called Appointment."
)
@click.pass_obj
def export(desk: Desk, file: Path, *, names: bool) -> None:
    """Write all appointments, in clear, into a new FILE of iCalendar (.ics), which calendars read.

    Read again by a calendar that has them already, one that was moved or cancelled is changed there.
    """
    if names:
        desk.output.aside(NAMED)
    with as_by_hand(), desk.vault() as vault:
        count = appointments.export(vault, file, names=names)
    desk.output.row({"appointments": count, "file": str(file), "names": names}, f"In {file}: {count} appointments.")
