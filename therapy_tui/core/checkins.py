"""Check-ins: how it is, from 1 to 10, with words and a line if one likes; and what many of them come to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from therapy_tui.core.drafts import merged as merged_text
from therapy_tui.core.text import check_whole
from therapy_tui.errors import UsageError

LOWEST, MIDDLE, HIGHEST = 1, 5, 10
MOST_WORDS, LONGEST_WORD = 12, 40
LONGEST_TEXT = 2_000

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How it was at one time."""

    id: bytes
    """16 random bytes."""
    at: int
    """Seconds since 1970."""
    day: str
    """The person's own day, `YYYY-MM-DD`, as it was where they were."""
    mood: int
    """1 to 10."""
    words: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A check-in that is being made: the number is 0 until one is chosen."""

    day: str
    mood: int = 0
    words: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.mood or self.words or self.text)


def merged(base: Unfinished, ours: Unfinished, theirs: Unfinished) -> Unfinished:
    """Put what two windows made of one unfinished check-in together, so that no word of either is lost.

    The number is the one that was changed here, else theirs; the words are theirs and those that were taken here,
    without those that were let go here; the line is put together as a letter is.
    """
    added = tuple(each for each in ours.words if each not in (*base.words, *theirs.words))
    words = *(each for each in theirs.words if each in ours.words or each not in base.words), *added
    mood = theirs.mood if ours.mood == base.mood else ours.mood
    return Unfinished(ours.day, mood, words, merged_text(base.text, ours.text, theirs.text))


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the numbers of a day, or of several, come to."""

    day: str
    """The day, or the first of them."""
    count: int
    total: int
    lowest: int
    highest: int

    @property
    def mean(self) -> float:
        """The mean of the numbers."""
        return self.total / self.count

    @property
    def level(self) -> int:
        """The whole number nearest to the mean; a half goes up."""
        return (2 * self.total + self.count) // (2 * self.count)


def check_mood(mood: int) -> int:
    """Give a mood from 1 to 10.

    Raises:
        UsageError: it is another number.
    """
    if not LOWEST <= mood <= HIGHEST:
        raise UsageError("A check-in is a number from 1 to 10.")
    return mood


def tidy_words(words: Iterable[str]) -> tuple[str, ...]:
    """Give words as they are kept: each once, in the order given, without blanks round them.

    Raises:
        UsageError: there are too many, or one is too long or is no whole text.
    """
    tidied = tuple(filter(None, dict.fromkeys(_BLANKS.sub(" ", word).strip() for word in words)))
    if len(tidied) > MOST_WORDS:
        raise UsageError(f"A check-in has at most {MOST_WORDS} words; these are {len(tidied)}.")
    for word in tidied:
        if len(word) > LONGEST_WORD:
            raise UsageError(f"A word has at most {LONGEST_WORD} characters; this has {len(word)}: {word[:20]}...")
        check_whole(word)
    return tidied


def check_text(text: str) -> str:
    """Give a text that can be kept, as it is.

    Raises:
        UsageError: it is too long, or is no whole text.
    """
    if len(text) > LONGEST_TEXT:
        raise UsageError(
            f"The line of a check-in holds {LONGEST_TEXT:,} characters; this has {len(text):,}. A page holds more."
        )
    check_whole(text)
    return text


def by_day(moods: Iterable[tuple[str, int]]) -> tuple[Stretch, ...]:
    """Give what each day comes to, in order; a day without a number is not among them.

    Args:
        moods: (day, mood), the days in order.
    """
    found = []
    for day, each in groupby(moods, lambda pair: pair[0]):
        numbers = [mood for _, mood in each]
        found.append(Stretch(day, len(numbers), sum(numbers), min(numbers), max(numbers)))
    return tuple(found)


def together(day: str, stretches: Iterable[Stretch]) -> Stretch | None:
    """Give what several days come to, each with all its numbers; None when there is no number.

    Args:
        day: the first of the days.
        stretches: the days, or some of them.
    """
    held = tuple(stretches)
    if not held:
        return None
    return Stretch(
        day,
        sum(each.count for each in held),
        sum(each.total for each in held),
        min(each.lowest for each in held),
        max(each.highest for each in held),
    )
