"""The caseload: what is known of everybody, in the order of core/triage.py, read in a few statements."""

from collections.abc import Iterable, Iterator
from datetime import date

from therapy_tui import errors
from therapy_tui.content import attention
from therapy_tui.core import triage as rules
from therapy_tui.core.bodies import Tone
from therapy_tui.core.people import CHANGED, CLIENT, Contact
from therapy_tui.core.text import safe_line
from therapy_tui.core.triage import Facts, LastMeasure, Verdict
from therapy_tui.services import days, office, progress
from therapy_tui.services.promises import Arrangements
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, desk
from therapy_tui.store.desk import Set, Waiting

DESK_CHANGED = office.CHANGED
MOOD_DAYS = 28
LONGEST_LABEL = 40
LONGEST_REASON = 500
NO_REASON = "A flag is cleared with a reason: what you know now, or what was done. One line is enough."
NO_FLAG = "Nothing stands first for {name}, so there is nothing to clear."


class Caseload:
    """Everybody a therapist writes with. What letters say is read once; all else is read anew.

    Args:
        vault: the open vault of a therapist.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._read: dict[int, tuple[tuple[str, ...], int]] = {}
        self._facts: dict[bytes, Facts] = {}

    def read(self) -> list[Verdict]:
        """Read everybody, and give them in order."""
        self._facts = {each.id: each for each in self._gather(contacts.every(self._vault.database))}
        return self.order()

    def read_one(self, contact: bytes) -> list[Verdict]:
        """Read one person again, and give everybody in order."""
        found = contacts.get(self._vault.database, contact)
        self._facts.pop(contact, None)
        if found is not None:
            self._facts |= {each.id: each for each in self._gather([found], contact)}
        return self.order()

    def order(self) -> list[Verdict]:
        """Give everybody in order, as it is now; nothing is read."""
        return rules.order(self._facts.values(), self._vault.now())

    def _gather(self, people: Iterable[Contact], only: bytes = b"") -> Iterator[Facts]:
        database, now = self._vault.database, self._vault.now()
        arranged = Arrangements(self._vault, only)
        waits: dict[bytes, list[Waiting]] = {}
        for each in desk.waiting(database, answers_go_out=True, contact=only):
            waits.setdefault(each.contact, []).append(each)
        flags = {each.contact: each for each in reversed(desk.standing_flags(database, only))}
        moods = desk.moods(database, _days_ago(now, MOOD_DAYS - 1), only)
        theirs = desk.last_letters(database, outgoing=False, contact=only)
        settings = desk.settings(database, only)
        latest = progress.latest(self._vault, only)
        today = date.fromisoformat(days.day_of(now))
        for person in people:
            if person.role != CLIENT or person.closed:
                continue
            letters = waits.get(person.id, [])
            last_row, _, heard_at = theirs.get(person.id, (0, 0, 0))
            words, attention_in = self._words(letters)
            own = settings.get(person.id, Set(person.id, "", 0, 0))
            yield Facts(
                id=person.id,
                name=person.name,
                label=own.label,
                standing=arranged.standing(person.id, letters),
                waiting=len(letters),
                newest_at=max((each.arrived_at for each in letters), default=0),
                asks=any(each.tone == Tone.AN_ANSWER_PLEASE for each in letters),
                just_heard=bool(letters) and letters[-1].tone == Tone.JUST_TO_BE_HEARD,
                words=words,
                is_first=bool(letters) and not arranged.is_answered(person.id),
                attention=attention_in,
                flag=flags.get(person.id),
                measure=LastMeasure(*latest[person.id]) if person.id in latest else None,
                moods=tuple(((today - date.fromisoformat(day)).days, mood) for day, mood in moods.get(person.id, ())),
                keys_changed=person.trust == CHANGED,
                worried=self._look_at(last_row)[0] if last_row and not letters else (),
                heard_at=min(heard_at, now),
                not_before=own.not_before,
                set_at=own.set_at,
            )

    def _words(self, letters: list[Waiting]) -> tuple[int, tuple[str, ...]]:
        found = [self._look_at(each.row) for each in letters]
        return sum(count for _, count in found), tuple(dict.fromkeys(word for words, _ in found for word in words))

    def _look_at(self, row: int) -> tuple[tuple[str, ...], int]:
        """Give what of the list stands in a letter, and how many words it has; a letter never changes."""
        if row not in self._read:
            text = desk.text_of(self._vault.database, row)
            self._read[row] = (attention.in_text(text), len(text.split()))
        return self._read[row]


def _days_ago(now: int, count: int) -> str:
    return days.day_of(now - count * rules.DAY)


def clear(vault: Vault, contact: Contact, reason: str) -> int:
    """Clear what stands first for a person, with a reason; give how many flags that were.

    Raises:
        UsageError: there is no reason, or nothing to clear.
    """
    line = safe_line(" ".join(reason.split()), LONGEST_REASON)
    if not line:
        raise errors.UsageError(NO_REASON)
    with vault.transaction() as database:
        count = desk.clear_flags(database, contact.id, vault.now(), line)
        if not count:
            raise errors.UsageError(NO_FLAG.format(name=contact.name))
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
