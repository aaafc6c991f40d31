"""What a person types to search, as a question for the index: words, phrases, a person, and days from and to."""

import calendar
import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"([^"]*)"?|(\S+)')
_FILTER = re.compile(r"(?i)(from|to|with):(.*)", re.DOTALL)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FIRST, _LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search."""

    words: tuple[str, ...]
    """Each of them begins a word of what is found."""
    phrases: tuple[str, ...] = ()
    """Each stands there as it is, but for case, accents and punctuation."""
    since: str = _FIRST
    until: str = _LAST
    """Days, both within."""
    who: str = ""
    """How the name of a person begins, or a word in it."""

    @property
    def match(self) -> str:
        """The question in FTS5's own language; empty when no word is in it."""
        phrases = [_quoted(each) for each in self.phrases]
        return " ".join([*phrases, *(f"{_quoted(each)}*" for each in self.words)])

    @property
    def shown(self) -> str:
        """The words to be shown strong in what was found."""
        return " ".join([*self.phrases, *self.words])


def read(text: str) -> Wanted:
    """Read what was typed.

    Words stand alone, phrases in quotation marks, of which the last may be missing while one types. `from:2026-03`,
    `to:2026` and `with:osei` narrow it; a day that is none is taken for a word. Nothing that is typed is an error.
    """
    words: list[str] = []
    phrases: list[str] = []
    limits = {"from": _FIRST, "to": _LAST, "with": ""}
    for phrase, word in _TOKEN.findall(text.replace("\0", " ")):
        named = _FILTER.fullmatch(word)
        value = _limit(named[1].lower(), named[2]) if named else None
        if named and value is not None:
            limits[named[1].lower()] = value
        elif word and _has_letters(word):
            words.append(word)
        elif phrase and _has_letters(phrase):
            phrases.append(phrase)
    return Wanted(tuple(words), tuple(phrases), limits["from"], limits["to"], limits["with"])


def _quoted(text: str) -> str:
    """Put words into quotes, in which FTS5 sees nothing but words."""
    return '"' + text.replace('"', '""') + '"'


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _limit(name: str, value: str) -> str | None:
    if name == "with":
        return value.strip('"').casefold()
    found = _DAY.fullmatch(value)
    if found is None:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if not year >= 1 or month > 12:  # noqa: PLR2004 - the months of a year
        return None
    month = month or (1 if name == "from" else 12)
    last = calendar.monthrange(year, month)[1]
    if day > last:
        return None
    return f"{year:04}-{month:02}-{day or (1 if name == 'from' else last):02}"
