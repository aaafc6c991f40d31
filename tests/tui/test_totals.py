"""The chart of totals: each number in its own band, higher ones higher, and nothing over anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content import measures
from therapy_tui.core.progress import Point
from therapy_tui.core.questionnaire import Measure
from therapy_tui.tui.widgets.totals import columns, height_of, labels, lines, row_of

ALL = st.sampled_from(measures.measures())
ROWS = st.sampled_from([1, 2])
DAY = 86_400


def points(totals: list[int]) -> tuple[Point, ...]:
    """Give a course of such totals, a week from one to the next."""
    return tuple(
        Point(1_780_000_000 + 7 * DAY * place, (0, 3), (), total, is_compared=True)
        for place, total in enumerate(totals)
    )


@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("measure", measures.measures(), ids=lambda each: each.id)
def test_every_total_has_a_place(measure: Measure, rows: int) -> None:
    """From the highest total to the lowest the row never goes up, stays in the chart, and never leaves its band."""
    totals = range(measure.scoring.total_high, measure.scoring.total_low - 1, -1)
    places = [row_of(measure, total, rows) for total in totals]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, height_of(measure, rows) - 1)
    for total, place in zip(totals, places, strict=True):
        band = measure.band(total)
        if band is not None:
            assert row_of(measure, band.high, rows) <= place <= row_of(measure, band.low, rows)
    for one, other in zip(measure.bands, measure.bands[1:], strict=False):
        assert row_of(measure, one.high, rows) > row_of(measure, other.low, rows)


@given(ALL, ROWS, st.sampled_from([56, 58, 72]), st.data())
def test_all_of_it_is_readable(measure: Measure, rows: int, width: int, data: st.DataObject) -> None:
    """In every width each drawn total stands in its row, whole, with its day below; every name is there, uncut."""
    low, high = measure.scoring.total_low, measure.scoring.total_high
    totals = data.draw(st.lists(st.integers(low, high), min_size=1, max_size=30))
    drawn = [each.plain for each in lines(measure, points(totals), width, rows)]
    count, step, _ = columns(measure, len(totals), width, rows)
    assert len(drawn) == height_of(measure, rows) + 2
    assert max(map(len, drawn)) <= width
    for place, total in enumerate(totals[len(totals) - count :]):
        row = drawn[row_of(measure, total, rows)]
        assert row[place * step :].startswith(str(total))
        assert not row[place * step + len(str(total)) :][:1].isdigit()
        assert drawn[-2][place * step].isdigit()
    for row_number, name in labels(measure, rows).items():
        assert drawn[row_number].endswith(name)


def test_the_newest_are_drawn() -> None:
    """Where there are more than fit, the newest stand there."""
    measure = measures.measure("phq9")
    assert measure is not None
    count, _, _ = columns(measure, 40, 72, 2)
    assert 8 <= count < 40
    drawn = "\n".join(each.plain for each in lines(measure, points([27] * 30 + [1] * 10), 72, 2))
    assert drawn.count("1 ") >= 9
