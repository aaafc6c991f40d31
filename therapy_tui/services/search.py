"""Search over everything of one's own at once: each source gives what it found, and the newest come first."""

import calendar
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from therapy_tui.core.search import Wanted, read
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts
from therapy_tui.store import search as index

MOST = 24
"""More than stand on any screen at once; who wants to see others types another letter."""
SHORTEST = 2
"""So many letters or digits are enough to search for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    kind: str
    """`message` or `entry`."""
    id: bytes
    day: str
    where: str
    """With whom, or `journal`."""
    passage: str
    contact: bytes = b""


def find(vault: Vault, text: str, most: int = MOST) -> list[Hit]:
    """Search for what a person typed (core/search.py says how), the newest day first.

    Nothing is found for less than two letters or digits.
    """
    wanted = read(text)
    if sum(char.isalnum() for char in wanted.shown) < SHORTEST:
        return []
    hits = [hit for source in SOURCES for hit in source(vault, wanted, most)]
    hits.sort(key=lambda hit: hit.day, reverse=True)  # stable, so each source's own order stays within a day
    return hits[:most]


def _letters(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
    names = {each.id: each.name for each in contacts.every(vault.database)}
    chosen: list[bytes | None] = [None]
    if wanted.who:
        chosen = [key for key, name in names.items() if wanted.who in name.casefold()]
    since, until = _seconds(wanted.since), _seconds(wanted.until) + 86_399
    rows = [row for who in chosen for row in index.letters(vault.database, wanted.match, since, until, who, most)]
    return [
        Hit(
            "message",
            bytes(message),
            _local_day(int(written)),
            f"to {names.get(bytes(who), '')}" if outgoing else f"from {names.get(bytes(who), '')}",
            str(passage),
            bytes(who),
        )
        for who, message, written, outgoing, passage in rows
    ]


def _pages(vault: Vault, wanted: Wanted, most: int) -> list[Hit]:
    if wanted.who:
        return []
    rows = index.pages(vault.database, wanted.match, wanted.since, wanted.until, most)
    return [Hit("entry", bytes(entry), str(day), "journal", str(passage)) for entry, day, passage in rows]


SOURCES: tuple[Callable[[Vault, Wanted, int], list[Hit]], ...] = (_letters, _pages)
"""Where is searched. A source gives at most so many hits, its best first."""


def _seconds(day: str) -> int:
    """Give the local beginning of a day; where the clock knows none, that of Greenwich."""
    found = date.fromisoformat(day)
    try:
        return int(time.mktime((found.year, found.month, found.day, 0, 0, 0, 0, 0, -1)))
    except (OverflowError, ValueError):
        return calendar.timegm(found.timetuple())


def _local_day(seconds: int) -> str:
    try:
        return time.strftime("%Y-%m-%d", time.localtime(seconds))
    except (OverflowError, ValueError, OSError):
        return "0001-01-01"
