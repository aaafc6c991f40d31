"""One measure over time: each total as a number at its own height, between named bands with dotted guides."""

from datetime import date

from textual.content import Content

from therapy_tui.core.mood_charts import short_date
from therapy_tui.core.progress import Point
from therapy_tui.core.questionnaire import Measure
from therapy_tui.services.days import day_of
from therapy_tui.tui.widgets.signs import Cells, row_of_cells

GUIDE = "·"
PLAIN_ROWS = 9
"""The rows of a measure without bands."""
_WIDEST, _NARROWEST = 6, 3
"""The columns between two totals: as wide as there is room for, and never so close that two touch."""
_GAP = 2


def height_of(measure: Measure, rows_a_band: int) -> int:
    """Count the rows of the numbers."""
    return rows_a_band * len(measure.bands) if measure.bands else PLAIN_ROWS


def row_of(measure: Measure, total: int, rows_a_band: int) -> int:
    """Give the row of a total, counted from the top. It never leaves its band, and within it lower is lower."""
    if not measure.bands:
        scoring = measure.scoring
        span = scoring.total_high - scoring.total_low
        return round((scoring.total_high - total) * (PLAIN_ROWS - 1) / span)
    place = next(place for place, band in enumerate(measure.bands) if band.low <= total <= band.high)
    band = measure.bands[place]
    within = (total - band.low) * rows_a_band // (band.high - band.low + 1)
    return rows_a_band * (len(measure.bands) - place) - 1 - within


def labels(measure: Measure, rows_a_band: int) -> dict[int, str]:
    """Name the rows: each band at its lowest total, or both ends of a measure that has none."""
    if not measure.bands:
        low, high = measure.scoring.total_low, measure.scoring.total_high
        return {0: f"{high}, the highest", PLAIN_ROWS - 1: f"{low}, the lowest"}
    found = {row_of(measure, band.low, rows_a_band): f"{band.label}, {band.low}" for band in measure.bands[1:]}
    return found | {height_of(measure, rows_a_band) - 1: measure.bands[0].label}


def columns(measure: Measure, points: int, width: int, rows_a_band: int) -> tuple[int, int, int]:
    """Give how many totals are drawn, the columns from one to the next, and the column of the names."""
    widest = max(map(len, labels(measure, rows_a_band).values()))
    room = max(_NARROWEST, width - widest - _GAP)
    count = min(points, room // _NARROWEST)
    return count, min(_WIDEST, room // max(1, count)), room


def lines(measure: Measure, points: tuple[Point, ...], width: int, rows_a_band: int) -> list[Content]:
    """Draw the chart in a width: the numbers, and the dates below in two lines."""
    count, step, end = columns(measure, len(points), width, rows_a_band)
    newest = points[len(points) - count :]
    found: Cells = {}
    for row, name in labels(measure, rows_a_band).items():
        found[row, end + _GAP] = (name, "$quiet")
        if measure.bands and name != measure.bands[0].label:
            found |= {(row, column): (GUIDE, "$quiet") for column in range(0, end, 2)}
    for place, point in enumerate(newest):
        row, column = row_of(measure, point.total or 0, rows_a_band), place * step
        text = str(point.total)
        for near in range(column - 1, column + len(text) + 1):
            found.pop((row, near), None)
        found[row, column] = (text, "bold $accent" if place == count - 1 else "bold $strong")
    drawn = [row_of_cells(found, row) for row in range(height_of(measure, rows_a_band))]
    return [*drawn, *(Content.styled(each, "$quiet") for each in _dates(newest, step))]


def _dates(points: tuple[Point, ...], step: int) -> tuple[str, str]:
    """Write the day under each total, and the month under the first of each; a month waits where there is no room."""
    days = months = named = ""
    for place, point in enumerate(points):
        day, _, month = short_date(date.fromisoformat(day_of(point.at) or "1970-01-01")).partition(" ")
        days = days.ljust(place * step) + day
        if month != named and (not months or len(months) < place * step):
            months, named = months.ljust(place * step) + month, month
    return days, months
