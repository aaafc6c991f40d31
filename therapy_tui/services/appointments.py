"""Appointments with a contact: made, cancelled, listed, and written for a calendar."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from therapy_tui import errors
from therapy_tui.core.appointments import LONGEST, Appointment, check_minutes
from therapy_tui.core.people import Contact
from therapy_tui.services import zones
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.new_files import write
from therapy_tui.services.vault import Vault
from therapy_tui.store import appointments, contacts

CHANGED = RoomChanged("appointments")
SHORTEST_ID = 4
PRIVATE = "Appointment"
WITH = "Appointment with {}"
PRODUCT = "-//therapy-tui//appointments//EN"
_AROUND = timedelta(days=366)


def add(vault: Vault, contact: Contact, at: int, minutes: int, zone: str) -> Appointment:
    """Keep an appointment.

    Args:
        vault: the open vault.
        contact: with whom.
        at: when it begins, seconds since 1970.
        minutes: how long it takes.
        zone: the IANA name of the time zone in which it was agreed.

    Raises:
        UsageError: it is too short or long, the zone is not known, or there is another one at that time.
    """
    made = Appointment(
        vault.random_bytes(16), contact.id, at, check_minutes(minutes), zones.find(zone).key, vault.now(), 0
    )
    with vault.transaction() as database:
        other = appointments.overlapping(database, made.at, made.until, 60 * LONGEST)
        if other is not None:
            when = f"{zones.local(other.at, zone):%Y-%m-%d %H:%M}"
            raise errors.UsageError(f"There is another appointment at that time, from {when} on. Nothing was kept.")
        appointments.add(database, made)
        vault.tell(CHANGED)
    return made


def since(vault: Vault, moment: int = 0) -> list[Appointment]:
    """Read those that begin at a moment or later, the first one first; also those that were cancelled."""
    return appointments.since(vault.database, moment)


def of(vault: Vault, contact: Contact) -> list[Appointment]:
    """Read those with somebody, the first one first; also those that were cancelled."""
    return appointments.of(vault.database, contact.id)


def find_by_id(vault: Vault, text: str) -> Appointment:
    """Find an appointment by its id, or by how it begins.

    Raises:
        UsageError: there is none, or there are two.
    """
    found = [each for each in since(vault) if each.id.hex().startswith(text.lower())]
    if len(found) == 1 and len(text) >= SHORTEST_ID:
        return found[0]
    told = "Two have an id that begins so. Give more of it." if len(found) > 1 else "No appointment has that id."
    raise errors.UsageError(f"{told} `therapy-tui appointment list` shows them.")


def cancel(vault: Vault, appointment: Appointment) -> None:
    """Keep that it does not take place; it stays in the list and in calendars, as cancelled.

    Raises:
        UsageError: it was cancelled already.
    """
    with vault.transaction() as database:
        if not appointments.cancel(database, appointment.id, vault.now()):
            raise errors.UsageError("It was cancelled already.")
        vault.tell(CHANGED)


def export(vault: Vault, path: Path, *, names: bool) -> int:
    """Write all appointments into a new file of iCalendar (RFC 5545); give how many there are.

    Args:
        vault: the open vault.
        path: which is not there yet.
        names: put in with whom each is; without it all are called the same.

    Raises:
        UsageError: the file is there already, or cannot be written.
    """
    found = since(vault)
    known = {each.id: each.name for each in contacts.every(vault.database)}
    titles = [WITH.format(known.get(each.contact, "")) if names else PRIVATE for each in found]
    write(path, [calendar(list(zip(found, titles, strict=True)))])
    return len(found)


def calendar(titled: list[tuple[Appointment, str]]) -> str:
    """Give appointments with their titles as the text of a calendar; the same ones give the same text."""
    from icalendar import Calendar, Event  # only where a calendar is written

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    for each, title in titled:
        event = Event()
        event.add("uid", f"{each.id.hex()}@therapy-tui")
        event.add("dtstamp", datetime.fromtimestamp(each.cancelled_at or each.made_at, UTC))
        event.add("dtstart", zones.local(each.at, each.zone))
        event.add("duration", timedelta(minutes=each.minutes))  # an end may come in an hour that the clocks show twice
        event.add("summary", title)
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if each.cancelled_at else "CONFIRMED")
        event.add("sequence", 1 if each.cancelled_at else 0)
        made.add_component(event)
    if titled:
        days = [zones.local(moment, each.zone).date() for each, _ in titled for moment in (each.at, each.until)]
        made.add_missing_timezones(first_date=min(days) - _AROUND, last_date=max(days) + _AROUND)
    text: str = made.to_ical().decode()
    return text
