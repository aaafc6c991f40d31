"""The journal's records and rules: what an entry is, what of it may be kept, and how it is named in a list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from therapy_tui.core.text import check_whole
from therapy_tui.errors import UsageError

LONGEST = 400_000
"""The most characters of an entry: more than a hundred thousand words stand on no page."""
MOST_TAGS, LONGEST_TAG = 20, 40
LONGEST_HEADING = 72

_HEADINGS = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)
"""The marks before a heading, which say nothing in a line of a list."""
_BLANKS = re.compile(r"\s+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOOD_FIRST = re.compile(r"\s*(\d+)(?:[\s,]+|\Z)")
_BEST = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the journal."""

    row: int
    id: bytes
    """16 random bytes."""
    day: str
    """The person's own day, `YYYY-MM-DD`."""
    begun_at: int
    """Seconds since 1970; negative for what says that it is older."""
    changed_at: int
    mood: int
    """1 to 10, or 0 when none was given."""
    tags: str
    """One a line."""
    prompt: str
    """The id of the prompt that it answers, or empty."""
    question: str
    """That prompt in the words in which it was asked."""
    text: str
    words: int
    revision: int
    """Goes up with every change."""
    versions: int
    """How many earlier ones are kept."""

    @property
    def tag_list(self) -> tuple[str, ...]:
        """The tags, in the order in which they were given."""
        return tuple(self.tags.split("\n")) if self.tags else ()


@dataclass(frozen=True, slots=True)
class Version:
    """What an entry was before."""

    number: int
    """1 is the oldest."""
    kept_at: int
    text: str


def check_text(text: str) -> None:
    """Refuse what no page holds.

    Raises:
        UsageError: it is too long, or is no whole text.
    """
    if len(text) > LONGEST:
        raise UsageError(f"A page holds {LONGEST:,} characters; this has {len(text):,}. Make two pages of it.")
    check_whole(text)


def check_day(text: str) -> str:
    """Give a day as it is kept.

    Args:
        text: `YYYY-MM-DD`, of any year from 1 to 9999.

    Raises:
        UsageError: there is no such day.
    """
    try:
        # The form is looked at too: the library would also take a week and a day of it.
        if not _DAY.fullmatch(text):
            raise ValueError  # noqa: TRY301 - the one sentence below is for all
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{text[:40]!r} is no day. Days are written like 2026-11-17.") from None


def check_mood(mood: int) -> int:
    """Give a mood from 1 to 10, or 0 for none.

    Raises:
        UsageError: it is another number.
    """
    if not 0 <= mood <= _BEST:
        raise UsageError("A mood is a number from 1 to 10.")
    return mood


def _tidied(tags: Iterable[str]) -> list[str]:
    plain = dict.fromkeys(_BLANKS.sub(" ", tag).strip().lstrip("# ") for tag in tags)
    return [tag for tag in plain if tag]


def _is_whole(text: str) -> bool:
    """Tell whether a file could keep it: half a character cannot be written."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def fitting_tags(tags: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Give tags as they are kept, and those that do not fit: for a page that is not refused because of them."""
    found = _tidied(tags)
    kept = [tag for tag in found if len(tag) <= LONGEST_TAG and _is_whole(tag)][:MOST_TAGS]
    return "\n".join(kept), tuple(tag for tag in found if tag not in kept)


def tidy_tags(tags: Iterable[str]) -> str:
    """Give tags as they are kept: one a line, each once, without `#` in front.

    Raises:
        UsageError: there are too many, or one is too long or is no whole text.
    """
    found = _tidied(tags)
    if len(found) > MOST_TAGS:
        raise UsageError(f"A page has at most {MOST_TAGS} tags; these are {len(found)}.")
    long = next((tag for tag in found if len(tag) > LONGEST_TAG), "")
    if long:
        raise UsageError(f"A tag has at most {LONGEST_TAG} characters; this has {len(long)}: {long[:20]}...")
    check_whole("\n".join(found))
    return "\n".join(found)


def count_words(text: str) -> int:
    """Count what stands between blanks."""
    return len(text.split())


def heading_of(text: str) -> tuple[str, str]:
    """Give (heading, first words below it) for a list.

    The first line is a heading when it is short and a blank line follows it, or when it is marked so (`# `). Otherwise
    there is none, and the words are those the text begins with.
    """
    first, _, rest = text.strip().partition("\n")
    first = first.strip()
    is_marked = first.startswith("# ")
    is_apart = rest.startswith(("\n", "\r\n"))
    if (is_marked or is_apart) and len(first) <= LONGEST_HEADING:
        return first.removeprefix("# ").strip(), _beginning(rest)
    return "", _beginning(text)


def _beginning(text: str) -> str:
    return _BLANKS.sub(" ", _HEADINGS.sub("", text[:400])).strip()


def read_facts(text: str) -> tuple[int, tuple[str, ...]]:
    """Read a mood and tags as a person writes them: `6 walk, mother`; each may be left out.

    Raises:
        UsageError: the number is none from 1 to 10, or the tags are too many or too long.
    """
    found = _MOOD_FIRST.match(text)
    if found is None:
        return 0, tuple(_tags(text))
    mood = int(found[1]) if len(found[1]) <= len(str(_BEST)) else 0
    if not 1 <= mood <= _BEST:
        raise UsageError("A mood is a number from 1 to 10.")
    return mood, tuple(_tags(text[found.end() :]))


def _tags(text: str) -> list[str]:
    return [tag for tag in tidy_tags(text.split(",")).split("\n") if tag]
