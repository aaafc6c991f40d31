"""The place in a text where what was sought stands: a few lines of it, cut without reading more than that text."""

import functools
import re
import unicodedata

from therapy_tui.core.search import Wanted, is_letter

BEFORE, LONGEST = 60, 240
"""Characters before the place, and in all; what is cut is cut between words."""
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s")


@functools.cache
def _fold_one(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0].lower()[:1] or char


def fold_in_place(text: str) -> str:
    """Take case, accents and underscores away, one character for one, as the index of words does."""
    for char in set(text):
        if not char.isascii():  # there are few of them in most texts, and each is replaced at once
            text = text.replace(char, _fold_one(char))
    return text.replace("_", " ").lower()


def passage(text: str, wanted: Wanted) -> str:
    """Cut a passage out of a text, round the first place of whatever of the wanted is rarest in it."""
    if len(text) <= LONGEST:
        return text
    folded = fold_in_place(text)
    sought = [_pattern(each, is_whole=True) for each in wanted.phrases]
    sought += [_pattern(each, is_whole=is_letter(each)) for each in wanted.words]
    places = [[match.start() for match in re.finditer(each, folded)] for each in sought]
    at = min(filter(None, places), key=len, default=[0])[0]
    begin, end = 0, len(text)
    if at > BEFORE:
        space = _SPACE.search(text, at - BEFORE, at)
        begin = space.end() if space else at - BEFORE
    if end - begin > LONGEST:
        most = begin + LONGEST
        end = max(text.rfind(" ", at, most), text.rfind("\n", at, most))
        end = end if end > at else most
    return ("…" if begin else "") + text[begin:end] + ("…" if end < len(text) else "")


def _pattern(words: str, *, is_whole: bool) -> str:
    """Give what matches words one after the other, as the index takes them apart; the last may go on."""
    parts = r"\W+".join(map(re.escape, _WORD.findall(fold_in_place(words))))
    return rf"\b{parts}" + (r"\b" if is_whole else "")
