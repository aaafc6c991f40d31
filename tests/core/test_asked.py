"""A measure that is asked for: when it is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.asked import MeasureAsked, check, due_day
from therapy_tui.errors import Malformed


@pytest.mark.parametrize(
    ("weeks", "answered", "day"),
    [
        (0, "", "2026-11-02"),
        (0, "2026-11-02", ""),
        (2, "", "2026-11-02"),
        (2, "2026-11-02", "2026-11-16"),
        (1, "2026-12-28", "2027-01-04"),
        (52, "9999-12-01", ""),
    ],
)
def test_due(weeks: int, answered: str, day: str) -> None:
    """It is due the day it came; once answered never again, or so many weeks after; and no calendar is overrun."""
    assert due_day(weeks, "2026-11-02", answered) == day


@given(st.integers(1, 52), st.dates(max_value=date(9990, 1, 1)))
def test_weeks_after_the_last_answer(weeks: int, answered: date) -> None:
    """It is due on the same weekday, exactly so many weeks after the last answer, whenever it was asked."""
    found = date.fromisoformat(due_day(weeks, "2026-11-02", answered.isoformat()))
    assert found - answered == timedelta(weeks=weeks)


def test_an_end_asks_nothing() -> None:
    """What ends an ask and names weeks says two things, and is refused."""
    check(MeasureAsked("phq9", 0, 1))
    check(MeasureAsked("phq9", 2, 0))
    with pytest.raises(Malformed):
        check(MeasureAsked("phq9", 2, 1))
