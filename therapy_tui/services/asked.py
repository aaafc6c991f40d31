"""Ask somebody to answer a measure, once or every few weeks; and on the other side: what is asked for, and what is due.

The messages themselves are what is kept: the latest of a contact and a measure holds. Nothing is ever shared by itself.
"""

from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.content import measures as shelf
from therapy_tui.core import bodies
from therapy_tui.core.asked import MOST_WEEKS, MeasureAsked, due_day
from therapy_tui.core.bodies import Kind
from therapy_tui.core.messages import Message
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.core.questionnaire import Measure
from therapy_tui.services import conversation
from therapy_tui.services.days import day_of
from therapy_tui.services.vault import Vault
from therapy_tui.store import asked as asks
from therapy_tui.store import contacts
from therapy_tui.store import measures as responses

ASKED_ALREADY = "That is asked for already. It can be asked for at another interval, or no longer."
BY_THERAPISTS = "Questionnaires are asked for by a therapist. `measure take` answers one."
NOT_ASKED = "It is not asked for, so there is nothing to end."
ONLY_ASKED = "{short} is answered once your therapist asks for it. You can write to them."


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure that one contact asks for, or is asked for, now."""

    contact: bytes
    name: str
    """The measure's id, as it came."""
    weeks: int
    """0 for once."""
    at: int
    """When it came here, or was asked."""

    @property
    def short(self) -> str:
        """The name that people use, or the id where the measure is not known here."""
        measure = shelf.measure(self.name)
        return measure.short if measure else self.name


def often(weeks: int) -> str:
    """Say how often."""
    return {0: "once", 1: "every week"}.get(weeks, f"every {weeks} weeks")


def in_words(asked: Asked) -> str:
    """Say what is asked for, and how often."""
    return f"{asked.short}, {often(asked.weeks)}"


# who asks


def ask_measure(vault: Vault, contact: Contact, measure: Measure, weeks: int) -> Message:
    """Queue that a measure is asked for.

    Args:
        vault: the open vault.
        contact: who is asked.
        measure: one that this version knows.
        weeks: 0 for once, or every so many weeks, up to 52.

    Raises:
        UsageError: it is asked for just so already, the weeks are none, one is no therapist, or it has ended.
        DiskFull: nothing was written.
    """
    if vault.profile.role != THERAPIST:
        raise errors.UsageError(BY_THERAPISTS)
    if not 0 <= weeks <= MOST_WEEKS:
        raise errors.UsageError(f"A measure is asked for every 1 to {MOST_WEEKS} weeks, or once.")
    if weeks and any(each.name == measure.id and each.weeks == weeks for each in asked_of(vault, contact.id)):
        raise errors.UsageError(ASKED_ALREADY)
    return _queue(vault, contact, MeasureAsked(measure.id, weeks, 0))


def stop_asking(vault: Vault, contact: Contact, measure: str) -> Message:
    """Queue that a measure, by its id, is no longer asked for; raises as `ask_measure`, also where it is not."""
    if all(each.name != measure for each in asked_of(vault, contact.id)):
        raise errors.UsageError(NOT_ASKED)
    return _queue(vault, contact, MeasureAsked(measure, 0, 1))


def _queue(vault: Vault, contact: Contact, body: MeasureAsked) -> Message:
    with vault.transaction():
        return conversation.queue(vault, contact, Kind.MEASURE_ASKED, "", raw=bodies.pack_body(body))


def asked_of(vault: Vault, contact: bytes) -> list[Asked]:
    """Give what a contact is asked for now, by the measures' names."""
    return _standing(asks.every(vault.database, True, contact))


def asked_by_us(vault: Vault) -> list[Asked]:
    """Give what everybody is asked for now, by oneself."""
    return _standing(asks.every(vault.database, True))


# who is asked


def asked_here(vault: Vault) -> list[Asked]:
    """Give what one is asked for now, by anybody with whom one still writes."""
    closed = {each.id for each in contacts.every(vault.database) if each.closed}
    return [each for each in _standing(asks.every(vault.database, False)) if each.contact not in closed]


def due(vault: Vault, today: str) -> list[tuple[Measure, str]]:
    """Give the measures that are due, with the name of who asks, longest first; unknown ones are never due."""
    names = {each.id: each.name for each in contacts.every(vault.database)}
    found = []
    for each in asked_here(vault):
        measure, day = shelf.measure(each.name), _due_day(vault, each)
        if measure is not None and day and day <= today:
            found.append((day, measure, names[each.contact]))
    found.sort(key=lambda one: (one[0], one[1].id))
    first = {measure.id: (measure, name) for _, measure, name in reversed(found)}
    return [first[name] for name in dict.fromkeys(measure.id for _, measure, _ in found)]


def _due_day(vault: Vault, asked: Asked) -> str:
    answered = asks.answered_at(vault.database, asked.name)
    return due_day(asked.weeks, day_of(asked.at), day_of(answered) if answered >= asked.at else "")


def may_begin(vault: Vault, measure: Measure) -> bool:
    """Tell whether a measure can be answered now: one that a therapist assigns only while it is asked for, or begun."""
    if not measure.assigned_by or responses.begun(vault.database, measure.id):
        return True
    return any(each.name == measure.id and _due_day(vault, each) for each in asked_here(vault))


def refuse_unasked(vault: Vault, measure: Measure) -> None:
    """Refuse one that a therapist assigns and nobody asks for.

    Raises:
        UsageError: with a sentence that says why, and what to do.
    """
    if not may_begin(vault, measure):
        raise errors.UsageError(ONLY_ASKED.format(short=measure.short))


def _standing(found: list[asks.Ask]) -> list[Asked]:
    """Keep the latest of each contact and measure, and of these what is still asked for."""
    latest: dict[tuple[bytes, str], Asked | None] = {}
    for each in found:
        try:
            body = bodies.unpack_body(Kind.MEASURE_ASKED, each.raw)
        except errors.Malformed:
            continue
        if isinstance(body, MeasureAsked):
            now = None if body.stop else Asked(each.contact, body.measure, body.weeks, each.arrived_at)
            latest[each.contact, body.measure] = now
    return sorted((each for each in latest.values() if each), key=lambda one: (one.contact, one.name))
