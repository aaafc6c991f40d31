"""The caseload: what is known of everybody, in the order of core/triage.py, read in a few statements."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from therapy_tui import errors
from therapy_tui.content import attention
from therapy_tui.core import triage as rules
from therapy_tui.core.audit import What
from therapy_tui.core.bodies import Tone
from therapy_tui.core.flags import Flag, gravest
from therapy_tui.core.people import CHANGED, CLIENT, Contact
from therapy_tui.core.progress import read
from therapy_tui.core.text import safe_line
from therapy_tui.core.triage import Facts, LastMeasure, Verdict
from therapy_tui.services import audit, days, office, progress
from therapy_tui.services.events import ContactsChanged, Fact, MessagesChanged, RoomChanged, VaultChanged
from therapy_tui.services.promises import Arrangements
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, desk
from therapy_tui.store.desk import Set, Unread, Waiting

_Of = TypeVar("_Of", Waiting, Flag, Unread)

DESK_CHANGED = office.CHANGED
SHARED_CHANGED = RoomChanged("shared")
MOST_ALONE = 20
"""When more people than these changed, everybody is read again."""
AT_ONCE = 200
"""How many letters are read at a time."""
LONGEST_LABEL = 40
LONGEST_REASON = 500
NO_REASON = "A flag is cleared with a reason: what you know now, or what was done. One line is enough."
NOT_ALL_WORDS = (
    "The list of words that ask for attention is damaged on this machine, so not all of them are looked for:"
    " therapy-tui doctor says more."
)
NO_FLAG = "Nothing stands first for {name}, so there is nothing to clear."


class Caseload:
    """Everybody a therapist writes with. Only what changed is read again, for it hears every fact.

    Args:
        vault: the open vault of a therapist.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._read: dict[int, tuple[tuple[str, ...], int]] = {}
        """Of a letter by its row: what of the list stands in it, and how many words it has."""
        self._facts: dict[bytes, Facts] = {}
        self._shared: set[str] = set()
        """Names that several people have."""
        self._day = ""
        """The local day for which the facts are known; empty when all are to be read again."""
        self._changed: set[bytes] = set()
        vault.events.subscribe(self.hear, first=True)

    def hear(self, fact: Fact) -> None:
        """Remember whom a fact is about."""
        if isinstance(fact, MessagesChanged):
            self._changed.add(fact.contact)
        elif isinstance(fact, VaultChanged | ContactsChanged) or fact in {DESK_CHANGED, SHARED_CHANGED}:
            self._day = ""

    def order(self) -> list[Verdict]:
        """Give everybody in order, as it is now."""
        database, today = self._vault.database, days.day_of(self._vault.now())
        if self._day != today or len(self._changed) > MOST_ALONE:
            everyone = contacts.every(database)
            counts = Counter(each.name.casefold() for each in everyone if each.role == CLIENT and not each.closed)
            self._shared = {name for name, count in counts.items() if count > 1}
            self._facts = {each.id: each for each in self._gather(everyone)}
        else:
            for contact in self._changed:
                self._facts.pop(contact, None)
                found = contacts.get(database, contact)
                self._facts |= {each.id: each for each in self._gather([found] if found else [], contact)}
        self._day = today
        self._changed.clear()
        return rules.order(self._facts.values(), self._vault.now())

    def _gather(self, people: Iterable[Contact], only: bytes = b"") -> Iterator[Facts]:
        database, now = self._vault.database, self._vault.now()
        arranged = Arrangements(self._vault, only)
        waits = _by_contact(desk.waiting(database, answers_go_out=True, contact=only))
        flags = _by_contact(desk.standing_flags(database, only))
        waiting = {each.row for several in waits.values() for each in several}
        unread = _by_contact(each for each in desk.unread(database, only) if each.row not in waiting)
        moods = desk.weekly_moods(database, begins_of_weeks(now), only)
        theirs = desk.last_letters(database, outgoing=False, contact=only)
        settings = desk.settings(database, only)
        latest = progress.latest(self._vault, only)
        self._look(each.row for several in waits.values() for each in several)
        self._look(each.row for several in unread.values() for each in several if each.kind != desk.ANSWERS)
        self._look(theirs[each][0] for each in theirs.keys() - waits.keys())
        for person in people:
            standing = flags.get(person.id, [])
            if person.role != CLIENT or (person.closed and not standing and person.id not in unread):
                continue
            last_row, _, heard_at = theirs.get(person.id, (0, 0, 0))
            own = settings.get(person.id, Set(person.id, "", 0, 0))
            facts = Facts(
                id=person.id,
                name=self._name(person),
                label=own.label,
                flag=gravest(standing),
                flags=len(standing),
                measure=LastMeasure(*latest[person.id]) if person.id in latest else None,
                moods=tuple(moods.get(person.id, ())),
                keys_changed=person.trust == CHANGED,
                ended=person.closed,
                worried=self._read[last_row][0] if last_row and last_row not in waiting else (),
                heard_at=min(heard_at, now),
                not_before=own.not_before,
                set_at=own.set_at,
            )
            if person.id in waits:
                facts = self._with_letters(facts, waits[person.id], arranged)
            yield self._with_unread(facts, unread[person.id]) if person.id in unread else facts

    def _name(self, person: Contact) -> str:
        """Give a name by which one is not taken for another: with the begin of the id where several have it."""
        return f"{person.name} ({person.id.hex()[:4]})" if person.name.casefold() in self._shared else person.name

    def _with_letters(self, facts: Facts, letters: list[Waiting], arranged: Arrangements) -> Facts:
        """Add what is known of the letters that wait."""
        words, found = self._words(each.row for each in letters)
        return replace(
            facts,
            standing=arranged.standing(facts.id, letters),
            waiting=len(letters),
            newest_at=max(each.arrived_at for each in letters),
            asks=any(each.tone == Tone.AN_ANSWER_PLEASE for each in letters),
            just_heard=letters[-1].tone == Tone.JUST_TO_BE_HEARD,
            words=words,
            is_first=not arranged.is_answered(facts.id),
            attention=found,
        )

    def _with_unread(self, facts: Facts, pieces: list[Unread]) -> Facts:
        """Add what is known of what was not read and does not wait."""
        written = [each for each in pieces if each.kind != desk.ANSWERS]
        letters = sum(each.kind == desk.LETTER for each in written)
        shared = [each for each in pieces if each.kind == desk.ANSWERS]
        given = [(each.arrived_at, found) for each, found in zip(shared, read([it.raw for it in shared]), strict=True)]
        known = [(at, found.measure) for at, found in given if found is not None]
        _, words = self._words(each.row for each in written)
        return replace(
            facts,
            pages=len(written) - letters,
            unread=letters,
            answers=tuple(dict.fromkeys(progress.short(name) for _, name in known)),
            newest_at=max([facts.newest_at, *(each.arrived_at for each in written), *(at for at, _ in known)]),
            attention=tuple(dict.fromkeys([*facts.attention, *words])),
        )

    def _words(self, rows: Iterable[int]) -> tuple[int, tuple[str, ...]]:
        found = [self._read[each] for each in rows]
        return sum(count for _, count in found), tuple(dict.fromkeys(word for words, _ in found for word in words))

    def _look(self, rows: Iterable[int]) -> None:
        """Read letters that were not read yet; a letter never changes."""
        new = [row for row in rows if row not in self._read]
        for begin in range(0, len(new), AT_ONCE):
            for row, text in desk.texts(self._vault.database, new[begin : begin + AT_ONCE]).items():
                self._read[row] = (attention.in_text(text), len(text.split()))


def _by_contact(rows: Iterable[_Of]) -> dict[bytes, list[_Of]]:
    found: dict[bytes, list[_Of]] = {}
    for each in rows:
        found.setdefault(each.contact, []).append(each)
    return found


def unlooked() -> str:
    """Say that not all words that ask for attention are looked for; empty where they are."""
    return NOT_ALL_WORDS if attention.left_out() else ""


def begins_of_weeks(now: int) -> tuple[str, str, str, str]:
    """Give the first day of each of the last four weeks, the latest first."""
    last = date.fromisoformat(days.day_of(now))
    first, second, third, fourth = (
        (last - timedelta(days=rules.DAYS_OF_WEEK * (weeks + 1) - 1)).isoformat() for weeks in range(4)
    )
    return first, second, third, fourth


def standing_flags(vault: Vault, contact: Contact) -> list[Flag]:
    """Read the answers of a person that stand first, the oldest first."""
    return desk.standing_flags(vault.database, contact.id)


def clear(vault: Vault, contact: Contact, reason: str, flags: Iterable[Flag]) -> int:
    """Clear what stands first for a person, with a reason; give how many flags that were.

    Args:
        vault: the open vault.
        contact: whose.
        reason: what is known now, or what was done; one line.
        flags: those that were seen; one that has come since stands on.

    Raises:
        UsageError: there is no reason, or nothing to clear.
    """
    line = safe_line(" ".join(reason.split()), LONGEST_REASON)
    if not line:
        raise errors.UsageError(NO_REASON)
    with vault.transaction() as database:
        count = sum(desk.clear_flag(database, each.message, vault.now(), line) for each in flags)
        if not count:
            raise errors.UsageError(NO_FLAG.format(name=contact.name))
        # The reason stands with the flags, and goes with them.
        audit.note(vault, What.CLEARED, contact.id, f"flags: {count}")
        vault.tell(DESK_CHANGED)
    return count


def put_off(vault: Vault, contact: Contact, until: int) -> None:
    """Let a person not stand among the first until a moment, or (0) take that back; a new letter ends it.

    Raises:
        UsageError: the moment has passed.
    """
    if until and until <= vault.now():
        raise errors.UsageError("That time has passed already. Give a later one.")
    with vault.transaction() as database:
        desk.set_not_before(database, contact.id, until, vault.now())
        vault.tell(DESK_CHANGED)


def label(vault: Vault, contact: Contact, text: str) -> str:
    """Give a person a label, a few words of one's own, or none; give it as it is kept."""
    line = safe_line(" ".join(text.split()), LONGEST_LABEL)
    with vault.transaction() as database:
        desk.set_label(database, contact.id, line)
        vault.tell(DESK_CHANGED)
    return line


def views(vault: Vault) -> dict[str, str]:
    """Read one's own views: what is written to find, by name."""
    return desk.views(vault.database)


def keep_view(vault: Vault, name: str, find: str) -> None:
    """Keep what is found now under a name, or (with nothing to find) forget that name.

    Raises:
        UsageError: it has no name.
    """
    line = safe_line(" ".join(name.split()), LONGEST_LABEL)
    if not line:
        raise errors.UsageError("A view needs a name.")
    with vault.transaction() as database:
        desk.keep_view(database, line, find.strip())
        vault.tell(DESK_CHANGED)
