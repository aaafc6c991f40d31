"""When a therapist answers: working days and hours, days away, and by when an answer to a letter usually comes.

Both sides reckon with this rule and the same record, so they come to the same moment wherever each of them lives.
"""

from datetime import datetime, timedelta, tzinfo
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from therapy_tui.core.fields import Number
from therapy_tui.errors import Malformed

DAY_MINUTES: Final = 24 * 60
MOST_DAYS: Final = 30
LONGEST_LINE: Final = 280
WEEK: Final = 7
_LOOK_AHEAD: Final = 800
"""So many days ahead a working day is looked for."""

Minutes = Annotated[int, Meta(ge=0, le=DAY_MINUTES)]


class OfficeHours(msgspec.Struct, frozen=True, array_like=True):
    """When a therapist works, and how soon an answer usually comes."""

    within: Annotated[int, Meta(ge=0, le=MOST_DAYS)]
    """In how many working days; 0 when nothing is said of it."""
    weekdays: Annotated[int, Meta(ge=0, le=127)]
    """The days of the week: Monday is 1, Tuesday 2, Wednesday 4, and so on; added."""
    opens: Minutes
    """Minutes since midnight."""
    closes: Minutes
    zone: Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_+/-]*$")]
    """The name of the time zone (IANA) in which those stand."""
    away_from: Number = 0
    """Seconds since 1970; 0 for nothing planned."""
    away_until: Number = 0
    """The first moment back."""
    line: Annotated[str, Meta(max_length=LONGEST_LINE)] = ""
    """What is said beside it, or empty."""

    def is_away(self, at: int) -> bool:
        """Tell whether a moment lies in the time away."""
        return self.away_from <= at < self.away_until


def check(hours: OfficeHours) -> None:
    """Refuse what its types alone do not: hours that close before they open, an end before its beginning.

    Raises:
        Malformed: it is so.
    """
    if hours.opens > hours.closes or hours.away_from > hours.away_until:
        raise Malformed


def usual_answer(hours: OfficeHours, since: int, zone: tzinfo) -> int:
    """Give the moment by which an answer usually comes to what was written at a moment.

    It is the closing time of the `within`th working day after the one on which the letter is there. What comes after
    closing, on a free day or in a time away is there on the next working day.

    Args:
        hours: the therapist's.
        since: seconds since 1970.
        zone: the time zone that the hours name.

    Returns:
        Seconds since 1970, or 0 when nothing is said of it, or no calendar has the day.
    """
    if not hours.within or not hours.weekdays:
        return 0
    try:
        day = datetime.fromtimestamp(since, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        left = hours.within + 1
        for _ in range(_LOOK_AHEAD):
            closes = _at(day, hours.closes)
            if closes >= since and hours.weekdays >> day.weekday() & 1 and not hours.is_away(closes):
                left -= 1
                if not left:
                    return closes
            day += timedelta(days=1)
    except (ValueError, OverflowError, OSError):
        pass
    return 0


def _at(day: datetime, minute: int) -> int:
    """Give the moment at which the clock of a day shows so many minutes since midnight."""
    return int((day + timedelta(minutes=minute)).timestamp())  # wall time: the zone's offset is that of the result
