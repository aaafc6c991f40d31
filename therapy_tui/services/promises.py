"""By when an answer comes: promise it, give it more time, and see the same on both sides."""

from therapy_tui import errors
from therapy_tui.core import bodies, promises
from therapy_tui.core.bodies import MARK_SIZE, MARKS_LIMIT, Kind, Promise
from therapy_tui.core.messages import Message
from therapy_tui.core.office import OfficeHours, usual_answer
from therapy_tui.core.people import CLIENT, THERAPIST, Contact
from therapy_tui.core.promises import LONGEST_AHEAD, MoreTime, Said, Standing
from therapy_tui.services import conversation, office
from therapy_tui.services.vault import Vault
from therapy_tui.store import desk, messages
from therapy_tui.store.desk import Arranged, Waiting

NOBODY_WAITS = "No letter of {name} waits for an answer, so there is nothing to promise."
OVER = "That time has passed already. Give a later one."
TOO_FAR = "That is more than a year away. Give an earlier one."


def standing(vault: Vault, contact: Contact) -> Standing:
    """Give by when an answer comes, to or from a contact; the same on both sides."""
    is_therapist = vault.profile.role == THERAPIST
    if contact.role == vault.profile.role or contact.closed:
        return Standing()
    waits = desk.waiting(vault.database, answers_go_out=is_therapist, contact=contact.id)
    if waits:
        return Arrangements(vault, contact.id).standing(contact.id, waits)
    return Standing() if is_therapist else Arrangements(vault, contact.id).named()


class Arrangements:
    """What was arranged with one contact, or with all: read once, asked for each.

    Args:
        vault: the open vault.
        contact: only this one's; all when empty.
    """

    def __init__(self, vault: Vault, contact: bytes = b"") -> None:
        self._is_therapist = vault.profile.role == THERAPIST
        self._database, self._contact = vault.database, contact
        database = vault.database
        self._said = {each.contact: each for each in desk.arranged(database, Kind.PROMISE, contact=contact)}
        self._more = {each.contact: each for each in desk.arranged(database, Kind.MORE_TIME, contact=contact)}
        self._own = office.own(vault) if self._is_therapist else None
        self._told = {} if self._is_therapist else _hours(desk.arranged(database, Kind.OFFICE_HOURS, contact=contact))
        self._answered = desk.last_letters(database, outgoing=self._is_therapist, contact=contact)

    def is_answered(self, contact: bytes) -> bool:
        """Tell whether the therapist has ever written to this client."""
        return contact in self._answered

    def standing(self, contact: bytes, waits: list[Waiting]) -> Standing:
        """Give by when an answer comes to the letters that wait, the oldest first."""
        if not waits:
            return Standing()
        hours = self._own if self._is_therapist else self._told.get(contact)
        since = min(waits[0].written_at, waits[0].arrived_at)

        def usual(moment: int) -> int:
            return usual_answer(hours, moment, office.zone_of(hours.zone)) if hours is not None else 0

        return promises.standing(since, self._promise(contact), usual)

    def named(self) -> Standing:
        """Give how a promise to this client stands whose letters seem to be answered here.

        A letter of the therapist's that crossed theirs came after them here, and went before them there. What they were
        promised after that names them, and holds until the next letter comes.
        """
        said, body = self._promise(self._contact), _body(self._said.get(self._contact))
        if said is None or not isinstance(body, Promise):
            return Standing()
        found = (messages.beginning(self._database, self._contact, mark) for mark in body.ids)
        since = [min(each.written_at, each.arrived_at) for each in found if each is not None and each.outgoing]
        return promises.standing(min(since, default=0), said, lambda _: 0)

    def _promise(self, contact: bytes) -> Said | None:
        found = self._said.get(contact)
        if found is None or found.outgoing != self._is_therapist:
            return None
        if found.place < self._answered.get(contact, (0, 0, 0))[1]:
            return None
        body = _body(found)
        if not isinstance(body, Promise):
            return None
        mark = found.id[:MARK_SIZE]
        more = _body(self._more.get(contact))
        until = more.until if isinstance(more, MoreTime) and more.promise == mark else 0
        return Said(mark, body.until, until)


def _hours(found: list[Arranged]) -> dict[bytes, OfficeHours | None]:
    return {each.contact: office.read(each.raw) for each in found if not each.outgoing}


def _body(found: Arranged | None) -> bodies.Body | None:
    if found is None:
        return None
    try:
        return bodies.unpack_body(found.kind, found.raw)
    except errors.Malformed:
        return None


def _check(vault: Vault, until: int) -> None:
    if until <= vault.now():
        raise errors.UsageError(OVER)
    if until > vault.now() + LONGEST_AHEAD:
        raise errors.UsageError(TOO_FAR)


def promise(vault: Vault, contact: Contact, until: int) -> Message:
    """Say that the letters which wait were read, and by when a full answer comes.

    Args:
        vault: a therapist's.
        contact: a client.
        until: seconds since 1970.

    Raises:
        UsageError: nothing waits, the time has passed or is far off, or the correspondence has ended.
        DiskFull: nothing was written.
    """
    if vault.profile.role != THERAPIST or contact.role != CLIENT:
        raise errors.UsageError("An answer is promised by a therapist to a client.")
    _check(vault, until)
    waits = desk.waiting(vault.database, answers_go_out=True, contact=contact.id)
    if not waits:
        raise errors.UsageError(NOBODY_WAITS.format(name=contact.name))
    conversation.mark_read(vault, contact.id, [each.id for each in waits])
    marks = tuple(each.id[:MARK_SIZE] for each in waits[-MARKS_LIMIT:])
    with vault.transaction():
        office.tell(vault, contact)
        return conversation.queue(vault, contact, Kind.PROMISE, "", raw=bodies.pack_body(Promise(until, marks)))


def give_more_time(vault: Vault, contact: Contact, until: int) -> Message:
    """Give a therapist's promise more time.

    Raises:
        UsageError: nothing was promised, the new time is not later, or the correspondence has ended.
        DiskFull: nothing was written.
    """
    _check(vault, until)
    now = standing(vault, contact)
    if vault.profile.role != CLIENT or not now.is_said:
        raise errors.UsageError(f"{contact.name} has promised nothing that could have more time.")
    if until <= now.until:
        raise errors.UsageError("That is no later than what was promised.")
    with vault.transaction():
        return conversation.queue(
            vault, contact, Kind.MORE_TIME, "", raw=bodies.pack_body(MoreTime(now.promise, until))
        )
