"""Check-ins: a number for how it is, with words and a line if one likes; nobody else sees them."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from therapy_tui import errors
from therapy_tui.core import checkins as rules
from therapy_tui.core.checkins import CheckIn, Stretch, Unfinished
from therapy_tui.core.mood_charts import Chart, bounds, chart
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import checkins

CHANGED = RoomChanged("check-ins")
RECENT_DAYS = 2
"""A number that was said so many days ago or later counts for the prompt of today."""
_FIRST, _LAST = "0001-01-01", "9999-12-31"


class ChangedElsewhere(errors.UsageError):
    """This check-in was changed or erased in another window. Nothing was written over."""


def local_day(seconds: int) -> str:
    """Name the local day of a time."""
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def add(vault: Vault, mood: int, words: Iterable[str] = (), text: str = "") -> CheckIn:
    """Keep how it is now; what was being made is that, so nothing is left of it.

    Raises:
        UsageError: the number, the words or the text cannot be kept.
        DiskFull: nothing was written.
    """
    now = vault.now()
    new = CheckIn(vault.random_bytes(16), now, local_day(now), *_checked(mood, words, text))
    with vault.transaction() as database:
        checkins.add(database, new)
        checkins.keep_draft(database, Unfinished(""))
        _send_along(vault, new)
        vault.tell(CHANGED)
    return new


def _send_along(vault: Vault, new: CheckIn) -> None:
    from therapy_tui.services import checkins_shared  # it needs what is sent, and few choose it

    checkins_shared.send_along(vault, new)


def change(vault: Vault, before: CheckIn, mood: int, words: Iterable[str], text: str) -> CheckIn:
    """Change what one says; when it was stays.

    Raises:
        ChangedElsewhere: it is no more as it was before.
        UsageError: the number, the words or the text cannot be kept.
    """
    mood, words, text = _checked(mood, words, text)
    after = replace(before, mood=mood, words=words, text=text)
    with vault.transaction() as database:
        if not checkins.change(database, before, after):
            raise ChangedElsewhere
        vault.tell(CHANGED)
    return after


def _checked(mood: int, words: Iterable[str], text: str) -> tuple[int, tuple[str, ...], str]:
    return rules.check_mood(mood), rules.tidy_words(words), rules.check_text(text)


def erase(vault: Vault, check_in_id: bytes) -> None:
    """Erase one. It cannot be brought back."""
    with vault.transaction() as database:
        if checkins.erase(database, check_in_id):
            vault.tell(CHANGED)


def get(vault: Vault, check_in_id: bytes) -> CheckIn | None:
    """Read one, or None."""
    return checkins.get(vault.database, check_in_id)


def latest(vault: Vault) -> CheckIn | None:
    """Read the last one that was made, or None."""
    return checkins.latest(vault.database)


def recent_mood(vault: Vault, today: str) -> int | None:
    """Give the number that was said last, where that is recent."""
    last = latest(vault)
    if last is None or last.day < (date.fromisoformat(today) - timedelta(days=RECENT_DAYS)).isoformat():
        return None
    return last.mood


def between(vault: Vault, since: str = _FIRST, until: str = _LAST) -> Iterator[CheckIn]:
    """Read those of some days, both ends within, the oldest first."""
    return checkins.every(vault.database, since, until)


def window(vault: Vault, skip: int, limit: int, since: str = _FIRST, until: str = _LAST) -> list[CheckIn]:
    """Read a stretch of those of some days, the newest first."""
    return checkins.window(vault.database, since, until, skip, limit)


def count(vault: Vault, since: str = _FIRST, until: str = _LAST) -> int:
    """Count those of some days."""
    return checkins.count(vault.database, since, until)


def place(vault: Vault, check_in_id: bytes) -> int:
    """Count those that are newer than one; 0 where that is not there."""
    return checkins.newer(vault.database, check_in_id)


def by_day(vault: Vault, since: str, until: str) -> tuple[Stretch, ...]:
    """Give what each day from `since` to `until` comes to, both within; a day without one is not among them."""
    return rules.by_day(checkins.moods(vault.database, since, until))


def chart_of(vault: Vault, last: str, weeks: int, back: int = 0) -> Chart:
    """Make the chart of the weeks that end on a day, or of as many weeks `back` times before."""
    since, until = bounds(last, weeks, back)
    return chart(checkins.moods(vault.database, since, until), since, weeks)


# what is being made


def draft(vault: Vault) -> Unfinished | None:
    """Read what is being made and was not yet kept, or None."""
    return checkins.draft(vault.database)


def begun(vault: Vault, today: str) -> Unfinished:
    """Read what is being made as it stands today: a number is about now, and one of another day says nothing of it."""
    found = draft(vault) or Unfinished("")
    return replace(found, day="", mood=found.mood if found.day == today else 0)


def keep_draft(vault: Vault, unfinished: Unfinished, seen: Unfinished | None = None) -> Unfinished:
    """Keep what is being made, as it is: it is judged when it becomes a check-in.

    Args:
        vault: whose.
        unfinished: what is being made, and the day.
        seen: what lay there when the window looked last; what another window made of it since stays in it. Without it
            what lies there is written over.

    Returns:
        What lies there now.
    """
    with vault.transaction() as database:
        kept = unfinished if seen is None else rules.merged(seen, unfinished, begun(vault, unfinished.day))
        checkins.keep_draft(database, kept)
    return kept
