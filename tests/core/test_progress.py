"""Measures over time: what is compared with what, and by which rule; what is shown and not compared."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content import measures
from therapy_tui.core.measures import Verdict
from therapy_tui.core.progress import Course, Given, courses, read, safety_answers
from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.shared import UNANSWERED, SharedAnswers

KNOWN = measures.measures()
OF = {each.id: each for each in KNOWN}
PHQ9, GAD7, PCL5, K10 = (OF[name] for name in ("phq9", "gad7", "pcl5", "k10"))


def answers_to(measure: Measure, total: int) -> bytes:
    """Give answers that come to a total, the first ones as high as can be."""
    low, high = measure.scoring.item_low, measure.scoring.item_high
    rest, found = total - low * len(measure.items), []
    for _ in measure.items:
        step = min(rest, high - low)
        found.append(low + step)
        rest -= step
    return bytes(found)


def of(measure: Measure, at: int, total: int) -> Given:
    """Give a whole set of answers."""
    return Given(measure.id, at, measure.scoring.item_low, measure.scoring.item_high, answers_to(measure, total))


def only(*answered: Given) -> Course:
    """Give the one course."""
    (found,) = courses(answered, KNOWN)
    return found


@st.composite
def anything(draw: st.DrawFn) -> Given:
    """Answers as they may come: whole, with gaps, of another scale or length, of a measure that is not known."""
    name = draw(st.sampled_from([*OF, "mmpi"]))
    measure = OF.get(name, PHQ9)
    low, high = draw(st.sampled_from([(measure.scoring.item_low, measure.scoring.item_high), (0, 3), (1, 5), (0, 4)]))
    size = draw(st.sampled_from([len(measure.items), len(measure.items), 8]))
    one = st.integers(low, high) | st.integers(low, high) | st.just(UNANSWERED)
    return Given(name, draw(st.integers(1, 60)), low, high, bytes(draw(st.lists(one, min_size=size, max_size=size))))


def test_against_the_last_and_the_first() -> None:
    """Each total stands beside the one before it and beside the first, by the rule of the measure."""
    course = only(of(PHQ9, 1, 14), of(PHQ9, 2, 11), of(PHQ9, 3, 17))
    assert [each.total for each in course.points] == [14, 11, 17]
    assert [each.band and each.band.label for each in course.points] == ["moderate", "moderate", "moderately severe"]
    first, second, third = course.points
    assert (first.since_last, first.since_first) == (None, None)
    assert second.since_last == second.since_first
    assert third.since_last is not None
    assert (third.since_last.difference, third.since_last.verdict) == (6, Verdict.HIGHER)
    assert third.since_first is not None
    assert (third.since_first.difference, third.since_first.verdict) == (3, Verdict.WITHIN)
    assert third.since_first.rule == PHQ9.rule


def test_response_and_remission_are_against_the_first() -> None:
    """A course that began at 10 or more has its response and remission; one that began below has neither."""
    last = only(of(PHQ9, 1, 16), of(PHQ9, 2, 12), of(PHQ9, 3, 4)).points[-1].since_first
    assert last is not None
    assert (last.response, last.remission) == (True, True)
    mild = only(of(PHQ9, 1, 9), of(PHQ9, 2, 4)).points[-1].since_first
    assert mild is not None
    assert (mild.response, mild.remission, mild.outcome) == (None, None, None)


def test_one_without_a_total_is_passed_over() -> None:
    """Where an answer is missing there is no total, and the next is compared with the one before that."""
    gap = Given("phq9", 2, 0, 3, b"\1" * 8 + b"\xff")
    course = only(of(PHQ9, 1, 14), gap, of(PHQ9, 3, 17))
    assert (course.points[1].total, course.points[1].missing, course.points[1].since_last) == (None, (9,), None)
    assert course.points[2].since_last is not None
    assert course.points[2].since_last.earlier == 14
    assert len(course.compared) == 2


@pytest.mark.parametrize(
    "other",
    [Given("k10", 2, 0, 4, b"\2" * 10), Given("k10", 2, 1, 5, b"\2" * 8)],
    ids=["another scale", "another form"],
)
def test_another_scale_or_form(other: Given) -> None:
    """It is there with its own sum and scale, has no band and no change, and nothing is compared with it."""
    course = only(of(K10, 1, 20), other, of(K10, 3, 30))
    strange = course.points[1]
    assert (strange.total, strange.is_compared, strange.band, strange.since_last) == (
        sum(other.answers),
        False,
        None,
        None,
    )
    assert course.points[2].since_last is not None
    assert course.points[2].since_last.earlier == 20


def test_a_measure_that_is_not_known() -> None:
    """It has days and answers and no total: what a sum of it means is not known here."""
    course = only(Given("mmpi", 1, 0, 1, b"\1\0"))
    assert (course.measure, course.short, course.points[0].total, course.compared) == (None, "mmpi", None, ())


def test_pcl5_has_the_number_alone() -> None:
    """The PCL-5 has no bands and no verdict."""
    last = only(of(PCL5, 1, 60), of(PCL5, 2, 20)).points[-1]
    assert last.band is None
    assert last.since_last is not None
    assert (last.since_last.difference, last.since_last.verdict, last.since_last.rule) == (-40, None, None)


def test_item_nine() -> None:
    """The answer about being better off dead is given as an answer, never only inside the sum."""
    (point,) = only(Given("phq9", 1, 0, 3, b"\0" * 8 + b"\2")).points
    assert safety_answers(PHQ9, point) == ((9, 2),)
    assert safety_answers(GAD7, only(of(GAD7, 1, 3)).points[0]) == ()


def test_what_was_taken_back_is_not_read() -> None:
    """Answers that were taken back, and bytes that are none, are nothing; others are read as they were sent."""
    back = msgspec.msgpack.encode(SharedAnswers("phq9", 7, 0, 3, b""))
    kept = msgspec.msgpack.encode(SharedAnswers("k6", 7, 0, 4, b"\1"))
    given_then = Given("k6", 7, 0, 4, b"\1")
    assert read([back, kept]) == [None, given_then]
    assert read([kept, b"\x91\x01", b"", kept + b"\0", kept]) == [given_then, None, None, None, given_then]
    assert read([]) == []


@given(st.lists(anything(), max_size=12, unique_by=lambda each: each.at), st.randoms(use_true_random=False))
def test_the_order_of_arrival_is_all_one(found: list[Given], chance: object) -> None:
    """However answers come, and however often the same ones, the courses are the same."""
    shuffled = [*found, *found]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis gives a random.Random
    assert courses(shuffled, KNOWN) == courses(found, KNOWN)


def test_of_one_second_the_later_sent_is_later() -> None:
    """Answers of the same second stand as they were sent."""
    assert [each.total for each in only(of(PHQ9, 1, 14), of(PHQ9, 1, 4)).points] == [14, 4]
    assert [each.total for each in only(of(PHQ9, 1, 4), of(PHQ9, 1, 14)).points] == [4, 14]


@given(st.lists(anything(), max_size=12))
def test_nothing_is_filled_in_and_only_like_is_compared(found: list[Given]) -> None:
    """A total is the sum of all answers; a change lies between totals of this form and scale, by the measure's rule."""
    for course in courses(found, KNOWN):
        assert [each.at for each in course.points] == sorted(each.at for each in course.points)
        for point in course.points:
            assert (point.total is None) == (None in point.answers or course.measure is None)
            if not point.is_compared:
                assert (point.band, point.since_last, point.since_first) == (None, None, None)
        for before, after in pairwise(course.compared):
            assert course.measure is not None
            assert after.since_last is not None
            assert after.since_first is not None
            assert (after.since_last.earlier, after.since_first.earlier) == (before.total, course.compared[0].total)
            points = course.measure.rule.points if course.measure.rule else None
            moved = after.since_last.difference
            expected = (
                None
                if points is None
                else Verdict.WITHIN
                if abs(moved) < points
                else Verdict.LOWER
                if moved < 0
                else Verdict.HIGHER
            )
            assert after.since_last.verdict == expected
