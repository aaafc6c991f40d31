"""What is said of appointments and of how long a record is kept: the same on the screen and on the command line."""

from datetime import date

from therapy_tui import errors
from therapy_tui.core.appointments import Appointment
from therapy_tui.core.retention import Standing
from therapy_tui.core.text import safe_line
from therapy_tui.services import days, zones
from therapy_tui.services.days import day_words

NO_RULE = "no rule is set for how long records are kept"
NONE_TO_COME = "none is written down"


def when(each: Appointment) -> str:
    """Write when an appointment is: Thu 3 Dec 2026, 15:00 to 15:50, with its time zone where that is not one's own."""
    begin = zones.local(each.at, each.zone)
    zone = "" if each.zone == _own() else f" ({each.zone})"
    return f"{begin:%a} {begin.day} {begin:%b %Y}, {hours(each)}{zone}"


def hours(each: Appointment) -> str:
    """Write from when to when it is by its own clocks; where those change meanwhile, how long it takes."""
    begin, end = zones.local(each.at, each.zone), zones.local(each.until, each.zone)
    if begin.utcoffset() != end.utcoffset():
        return f"{begin:%H:%M}, for {each.minutes} minutes"
    return f"{begin:%H:%M} to {end:%H:%M}"


def _own() -> str:
    try:
        return zones.own()
    except errors.UsageError:
        return ""


def coming(found: tuple[Appointment, ...]) -> tuple[str, str]:
    """Say which appointment is next, and how many more there are."""
    if not found:
        return NONE_TO_COME, ""
    first = found[0]
    words = f", {safe_line(first.words)}" if first.words else ""
    return f"{when(first)}{words}", f"{len(found) - 1} more to come" if len(found) > 1 else ""


def kept(standing: Standing, years: int) -> str:
    """Say until when a record is kept, and by what."""
    if standing.due is None:
        return NO_RULE
    day = day_words(standing.due.isoformat())
    if standing.is_kept_longer and standing.ending is not None:
        return f"kept until {day}: {safe_line(standing.ending.keep_why)}"
    return f"kept for {years} year{'' if years == 1 else 's'} after the last day, so until {day}"


def held(standing: Standing) -> str:
    """Say that it may not be erased and why; empty where there is no hold."""
    hold = standing.hold
    return f"held since {day_words(days.day_of(hold.since))}: {safe_line(hold.reason, 400)}" if hold else ""


def time_to_go(standing: Standing, today: date) -> str:
    """Say whether a record may be erased now."""
    if standing.hold is not None:
        return "it is held, so it is not erased"
    if standing.due is None:
        return "no rule is set, so no time has come; before it a reason is asked for"
    if standing.is_due(today):
        return f"its time came on {day_words(standing.due.isoformat())}"
    return f"its time comes on {day_words(standing.due.isoformat())}; before it a reason is asked for"
