"""How long a record is kept, to the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.retention import Hold, Standing, years_after


@pytest.mark.parametrize(
    ("day", "years", "after"),
    [("2026-11-28", 7, "2033-11-28"), ("2024-02-29", 7, "2031-03-01"), ("2024-02-29", 4, "2028-02-29")],
)
def test_years_after(day: str, years: int, after: str) -> None:
    """It is the same day of the later year, or the day after where there is no such day."""
    assert years_after(date.fromisoformat(day), years) == date.fromisoformat(after)


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 100))
def test_never_short_of_the_years(day: date, years: int) -> None:
    """No rule ends before so many years are over."""
    after = years_after(day, years)
    assert (after.year, after.month, after.day) >= (day.year + years, day.month, day.day)
    assert (after - day).days >= 365 * years


def test_its_time() -> None:
    """The time comes with the day itself; without a rule never; a hold does not change when it comes."""
    last, due = date(2026, 11, 28), date(2033, 11, 28)
    held = Standing(b"bea", last, due, Hold(b"bea", 0, "a reason"))
    assert held.is_due(due)
    assert not held.is_due(date(2033, 11, 27))
    assert not Standing(b"bea", last, None, None).is_due(date.max)
