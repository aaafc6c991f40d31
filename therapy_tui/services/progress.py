"""Measures over time, out of the answers that people shared: one person, the caseload, and everybody's latest.

The answers are the messages that carried them, so what is taken back counts nowhere from that moment on.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from therapy_tui.content import measures as shelf
from therapy_tui.core import caseload as counting
from therapy_tui.core.caseload import Ends, Summary
from therapy_tui.core.measures import Verdict, verdict
from therapy_tui.core.people import Contact
from therapy_tui.core.progress import Course, Given, at_arrival, courses, fits, read, total_of
from therapy_tui.core.questionnaire import ChangeRule, Measure
from therapy_tui.core.shared import UNANSWERED
from therapy_tui.core.text import safe_line
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts
from therapy_tui.store import progress as shared_answers

DAY = 86_400
TOGETHER = 14 * DAY
"""The time that questionnaires ask about. One that became worse within it is told before another that came later."""


_Mark = tuple[int, bytes]
"""When answers were given, and the answers: by both the same ones are known."""
_AT = itemgetter(0)


class Latest(NamedTuple):
    """What somebody's last answers came to, for a list of everybody."""

    short: str
    """The measure, as people name it."""
    total: int | None
    """None where no answers were whole."""
    change: int | None
    """Points against the total before it; None where there is none."""
    is_worse: bool
    """Whether the measure's rule counts that as a change to the worse."""
    at: int
    """When the answers of the total were given."""
    has_gap: bool
    """Whether others came after it in which an answer is missing, so that they have no total."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a caseload."""

    contact: Contact
    ends: Mapping[str, Ends]
    """By the id of the measure; only what has a total that can be compared."""
    last_at: int
    """When the last answers were given, 0 where there are none."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """Everybody who writes or has answered, by name, and the summary."""

    rows: tuple[Row, ...]
    summary: Summary


def results_of(vault: Vault, contact: bytes) -> tuple[Course, ...]:
    """Read what one contact shared, as one course for each measure."""
    return courses((given for _, given in _everybody(vault, contact)), shelf.measures())


def caseload(vault: Vault) -> Caseload:
    """Read everybody's first and last totals; people whom one removed stand here while their answers do."""
    shared = _by_contact(vault)
    rows = [
        Row(each, _ends(shared.get(each.id, {})), _last_at(shared.get(each.id, {})))
        for each in contacts.every(vault.database)
        if each.id in shared or not each.closed
    ]
    found = counting.summary((each.ends for each in rows if each.ends), shelf.measures())
    return Caseload(tuple(sorted(rows, key=lambda row: (row.contact.name.casefold(), row.contact.id))), found)


def latest(vault: Vault, only: bytes = b"") -> dict[bytes, Latest]:
    """Give what everybody's last answers came to, by contact, or one's; whoever shared none is not in it.

    Of several measures within two weeks it is the one that is worse, else the last. It is asked for with every look at
    the list of everybody, so it goes once through all answers and adds up only the last two.
    """
    known = {each.id: (each.short, each.rule) for each in shelf.measures()}
    forms = {each.id: (each.scoring.item_low, each.scoring.item_high, len(each.items)) for each in shelf.measures()}
    marks: defaultdict[tuple[bytes, str], list[_Mark]] = defaultdict(list)
    for contact, each in _everybody(vault, only):
        answers = each.answers
        if forms.get(each.measure) == (each.low, each.high, len(answers)):
            marks[contact, each.measure].append((each.at, answers))
    tails: defaultdict[bytes, list[tuple[int, Latest]]] = defaultdict(list)
    for (contact, name), several in marks.items():
        tails[contact].append(_tail(*known[name], several))
    return {contact: _told(several) for contact, several in tails.items()}


def _told(tails: Sequence[tuple[int, Latest]]) -> Latest:
    since = max(at for at, _ in tails) - TOGETHER
    return max((tail for tail in tails if tail[0] > since), key=lambda tail: (tail[1].is_worse, tail[0]))[1]


def _tail(short: str, rule: ChangeRule | None, marks: list[_Mark]) -> tuple[int, Latest]:
    ordered = sorted(marks, key=_AT)
    newest = ordered[-1][0]
    while ordered and UNANSWERED in ordered[-1][1]:
        ordered.pop()
    if not ordered:
        return newest, Latest(short, None, None, is_worse=False, at=newest, has_gap=True)
    last = ordered.pop()
    while ordered and (ordered[-1] == last or UNANSWERED in ordered[-1][1]):
        ordered.pop()
    total, has_gap = sum(last[1]), newest > last[0]
    if not ordered:
        return newest, Latest(short, total, None, is_worse=False, at=last[0], has_gap=has_gap)
    change = total - sum(ordered[-1][1])
    is_worse = rule is not None and verdict(rule, change) is Verdict.HIGHER
    return newest, Latest(short, total, change, is_worse, last[0], has_gap)


def short(name: str) -> str:
    """Give the name that people use for a questionnaire by its id, as it came."""
    known = shelf.measure(name)
    return known.short if known is not None else safe_line(name)


def _everybody(vault: Vault, only: bytes = b"") -> Iterator[tuple[bytes, Given]]:
    """Give everything that is there of everybody, or of one, with whose it is; one contact's stand together."""
    database = vault.database
    rows = shared_answers.of_contact(database, only) if only else shared_answers.of_everybody(database)
    for (contact, arrived, _), given in zip(rows, read([raw for _, _, raw in rows]), strict=True):
        if given is not None:
            yield contact, given if given.at <= arrived + DAY else at_arrival(given, arrived)


def _by_contact(vault: Vault) -> dict[bytes, dict[str, list[Given]]]:
    found: dict[bytes, dict[str, list[Given]]] = {}
    for contact, given in _everybody(vault):
        found.setdefault(contact, {}).setdefault(given.measure, []).append(given)
    return found


def _totals(given: list[Given], measure: Measure) -> list[int]:
    """Give the totals that can be compared, in order, those of one second as sent; the same of one second once."""
    whole = [(each.at, each.answers) for each in given if fits(each, measure) and total_of(each) is not None]
    return [sum(answers) for _, answers in sorted(dict.fromkeys(whole), key=_AT)]


def _ends(given: Mapping[str, list[Given]]) -> dict[str, Ends]:
    found = {}
    for measure in shelf.measures():
        totals = _totals(given.get(measure.id, []), measure)
        if totals:
            found[measure.id] = Ends(totals[0], totals[-1], len(totals))
    return found


def _last_at(given: Mapping[str, list[Given]]) -> int:
    return max((each.at for several in given.values() for each in several), default=0)
