"""What has changed between two results: the number, and the one rule that is named beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content import measures
from therapy_tui.core.measures import Result, Verdict, score
from therapy_tui.core.questionnaire import Measure
from therapy_tui.errors import UsageError

OF = {measure.id: measure for measure in measures.measures()}
PHQ9, GAD7, PCL5, K10, K6, PHQ2 = (OF[name] for name in ("phq9", "gad7", "pcl5", "k10", "k6", "phq2"))
SAMPLED = st.sampled_from([*OF.values()])
OPPOSITE = {Verdict.LOWER: Verdict.HIGHER, Verdict.HIGHER: Verdict.LOWER, Verdict.WITHIN: Verdict.WITHIN, None: None}


def summing_to(measure: Measure, total: int) -> tuple[int, ...]:
    """Give answers of a measure that add up to a total, the first ones as high as can be."""
    low, high = measure.scoring.item_low, measure.scoring.item_high
    answers, rest = [], total - low * len(measure.items)
    for _ in measure.items:
        step = min(rest, high - low)
        answers.append(low + step)
        rest -= step
    assert rest == 0
    return tuple(answers)


def compared(measure: Measure, before: int, after: int) -> Result:
    """Score a total with an earlier one beside it."""
    return score(measure, summing_to(measure, after), score(measure, summing_to(measure, before)))


@pytest.mark.parametrize(
    ("measure", "before", "after", "verdict"),
    [
        (PHQ9, 15, 9, Verdict.LOWER),
        (PHQ9, 15, 10, Verdict.WITHIN),
        (PHQ9, 15, 15, Verdict.WITHIN),
        (PHQ9, 15, 20, Verdict.WITHIN),
        (PHQ9, 15, 21, Verdict.HIGHER),
        (GAD7, 12, 8, Verdict.LOWER),
        (GAD7, 12, 9, Verdict.WITHIN),
        (GAD7, 12, 15, Verdict.WITHIN),
        (GAD7, 12, 16, Verdict.HIGHER),
        (PCL5, 80, 0, None),
        (PCL5, 40, 30, None),
        (PHQ2, 6, 0, None),
        (K10, 50, 10, None),
        (K6, 0, 24, None),
    ],
    ids=lambda each: getattr(each, "id", None),
)
def test_change(measure: Measure, before: int, after: int, verdict: Verdict | None) -> None:
    """The one rule of the measure decides, from its number of points on; without a rule there is only the number."""
    change = compared(measure, before, after).change
    assert change is not None
    assert (change.earlier, change.difference, change.verdict) == (before, after - before, verdict)
    assert change.rule == measure.rule
    assert (change.rule is None) == (verdict is None)


def test_rules_by_name() -> None:
    """The rule that is applied is named with its points: 6 for the PHQ-9, 4 for the GAD-7, none for the others."""
    applied = {name: (m.rule.points, m.rule.name) for name, m in OF.items() if m.rule}
    assert applied == {
        "phq9": (6, "reliable change, NHS Talking Therapies"),
        "gad7": (4, "reliable change, NHS Talking Therapies"),
    }
    assert [rule.points for rule in PCL5.rules] == [10]


@pytest.mark.parametrize(
    ("before", "after", "response", "remission"),
    [
        (20, 11, False, False),
        (20, 10, True, False),
        (19, 10, False, False),
        (19, 9, True, False),
        (20, 5, True, False),
        (20, 4, True, True),
        (10, 5, True, False),
        (10, 27, False, False),
        (9, 0, None, None),
    ],
)
def test_response_and_remission(before: int, after: int, response: bool | None, remission: bool | None) -> None:
    """From 10 on, half of it gone is response and less than 5 left is remission; from below 10 neither is said."""
    change = compared(PHQ9, before, after).change
    assert change is not None
    assert (change.response, change.remission) == (response, remission)
    assert change.outcome == (None if response is None else PHQ9.outcome)


def test_response_is_of_the_phq9_alone() -> None:
    """No other measure speaks of response or remission."""
    for measure in OF.values():
        if measure is not PHQ9:
            change = compared(measure, measure.scoring.total_high, measure.scoring.total_low).change
            assert change is not None
            assert (change.outcome, change.response, change.remission) == (None, None, None)


def test_only_like_with_like() -> None:
    """An earlier result of another measure, or of another scale, is refused."""
    with pytest.raises(UsageError, match=r"^Only a result of GAD-7, scored in the same way, can be compared"):
        score(GAD7, (0,) * 7, score(PHQ9, (0,) * 9))
    american = Result("k10", (0, 4), (0,) * 10, (), support=False, total=0, band=None, change=None)
    with pytest.raises(UsageError, match=r"^Only a result of K10, "):
        score(K10, (1,) * 10, american)


@given(SAMPLED, st.data())
def test_a_change_has_two_sides(measure: Measure, data: st.DataObject) -> None:
    """What is lower from one total to another is higher the other way round, and a verdict comes only by the rule."""
    totals = st.integers(measure.scoring.total_low, measure.scoring.total_high)
    one, other = data.draw(totals), data.draw(totals)
    there, back = compared(measure, one, other).change, compared(measure, other, one).change
    assert there is not None
    assert back is not None
    assert there.difference == -back.difference
    assert back.verdict == OPPOSITE[there.verdict]
