"""Four weeks as dots, one a day, with one dotted guide at 5; in a low window two numbers share a row."""

from datetime import timedelta

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from therapy_tui.core.checkins import HIGHEST, LOWEST, MIDDLE, Stretch
from therapy_tui.core.mood_charts import WEEK, Chart, short_date
from therapy_tui.tui.widgets.signs import Cells, row_of_cells

DAY, END, GUIDE = "●", "○", "·"
UPPER, LOWER = "▀", "▄"
LOW_WINDOW = 24
"""Below so many rows of the window the chart takes five rows in place of ten."""
_LABEL = 3


class Dots(Widget):
    """The chart; days without a number have no dot."""

    DEFAULT_CSS = "Dots { height: auto; width: 100%; }"

    shown: reactive[Chart | None] = reactive(None, layout=True)

    @property
    def is_low(self) -> bool:
        """Whether two numbers share a row."""
        return self.app.size.height < LOW_WINDOW

    def fit(self) -> None:
        """Be laid out again where the window has room for another number of rows now."""
        if self.size.height != self._rows:
            self.refresh(layout=True)

    @property
    def _rows(self) -> int:
        return (HIGHEST // 2 if self.is_low else HIGHEST) + 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the rows, with that of the dates."""
        del container, viewport, width
        return self._rows

    def render(self) -> Content:
        """Draw the whole chart."""
        chart, width = self.shown, self.size.width
        if chart is None:
            return Content("")
        rows = (low_cells if self.is_low else cells)(chart, _step(chart, width))
        lines = [row_of_cells(rows, row) for row in range(self._rows - 1)]
        return Content("\n").join([*lines, Content.styled(dates(chart, width), "$quiet")])


def _step(chart: Chart, width: int) -> int:
    """Give how many columns a day takes."""
    return 2 if width >= _LABEL + 2 * WEEK * chart.weeks - 1 else 1


def _row(number: int) -> int:
    return HIGHEST - number


def cells(chart: Chart, step: int) -> Cells:
    """Place every day's mean, and beside it the lowest and the highest number of a day that has several."""
    found: Cells = {(_row(number), 0): (f"{number:2}", "$quiet") for number in (LOWEST, MIDDLE, HIGHEST)}
    found |= {(_row(MIDDLE), column): (GUIDE, "$quiet") for column in _guide(chart, step)}
    for day in chart.days:
        column = _LABEL + step * chart.place_of(day)
        found |= {(_row(number), column): (END, "$quiet") for number in ends(day)}
        found[_row(day.level), column] = (DAY, "$text")
    return found


def low_cells(chart: Chart, step: int) -> Cells:
    """Place every day's mean in the upper or lower half of one of five rows."""
    labels = {HIGHEST: 0, MIDDLE: _row(MIDDLE) // 2, LOWEST: _row(LOWEST) // 2}
    found: Cells = {(row, 0): (f"{number:2}", "$quiet") for number, row in labels.items()}
    found |= {(labels[MIDDLE], column): (GUIDE, "$quiet") for column in _guide(chart, step)}
    for day in chart.days:
        row, is_lower = divmod(_row(day.level), 2)
        found[row, _LABEL + step * chart.place_of(day)] = (LOWER if is_lower else UPPER, "$text")
    return found


def ends(day: Stretch) -> tuple[int, ...]:
    """Give the numbers that are drawn beside a day's mean, because they are others."""
    return tuple(number for number in (day.lowest, day.highest) if number != day.level)


def has_ends(chart: Chart) -> bool:
    """Tell whether a day of the chart has numbers beside its mean."""
    return any(ends(day) for day in chart.days)


def _guide(chart: Chart, step: int) -> range:
    return range(_LABEL, _LABEL + step * WEEK * chart.weeks, 2)


def dates(chart: Chart, width: int) -> str:
    """Write the first day of each week under its column."""
    step, line = _step(chart, width), ""
    for number in range(chart.weeks):
        begins = chart.first + timedelta(days=WEEK * number)
        line = line.ljust(_LABEL + step * WEEK * number) + short_date(begins)
    return line
