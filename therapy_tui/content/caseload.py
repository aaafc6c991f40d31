"""The made-up caseload of the demo: fourteen people who never lived, one file of TOML each, read strictly.

Times are days before the moment at which the demo begins, so that what is due stays due whenever it begins.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from therapy_tui.content.demo import CLIENT, Moment
from therapy_tui.content.measures import measure
from therapy_tui.content.tables import parse_toml, read_text, toml_files
from therapy_tui.core.bodies import MARKS_LIMIT, TEXT_LIMIT
from therapy_tui.core.shared import BEST_MOOD, LONGEST_GIVEN, LONGEST_QUESTION
from therapy_tui.core.text import safe_name, safe_text
from therapy_tui.errors import ConfigError

FOLDER = Path(__file__).with_name("data") / "caseload"
DAYS = 84
"""Twelve weeks: how far back letters go."""

Clock = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]
DaysAgo = Annotated[int, Meta(ge=0, le=DAYS)]
Text = Annotated[str, Meta(min_length=1, max_length=TEXT_LIMIT)]


class At(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that happened so many days ago at a local time."""

    days_ago: DaysAgo
    at: Clock

    @property
    def when(self) -> Moment:
        """The same as a moment."""
        return moment(self.days_ago, self.at)


class Letter(At, frozen=True, kw_only=True, rename={"role": "from"}):
    """One letter, in either direction."""

    role: Literal["client", "therapist"]
    text: Text
    tone: Annotated[int, Meta(ge=0, le=4)] = 0
    state: Literal["read", "delivered"] = "read"
    """What became of a letter of the therapist's."""


class Answers(At, frozen=True, kw_only=True):
    """The answers to a questionnaire that were shared, one for each item."""

    id: str
    answers: tuple[int, ...]


class Page(At, frozen=True, kw_only=True):
    """A page of a journal that was shared."""

    mood: Annotated[int, Meta(ge=0, le=BEST_MOOD)] = 0
    question: Annotated[str, Meta(max_length=LONGEST_QUESTION)] = ""
    text: Text


class Question(At, frozen=True, kw_only=True):
    """A question that the therapist gave along for the journal."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_GIVEN)]


class Until(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """By when an answer was promised: exactly one of hours from now, a time today or tomorrow, or one of the past."""

    hours: int | None = None
    today: Clock | None = None
    tomorrow: Clock | None = None
    days_ago: DaysAgo | None = None
    at: Clock | None = None

    @property
    def when(self) -> Moment | None:
        """The moment, or None when it is a number of hours from now."""
        if self.today is not None:
            return moment(0, self.today)
        if self.tomorrow is not None:
            return moment(-1, self.tomorrow)
        return None if self.days_ago is None or self.at is None else moment(self.days_ago, self.at)

    @property
    def is_one(self) -> bool:
        """Whether it says one time and no second one."""
        said = (self.hours, self.today, self.tomorrow, self.days_ago)
        return sum(each is not None for each in said) == 1 and (self.days_ago is None) == (self.at is None)


class Promise(At, frozen=True, kw_only=True):
    """The therapist has read these letters, and a whole answer comes by a time."""

    letters: Annotated[tuple[int, ...], Meta(min_length=1, max_length=MARKS_LIMIT)]
    """Which of the person's letters, counted from 1 among all letters of the file."""
    until: Until


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One made-up person with all that has happened."""

    id: str
    """The name of the file; `name` may be another's too."""
    name: str
    who: Text
    """For those who write the files; never shown."""
    waits: Text
    """The same: what waits for the therapist now."""
    since: Annotated[int, Meta(ge=0, le=1_000)]
    """How many days ago the two met."""
    trust: Literal["unverified", "verified", "changed"]
    changed: At | None = None
    """When other keys came, for a person whose keys nobody has looked at yet."""
    moods: tuple[tuple[Annotated[int, Meta(ge=1, le=DAYS)], Annotated[int, Meta(ge=1, le=BEST_MOOD)]], ...]
    """Days ago and how it was, 1 to 10, oldest first."""
    letters: Annotated[tuple[Letter, ...], Meta(min_length=1)]
    measures: tuple[Answers, ...] = ()
    pages: tuple[Page, ...] = ()
    questions: tuple[Question, ...] = ()
    promises: tuple[Promise, ...] = ()


def moment(days_ago: int, at: str) -> Moment:
    """Give the moment so many days before today at "HH:MM"."""
    hour, _, minute = at.partition(":")
    return Moment(days_ago, int(hour), int(minute))


def people(folder: Path = FOLDER) -> tuple[Person, ...]:
    """Read everybody, by the names of their files.

    Raises:
        ConfigError: a file cannot be used; it is named, with the reason.
    """
    return tuple(read_person(path) for path in toml_files(folder))


def read_person(path: Path) -> Person:
    """Read one person; the name of the file without its ending is the id.

    Raises:
        ConfigError: it is not TOML, has a field that is not known or lacks one, or says what cannot be.
    """
    try:
        table = parse_toml(read_text(path))
        person = msgspec.convert({"id": path.stem, **table}, Person)
    except (ConfigError, msgspec.ValidationError) as error:
        raise ConfigError(f"{path.name} cannot be used: {error}.") from error
    wrong = list(_faults(person))
    if person.id != path.stem:
        wrong.append(f"it calls itself {person.id!r}")
    if wrong:
        raise ConfigError(f"{path.name} cannot be used: {'; '.join(wrong)}.")
    return person


def _faults(person: Person) -> Iterator[str]:
    """Name what no type says: what does not fit a measure, is out of order, or could not be shown as it stands."""
    if safe_name(person.name) != person.name:
        yield "its name cannot be shown as it stands"
    if (person.trust == "changed") != (person.changed is not None):
        yield "it says when keys changed, or that they did, and not both"
    for part in ("letters", "measures", "pages", "questions", "promises"):
        things: tuple[Any, ...] = getattr(person, part)
        if any(not _is_before(one.when, other.when) for one, other in pairwise(things)):
            yield f"its {part} are out of order"
        if any(safe_text(each.text) != each.text for each in things if hasattr(each, "text")):
            yield f"its {part} have a sign that cannot be shown"
    if any(one[0] <= other[0] for one, other in pairwise(person.moods)):
        yield "its moods are out of order"
    yield from (f"{each.id} {each.days_ago} days ago does not fit" for each in person.measures if not _fits(each))
    yield from (
        f"the promise of {each.days_ago} days ago cannot be" for each in person.promises if _lacks(person, each)
    )


def _fits(given: Answers) -> bool:
    known = measure(given.id)
    if known is None:
        return False
    low, high = known.scoring.item_low, known.scoring.item_high
    return len(given.answers) == len(known.items) and all(low <= each <= high for each in given.answers)


def _lacks(person: Person, promise: Promise) -> bool:
    """Tell whether a promise names no letter of theirs that was there, or a time that had passed when it was made."""
    until = promise.until.when
    letters = [person.letters[each - 1] for each in promise.letters if 0 < each <= len(person.letters)]
    return (
        not promise.until.is_one
        or len(letters) != len(promise.letters)
        or any(each.role != CLIENT or not _is_before(each.when, promise.when) for each in letters)
        or (until is not None and not _is_before(promise.when, until))
    )


def _is_before(one: Moment, other: Moment) -> bool:
    return (-one.days_ago, one.hour, one.minute) < (-other.days_ago, other.hour, other.minute)
