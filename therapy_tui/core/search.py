"""What a person types to search: words, phrases, a person, days; asked of an index, or of a text that has none.

A text without an index is read as the indexes read theirs: words are letters and digits, without case and accents.
"""

import calendar
import functools
import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(r'"([^"]*)"?|(\S+)')
_FILTER = re.compile(r"(?i)(from|to|with):(.*)", re.DOTALL)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FIRST, _LAST = "0001-01-01", "9999-12-31"
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    kind: str
    """`message`, `entry`, `note`, `check-in`, `measure`, `plan` or `prompt`."""
    id: bytes
    """Of its kind; of a step of the plan its number."""
    day: str
    where: str
    """With whom, or in what, such as `journal`."""
    passage: str
    contact: bytes = b""


@dataclass(frozen=True)
class Wanted:
    """A search."""

    words: tuple[str, ...]
    """Each of them begins a word of what is found; a single letter is a whole one."""
    phrases: tuple[str, ...] = ()
    """Each stands there as it is, but for case, accents and punctuation."""
    since: str = _FIRST
    until: str = _LAST
    """Days, both within."""
    who: str = ""
    """How the name of a person begins, or a word in it."""
    tags: tuple[str, ...] = ()
    """Each of them begins a word of a tag, so nothing but pages is wanted; a single letter is a whole one."""

    @property
    def match(self) -> str:
        """The question in FTS5's own language; empty when no word is in it. Tags are asked of a column `tags`."""
        tags = [f"tags : {_begun(each)}" for each in self.tags]
        return " ".join([*map(_quoted, self.phrases), *map(_begun, self.words), *tags])

    @functools.cached_property
    def _needles(self) -> tuple[str, ...]:
        """What a text has to hold, folded: a whole phrase, or how a word begins."""
        whole = [f" {' '.join(_words(each))} " for each in self.phrases]
        begun = [f" {' '.join(_words(each))}{' ' * is_letter(each)}" for each in self.words]
        return tuple(each for each in (*whole, *begun) if each.strip())

    @functools.cached_property
    def _firsts(self) -> tuple[str, ...]:
        """The first word of each needle, or how it begins."""
        return tuple(each.split()[0] for each in self._needles)

    def fits(self, text: str) -> bool:
        """Tell whether a text that has no index holds every word and phrase, as an index would."""
        if not self._needles or self.tags:
            return False
        folded = fold(text)
        if not all(each in folded for each in self._firsts):
            return False  # most texts are passed over here, before they are parted into words
        held = f" {' '.join(_WORD.findall(folded))} "
        return all(each in held for each in self._needles)

    def holds(self, day: str) -> bool:
        """Tell whether a day is within those that are wanted."""
        return self.since <= day <= self.until

    @property
    def shown(self) -> str:
        """The words to be shown strong in what was found."""
        return " ".join([*self.phrases, *self.words, *self.tags])


def read(text: str) -> Wanted:
    """Read what was typed.

    Words stand alone, phrases in quotation marks, of which the last may be missing while one types. `from:2026-03`,
    `to:2026`, `with:osei` and the tag `#walk` narrow it; a day that is none is taken for a word. Nothing that is typed
    is an error. A single letter at the end, after other words, is one that is still being typed and does not count yet:
    an index knows beginnings of two letters and more, and would look at half of all words for it.
    """
    words: list[str] = []
    phrases: list[str] = []
    tags: list[str] = []
    limits = {"from": _FIRST, "to": _LAST, "with": ""}
    for phrase, word in _TOKEN.findall(text.replace("\0", " ")):
        named = _FILTER.fullmatch(word)
        value = _limit(named[1].lower(), named[2]) if named else None
        if named and value is not None:
            limits[named[1].lower()] = value
        elif word and _has_letters(word):
            (tags if word.startswith("#") else words).append(word.lstrip("#"))
        elif phrase and _has_letters(phrase):
            phrases.append(phrase)
    for kind, mark in ((words, " "), (tags, " #")):
        is_typed = kind and is_letter(kind[-1]) and text.endswith(mark + kind[-1])
        if is_typed and len(words) + len(phrases) + len(tags) > 1:
            kind.pop()
    return Wanted(tuple(words), tuple(phrases), limits["from"], limits["to"], limits["with"], tuple(tags))


def fold(text: str) -> str:
    """Take case and accents away, as the indexes do."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).lower()


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def is_letter(word: str) -> bool:
    """Tell whether a word is a single letter; in scripts without blanks one character is a word that may go on."""
    return len(word) == 1 and word.isascii()


def _quoted(text: str) -> str:
    """Put words into quotes, in which FTS5 sees nothing but words."""
    return '"' + text.replace('"', '""') + '"'


def _begun(word: str) -> str:
    """Give a word as FTS5 takes the beginning of one; a single letter is a whole one."""
    return _quoted(word) + ("" if is_letter(word) else "*")


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
