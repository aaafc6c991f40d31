"""Times as people read them: near ones by the clock, this week's by the day, older ones by the date; 24 hours."""

import time
from datetime import date

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY = 86_400
_WEEK = 7
_KILO = 1_000


def _parts(seconds: int) -> time.struct_time | None:
    try:
        return time.localtime(seconds)
    except (ValueError, OverflowError, OSError):
        return None


def clock(seconds: int) -> str:
    """Write the time of day, such as 21:14."""
    parts = _parts(seconds)
    return f"{parts.tm_hour:02}:{parts.tm_min:02}" if parts else "no time"


def day_of(seconds: int) -> tuple[int, int, int]:
    """Give the local day, for finding where one ends."""
    parts = _parts(seconds)
    return (parts.tm_year, parts.tm_mon, parts.tm_mday) if parts else (0, 0, 0)


def day(seconds: int, now: int) -> str:
    """Write a day in words, such as Monday 16 November, with the year where it is another."""
    parts, today = _parts(seconds), _parts(now)
    if parts is None:
        return "a day unknown"
    year = "" if today is not None and parts.tm_year == today.tm_year else f" {parts.tm_year}"
    return f"{DAYS[parts.tm_wday]} {parts.tm_mday} {MONTHS[parts.tm_mon - 1]}{year}"


def written_day(day: str, today: str) -> str:
    """Write a day of the journal, such as 2026-11-16, as `day` does; both are dates of ISO 8601."""
    found = date.fromisoformat(day)
    year = "" if day[:4] == today[:4] else f" {found.year}"
    return f"{DAYS[found.weekday()]} {found.day} {MONTHS[found.month - 1]}{year}"


def near(seconds: int, now: int) -> str:
    """Write a time as near as it is: 21:14, Tue 08:02, 3 Nov, 3 Nov 2025."""
    parts, today = _parts(seconds), _parts(now)
    if parts is None or today is None:
        return "no time"
    if day_of(seconds) == day_of(now):
        return clock(seconds)
    if 0 <= now - seconds < (_WEEK - 1) * _DAY:
        return f"{DAYS[parts.tm_wday][:3]} {clock(seconds)}"
    return dated(seconds, now)


def dated(seconds: int, now: int) -> str:
    """Write a day in short, such as 3 Nov, with the year where it is another."""
    parts, today = _parts(seconds), _parts(now)
    if parts is None or today is None:
        return "a day unknown"
    written = f"{parts.tm_mday} {MONTHS[parts.tm_mon - 1][:3]}"
    return written if parts.tm_year == today.tm_year else f"{written} {parts.tm_year}"


def amount(size: int) -> str:
    """Write a number of bytes for a person, such as 2.1 KB."""
    if size < _KILO:
        return f"{size} bytes"
    if size < _KILO**2:
        return f"{size / _KILO:.1f} KB".replace(".0 ", " ")
    return f"{size / _KILO**2:.1f} MB".replace(".0 ", " ")
