"""Measures in the vault: kept after each answer, scored by their own rules, compared with the last one."""

import pytest

from tests.made import begin_answering
from tests.services.people import DAY, Person, World
from therapy_tui import errors
from therapy_tui.services import measures
from therapy_tui.services.measures import Taken

PHQ9, K10 = measures.find("phq9"), measures.find("k10")


@pytest.fixture
def carl(met: World) -> Person:
    """A client with a vault."""
    return met.carl


def take(person: Person, name: str, *answers: int | None) -> Taken:
    return measures.take(person.vault, measures.find(name), answers)


def test_every_measure_can_be_taken_to_the_end(carl: Person) -> None:
    """Each measure takes its lowest and its highest answers, and both totals are those that the form prints."""
    ends = {"phq9": (0, 27), "phq2": (0, 6), "gad7": (0, 21), "pcl5": (0, 80), "k10": (10, 50), "k6": (0, 24)}
    for name, (low, high) in ends.items():
        items = len(measures.find(name).items)
        scores = sorted(each.score for each in measures.find(name).options)
        assert take(carl, name, *[scores[0]] * items).result.total == low
        assert take(carl, name, *[scores[-1]] * items).result.total == high
    assert len(measures.taken(carl.vault)) == 2 * len(ends)


def test_compared_with_the_last_one_that_has_a_total(carl: Person) -> None:
    """The change is against the latest total of the same measure; one without a total, and others, are passed over."""
    take(carl, "phq9", *[1] * 9)
    take(carl, "phq9", *[3] * 8, None)
    take(carl, "gad7", *[3] * 7)
    carl.clock.now += DAY
    change = take(carl, "phq9", *[2] * 7, 0, 0).result.change
    assert change is not None
    assert (change.earlier, change.difference) == (9, 5)
    assert [each.result.change is None for each in measures.taken(carl.vault, "phq9")] == [True, True, False]


def test_the_rule_is_named(carl: Person) -> None:
    """A change is told in points, and by which rule it counts as one; without a rule there are the points only."""
    take(carl, "phq9", *[1] * 9)
    said = " ".join(measures.sentences(take(carl, "phq9", *[2] * 9)))
    assert "18, on a scale of 0 to 27: moderately severe." in said
    assert "9 before, so 9 points higher." in said
    assert "By the rule of 6 points (reliable change, NHS Talking Therapies) that counts as a change." in said
    take(carl, "pcl5", *[1] * 20)
    assert measures.sentences(take(carl, "pcl5", *[2] * 20)) == [
        "40, on a scale of 0 to 80.",
        "20 before, so 20 points higher.",
    ]


def test_no_total_with_an_item_missing(carl: Person) -> None:
    """Nothing is filled in: there is no total, and the sentence names what is open."""
    taken = take(carl, "phq9", 1, 1, None, 1, 1, 1, None, 1, 0)
    assert taken.result.total is None
    assert measures.sentences(taken) == ["No total: nothing was answered at 3, 7."]


def test_what_was_begun_waits(carl: Person) -> None:
    """Answers so far are there after a restart, and gone once the measure was taken."""
    begin_answering(carl.vault, K10.id, (5, 4, *[None] * 8))
    carl.restart()
    assert measures.begun(carl.vault, K10) == (5, 4, *[None] * 8)
    take(carl, "k10", *[1] * 10)
    assert measures.begun(carl.vault, K10) == (None,) * 10


def test_support_before_anything_is_kept(carl: Person) -> None:
    """Item 9 at anything but the lowest asks for support; nothing else does, and asking keeps nothing."""
    for answer in range(4):
        assert measures.needs_support(PHQ9, (*[3] * 8, answer)) == (answer > 0)
    assert measures.taken(carl.vault) == []


@pytest.mark.parametrize(
    ("name", "answers"), [("phq9", (0,) * 8), ("phq9", (4, *[0] * 8)), ("k10", (0,) * 10), ("nosuch", ())]
)
def test_wrong_answers_are_refused(carl: Person, name: str, answers: tuple[int, ...]) -> None:
    """A number of answers or an answer that the form does not have is refused in words, and nothing is kept."""
    with pytest.raises(errors.UsageError):
        take(carl, name, *answers)
    assert measures.taken(carl.vault) == []
