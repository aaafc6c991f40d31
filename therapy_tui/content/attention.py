"""Words that ask for attention in a letter, and where they stand in one."""

import functools
import re
import unicodedata
from pathlib import Path

from therapy_tui.content.entries import Entries, read_entries
from therapy_tui.content.tables import listed

_FILE = Path(__file__).with_name("data") / "attention.toml"
_LONGEST = 80
_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = ("'", "`", "\u00b4", "\u02bc", "\u2019")


def folded(text: str) -> str:
    """Give the words of a text without case, accents and punctuation, with one space round each."""
    plain = text.casefold()
    for each in _APOSTROPHES:
        plain = plain.replace(each, "")
    if not plain.isascii():
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain))
    return f" {' '.join(_WORD.findall(plain))} "


@functools.cache
def _load() -> Entries[tuple[str, ...]]:
    return read_entries(_FILE, "groups", lambda group: listed(group, "words", _LONGEST))


@functools.cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Give every phrase, as it is written, by the longest of its folded words, which is its rarest as a rule."""
    found: dict[str, tuple[str, ...]] = {}
    for each in (phrase for group in _load().made for phrase in group):
        rare = max(folded(each).split(), key=len, default="")
        found[rare] = (*found.get(rare, ()), each)
    return found


def left_out() -> tuple[str, ...]:
    """Give a sentence for each part of the list that cannot be used."""
    return _load().left_out


def in_text(text: str) -> tuple[str, ...]:
    """Give what of the list stands in a text, by the alphabet, each once; one other word may part its words."""
    whole, known = folded(text), phrases()
    there = known.keys() & set(whole.split())
    return tuple(sorted({each for rare in there for each in known[rare] if _pattern(each).search(whole)}))


@functools.cache
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(f" {' (?:[^ ]+ )?'.join(folded(phrase).split())} ")
