"""Appointments with a contact: made, moved, cancelled, listed, and written for a calendar."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from therapy_tui import errors
from therapy_tui.core.appointments import LONGEST, LONGEST_WORDS, Appointment, check_minutes
from therapy_tui.core.people import Contact
from therapy_tui.core.text import safe_line
from therapy_tui.services import audit, zones
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.new_files import whole_file
from therapy_tui.services.vault import Vault
from therapy_tui.store import appointments, contacts
from therapy_tui.store.database import Database

CHANGED = RoomChanged("appointments")
SHORTEST_ID = 4
PRIVATE = "Appointment"
WITH = "Appointment with {}"
PRODUCT = "-//therapy-tui//appointments//EN"
_AROUND = timedelta(days=366)


def add(vault: Vault, contact: Contact, at: int, minutes: int, zone: str, words: str = "") -> Appointment:
    """Keep an appointment.

    Args:
        vault: the open vault.
        contact: with whom.
        at: when it begins, seconds since 1970.
        minutes: how long it takes.
        zone: the IANA name of the time zone in which it was agreed.
        words: where, or how it is held; may be empty.

    Raises:
        UsageError: it is too short or long, the zone is not known, or there is another one at that time.
    """
    blank = Appointment(vault.random_bytes(16), contact.id, 0, 0, "", vault.now(), 0)
    made = _with(blank, at, minutes, zone, words)
    with vault.transaction() as database:
        _check_free(database, made)
        appointments.add(database, made)
        vault.tell(CHANGED)
    return made


def move(vault: Vault, appointment: Appointment, at: int, minutes: int, zone: str, words: str) -> Appointment:
    """Give an appointment another time, length or words; a calendar that has it learns of it by its id.

    Raises:
        UsageError: as `add`, or it was cancelled.
    """
    moved = replace(_with(appointment, at, minutes, zone, words), moved_at=vault.now(), moves=appointment.moves + 1)
    with vault.transaction() as database:
        _check_free(database, moved)
        if not appointments.move(database, moved):
            raise errors.UsageError("It was cancelled, so it cannot be moved. Add another one.")
        vault.tell(CHANGED)
    return moved


def _with(appointment: Appointment, at: int, minutes: int, zone: str, words: str) -> Appointment:
    line = safe_line(" ".join(words.split()), LONGEST_WORDS + 1)
    if len(line) > LONGEST_WORDS:
        raise errors.UsageError(f"The words are too long: they hold {LONGEST_WORDS} characters.")
    return replace(appointment, at=at, minutes=check_minutes(minutes), zone=zones.find(zone).key, words=line)


def _check_free(database: Database, wanted: Appointment) -> None:
    other = appointments.overlapping(database, wanted.at, wanted.until, 60 * LONGEST, wanted.id)
    if other is not None:
        when = f"{zones.local(other.at, wanted.zone):%Y-%m-%d %H:%M}"
        raise errors.UsageError(f"There is another appointment at that time, from {when} on. Nothing was kept.")


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


def export(vault: Vault, path: Path, *, names: bool, contact: Contact | None = None) -> int:
    """Write appointments into a new file of iCalendar (RFC 5545), and note that in the log; give how many there are.

    Args:
        vault: the open vault.
        path: which is not there yet.
        names: put in with whom each is, and its words; without it all are called the same.
        contact: those with this one alone; else all.

    Raises:
        UsageError, DiskFull: the file is there already, or cannot be written.
        VaultError: a therapist's log could not note it; nothing is left of it.
    """
    found = since(vault) if contact is None else of(vault, contact)
    known = {each.id: each.name for each in contacts.every(vault.database)}
    titles = [WITH.format(known.get(each.contact, "")) if names else PRIVATE for each in found]
    shown = found if names else [replace(each, words="") for each in found]
    detail = f"appointments, {'with names' if names else 'without names'}"
    with whole_file(path) as file:
        file.write(calendar(list(zip(shown, titles, strict=True))))
        audit.note_leaving(vault, b"" if contact is None else contact.id, detail)
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
        event.add("dtstamp", datetime.fromtimestamp(each.cancelled_at or each.moved_at or each.made_at, UTC))
        event.add("dtstart", zones.local(each.at, each.zone))
        event.add("duration", timedelta(minutes=each.minutes))  # an end may come in an hour that the clocks show twice
        event.add("summary", title)
        if each.words:
            event.add("location", each.words)
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if each.cancelled_at else "CONFIRMED")
        event.add("sequence", each.moves + bool(each.cancelled_at))
        made.add_component(event)
    if titled:
        days = [zones.local(moment, each.zone).date() for each, _ in titled for moment in (each.at, each.until)]
        made.add_missing_timezones(first_date=min(days) - _AROUND, last_date=max(days) + _AROUND)
    text: str = made.to_ical().decode()
    return text
