"""A person's page: what was agreed, where they usually are, whom to call, and by which invite they came."""

from dataclasses import dataclass
from datetime import date

from therapy_tui import errors
from therapy_tui.core.appointments import Appointment
from therapy_tui.core.flags import Flag
from therapy_tui.core.people import THERAPIST, Contact, Invite
from therapy_tui.core.persons import (
    CONSENT,
    LONGEST_LINE,
    LONGEST_WORDS,
    MOST_EMERGENCY,
    PLACE,
    Emergency,
    Ending,
    Version,
)
from therapy_tui.core.promises import Standing
from therapy_tui.core.retention import Standing as Kept
from therapy_tui.core.text import safe_line, safe_name, shapes_of
from therapy_tui.core.triage import LastMeasure, Week
from therapy_tui.services import appointments, days, progress, promises, retention
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.triage import begins_of_weeks
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, desk, mailbox, messages, persons

CHANGED = RoomChanged("desk")
ONLY_A_THERAPIST = "Whom to call about a person, and where they are, is kept by a therapist."
WHO_AND_HOW = "Somebody to call needs a name and a telephone number."
ENOUGH = f"There are {MOST_EMERGENCY} already. Take one out first."
NOBODY = "There is nobody with that number among those to call. The page counts them from 1."
MOST_CLEARED = 3
"""So many of those that were cleared are on the page."""
NO_DAY = "Write the day like 2026-11-16; it is not after today."


@dataclass(frozen=True, slots=True)
class About:
    """All that the page of a person shows."""

    contact: Contact
    alike: tuple[Contact, ...]
    """Others whose name may be taken for this one's."""
    label: str
    standing: Standing
    waiting: int
    """How many letters of theirs wait for an answer."""
    flags: tuple[Flag, ...]
    """What stands first until it is cleared."""
    cleared: tuple[Flag, ...]
    """What stood first and was cleared with a reason, the newest first; the last few."""
    queued: int
    """How many of one's own letters have not left yet."""
    invite: Invite | None
    """With which they joined; None where one joined theirs."""
    consent: tuple[Version, ...]
    """What was agreed, the newest first."""
    place: tuple[Version, ...]
    emergency: tuple[Emergency, ...]
    ending: Ending | None
    measure: LastMeasure | None = None
    """The questionnaire that they shared last."""
    moods: tuple[Week, ...] = ()
    """The numbers of check-ins that they shared, by week, oldest first."""
    coming: tuple[Appointment, ...] = ()
    """Appointments that stand and are not over, the first one first."""
    record: Kept | None = None
    """How their record stands; None on a client's side."""
    years: int = 0
    """The rule of the vault for how long records are kept; 0 for none."""


def about(vault: Vault, contact: Contact) -> About:
    """Read all of a person's page."""
    database = vault.database
    shapes = shapes_of(contact.name)
    alike = [each for each in contacts.every(database) if each.id != contact.id and shapes & shapes_of(each.name)]
    is_therapist = vault.profile.role == THERAPIST
    waits = desk.waiting(database, answers_go_out=is_therapist, contact=contact.id)
    own = desk.settings(database, contact.id).get(contact.id)
    latest, weeks = progress.latest(vault, contact.id), begins_of_weeks(vault.now())
    return About(
        contact=contact,
        alike=tuple(each for each in alike if each.closed != "ours"),
        label=own.label if own is not None else "",
        standing=promises.standing(vault, contact),
        waiting=len(waits),
        flags=tuple(desk.standing_flags(database, contact.id)),
        cleared=tuple(each for each in desk.flags(database, contact.id) if each.cleared_at)[:MOST_CLEARED],
        queued=len(messages.queued_to(database, contact.id)),
        invite=came_by(vault, contact.id),
        consent=tuple(persons.versions(database, contact.id, CONSENT)),
        place=tuple(persons.versions(database, contact.id, PLACE)),
        emergency=tuple(persons.emergency(database, contact.id)),
        ending=persons.ending(database, contact.id),
        measure=LastMeasure(*latest[contact.id]) if contact.id in latest else None,
        moods=tuple(desk.weekly_moods(database, weeks, contact.id).get(contact.id, ())),
        coming=tuple(each for each in appointments.of(vault, contact) if each.is_to_come(vault.now())),
        record=retention.standing(vault, contact, None) if is_therapist else None,
        years=retention.years(vault),
    )


def came_by(vault: Vault, contact: bytes) -> Invite | None:
    """Give the newest invite of ours with which a contact joined, or None."""
    made = [each for each in mailbox.invites(vault.database) if each.used_by == contact]
    if made:
        return made[-1]
    pair = contacts.pair(vault.database, contact)
    slot = pair.slot_in if pair is not None else -1
    return next((each for each in mailbox.invites(vault.database) if each.slot == slot and not each.used_by), None)


def note(vault: Vault, contact: Contact, field: str, text: str, day: str = "") -> Version:
    """Keep a new version of what was agreed, or of where somebody usually is; those before it stay.

    Args:
        vault: the open vault.
        contact: about whom, or with whom.
        field: one of `core.persons.FIELDS`.
        text: in one's own words, one paragraph; empty takes it out, and what was there stays among the versions.
        day: when it was agreed or said, `YYYY-MM-DD`; today when empty.

    Raises:
        UsageError: too long, no day, or a client's vault where only a therapist keeps it; nothing was changed.
    """
    if field == PLACE:
        _check_role(vault)
    line = safe_line(" ".join(text.split()), LONGEST_WORDS + 1)
    if len(line) > LONGEST_WORDS:
        raise errors.UsageError(f"That is too long: it holds {LONGEST_WORDS:,} characters.")
    today = days.day_of(vault.now())
    said = _day(day) if day else today
    if said > today:
        raise errors.UsageError(NO_DAY)
    made = Version(line, said, vault.now())
    with vault.transaction() as database:
        before = persons.versions(database, contact.id, field)
        if before[:1] and (before[0].text, before[0].day) == (made.text, made.day):
            return before[0]
        if before or made.text:
            persons.add_version(database, contact.id, field, made)
        vault.tell(CHANGED)
    return made


def _day(day: str) -> str:
    try:
        return date.fromisoformat(day.strip()).isoformat()
    except ValueError as error:
        raise errors.UsageError(NO_DAY) from error


def _check_role(vault: Vault) -> None:
    if vault.profile.role != THERAPIST:
        raise errors.UsageError(ONLY_A_THERAPIST)


# whom to call


def emergency(vault: Vault, contact: bytes) -> tuple[Emergency, ...]:
    """Read whom to call about a person."""
    return tuple(persons.emergency(vault.database, contact))


def add_emergency(vault: Vault, contact: Contact, name: str, relation: str, telephone: str) -> None:
    """Keep somebody to call about a client; of this machine only.

    Raises:
        UsageError: there is no name or number, there are enough, or it is a client's vault.
    """
    _check_role(vault)
    kept = safe_name(name) if name.strip() else ""
    relation, telephone = (safe_line(" ".join(each.split()), LONGEST_LINE) for each in (relation, telephone))
    if not kept or not telephone:
        raise errors.UsageError(WHO_AND_HOW)
    with vault.transaction() as database:
        if len(persons.emergency(database, contact.id)) >= MOST_EMERGENCY:
            raise errors.UsageError(ENOUGH)
        persons.add_emergency(database, contact.id, kept, relation, telephone, vault.now())
        vault.tell(CHANGED)


def drop_emergency(vault: Vault, contact: Contact, number: int) -> Emergency:
    """Forget one of those to call, by its number on the page from 1; give who it was.

    Raises:
        UsageError: there is none with that number.
    """
    with vault.transaction() as database:
        known = persons.emergency(database, contact.id)
        if not 1 <= number <= len(known):
            raise errors.UsageError(NOBODY)
        persons.drop_emergency(database, contact.id, known[number - 1].row)
        vault.tell(CHANGED)
    return known[number - 1]
