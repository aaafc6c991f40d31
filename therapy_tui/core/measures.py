"""Scoring a measure: a total, its band, and what has changed. Nothing here draws a conclusion about a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from therapy_tui.core.questionnaire import Band, ChangeRule, Measure, Outcome
from therapy_tui.errors import UsageError


class Verdict(StrEnum):
    """What the rule of the measure says about two totals."""

    LOWER = "lower"
    """It fell by as many points as the rule asks for, or more."""
    HIGHER = "higher"
    """It rose by as many."""
    WITHIN = "within"
    """It moved by fewer points than the rule counts as a change."""


@dataclass(frozen=True, slots=True)
class Change:
    """A total beside an earlier one of the same person."""

    earlier: int
    difference: int
    """Points, later minus earlier: below 0 it fell."""
    rule: ChangeRule | None
    """By which the verdict was found, to be named beside it; None when the measure applies no rule."""
    verdict: Verdict | None
    outcome: Outcome | None
    """By which response and remission were found; None when the measure has none, or the earlier total was below its
    beginning."""
    response: bool | None
    remission: bool | None


@dataclass(frozen=True, slots=True)
class Result:
    """What a set of answers comes to."""

    measure: str
    """The id of the measure."""
    scale: tuple[int, int]
    """The lowest and the highest score of an item. Totals of another scale are never compared with this one."""
    answers: tuple[int | None, ...]
    """In the order of the items; None for an item without an answer."""
    missing: tuple[int, ...]
    """The numbers of the items without an answer."""
    support: bool
    """Whether the support screen opens now, before any total is shown; also told while other answers are missing."""
    total: int | None
    """None while an answer is missing: nothing is filled in."""
    band: Band | None
    change: Change | None


def score(measure: Measure, answers: Sequence[int | None], earlier: Result | None = None) -> Result:
    """Score a set of answers.

    Args:
        measure: What was asked.
        answers: One for each item, in order: the score of the chosen option, or None for none.
        earlier: A result of the same measure to compare with.

    Returns:
        The result. Its change is None without an earlier result, or while either of the two has no total.

    Raises:
        UsageError: Too many or too few answers, an answer that is none of the options, or an earlier result of
            another measure or another scale.
    """
    _refuse(measure, answers)
    given = [answer for answer in answers if answer is not None]
    low = measure.scoring.item_low
    total = sum(given) if len(given) == len(answers) else None
    return Result(
        measure=measure.id,
        scale=_scale(measure),
        answers=tuple(answers),
        missing=tuple(item.number for item, answer in zip(measure.items, answers, strict=True) if answer is None),
        support=any(
            item.safety and answer is not None and answer > low
            for item, answer in zip(measure.items, answers, strict=True)
        ),
        total=total,
        band=None if total is None else measure.band(total),
        change=None if earlier is None else _compare(measure, earlier, total),
    )


def _scale(measure: Measure) -> tuple[int, int]:
    return measure.scoring.item_low, measure.scoring.item_high


def _refuse(measure: Measure, answers: Sequence[int | None]) -> None:
    if len(answers) != len(measure.items):
        raise UsageError(f"{measure.short} has {len(measure.items)} items, and {len(answers)} answers were given.")
    scores = sorted(option.score for option in measure.options)
    for item, answer in zip(measure.items, answers, strict=True):
        # `True` and `1.0` are equal to 1 and yet are no answers.
        if answer is not None and (type(answer) is not int or answer not in scores):
            choices = ", ".join(str(each) for each in scores)
            raise UsageError(f"Item {item.number} of {measure.short} takes one of {choices}, and not {answer!r}.")


def _compare(measure: Measure, earlier: Result, total: int | None) -> Change | None:
    if (earlier.measure, earlier.scale) != (measure.id, _scale(measure)):
        raise UsageError(f"Only a result of {measure.short}, scored in the same way, can be compared with this one.")
    return None if earlier.total is None or total is None else compare(measure, earlier.total, total)


def compare(measure: Measure, earlier: int, total: int) -> Change:
    """Compare a total with an earlier one of the same measure, scale and person."""
    difference = total - earlier
    outcome = measure.outcome
    if outcome is not None and earlier < outcome.from_at_least:
        outcome = None
    return Change(
        earlier=earlier,
        difference=difference,
        rule=measure.rule,
        verdict=None if measure.rule is None else verdict(measure.rule, difference),
        outcome=outcome,
        response=None if outcome is None else -difference * 100 >= outcome.response_percent * earlier,
        remission=None if outcome is None else total < outcome.remission_below,
    )


def verdict(rule: ChangeRule, difference: int) -> Verdict:
    """Say what a rule makes of a difference, later minus earlier."""
    if abs(difference) < rule.points:
        return Verdict.WITHIN
    return Verdict.LOWER if difference < 0 else Verdict.HIGHER
