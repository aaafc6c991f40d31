"""Office hours as a person types them: Mon-Fri, and 09:00-17:00."""

import re

from therapy_tui import errors
from therapy_tui.core.office import DAY_MINUTES, WEEK, OfficeHours
from therapy_tui.services import days

WEEK_LIKE = "Write the days like Mon-Fri, or Mon Tue Thu."
TIMES_LIKE = "Write the hours like 09:00-17:00."
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORD = re.compile(r"[a-z]+|-")
_TIMES = re.compile(r"\s*(\d{1,2})[:.](\d{2})\s*(?:-|to)\s*(\d{1,2})[:.](\d{2})\s*")
_SHORTEST = 3


def read_weekdays(text: str) -> int:
    """Give the days of a week as they are kept (core/office.py).

    Raises:
        UsageError: it names none, or something else.
    """
    found, through, last = 0, False, -1
    for word in _WORD.findall(text.casefold()):
        if word == "and":
            continue
        if word in {"-", "to", "until"}:
            through = True
            continue
        place = next((n for n, name in enumerate(_DAYS) if len(word) >= _SHORTEST and name.startswith(word)), -1)
        if place < 0 or (through and last < 0):
            raise errors.UsageError(WEEK_LIKE)
        span = range((place - last) % WEEK + 1) if through else range(1)
        for step in span:
            found |= 1 << ((last + step) % WEEK if through else place)
        last, through = place, False
    if not found or through:
        raise errors.UsageError(WEEK_LIKE)
    return found


def read_times(text: str) -> tuple[int, int]:
    """Give when the hours begin and end, in minutes since midnight.

    Raises:
        UsageError: it is no pair of times, or the second is not later.
    """
    found = _TIMES.fullmatch(text.casefold())
    if found is None:
        raise errors.UsageError(TIMES_LIKE)
    opens, closes = 60 * int(found[1]) + int(found[2]), 60 * int(found[3]) + int(found[4])
    if not opens < closes <= DAY_MINUTES or int(found[2]) >= 60 or int(found[4]) >= 60:  # noqa: PLR2004 - minutes
        raise errors.UsageError(f"The hours have to end after they begin. {TIMES_LIKE}")
    return opens, closes


def times(hours: OfficeHours) -> str:
    """Write the hours as they are typed."""
    return f"{days.clock(hours.opens)}-{days.clock(hours.closes)}"
