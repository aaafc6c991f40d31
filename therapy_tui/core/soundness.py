"""What must be true of a measure before anybody is asked its questions."""

from collections.abc import Iterator

from therapy_tui.core.questionnaire import Measure

LEAST_CONFIRMED = 2
"""How many sources must carry the words of an item."""


def faults(measure: Measure) -> tuple[str, ...]:
    """Give what is wrong with a measure, each as a part of a sentence; empty when it is sound.

    A measure without faults scores every whole set of answers, to a total within its range that lies in exactly one
    of its bands, if it has bands.
    """
    checks = (_words, _items, _options, _totals, _bands, _cutoffs, _rules)
    return tuple(fault for check in checks for fault in check(measure))


def _words(measure: Measure) -> Iterator[str]:
    for name in ("id", "title", "short", "notice", "citation", "window", "instruction", "caution"):
        if not getattr(measure, name).strip():
            yield f"its {name} is empty"
    if measure.assigned_by not in {"", "therapist"}:
        yield "it is assigned by somebody who is not known"


def _items(measure: Measure) -> Iterator[str]:
    if not measure.items or [item.number for item in measure.items] != [*range(1, len(measure.items) + 1)]:
        yield "its items are not numbered 1, 2, 3 and so on"
    for item in (*measure.items, *((measure.difficulty,) if measure.difficulty else ())):
        name = f"item {item.number}" if item.number else "the question of difficulty"
        if not item.text.strip():
            yield f"{name} has no words"
        if item.confirmed < LEAST_CONFIRMED:
            yield f"the words of {name} are confirmed by fewer than {LEAST_CONFIRMED} sources"


def _options(measure: Measure) -> Iterator[str]:
    low, high = measure.scoring.item_low, measure.scoring.item_high
    if low >= high or sorted(option.score for option in measure.options) != [*range(low, high + 1)]:
        yield f"its options are not scored {low} to {high}, each once"
    if not all(option.text.strip() for option in measure.options):
        yield "an option has no words"


def _totals(measure: Measure) -> Iterator[str]:
    scoring, count = measure.scoring, len(measure.items)
    if (scoring.total_low, scoring.total_high) != (scoring.item_low * count, scoring.item_high * count):
        yield "its lowest and highest total are not those of its items"
    if not scoring.stored.strip():
        yield "it does not say which way of scoring is kept"


def _bands(measure: Measure) -> Iterator[str]:
    next_low = measure.scoring.total_low
    for band in measure.bands:
        if band.low != next_low or band.high < band.low:
            yield f"the band {band.label!r} leaves a gap or overlaps"
        next_low = band.high + 1
    if measure.bands and next_low != measure.scoring.total_high + 1:
        yield "its bands do not end at the highest total"
    if len({band.label for band in measure.bands}) != len(measure.bands):
        yield "two of its bands have one name"


def _cutoffs(measure: Measure) -> Iterator[str]:
    for each in measure.cutoffs:
        most = each.at_least if each.at_most is None else each.at_most
        if not measure.scoring.total_low <= each.at_least <= most <= measure.scoring.total_high:
            yield f"the cut-off {each.at_least} lies outside its totals"
    if sum(each.caseness for each in measure.cutoffs) > 1:
        yield "more than one of its cut-offs is called caseness"


def _rules(measure: Measure) -> Iterator[str]:
    if sum(rule.use for rule in measure.rules) > 1:
        yield "more than one rule of change is to be used"
    span = measure.scoring.total_high - measure.scoring.total_low
    for rule in measure.rules:
        if not 1 <= rule.points <= span or not (rule.name.strip() and rule.source.strip()):
            yield "a rule of change has no name, no source, or an impossible number of points"
    outcome = measure.outcome
    if outcome and not (
        measure.scoring.total_low < outcome.remission_below <= outcome.from_at_least <= measure.scoring.total_high
        and 1 <= outcome.response_percent <= 100  # noqa: PLR2004 - it is a percentage
        and outcome.name.strip()
        and outcome.source.strip()
    ):
        yield "its response and remission are not numbers that can be reached, or have no name or source"
