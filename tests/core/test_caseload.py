"""The caseload in numbers: caseness, reliable improvement, recovery, and of how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content import measures
from therapy_tui.core.caseload import Ends, Summary, summary

KNOWN = measures.measures()
PAIRS = st.tuples(st.integers(0, 27), st.integers(0, 27), st.integers(0, 21), st.integers(0, 21))


def person(phq_first: int, phq_last: int, gad_first: int, gad_last: int) -> dict[str, Ends]:
    """Give somebody with both measures twice."""
    return {"phq9": Ends(phq_first, phq_last, 2), "gad7": Ends(gad_first, gad_last, 2)}


def numbers(found: Summary) -> tuple[int, int, int, int]:
    """Give improved, caseness, recovered, both."""
    return found.improved, found.caseness, found.recovered, found.reliably_recovered


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((10, 9, 0, 0), (0, 1, 1, 0)),  # recovery by one point is not reliable
        ((9, 3, 7, 7), (1, 0, 0, 0)),  # below both lines at the start: improved, and no recovery
        ((16, 9, 12, 7), (1, 1, 1, 1)),
        ((16, 9, 12, 8), (1, 1, 0, 0)),  # still at caseness on the GAD-7
        ((16, 10, 4, 4), (1, 1, 0, 0)),
        ((9, 9, 8, 4), (1, 1, 1, 1)),  # caseness on the GAD-7 alone
        ((16, 10, 4, 8), (0, 1, 0, 0)),  # the other rose reliably
        ((15, 10, 8, 5), (0, 1, 0, 0)),  # five points and three: neither counts
        ((16, 4, 0, 4), (0, 1, 1, 0)),  # recovered, while the other rose reliably
    ],
)
def test_one_person(ends: tuple[int, int, int, int], expected: tuple[int, int, int, int]) -> None:
    """Each line and rule decides from its very number on."""
    found = summary([person(*ends)], KNOWN)
    assert (found.counted, found.left_out) == (1, 0)
    assert numbers(found) == expected


@pytest.mark.parametrize(
    "ends",
    [
        {},
        {"phq9": Ends(16, 4, 5)},
        {"phq9": Ends(16, 4, 5), "gad7": Ends(12, 12, 1)},
        {"k10": Ends(40, 12, 3)},
    ],
)
def test_who_cannot_be_told(ends: dict[str, Ends]) -> None:
    """With one of the two alone, or one of them once, nothing is told of a person but that they are not counted."""
    found = summary([ends], KNOWN)
    assert (found.counted, found.left_out, numbers(found)) == (0, 1, (0, 0, 0, 0))


def test_sources_are_named() -> None:
    """Each line and each rule has its source; without the measures nobody is counted."""
    assert all("NCT05134103" in each for each in summary([], KNOWN).sources)
    assert summary([], KNOWN).sources
    assert summary([person(16, 4, 12, 2)], ()) == Summary(0, 0, 0, 0, 0, 1, ())


@given(st.lists(PAIRS, max_size=20))
def test_numbers_fit_each_other(ends: list[tuple[int, int, int, int]]) -> None:
    """Nobody is counted in a part without its whole, and each person counts once, whoever else there is."""
    found = summary([person(*each) for each in ends], KNOWN)
    assert found.counted == len(ends)
    assert found.reliably_recovered <= min(found.recovered, found.improved)
    assert found.recovered <= found.caseness <= found.counted
    singles = [summary([person(*each)], KNOWN) for each in ends]
    assert numbers(found) == tuple(map(sum, zip(*map(numbers, singles), strict=True))) if ends else (0, 0, 0, 0)


@given(PAIRS)
def test_lower_at_the_end_is_never_worse(ends: tuple[int, int, int, int]) -> None:
    """Whoever ends lower on both than another who began alike is at least as improved and as recovered."""
    first, last, begun, ended = ends
    here, there = (numbers(summary([person(*each)], KNOWN)) for each in (ends, (first, last // 2, begun, ended // 2)))
    assert all(one <= other for one, other in zip(here, there, strict=True))
