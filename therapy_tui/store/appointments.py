"""Appointments: added, cancelled, read by time."""

from therapy_tui.core.appointments import Appointment
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one


def add(database: Database, appointment: Appointment) -> None:
    """Keep an appointment."""
    database.run(
        "INSERT INTO appointments (id, contact, at, minutes, zone, made_at, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            appointment.id,
            appointment.contact,
            appointment.at,
            appointment.minutes,
            appointment.zone,
            appointment.made_at,
            appointment.words,
        ),
    )


def move(database: Database, appointment: Appointment) -> bool:
    """Keep another time, length and words of one that stands; give whether it does."""
    set_to = "at = ?, minutes = ?, zone = ?, words = ?, moved_at = ?, moves = moves + 1"
    wanted = (appointment.at, appointment.minutes, appointment.zone, appointment.words, appointment.moved_at)
    return bool(
        database.run(
            f"UPDATE appointments SET {set_to} WHERE id = ? AND cancelled_at = 0",  # noqa: S608 - a constant
            (*wanted, appointment.id),
        )
    )


def cancel(database: Database, appointment_id: bytes, now: int) -> bool:
    """Keep that it does not take place; give whether it stood until now."""
    return bool(
        database.run(
            "UPDATE appointments SET cancelled_at = ? WHERE id = ? AND cancelled_at = 0", (now, appointment_id)
        )
    )


def since(database: Database, moment: int) -> list[Appointment]:
    """Read those that begin at a moment or later, the first one first; also those that were cancelled."""
    return select(database, Appointment, "appointments WHERE at >= ? ORDER BY at, id", (moment,))


def of(database: Database, contact: bytes) -> list[Appointment]:
    """Read those with somebody, the first one first; also those that were cancelled."""
    return select(database, Appointment, "appointments WHERE contact = ? ORDER BY at, id", (contact,))


def overlapping(database: Database, begin: int, end: int, longest: int, but: bytes = b"") -> Appointment | None:
    """Read one that stands and takes place within a stretch of time, but for one by its id.

    None takes more than `longest` seconds.
    """
    return select_one(
        database,
        Appointment,
        "appointments WHERE at > ? AND at < ? AND at + 60 * minutes > ? AND cancelled_at = 0 AND id != ?"
        " ORDER BY at LIMIT 1",
        (begin - longest, end, begin, but),
    )


def last(database: Database, contact: bytes, until: int) -> int:
    """Give when the last with somebody began that stood, up to a moment; 0 when there was none."""
    where = "contact = ? AND at <= ? AND cancelled_at = 0"
    return int(database.value(f"SELECT max(at) FROM appointments WHERE {where}", (contact, until), 0))  # noqa: S608


def count(database: Database, contact: bytes) -> int:
    """Count those with somebody."""
    return int(database.value("SELECT count(*) FROM appointments WHERE contact = ?", (contact,), 0))
