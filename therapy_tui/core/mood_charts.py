"""Charts of check-ins: which days they show, the weeks in them, and the same in a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from therapy_tui.core.checkins import Stretch, by_day, together

WEEK = 7
SHORT, LONG = 4, 12
"""The weeks of the two charts."""
_NUMBERS = {SHORT: "four", LONG: "twelve"}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Chart:
    """Whole weeks of days, the last of which ends the last week."""

    first: date
    weeks: int
    days: tuple[Stretch, ...]
    """Only those with a number, in order."""

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=WEEK * self.weeks - 1)

    @property
    def by_week(self) -> tuple[tuple[date, Stretch | None], ...]:
        """Each week's first day, and what its numbers come to."""
        begins = [self.first + timedelta(days=WEEK * number) for number in range(self.weeks)]
        return tuple((begin, together(begin.isoformat(), self._within(begin))) for begin in begins)

    def _within(self, begin: date) -> list[Stretch]:
        since, until = begin.isoformat(), (begin + timedelta(days=WEEK - 1)).isoformat()
        return [each for each in self.days if since <= each.day <= until]

    def place_of(self, stretch: Stretch) -> int:
        """Count the days from the first to a day of the chart."""
        return (date.fromisoformat(stretch.day) - self.first).days


def bounds(last: str, weeks: int, back: int = 0) -> tuple[str, str]:
    """Give the first and the last day of a chart that ends on a day, or `back` charts before it.

    Where the calendar begins there is a last chart, and none before it.
    """
    length = WEEK * weeks
    end = max(date.fromisoformat(last).toordinal() - length * back, length)
    return date.fromordinal(end - length + 1).isoformat(), date.fromordinal(end).isoformat()


def chart(moods: Iterable[tuple[str, int]], first: str, weeks: int) -> Chart:
    """Make the chart of some weeks.

    Args:
        moods: (day, mood) of those weeks, the days in order.
        first: the first day.
        weeks: how many.
    """
    return Chart(date.fromisoformat(first), weeks, by_day(moods))


def sentence(shown: Chart) -> str:
    """Say a chart: where it begins and ends, and its lowest and highest numbers with their days.

    Where it begins and ends are the means of the first and the last day that has a number, as they are drawn; the
    lowest and the highest are numbers that were given. It says nothing of days without one.
    """
    days = shown.days
    over = f"over {_NUMBERS.get(shown.weeks, str(shown.weeks))} weeks"
    if not days:
        return f"No number {over}."
    lowest, highest = min(each.lowest for each in days), max(each.highest for each in days)
    if sum(each.count for each in days) == 1:
        return f"{lowest} on {short_day(days[0].day)}, the only number {over}."
    if lowest == highest:
        return f"{lowest} each time {over}."
    return (
        f"{written(days[0])} to {written(days[-1])} {over};"
        f" lowest {lowest} {_on([each.day for each in days if each.lowest == lowest])},"
        f" highest {highest} {_on([each.day for each in days if each.highest == highest])}."
    )


def _on(days: Sequence[str]) -> str:
    if len(days) == 1:
        return f"on {short_day(days[0])}"
    return f"on {len(days)} days, the last {short_day(days[-1])}"


def written(stretch: Stretch) -> str:
    """Write a mean: a whole number where it is one, else one decimal."""
    return str(stretch.total // stretch.count) if stretch.total % stretch.count == 0 else f"{stretch.mean:.1f}"


def short_day(day: str | date) -> str:
    """Write a day such as Tue 3 Nov."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{_DAYS[found.weekday()]} {short_date(found)}"


def short_date(day: date) -> str:
    """Write a date such as 3 Nov."""
    return f"{day.day} {_MONTHS[day.month - 1]}"
