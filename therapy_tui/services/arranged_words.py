"""What was arranged between two people in words: promises, office hours, more time, numbers of check-ins."""

from datetime import date

from therapy_tui.core.bodies import Promise
from therapy_tui.core.office import WEEK, OfficeHours
from therapy_tui.core.promises import MoreTime, Standing
from therapy_tui.core.shared import SharedCheckIns
from therapy_tui.services import days

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORT = 3
MINUTE, HOUR, DAY = 60, 3_600, 86_400


def moment(seconds: int, now: int) -> str:
    """Write a moment to come as a person says it: today 17:00, tomorrow 09:00, Thu 15:00, Thu 3 Dec 15:00."""
    day, today = days.day_of(seconds), days.day_of(now)
    if not day or not today:
        return "some time"
    at, ahead = days.clock(days.minute_on(day, seconds)), (date.fromisoformat(day) - date.fromisoformat(today)).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if ahead in near:
        return f"{near[ahead]} {at}"
    found = date.fromisoformat(day)
    name = _NAMES[found.weekday()][:_SHORT]
    if abs(ahead) < WEEK:
        return f"{name} {at}"
    year = "" if day[:4] == today[:4] else f" {found.year}"
    return f"{name} {found.day} {_MONTHS[found.month - 1]}{year} {at}"


def over(late: int) -> str:
    """Say for how long a time has passed: 2 h over."""
    if late < HOUR:
        return f"{max(1, late // MINUTE)} min over"
    return f"{late // HOUR} h over" if late < 2 * DAY else f"{late // DAY} days over"


def promised(standing: Standing, now: int) -> str:
    """Say to the client by when an answer comes; empty when nothing is known."""
    if not standing.until:
        return ""
    when = moment(standing.until, now)
    if standing.is_over(now):
        return f"an answer was due {when}"
    return f"answers by {when}, your time" if standing.is_said else f"usually answers by {when}, your time"


def owed(standing: Standing, now: int) -> str:
    """Say to the therapist by when an answer is due; empty when nothing is."""
    if not standing.until:
        return ""
    when = moment(standing.until, now)
    if standing.is_said:
        late = now - standing.until
        return f"you promised by {when}, {over(late)}" if late > 0 else f"you promised an answer by {when}"
    return f"an answer was due {when}" if standing.is_over(now) else f"an answer is due {when}"


def whole_moment(seconds: int) -> str:
    """Write a moment so that it can be read at any time: Thu 3 Dec 2026, 15:00."""
    day = days.day_of(seconds)
    if not day:
        return "some time"
    found = date.fromisoformat(day)
    at = days.clock(days.minute_on(day, seconds))
    return f"{_NAMES[found.weekday()][:_SHORT]} {_day(day)} {found.year}, {at}"


def of_promise(body: Promise) -> str:
    """Say what a promise says."""
    return f"read; a full answer comes by {whole_moment(body.until)}"


def of_more_time(body: MoreTime) -> str:
    """Say what was allowed."""
    return f"more time for the answer, until {whole_moment(body.until)}"


def of_check_ins(body: SharedCheckIns) -> str:
    """Say what numbers were shared."""
    if not body.days:
        return "numbers of check-ins"
    first, last = body.days[0], body.days[-1]
    if len(body.days) == 1:
        return f"check-in of {_day(first[0])}: {first[1]} of 10"
    return f"check-ins of {_day(first[0])} to {_day(last[0])}: {', '.join(str(mood) for _, mood in body.days)}"


def of_hours(hours: OfficeHours) -> list[str]:
    """Say when somebody answers, in sentences."""
    said = []
    times = f"{days.clock(hours.opens)} to {days.clock(hours.closes)}"
    zone = f" ({hours.zone})" if hours.zone else ""
    week = weekdays(hours.weekdays)
    if hours.within:
        count = _NUMBERS[hours.within] if hours.within < len(_NUMBERS) else str(hours.within)
        plural = "" if hours.within == 1 else "s"
        said.append(f"An answer usually comes within {count} working day{plural}: {week}, {times}{zone}.")
    elif week:
        said.append(f"Working days are {week}, {times}{zone}.")
    if hours.away_until:
        said.append(f"Away from {whole_moment(hours.away_from)}, until {whole_moment(hours.away_until)}.")
    return [*said, *([hours.line] if hours.line else [])]


def weekdays(mask: int) -> str:
    """Name the days of a week: Monday to Friday; or Monday, Tuesday and Thursday."""
    chosen = [place for place in range(WEEK) if mask >> place & 1]
    names = [_NAMES[place] for place in chosen]
    if len(names) > 2 and chosen[-1] - chosen[0] == len(chosen) - 1:  # noqa: PLR2004 - "Monday to Tuesday" is two
        return f"{names[0]} to {names[-1]}"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _day(day: str) -> str:
    try:
        found = date.fromisoformat(day)
    except ValueError:  # what came from elsewhere may name a day that no calendar has
        return "some day"
    return f"{found.day} {_MONTHS[found.month - 1]}"
