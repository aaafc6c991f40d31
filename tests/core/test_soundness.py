"""A sound measure covers every total; what is not sound is said."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content import measures
from therapy_tui.core.questionnaire import Band, Cutoff, Measure
from therapy_tui.core.soundness import faults

OF = {measure.id: measure for measure in measures.measures()}
PHQ9 = OF["phq9"]
BANDED = {"phq9": 5, "gad7": 4, "k10": 4}
"""How many bands the measures have that have any."""


@pytest.mark.parametrize("measure", OF.values(), ids=OF)
def test_bands_cover_every_total(measure: Measure) -> None:
    """Each total of a measure with bands lies in exactly one of them, and no total of the others in any."""
    assert len(measure.bands) == BANDED.get(measure.id, 0)
    for total in range(measure.scoring.total_low, measure.scoring.total_high + 1):
        holding = [band for band in measure.bands if band.low <= total <= band.high]
        assert len(holding) == (measure.id in BANDED)
        assert measure.band(total) == (holding[0] if holding else None)


@given(st.sets(st.integers(1, 27), max_size=8))
def test_any_cut_into_bands_is_sound(cuts: set[int]) -> None:
    """A range that is cut anywhere into bands is sound, and is not once one band is left out, widened or narrowed."""
    edges = [0, *sorted(cuts), 28]
    bands = tuple(Band(str(low), low, after - 1, "") for low, after in pairwise(edges))
    assert faults(replace(PHQ9, bands=bands)) == ()
    for place, band in enumerate(bands):
        others = (bands[:place], bands[place + 1 :])
        for wrong in (
            replace(band, high=band.high + 1),
            replace(band, low=band.low - 1),
            replace(band, low=band.low + 1),
        ):
            assert faults(replace(PHQ9, bands=(*others[0], wrong, *others[1]))) != ()
        if len(bands) > 1:
            assert faults(replace(PHQ9, bands=(*others[0], *others[1]))) != ()


WRONG = {
    "no notice": (replace(PHQ9, notice=" "), "its notice is empty"),
    "items in another order": (replace(PHQ9, items=PHQ9.items[::-1]), "its items are not numbered 1, 2, 3 and so on"),
    "an item without words": (
        replace(PHQ9, items=(replace(PHQ9.items[0], text=""), *PHQ9.items[1:])),
        "item 1 has no words",
    ),
    "an option without words": (
        replace(PHQ9, options=(replace(PHQ9.options[0], text=" "), *PHQ9.options[1:])),
        "an option has no words",
    ),
    "an unknown giver": (replace(PHQ9, assigned_by="chance"), "it is assigned by somebody who is not known"),
    "no way of scoring": (
        replace(PHQ9, scoring=replace(PHQ9.scoring, stored="")),
        "it does not say which way of scoring is kept",
    ),
    "one name twice": (
        replace(PHQ9, bands=(Band("mild", 0, 9, ""), Band("mild", 10, 27, ""))),
        "two of its bands have one name",
    ),
    "bands that end early": (
        replace(PHQ9, bands=PHQ9.bands[:-1]),
        "its bands do not end at the highest total",
    ),
    "a cut-off out of reach": (
        replace(PHQ9, cutoffs=(Cutoff(28, "", ""),)),
        "the cut-off 28 lies outside its totals",
    ),
    "a range of cut-points the wrong way": (
        replace(PHQ9, cutoffs=(Cutoff(9, "", "", at_most=8),)),
        "the cut-off 9 lies outside its totals",
    ),
    "a rule of no points": (
        replace(PHQ9, rules=(replace(PHQ9.rules[0], points=0),)),
        "a rule of change has no name, no source, or an impossible number of points",
    ),
    "a difficulty from one source": (
        replace(PHQ9, difficulty=PHQ9.difficulty and replace(PHQ9.difficulty, confirmed=1, number=0)),
        "the words of the question of difficulty are confirmed by fewer than 2 sources",
    ),
    "a remission above its beginning": (
        replace(PHQ9, outcome=PHQ9.outcome and replace(PHQ9.outcome, remission_below=11)),
        "its response and remission are not numbers that can be reached, or have no name or source",
    ),
}


@pytest.mark.parametrize(("measure", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(measure: Measure, said: str) -> None:
    """One thing that is wrong is one fault, in words."""
    assert faults(measure) == (said,)


def test_several_faults() -> None:
    """Everything that is wrong is said at once: without items the range of totals is wrong too."""
    assert len(faults(replace(PHQ9, items=()))) == 2
