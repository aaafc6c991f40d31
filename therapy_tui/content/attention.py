"""Words that ask for attention in a letter, and where they stand in one."""

import functools
import re
import unicodedata
from pathlib import Path

from therapy_tui.content.tables import parse_toml, read_text

_FILE = Path(__file__).with_name("data") / "attention.toml"
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
def phrases() -> dict[str, tuple[str, ...]]:
    """Give every phrase, as it is written, by the longest of its folded words, which is its rarest as a rule."""
    found: dict[str, tuple[str, ...]] = {}
    for group in parse_toml(read_text(_FILE))["groups"]:
        for each in group["words"]:
            rare = max(folded(each).split(), key=len)
            found[rare] = (*found.get(rare, ()), each)
    return found


def in_text(text: str) -> tuple[str, ...]:
    """Give what of the list stands in a text, by the alphabet, each once; one other word may part its words."""
    whole, known = folded(text), phrases()
    there = known.keys() & set(whole.split())
    return tuple(sorted({each for rare in there for each in known[rare] if _pattern(each).search(whole)}))


@functools.cache
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(f" {' (?:[^ ]+ )?'.join(folded(phrase).split())} ")
