"""Which values of a parameter every run of the tests tries, and which only the campaign."""

from collections.abc import Sequence

import pytest
from _pytest.mark import ParameterSet


def quick(values: Sequence[object], *always: object) -> list[ParameterSet]:
    """Give all values for `parametrize`; those that are not in `always` belong to the campaign."""
    assert set(always) <= set(values)
    return [pytest.param(each, marks=() if each in always else pytest.mark.campaign) for each in values]


def later(*values: object) -> ParameterSet:
    """Give one set of values for `parametrize` that only the campaign tries."""
    return pytest.param(*values, marks=pytest.mark.campaign)
