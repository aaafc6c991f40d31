"""A caseload in numbers, as NHS Talking Therapies count them (CLINICAL.md, 2): caseness, improvement, recovery.

Caseness at the start: PHQ-9 of 10 or more, or GAD-7 of 8 or more. Reliable improvement: one of them fell by its points
or more (6, 4), and the other did not rise by as many. Recovery: caseness at the start on one of them, and below both
lines at the end. Reliable recovery: both. The numbers are those of the measures' data, and so are their sources.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from therapy_tui.core.measures import Verdict, verdict
from therapy_tui.core.questionnaire import Measure

PAIR: Final = ("phq9", "gad7")
"""The two measures that are counted, by id."""
LEAST: Final = 2
"""So many totals of each a person needs to be counted."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a measure of one person began and where it is now; totals of one scale."""

    first: int
    last: int
    times: int
    """How many totals there are."""

    def verdict(self, measure: Measure) -> Verdict | None:
        """Say what the measure's rule makes of it; None without a rule, or with one total alone."""
        return None if measure.rule is None or self.times < LEAST else verdict(measure.rule, self.last - self.first)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many, and of how many."""

    counted: int
    """People with both measures at least twice: those of whom all of this can be told."""
    improved: int
    """Of those counted: reliable improvement."""
    caseness: int
    """Of those counted: caseness at the start."""
    recovered: int
    """Of those with caseness at the start."""
    reliably_recovered: int
    """The same."""
    left_out: int
    """People who answered something and are not counted."""
    sources: tuple[str, ...]
    """Where the lines and the rules were read."""


def summary(people: Iterable[Mapping[str, Ends]], known: Sequence[Measure]) -> Summary:
    """Count a caseload.

    Args:
        people: for each person who answered anything, the ends of their measures by id.
        known: the measures that this version has; without both of the pair nobody is counted.
    """
    by_name = {each.id: each for each in known}
    pair = [by_name[name] for name in PAIR if name in by_name]
    counted = left_out = caseness = improved = recovered = both = 0
    for ends in people:
        if len(pair) < len(PAIR) or any(name not in ends or ends[name].times < LEAST for name in PAIR):
            left_out += 1
            continue
        counted += 1
        was_case = any(_is_case(each, ends[each.id].first) for each in pair)
        is_better = _is_improved([ends[each.id].verdict(each) for each in pair])
        is_recovered = was_case and not any(_is_case(each, ends[each.id].last) for each in pair)
        caseness += was_case
        improved += is_better
        recovered += is_recovered
        both += is_recovered and is_better
    return Summary(counted, improved, caseness, recovered, both, left_out, _sources(pair))


def _is_case(measure: Measure, total: int) -> bool:
    line = measure.caseness
    return line is not None and total >= line.at_least


def _is_improved(verdicts: Sequence[Verdict | None]) -> bool:
    return Verdict.LOWER in verdicts and Verdict.HIGHER not in verdicts


def _sources(measures: Iterable[Measure]) -> tuple[str, ...]:
    named = [each.source for measure in measures for each in (measure.caseness, measure.rule) if each is not None]
    return tuple(dict.fromkeys(named))
