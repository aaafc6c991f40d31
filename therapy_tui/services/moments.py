"""A moment to come, as a person types it: today 17:00, Thu 15:00, 3 Dec 9:30, 2026-12-03 15:00; and a few to offer."""

import re
from datetime import date, timedelta

from therapy_tui import errors
from therapy_tui.core.office import DAY_MINUTES, WEEK, OfficeHours
from therapy_tui.services import days

WRITE_IT = "Write a day and a time, like today 17:00, Thu 15:00, 3 Dec 9:30 or 2026-12-03 15:00."
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_MONTH = re.compile(r"(\d{1,2})\.? ([a-z]{3,9})(?: (\d{4}))?")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SHORTEST, _HOURS, _MINUTES = 3, 24, 60
HALF_AN_HOUR = 1_800


def read(text: str, now: int, usual: int) -> int:
    """Read a moment, by the machine's own clock.

    Args:
        text: what a person typed.
        now: seconds since 1970.
        usual: the minute of the day that is meant where only a day is written.

    Returns:
        Seconds since 1970.

    Raises:
        UsageError: it is none.
    """
    words = " ".join(text.casefold().replace(",", " ").split())
    clock = _CLOCK.search(words)
    minute = usual
    if clock is not None:
        hours, minutes = int(clock[1]), int(clock[2])
        if hours >= _HOURS or minutes >= _MINUTES:
            raise errors.UsageError(WRITE_IT)
        minute = 60 * hours + minutes
        words = " ".join((words[: clock.start()] + " " + words[clock.end() :]).split())
    day = _day(words, date.fromisoformat(days.day_of(now)))
    return days.moment(day.isoformat(), minute)


def _day(words: str, today: date) -> date:
    named = {"": 0, "today": 0, "tomorrow": 1}
    if words in named:
        return today + timedelta(days=named[words])
    places = [place for place, name in enumerate(_DAYS) if len(words) >= _SHORTEST and name.startswith(words)]
    if places:
        return today + timedelta(days=(places[0] - today.weekday() - 1) % WEEK + 1)
    try:
        if _ISO.fullmatch(words):
            return date.fromisoformat(words)
        found = _DAY_MONTH.fullmatch(words)
        if found is not None and found[2][:_SHORTEST] in _MONTHS:
            return _this_year_or_next(int(found[1]), _MONTHS.index(found[2][:_SHORTEST]) + 1, found[3], today)
    except ValueError:
        pass
    raise errors.UsageError(WRITE_IT)


def _this_year_or_next(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    found = date(today.year, month, day)
    return found if found >= today else date(today.year + 1, month, day)


def offered(now: int, hours: OfficeHours) -> list[int]:
    """Give a few moments that are likely: closing time today, and of the next working days, and of one a week on."""
    today = date.fromisoformat(days.day_of(now))
    closes = min(hours.closes, DAY_MINUTES - 1)
    found = []
    for ahead in range(2 * WEEK):
        day = today + timedelta(days=ahead)
        at = days.moment(day.isoformat(), closes)
        if at - now >= HALF_AN_HOUR and hours.weekdays >> day.weekday() & 1 and not hours.is_away(at):
            found.append(at)
    return [*found[:3], *[each for each in found[3:] if each - now >= (WEEK - 1) * 60 * DAY_MINUTES][:1]]
