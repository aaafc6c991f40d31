"""Time zones by name: the machine's own, and a local day and time as one moment across every change of clocks."""

import os
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from therapy_tui import errors

LOCALTIME = Path("/etc/localtime")
_WITHIN = "zoneinfo/"
NOT_KNOWN = "This machine does not say in which time zone it is. Give it: --zone Europe/Berlin"


def find(name: str) -> ZoneInfo:
    """Give a time zone by its IANA name.

    Raises:
        UsageError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise errors.UsageError(f"There is no time zone {name[:40]!r}. Write it like Europe/Berlin.") from None


def own() -> str:
    """Give the IANA name of the machine's time zone: of the variable TZ, else of the link /etc/localtime.

    Raises:
        UsageError: neither names one.
    """
    named = os.environ.get("TZ", "").removeprefix(":")
    linked = str(LOCALTIME.resolve()).partition(_WITHIN)[2].removeprefix("posix/").removeprefix("right/")
    for name in (named, linked):
        if name:
            try:
                return find(name).key
            except errors.UsageError:
                continue
    raise errors.UsageError(NOT_KNOWN)


def moment(day: str, clock: str, zone: str) -> tuple[int, bool]:
    """Give the moment at which clocks in a zone show a time on a day, and whether they show it twice: then the first.

    Args:
        day: `YYYY-MM-DD`.
        clock: `HH:MM`, 24 hours.
        zone: an IANA name.

    Raises:
        UsageError: there is no such day or time, in that zone or anywhere.
    """
    try:
        wall = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M").replace(tzinfo=find(zone))
    except ValueError:
        raise errors.UsageError("Write the day and the time like 2026-12-03 15:00.") from None
    seconds = int(wall.timestamp())
    if local(seconds, zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise errors.UsageError(f"Clocks in {zone} are put forward then, so {clock} does not come on {day}.")
    return seconds, wall.replace(fold=1).timestamp() != seconds


def local(seconds: int, zone: str) -> datetime:
    """Give a moment as clocks in a zone show it."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(find(zone))
