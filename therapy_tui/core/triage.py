"""Who needs a therapist first, and why: a pure rule over facts, with every reason told.

The order. Each reason has a rank, and a person stands where the first of their ranks puts them:

1. an answer about not wanting to live (question 9 of PHQ-9) that was not cleared;
2. a time that was promised, or is usual, has passed;
3. words in a letter that ask for attention (the list is `content/data/attention.toml`);
4. an answer is due within a day;
5. a letter asks for an answer, or is the first of somebody new;
6. a letter waits;
7. a questionnaire or the mood has become worse, or the keys have changed;
8. nothing was heard for a while after a letter with such words;
9. nothing is due.

Among equals the earlier due time comes first, then more reasons, then who waits longest, then the name. A person who is
not to stand among the first until some time comes after all who are due, unless the first or second rank holds, or
something came since. Nobody is left out. A word can only raise: it can give a reason and never take one away.
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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a person stands where they stand."""

    why: Why
    rank: Rank


@dataclass(frozen=True, slots=True)
class LastMeasure:
    """The last questionnaire that a person shared."""

    short: str
    total: int | None
    difference: int | None
    """Points against the one before, or None."""
    is_worse: bool
    """Whether the measure's own rule counts the change as one, for the worse."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person; times are seconds since 1970, 0 for none."""

    id: bytes
    name: str
    label: str = ""
    standing: Standing = NOTHING_WAITS
    waiting: int = 0
    """How many letters wait for an answer."""
    newest_at: int = 0
    """When the newest of those arrived."""
    asks: bool = False
    """Whether one of them asks for an answer."""
    just_heard: bool = False
    """Whether the newest wants just to be heard."""
    words: int = 0
    """How many words those letters have."""
    is_first: bool = False
    """Whether this person was never answered."""
    attention: tuple[str, ...] = ()
    """What of the list stands in those letters."""
    flag: Flag | None = None
    measure: LastMeasure | None = None
    moods: tuple[Week, ...] = ()
    """Of the last four weeks those with a number, oldest first."""
    keys_changed: bool = False
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
    """Tell whether the last week's mean lies two points or more below that of the weeks before."""
    if not moods or moods[-1][0] != 0:
        return False
    _, late_days, late = moods[-1]
    early_days = sum(days for _, days, _ in moods[:-1])
    if min(late_days, early_days) < FEWEST:
        return False
    return sum(days * mean for _, days, mean in moods[:-1]) / early_days - late >= MOOD_FALL


def reasons(facts: Facts, now: int) -> tuple[Reason, ...]:
    """Give every reason that holds now, the weightiest first."""
    until = facts.standing.until
    is_over, is_waiting = facts.standing.is_over(now), facts.waiting > 0
    is_silent = bool(facts.worried) and not is_waiting and now - facts.heard_at >= SILENT
    holds = (
        (facts.flag is not None, Why.FLAG, Rank.FLAG),
        (is_over, Why.OVER, Rank.OVER),
        (is_waiting and bool(facts.attention), Why.WORDS, Rank.WORDS),
        (until > 0 and not is_over, Why.PROMISED, Rank.SOON if until - now <= SOON else Rank.WAITING),
        (is_waiting and facts.asks, Why.ASKED, Rank.ASKED),
        (is_waiting and facts.is_first, Why.FIRST, Rank.ASKED),
        (is_waiting, Why.WAITING, Rank.WAITING),
        (facts.measure is not None and facts.measure.is_worse, Why.MEASURE, Rank.WORSE),
        (mood_fell(facts.moods), Why.MOOD, Rank.WORSE),
        (facts.keys_changed, Why.KEYS, Rank.WORSE),
        (is_silent, Why.SILENT, Rank.SILENT),
    )
    return tuple(Reason(why, rank) for is_so, why, rank in holds if is_so)


def judge(facts: Facts, now: int) -> Verdict:
    """Give where a person stands and why."""
    found = reasons(facts, now)
    rank = min((each.rank for each in found), default=Rank.NOTHING)
    is_newer = facts.newest_at > facts.set_at
    put_off = facts.not_before > now and Rank.OVER < rank < Rank.NOTHING and not is_newer
    return Verdict(facts, rank, tuple(sorted(found, key=lambda each: (each.rank, each.why))), put_off)


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


def order(people: Iterable[Facts], now: int) -> list[Verdict]:
    """Give everybody, who needs one first in front."""
    return sorted((judge(each, now) for each in people), key=key)
