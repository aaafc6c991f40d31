"""The person's own days and clock: seconds since 1970 to `YYYY-MM-DD` and back, by the machine's time zone."""

import calendar
import time
from datetime import date, timedelta

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

NOON = 12 * 60
_LAST_MINUTE = 24 * 60 - 1


def day_of(seconds: int) -> str:
    """Give the local day of a moment; empty for one that no calendar has."""
    try:
        parts = time.localtime(seconds)
    except (ValueError, OverflowError, OSError):
        return ""
    return f"{parts.tm_year:04}-{parts.tm_mon:02}-{parts.tm_mday:02}" if 1 <= parts.tm_year <= date.max.year else ""


def moment(day: str, minute: int) -> int:
    """Give the moment at which the local clock shows so many minutes since midnight on a day."""
    own = date.fromisoformat(day)
    wall = (own.year, own.month, own.day, *divmod(minute, 60), 0, 0, 0)
    try:
        return int(time.mktime((*wall, -1)))
    except (ValueError, OverflowError):
        return calendar.timegm((*wall, 0))


def after(day: str) -> int:
    """Give the moment at which a day is over."""
    if day == date.max.isoformat():
        return moment(day, _LAST_MINUTE) + 60
    return moment((date.fromisoformat(day) + timedelta(days=1)).isoformat(), 0)


def minute_on(day: str, seconds: int) -> int:
    """Give the minutes since midnight of a moment on a day; the first or the last where it is another day's."""
    if day_of(seconds) == day:
        parts = time.localtime(seconds)
        return 60 * parts.tm_hour + parts.tm_min
    return 0 if seconds < moment(day, NOON) else _LAST_MINUTE


def clock(minute: int) -> str:
    """Write minutes since midnight as 21:14."""
    return f"{minute // 60:02}:{minute % 60:02}"


def day_words(day: str) -> str:
    """Write a day such as 16 November 2026."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return "a day unknown"
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"
