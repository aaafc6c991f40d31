"""A month at a glance: the days with a page underlined, and below each day the mood that was given on it."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from therapy_tui.tui.times import MONTHS

WEEK = "Mo Tu We Th Fr Sa Su"
WIDTH = len(WEEK)
TOLD = "underlined: a page"


@dataclass(frozen=True, slots=True)
class Shown:
    """A month as it is drawn."""

    year: int
    month: int
    written: Mapping[int, int]
    """The days with a page, each with the mood that was given on it, 0 for none."""
    chosen: int = 0
    """The day of the chosen page, 0 when there is none."""
    today: int = 0
    """Today, when it is in this month."""


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
    has_moods = any(shown.written.values())
    for week in calendar.Calendar().monthdayscalendar(shown.year, shown.month):
        rows.append(Content(" ").join([_day(day, shown) for day in week]))
        if has_moods:
            rows.append(Content.styled(" ".join(f"{shown.written.get(day) or '':>2}" for day in week), "$quiet"))
    told = f"{TOLD}\nbelow it: the mood" if has_moods else TOLD
    return [*rows, Content(""), *(Content.styled(line, "$quiet") for line in told.split("\n"))]


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
