"""Words for feelings, in a few groups, for whoever looks for one."""

import functools
from dataclasses import dataclass
from pathlib import Path

from therapy_tui.content.entries import Entries, read_entries
from therapy_tui.content.tables import listed, words

_FILE = Path(__file__).with_name("data") / "feelings.toml"
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Feelings:
    """Some words that lie near each other."""

    name: str
    """What the group is called, in a plain word or two."""
    words: tuple[str, ...]


@functools.cache
def _load() -> Entries[Feelings]:
    return read_entries(
        _FILE, "groups", lambda group: Feelings(words(group, "name", _LONGEST), listed(group, "words", _LONGEST))
    )


def feelings() -> tuple[Feelings, ...]:
    """Give every group, in the order of the file; each word is in one group only."""
    return _load().made


def left_out() -> tuple[str, ...]:
    """Give a sentence for each part of the file that cannot be used."""
    return _load().left_out
