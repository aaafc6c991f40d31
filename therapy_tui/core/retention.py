"""How long a record is kept: years after the last day of service, and no erasing before that or under a hold."""

from dataclasses import dataclass
from datetime import date

from therapy_tui.core.persons import Ending

MOST_YEARS = 100
LONGEST_REASON = 200
"""The most characters of a reason; it goes into the audit log, and that is never erased."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A reason for which a record may not be erased, whatever its age."""

    contact: bytes
    since: int
    """Seconds since 1970."""
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person's record stands."""

    contact: bytes
    last: date
    """The last local day of anything that was exchanged or noted, or that of the end."""
    due: date | None
    """The day from which it may be erased: by the rule, or as was said at the end, whichever is later; or None."""
    hold: Hold | None
    ending: Ending | None = None
    """The end that was begun with the person: until when the record is kept, when it was written out and ended."""

    @property
    def is_kept_longer(self) -> bool:
        """Whether it is kept to the day that was said at the end, and not by the rule."""
        return self.ending is not None and self.due is not None and self.ending.keep_until == self.due.isoformat()

    def is_due(self, today: date) -> bool:
        """Tell whether its time has come, which a hold does not change."""
        return self.due is not None and today >= self.due


def years_after(day: date, years: int) -> date:
    """Give the day so many years later; 1 March where the year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
