"""Who needs a therapist first, and why: a pure rule over facts, with every reason told.

The order. Each reason has a rank, and a person stands where the first of their ranks puts them:

1. an answer about not wanting to live (question 9 of PHQ-9) that was not cleared;
2. a time that was promised, or is usual, has passed;
3. words in a letter that waits, or in a shared page that was not read, that ask for attention (the list is
   `content/data/attention.toml`);
4. an answer is due within a day;
5. a letter asks for an answer, or is the first of somebody new;
6. a letter waits, or a letter, a page or answers that came were not read, though the therapist wrote since;
7. a questionnaire or the mood has become worse, or the keys have changed;
8. nothing was heard for a while after a letter with such words;
9. nothing is due.

Among equals the earlier due time comes first, then more reasons, then who waits longest, then the name. A person who is
not to stand among the first until some time comes after all who are due, unless the first or second rank holds, or
something came since. Nobody is left out: somebody with whom it has ended stands here too, while a flag of theirs
stands or something of theirs was not read. A word can only raise: it can give a reason and never take one away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from therapy_tui.core.flags import Flag
from therapy_tui.core.promises import NOTHING_WAITS, Standing

DAY = 86_400
SOON = DAY
SILENT = 7 * DAY
"""After so many days without a letter a silence is told."""
MOOD_FALL = 2.0
"""By so much the last week's mean has to lie below that of the weeks before."""
DAYS_OF_WEEK = 7
FEWEST = 2
"""So many days with a number each side of the comparison has to have."""
NEVER = 1 << 62

Week = tuple[int, int, float]
"""How many weeks ago, on how many days there was a number, and the mean."""


class Rank(IntEnum):
    """How far in front a reason puts a person."""

    FLAG = 1
    OVER = 2
    WORDS = 3
    SOON = 4
    ASKED = 5
    WAITING = 6
    WORSE = 7
    SILENT = 8
    NOTHING = 9


class Why(IntEnum):
    """What a reason is."""

    FLAG = 1
    OVER = 2
    WORDS = 3
    PROMISED = 4
    ASKED = 5
    FIRST = 6
    WAITING = 7
    MEASURE = 8
    MOOD = 9
    KEYS = 10
    SILENT = 11
    PAGES = 12
    ANSWERS = 13
    ENDED = 14
    UNREAD = 15


class By(IntEnum):
    """By what somebody stands above somebody else: the places of `key`, in order."""

    NEEDS = 0
    """Something is due for them; for the other nothing, or not before some time."""
    RANK = 1
    DUE = 2
    REASONS = 3
    WAITING = 4
    NAME = 5
    ID = 6


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person stands where they stand."""

    why: Why
    rank: Rank


_FLAG, _OVER, _WORDS = Reason(Why.FLAG, Rank.FLAG), Reason(Why.OVER, Rank.OVER), Reason(Why.WORDS, Rank.WORDS)
_SOON, _PROMISED = Reason(Why.PROMISED, Rank.SOON), Reason(Why.PROMISED, Rank.WAITING)
_ASKED, _FIRST = Reason(Why.ASKED, Rank.ASKED), Reason(Why.FIRST, Rank.ASKED)
_WAITING, _PAGES = Reason(Why.WAITING, Rank.WAITING), Reason(Why.PAGES, Rank.WAITING)
_UNREAD = Reason(Why.UNREAD, Rank.WAITING)
_ANSWERS, _ENDED = Reason(Why.ANSWERS, Rank.WAITING), Reason(Why.ENDED, Rank.WORSE)
_SILENT = Reason(Why.SILENT, Rank.SILENT)
_MEASURE, _MOOD, _KEYS = Reason(Why.MEASURE, Rank.WORSE), Reason(Why.MOOD, Rank.WORSE), Reason(Why.KEYS, Rank.WORSE)


@dataclass(frozen=True, slots=True)
class LastMeasure:
    """The last questionnaire that a person shared."""

    short: str
    total: int | None
    """The last total there is; None where no answers were whole."""
    difference: int | None
    """Points against the one before, or None."""
    is_worse: bool
    """Whether the measure's own rule counts the change as one, for the worse."""
    at: int = 0
    """When the answers of the total were given."""
    has_gap: bool = False
    """Whether others came after it in which an answer is missing, so that they have no total."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person; times are seconds since 1970, 0 for none."""

    id: bytes
    name: str
    label: str = ""
    standing: Standing = NOTHING_WAITS
    waiting: int = 0
    """How many letters wait for an answer."""
    pages: int = 0
    """How many pages that were shared were not read yet."""
    unread: int = 0
    """How many letters were not read yet that do not wait: the therapist wrote since, or it has ended."""
    answers: tuple[str, ...] = ()
    """The questionnaires whose answers were shared and not read yet, each once."""
    newest_at: int = 0
    """When the newest of all those arrived."""
    asks: bool = False
    """Whether one of them asks for an answer."""
    just_heard: bool = False
    """Whether the newest wants just to be heard."""
    words: int = 0
    """How many words those letters have."""
    is_first: bool = False
    """Whether this person was never answered."""
    attention: tuple[str, ...] = ()
    """What of the list stands in those letters and pages."""
    flag: Flag | None = None
    """Of the answers that were not cleared the gravest; of equals the newest."""
    flags: int = 0
    """How many there are that were not cleared."""
    measure: LastMeasure | None = None
    moods: tuple[Week, ...] = ()
    """Of the last four weeks those with a number, oldest first."""
    keys_changed: bool = False
    ended: str = ""
    """By whom the correspondence was ended, so that no answer can go: "ours", "theirs" or empty."""
    worried: tuple[str, ...] = ()
    """What of the list stands in their last letter, when it was answered."""
    heard_at: int = 0
    """When their last letter was written."""
    not_before: int = 0
    set_at: int = 0
    """When that was said."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person with where they stand and why."""

    facts: Facts
    rank: Rank
    reasons: tuple[Reason, ...]
    """Every reason, the weightiest first."""
    is_put_off: bool
    """Whether they do not stand among the first until `facts.not_before`."""

    @property
    def needs(self) -> bool:
        """Whether something is to be done for them now."""
        return self.rank < Rank.NOTHING and not self.is_put_off


def mood_fell(moods: Sequence[Week]) -> bool:
    """Tell whether the mean of the last week with a number lies two points or more below that of the weeks before.

    Where no number came since, that changes nothing: a silence takes no reason away.
    """
    if not moods:
        return False
    _, late_days, late = moods[-1]
    early_days, early = 0, 0.0
    for _, days, mean in moods[:-1]:
        early_days += days
        early += days * mean
    return min(late_days, early_days) >= FEWEST and early / early_days - late >= MOOD_FALL


def reasons(facts: Facts, now: int) -> tuple[Reason, ...]:
    """Give every reason that holds now, the weightiest first."""
    until = facts.standing.until
    is_over, is_waiting = facts.standing.is_over(now), facts.waiting > 0
    is_soon = not is_over and 0 < until <= now + SOON
    holds = (
        (facts.flag is not None, _FLAG),
        (is_over, _OVER),
        ((is_waiting or facts.unread or facts.pages) and facts.attention, _WORDS),
        (is_soon, _SOON),
        (is_waiting and facts.asks, _ASKED),
        (is_waiting and facts.is_first, _FIRST),
        (until > now + SOON, _PROMISED),
        (is_waiting, _WAITING),
        (facts.unread, _UNREAD),
        (facts.pages, _PAGES),
        (facts.answers, _ANSWERS),
        (facts.measure is not None and facts.measure.is_worse, _MEASURE),
        (mood_fell(facts.moods), _MOOD),
        (facts.keys_changed, _KEYS),
        (facts.ended, _ENDED),
        (facts.worried and not is_waiting and now - facts.heard_at >= SILENT, _SILENT),
    )
    return tuple([reason for holds_now, reason in holds if holds_now])


def judge(facts: Facts, now: int) -> Verdict:
    """Give where a person stands and why."""
    found = reasons(facts, now)
    rank = found[0].rank if found else Rank.NOTHING
    is_newer = facts.newest_at > facts.set_at
    put_off = facts.not_before > now and Rank.OVER < rank < Rank.NOTHING and not is_newer
    return Verdict(facts, rank, found, put_off)


def key(verdict: Verdict) -> tuple[int, int, int, int, int, str, bytes]:
    """Give what people are sorted by; no two people have the same."""
    facts = verdict.facts
    return (
        2 if verdict.rank is Rank.NOTHING else int(verdict.is_put_off),
        verdict.rank,
        facts.standing.until or NEVER,
        -len(verdict.reasons),
        facts.standing.since or NEVER,
        facts.name.casefold(),
        facts.id,
    )


def above(verdict: Verdict, other: Verdict) -> By:
    """Tell by what somebody stands above another person: the first place in which `key` parts them.

    Args:
        verdict: who stands above.
        other: somebody else who stands below.
    """
    pairs = zip(key(verdict), key(other), strict=True)
    return next(By(place) for place, (own, theirs) in enumerate(pairs) if own != theirs)


def order(people: Iterable[Facts], now: int) -> list[Verdict]:
    """Give everybody, who needs one first in front."""
    return sorted((judge(each, now) for each in people), key=key)
