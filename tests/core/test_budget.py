"""A day's bytes: a table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.budget import ANY_SIZE, LARGE, Budget

SIZES = st.integers(0, 2**40)


@pytest.mark.parametrize(
    ("daily", "used", "largest", "spent"),
    [
        (0, 10**9, ANY_SIZE, False),
        (100_000, 0, 25_000, False),
        (100_000, 74_999, 25_000, False),
        (100_000, 90_000, 10_000, False),
        (100_000, 97_000, LARGE, False),
        (100_000, 100_000, LARGE, True),
        (100_000, 250_000, LARGE, True),
        (1, 0, LARGE, False),
        (1, 1, LARGE, True),
    ],
)
def test_the_table(daily: int, used: int, largest: int, spent: bool) -> None:
    """A quarter of a day, then what is left of it, and never less than a small letter."""
    budget = Budget(daily)
    assert (budget.largest(used), budget.is_spent(used)) == (largest, spent)


@given(SIZES, SIZES, SIZES)
def test_small_letters_always_go_and_use_closes_no_door_that_it_opens(daily: int, used: int, more: int) -> None:
    """Whatever the numbers, a small letter goes, and more use never lets a larger one go."""
    budget = Budget(daily)
    assert budget.largest(used) >= LARGE
    assert budget.largest(used + more) <= budget.largest(used)
