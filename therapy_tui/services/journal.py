"""The journal: pages that are the person's own, kept as they are typed, with what they were before."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from therapy_tui import errors
from therapy_tui.core import journal as rules
from therapy_tui.core.journal import Entry, Version
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import journal as entries
from therapy_tui.store.journal import Day

CHANGED = RoomChanged("journal")
SHORTEST_ID = 4
"""So many hexadecimal digits of an id name an entry, where no other begins so."""
ID_BYTES = 16
_ID = re.compile(rf"[0-9a-fA-F]{{{SHORTEST_ID},{2 * ID_BYTES}}}")
_FIRST, _LAST = "0001-01-01", "9999-12-31"


class ChangedElsewhere(errors.UsageError):
    """This page was changed in another window since it was opened here. Nothing was written over."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of pages."""

    year: int
    month: int
    days: tuple[Day, ...]
    """Only those with a page, in order."""
    entries: int


def blank(vault: Vault, day: str, prompt: str = "", question: str = "") -> Entry:
    """Give a new page, of which nothing is kept until something stands on it."""
    now = vault.now()
    return Entry(0, vault.random_bytes(ID_BYTES), day, now, now, 0, "", prompt, question, "", 0, 0, 0)


def keep(vault: Vault, before: Entry, after: Entry, *, new_sitting: bool = False) -> Entry:
    """Keep a page as it is now; give it as it stands in the vault.

    Args:
        vault: the open vault.
        before: the page as it was read or last kept.
        after: what it is to be: its day, mood, tags, prompt and text count.
        new_sitting: the first change since it was opened: what it was until now is kept as an earlier version.

    Raises:
        ChangedElsewhere: another window changed it; nothing was written over.
        UsageError: it cannot be kept as it is.
        DiskFull: nothing was written.
    """
    rules.check_text(after.text)
    wanted = replace(
        after,
        day=rules.check_day(after.day),
        mood=rules.check_mood(after.mood),
        tags=rules.tidy_tags(after.tag_list),
        words=rules.count_words(after.text),
        changed_at=vault.now(),
    )
    with vault.transaction() as database:
        is_kept = (
            entries.add(database, wanted) if before.row == 0 else entries.change(database, wanted, before.revision)
        )
        if not is_kept:
            raise ChangedElsewhere
        if before.row and new_sitting and before.text.strip() and before.text != after.text:
            entries.keep_version(database, before)
        kept = entries.get(database, wanted.id)
        vault.tell(CHANGED)
    if kept is None:
        raise ChangedElsewhere
    return kept


def keep_apart(vault: Vault, page: Entry) -> Entry:
    """Keep a page that was changed elsewhere as a page of its own, so that both stand."""
    apart = replace(page, row=0, id=vault.random_bytes(ID_BYTES), begun_at=vault.now(), versions=0)
    return keep(vault, apart, apart)


def erase(vault: Vault, entry_id: bytes) -> None:
    """Erase a page and what it was before."""
    with vault.transaction() as database:
        entries.erase(database, entry_id)
        vault.tell(CHANGED)


def get(vault: Vault, entry_id: bytes) -> Entry | None:
    """Read one page, or None."""
    return entries.get(vault.database, entry_id)


def find_by_id(vault: Vault, text: str) -> Entry:
    """Find a page by its id, or by how it begins.

    Raises:
        UsageError: there is none, or there are two.
    """
    found = []
    if _ID.fullmatch(text):
        first, last = (bytes.fromhex(text.ljust(2 * ID_BYTES, each)) for each in "0f")
        found = entries.between(vault.database, first, last)
    if len(found) == 1:
        return found[0]
    told = "Two pages have an id that begins so. Give more of it." if found else "There is no page with that id."
    raise errors.UsageError(f"{told} `therapy-tui journal list` shows them.")


def versions(vault: Vault, page: Entry) -> list[Version]:
    """Read what a page was before, the newest first."""
    return entries.versions(vault.database, page.row)


def window(vault: Vault, skip: int, limit: int, since: str = _FIRST, until: str = _LAST) -> list[Entry]:
    """Read a stretch of pages, the newest first."""
    return entries.window(vault.database, since, until, skip, limit)


def count(vault: Vault, since: str = _FIRST, until: str = _LAST) -> int:
    """Count pages."""
    return entries.count(vault.database, since, until)


def every(vault: Vault, since: str = _FIRST, until: str = _LAST) -> Iterator[Entry]:
    """Read pages, the oldest first."""
    return entries.every(vault.database, since, until)


def month(vault: Vault, year: int, number: int) -> Month:
    """Read which days of a month have a page."""
    first, last = ends(year, number)
    days = tuple(entries.days(vault.database, first, last))
    return Month(year, number, days, sum(day.entries for day in days))


def of_month(vault: Vault, year: int, number: int, skip: int, limit: int) -> list[Entry]:
    """Read a stretch of a month's pages, the newest first."""
    return entries.window(vault.database, *ends(year, number), skip, limit)


def ends(year: int, number: int) -> tuple[str, str]:
    """Give the first and the last day of a month."""
    return date(year, number, 1).isoformat(), date(year, number, calendar.monthrange(year, number)[1]).isoformat()


def on_this_day(vault: Vault, day: str, limit: int = 12) -> list[Entry]:
    """Read the pages of the same day in earlier years, the newest first."""
    return entries.on_this_day(vault.database, day, limit)


def neighbour(vault: Vault, day: str, *, later: bool) -> str:
    """Give the nearest day with a page, after or before another; empty when there is none."""
    return entries.neighbour(vault.database, day, later=later)
