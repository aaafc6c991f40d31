"""A month at a glance: the days with a page underlined, and below each day how it was.

A mood that was given with a page comes first; on other days stands what the check-ins come to, with a dot behind it.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from therapy_tui.tui.times import MONTHS

WEEK = "Mo Tu We Th Fr Sa Su"
WIDTH = len(WEEK)
TOLD = "underlined: a page"
MOOD, SAID = "below it: the mood", "·: from check-ins"
BEFORE = "{}: today, other years"
DOT = "·"


@dataclass(frozen=True, slots=True)
class Shown:
    """A month as it is drawn."""

    year: int
    month: int
    written: Mapping[int, int]
    """The days with a page, each with the mood that was given on it, 0 for none."""
    said: Mapping[int, int] = field(default_factory=dict)
    """The days with check-ins, each with the whole number nearest to their mean."""
    chosen: int = 0
    """The day of the chosen page, 0 when there is none."""
    today: int = 0
    """Today, when it is in this month."""
    before: str = ""
    """The key that shows what was written on this day in other years, where something was."""


class MonthView(Widget):
    """The month of the pages beside it."""

    DEFAULT_CSS = "MonthView { width: 22; height: auto; }"

    shown: reactive[Shown | None] = reactive(None, layout=True)

    def render(self) -> Content:
        """Draw it, Monday first."""
        if self.shown is None:
            return Content("")
        return Content("\n").join(month_rows(self.shown))


def month_rows(shown: Shown) -> list[Content]:
    """Give the rows of a month: two a week, the days and their moods."""
    rows = [
        Content.styled(f"{MONTHS[shown.month - 1]} {shown.year}", "bold $strong"),
        Content(""),
        Content.styled(WEEK, "$quiet"),
    ]
    moods = {day: str(mood) for day, mood in shown.written.items() if mood}
    said = {day: f"{level}{DOT}" for day, level in shown.said.items() if day not in moods}
    under = {**said, **moods}
    for week in calendar.Calendar().monthdayscalendar(shown.year, shown.month):
        rows.append(Content(" ").join([_day(day, shown) for day in week]))
        if under:
            rows.append(Content.styled("".join(_under(under.get(day, "")) for day in week), "$quiet"))
    told = [TOLD, *([MOOD] if under else []), *([SAID] if said else [])]
    told += [BEFORE.format(shown.before)] if shown.before and shown.today else []
    return [*rows, Content(""), *(Content.styled(line, "$quiet") for line in told)]


def _under(mood: str) -> str:
    """Put a mood under its day: the number under the number, the dot in the gap behind it."""
    return f"{mood.removesuffix(DOT):>2}{DOT if mood.endswith(DOT) else ' '}"


def _day(day: int, shown: Shown) -> Content:
    if not day:
        return Content("  ")
    pad, number = " " * (2 - len(str(day))), str(day)
    if day == shown.chosen:
        painted = Content.styled(pad + number, "$chosen-number-ink on $chosen-number-ground")
        return painted.stylize("$style-chosen-number")
    if day in shown.written:
        return Content.assemble(pad, (number, "bold underline $strong"))
    return Content.styled(pad + number, "$text" if day == shown.today else "$quiet")
