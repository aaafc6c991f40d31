"""Scoring, by hand and by rule: totals, bands, and the support screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content import measures
from therapy_tui.core.measures import score
from therapy_tui.core.questionnaire import Measure
from therapy_tui.errors import UsageError

OF = {measure.id: measure for measure in measures.measures()}
PHQ9, GAD7, PCL5, K10, K6, PHQ2 = (OF[name] for name in ("phq9", "gad7", "pcl5", "k10", "k6", "phq2"))
BY_HAND = [
    (PHQ9, (0, 0, 0, 0, 0, 0, 0, 0, 0), 0, "minimal"),
    (PHQ9, (1, 1, 1, 1, 0, 0, 0, 0, 0), 4, "minimal"),
    (PHQ9, (1, 1, 1, 1, 1, 0, 0, 0, 0), 5, "mild"),
    (PHQ9, (3, 3, 3, 0, 0, 0, 0, 0, 0), 9, "mild"),
    (PHQ9, (3, 3, 3, 1, 0, 0, 0, 0, 0), 10, "moderate"),
    (PHQ9, (2, 2, 2, 2, 2, 2, 2, 0, 0), 14, "moderate"),
    (PHQ9, (2, 2, 2, 2, 2, 2, 2, 1, 0), 15, "moderately severe"),
    (PHQ9, (3, 3, 3, 3, 3, 3, 1, 0, 0), 19, "moderately severe"),
    (PHQ9, (3, 3, 3, 3, 3, 3, 1, 1, 0), 20, "severe"),
    (PHQ9, (3, 3, 3, 3, 3, 3, 3, 3, 3), 27, "severe"),
    (PHQ2, (0, 0), 0, None),
    (PHQ2, (1, 2), 3, None),
    (PHQ2, (3, 3), 6, None),
    (GAD7, (0, 0, 0, 0, 0, 0, 0), 0, "minimal"),
    (GAD7, (1, 1, 1, 1, 0, 0, 0), 4, "minimal"),
    (GAD7, (1, 1, 1, 1, 1, 0, 0), 5, "mild"),
    (GAD7, (2, 2, 2, 1, 1, 1, 0), 9, "mild"),
    (GAD7, (2, 2, 2, 2, 1, 1, 0), 10, "moderate"),
    (GAD7, (2, 2, 2, 2, 2, 2, 2), 14, "moderate"),
    (GAD7, (3, 2, 2, 2, 2, 2, 2), 15, "severe"),
    (GAD7, (3, 3, 3, 3, 3, 3, 3), 21, "severe"),
    (PCL5, (0,) * 20, 0, None),
    (PCL5, (2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 0, 0, 0, 0), 31, None),
    (PCL5, (4,) * 20, 80, None),
    (K10, (1, 1, 1, 1, 1, 1, 1, 1, 1, 1), 10, "low"),
    (K10, (2, 2, 2, 2, 2, 1, 1, 1, 1, 1), 15, "low"),
    (K10, (2, 2, 2, 2, 2, 2, 1, 1, 1, 1), 16, "moderate"),
    (K10, (3, 2, 2, 2, 2, 2, 2, 2, 2, 2), 21, "moderate"),
    (K10, (3, 3, 2, 2, 2, 2, 2, 2, 2, 2), 22, "high"),
    (K10, (3, 3, 3, 3, 3, 3, 3, 3, 3, 2), 29, "high"),
    (K10, (3, 3, 3, 3, 3, 3, 3, 3, 3, 3), 30, "very high"),
    (K10, (5, 5, 5, 5, 5, 5, 5, 5, 5, 5), 50, "very high"),
    (K6, (0, 0, 0, 0, 0, 0), 0, None),
    (K6, (4, 3, 2, 2, 1, 1), 13, None),
    (K6, (4, 4, 4, 4, 4, 4), 24, None),
]
"""Added up by hand: the lowest and the highest of each, and both sides of every border between bands."""
SAMPLED = st.sampled_from([*OF.values()])


@pytest.mark.parametrize(("measure", "answers", "total", "band"), BY_HAND, ids=lambda each: getattr(each, "id", None))
def test_by_hand(measure: Measure, answers: tuple[int, ...], total: int, band: str | None) -> None:
    """A total and its band are what a person finds with pencil and paper."""
    result = score(measure, answers)
    assert result.total == total
    assert (result.band.label if result.band else None) == band
    assert (result.measure, result.answers, result.missing, result.change) == (measure.id, answers, (), None)


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_support(answer: int) -> None:
    """Any answer to item 9 but the lowest opens the support screen, also while every other item is unanswered."""
    assert score(PHQ9, (0,) * 8 + (answer,)).support
    assert score(PHQ9, (None,) * 8 + (answer,)).support


def test_no_support_without_that_answer() -> None:
    """The highest answers to the other eight items do not open it, nor does an item 9 without an answer."""
    assert not score(PHQ9, (3,) * 8 + (0,)).support
    assert not score(PHQ9, (3,) * 8 + (None,)).support
    assert not any(score(m, (m.scoring.item_high,) * len(m.items)).support for m in OF.values() if m is not PHQ9)


@pytest.mark.parametrize("measure", OF.values(), ids=OF)
def test_an_item_without_an_answer(measure: Measure) -> None:
    """One item without an answer leaves no total, no band and no change, and is named."""
    whole = (measure.scoring.item_high,) * len(measure.items)
    for item in measure.items:
        answers = (*whole[: item.number - 1], None, *whole[item.number :])
        result = score(measure, answers, score(measure, whole))
        assert (result.total, result.band, result.change) == (None, None, None)
        assert result.missing == (item.number,)
        assert score(measure, whole, score(measure, answers)).change is None


def test_the_two_ways_of_kessler() -> None:
    """The K10 takes 1 to 5 and refuses 0, the K6 takes 0 to 4 and refuses 5, and each result carries its scale."""
    assert (score(K10, (1,) * 10).scale, score(K6, (0,) * 6).scale) == ((1, 5), (0, 4))
    with pytest.raises(UsageError, match=r"^Item 1 of K10 takes one of 1, 2, 3, 4, 5, and not 0\.$"):
        score(K10, (0,) * 10)
    with pytest.raises(UsageError, match=r"^Item 6 of K6 takes one of 0, 1, 2, 3, 4, and not 5\.$"):
        score(K6, (0, 0, 0, 0, 0, 5))


@pytest.mark.parametrize("answers", [(), (0,) * 8, (0,) * 10])
def test_too_few_and_too_many(answers: tuple[int, ...]) -> None:
    """Answers for another number of items are refused with both numbers."""
    with pytest.raises(UsageError, match=rf"^PHQ-9 has 9 items, and {len(answers)} answers were given\.$"):
        score(PHQ9, answers)


@pytest.mark.parametrize("answer", [-1, 4, True, False, 1.0, "1"])
def test_what_is_no_answer(answer: int) -> None:
    """What is none of the scores is refused, and so is what only equals one."""
    with pytest.raises(UsageError, match=r"^Item 2 of PHQ-9 takes one of 0, 1, 2, 3, and not "):
        score(PHQ9, (0, answer, 0, 0, 0, 0, 0, 0, 0))


@given(SAMPLED, st.data())
def test_a_whole_set_of_answers(measure: Measure, data: st.DataObject) -> None:
    """The total is the sum, lies in the range, and the same answers give the same result."""
    option = st.sampled_from([option.score for option in measure.options])
    size = len(measure.items)
    answers = tuple(data.draw(st.lists(option, min_size=size, max_size=size)))
    result = score(measure, answers)
    assert result.total == sum(answers)
    assert measure.scoring.total_low <= result.total <= measure.scoring.total_high
    assert score(measure, answers) == result


@given(SAMPLED, st.lists(st.none() | st.integers(-1, 6), max_size=21))
def test_scored_or_refused(measure: Measure, answers: list[int | None]) -> None:
    """Whatever is handed in scores, with a total exactly when nothing is missing, or is refused in a sentence."""
    scores = {option.score for option in measure.options} | {None}
    fits = len(answers) == len(measure.items) and set(answers) <= scores
    if not fits:
        with pytest.raises(UsageError, match=r"\.$"):
            score(measure, answers)
        return
    result = score(measure, answers)
    assert (result.total is None) == (None in answers) == bool(result.missing)
    assert result.answers == tuple(answers)
