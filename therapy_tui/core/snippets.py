"""Snippets: words of one's own for letters, with blanks in square brackets that are filled in where they are used."""

import re
from collections.abc import Iterable

import msgspec

from therapy_tui.core.text import check_whole
from therapy_tui.errors import UsageError

LONGEST, LONGEST_NAME = 5_000, 60
"""The most characters of a snippet, and of its name."""
NAME = "[name]"
"""The blank that is filled in with the name of whom one writes to."""
EMPTY = "[]"

_BLANK = re.compile(r"\[[^\[\]\n]{0,60}\]")


class Snippet(msgspec.Struct, frozen=True):
    """Words that a person keeps for letters."""

    id: bytes
    """16 random bytes."""
    name: str
    text: str
    changed_at: int
    """Seconds since 1970."""


class Filled(msgspec.Struct, frozen=True):
    """A snippet as it goes into a letter."""

    text: str
    begin: int
    """Where its first blank begins and where that ends, in characters; both are the end where there is no blank."""
    end: int


def blanks(text: str) -> list[str]:
    """Give the blanks of a text in small letters, in order, each once: `[day]`."""
    return list(dict.fromkeys(each.casefold() for each in _BLANK.findall(text)))


def fill(text: str, name: str) -> Filled:
    """Fill in the name of whom one writes to; the other blanks stay, and the first of them is where one goes on."""
    filled = _BLANK.sub(lambda found: name if found[0].casefold() == NAME else found[0], text)
    # A name may hold brackets itself, so the first blank is looked for behind what was filled in before it.
    first = next((each for each in _BLANK.finditer(text) if each[0].casefold() != NAME), None)
    if first is None:
        return Filled(filled, len(filled), len(filled))
    before = len(_BLANK.sub(lambda found: name if found[0].casefold() == NAME else found[0], text[: first.start()]))
    return Filled(filled, before, before + len(first[0]))


def left(text: str, known: Iterable[str]) -> list[str]:
    """Give the blanks of snippets that a letter still holds, and brackets with nothing in them; in small letters.

    Args:
        text: the letter.
        known: the blanks of all snippets. Any other brackets are the writer's own words.
    """
    wanted = {*known, EMPTY}
    return [each for each in blanks(text) if each in wanted or not each[1:-1].strip()]


def is_only(text: str, found: Iterable[str]) -> bool:
    """Tell whether a letter has no word beside these blanks."""
    wanted = set(found)
    rest = _BLANK.sub(lambda each: "" if each[0].casefold() in wanted else each[0], text)
    return not any(character.isalnum() for character in rest)


def check_text(text: str) -> None:
    """Refuse what no snippet holds.

    Raises:
        UsageError: there is no word in it, it is too long, or it is no whole text.
    """
    if not text.strip():
        raise UsageError("There is nothing to keep: the snippet is empty.")
    if len(text) > LONGEST:
        raise UsageError(f"A snippet holds {LONGEST:,} characters; this has {len(text):,}. Make two of it.")
    check_whole(text)


def tidy_name(name: str, text: str) -> str:
    """Give a name as it is kept: in one line, cut where it is too long; the first words of the text where it is empty.

    Half a character is put right.
    """
    line = " ".join((name.strip() or text[: 4 * LONGEST_NAME]).encode("utf-8", "replace").decode().split())
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"
