"""Weeks as lines: from the lowest to the highest number of each, a dot at the mean, and the same in numbers."""

from datetime import date

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from therapy_tui.core.checkins import HIGHEST, LOWEST, MIDDLE, Stretch
from therapy_tui.core.mood_charts import Chart, short_date
from therapy_tui.tui.widgets.dots import DAY, GUIDE

LINE = "─"
_STEP = 3
_SCALE = _STEP * (HIGHEST - LOWEST) + 1
_DATE = 8
_GAP = " " * 3


class Weeks(Widget):
    """The chart, a row a week, under the ten numbers."""

    DEFAULT_CSS = "Weeks { height: auto; width: 100%; }"

    shown: reactive[Chart | None] = reactive(None, layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the weeks, and the row of the numbers."""
        del container, viewport, width
        return 1 + (self.shown.weeks if self.shown else 0)

    def render(self) -> Content:
        """Draw the whole chart."""
        if self.shown is None:
            return Content("")
        numbers = "".join(f"{number:<{_STEP}}" for number in range(LOWEST, HIGHEST + 1))
        head = Content.styled(f"{'week of':<{_DATE}}{numbers[: _SCALE + 1]:<{_SCALE}}  mean{_GAP}from to", "$quiet")
        return Content("\n").join([head, *[week_line(begin, week) for begin, week in self.shown.by_week]])


def week_line(begin: date, week: Stretch | None) -> Content:
    """Draw one week: its first day, its numbers on the scale, and the same in words."""
    day = (f"{short_date(begin):<{_DATE}}", "$quiet")
    if week is None:
        before = " " * _place(MIDDLE)
        return Content.assemble(day, before, (GUIDE, "$quiet"))
    marks: dict[int, tuple[str, str]] = {_place(MIDDLE): (GUIDE, "$quiet")}
    marks |= dict.fromkeys(range(_place(week.lowest), _place(week.highest) + 1), (LINE, "$quiet"))
    marks[_place(week.mean)] = (DAY, "$text")
    scale = [marks.get(at, (" ", "")) for at in range(_SCALE)]
    spread = f"{week.lowest}" if week.lowest == week.highest else f"{week.lowest} to {week.highest}"
    return Content.assemble(day, *scale, _GAP, (f"{week.mean:>4.1f}", "$text"), (f"{_GAP}{spread}", "$quiet"))


def _place(number: float) -> int:
    """Give the column of a number on the scale, the nearer one; a half goes up."""
    return int(_STEP * (number - LOWEST) + 0.5)
