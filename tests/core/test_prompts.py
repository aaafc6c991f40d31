"""The prompt of the day: over years, on hard days, and when there are few."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapy_tui.core.prompts import REST_DAYS, Prompt, Weight, another, of_approach, prompt_of_the_day
from therapy_tui.errors import UsageError

START = date(2027, 1, 1)
SEED = b"one person"
MOODS = st.none() | st.integers(1, 10)
WEIGHTS: tuple[Weight, ...] = ("light", "middle", "heavy")


def make(light: int = 0, middle: int = 0, heavy: int = 0, approach: str = "a") -> list[Prompt]:
    """Make so many prompts of each weight."""
    wanted = zip(WEIGHTS, (light, middle, heavy), strict=True)
    return [
        Prompt(f"{approach}-{weight}-{number}", approach, "What?", weight)
        for weight, count in wanted
        for number in range(count)
    ]


PLENTY = make(61, 30, 20)
COLLECTIONS = st.tuples(*[st.integers(0, 5)] * 3).filter(any).map(lambda counts: make(*counts))
DATES = st.integers(-100, 100).map(lambda days: START + timedelta(days))


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Prompt], dict[str, date]]:
    """Draw some prompts and when they were asked last."""
    prompts = draw(COLLECTIONS)
    return prompts, {prompt.id: draw(DATES) for prompt in prompts if draw(st.booleans())}


def live(prompts: list[Prompt], moods: Sequence[int | None], seed: bytes = SEED) -> list[Prompt]:
    """Ask one prompt a day, and remember it."""
    shown: dict[str, date] = {}
    asked = []
    for number, mood in enumerate(moods):
        day = START + timedelta(number)
        asked.append(prompt_of_the_day(prompts, day, shown, mood, seed))
        shown[asked[-1].id] = day
    return asked


@settings(max_examples=6)
@given(st.binary(min_size=1, max_size=100), st.integers(0, 2**32), st.integers(1, 10))
def test_no_repeat_over_years(seed: bytes, chance: int, worst: int) -> None:
    """In three years of good and bad days no prompt comes again before sixty days have gone by."""
    draw = random.Random(chance)
    moods = [draw.choice([None, *range(1, worst + 1)]) for _ in range(3 * 365)]
    asked = live(PLENTY, moods, seed)
    last: dict[str, int] = {}
    for number, prompt in enumerate(asked):
        assert number - last.get(prompt.id, -REST_DAYS) >= REST_DAYS
        last[prompt.id] = number
    assert all(prompt.weight != "heavy" for prompt, mood in zip(asked, moods, strict=True) if mood and mood <= 5)


@settings(max_examples=6)
@given(st.lists(st.integers(1, 3), min_size=200, max_size=200))
def test_hard_months(moods: list[int]) -> None:
    """In two hundred hard days every prompt is a light one when there are sixty of them, and none comes too soon."""
    asked = live(PLENTY, moods)
    assert {prompt.weight for prompt in asked} == {"light"}
    assert all(len({prompt.id for prompt in asked[at : at + REST_DAYS]}) == REST_DAYS for at in range(141))


def test_all_get_their_turn() -> None:
    """Whoever says nothing of a mood meets almost every prompt, of every weight, within a year."""
    asked = {prompt.id for prompt in live(PLENTY, [None] * 365)}
    assert len(asked) > 0.95 * len(PLENTY)


@given(st.integers(1, 59), st.integers(1, 59))
def test_too_few(count: int, other: int) -> None:
    """With fewer prompts than days each comes once, and then the one that was asked longest ago comes."""
    prompts = make(middle=count)
    asked = live(prompts, [None] * (count + other))
    assert {*asked[:count]} == {*prompts}
    assert asked[count:] == [asked[at % count] for at in range(other)]


@given(situations(), MOODS, st.randoms(use_true_random=False))
def test_the_same_all_day(
    situation: tuple[list[Prompt], dict[str, date]], mood: int | None, chance: random.Random
) -> None:
    """The prompt stays the same all day, whatever the order of the prompts, and after it and others were asked."""
    prompts, shown = situation
    first = prompt_of_the_day(prompts, START, shown, mood, SEED)
    mixed = chance.sample(prompts, len(prompts))
    assert prompt_of_the_day(mixed, START, dict(reversed(shown.items())), mood, SEED) == first
    today = [first.id]
    for _ in range(4):
        today.append(another(prompts, START, shown, mood, SEED, today).id)
        later = dict(shown) | dict.fromkeys(today, START)
        assert prompt_of_the_day(mixed, START, later, mood, SEED, today) == first


def test_the_day_that_is_written_down_counts_for_nothing() -> None:
    """A prompt that is remembered as asked today is still the one of today."""
    first = prompt_of_the_day(PLENTY, START, {}, 5, SEED)
    assert prompt_of_the_day(PLENTY, START, {first.id: START}, 5, SEED) == first


@given(situations(), MOODS)
def test_the_rule(situation: tuple[list[Prompt], dict[str, date]], mood: int | None) -> None:
    """Not heavy on a hard day, then rested, then light on a very hard day; else the one asked longest ago."""
    prompts, shown = situation
    chosen = prompt_of_the_day(prompts, START, shown, mood, SEED)
    allowed = prompts if (mood or 10) > 5 else [each for each in prompts if each.weight != "heavy"] or prompts
    gaps = {each: abs((START - shown.get(each.id, START)).days) or REST_DAYS for each in allowed}
    assert chosen in gaps
    rested = [each for each, gap in gaps.items() if gap >= REST_DAYS]
    if not rested:
        assert gaps[chosen] == max(gaps.values())
    elif mood and mood <= 3 and any(each.weight == "light" for each in rested):
        assert chosen.weight == "light"
    assert chosen in rested or not rested


@pytest.mark.parametrize(
    ("mood", "weights"),
    [
        (None, {"light", "middle", "heavy"}),
        (10, {"light", "middle", "heavy"}),
        (6, {"light", "middle", "heavy"}),
        (5, {"light", "middle"}),
        (4, {"light", "middle"}),
        (3, {"light"}),
        (1, {"light"}),
    ],
)
def test_lighter_after_a_low_mood(mood: int | None, weights: set[str]) -> None:
    """What is asked follows the mood: all weights, none that is heavy, or light ones only."""
    days = [START + timedelta(number) for number in range(200)]
    assert {prompt_of_the_day(PLENTY, day, {}, mood, SEED).weight for day in days} == weights


def test_only_heavy_ones() -> None:
    """Where all prompts are heavy, one of them is asked, and not none."""
    assert prompt_of_the_day(make(heavy=3), START, {}, 1, SEED).weight == "heavy"


def test_a_mood_that_changes_in_the_day() -> None:
    """A mood that rises leaves the prompt as it is; one that falls takes a heavy prompt away and no other."""
    day = next(
        each
        for each in (START + timedelta(number) for number in range(100))
        if prompt_of_the_day(PLENTY, each, {}, 9, SEED).weight == "heavy"
    )
    heavy, light = (prompt_of_the_day(PLENTY, day, {}, mood, SEED) for mood in (9, 2))
    assert prompt_of_the_day(PLENTY, day, {}, 9, SEED, [light.id]) == light
    assert prompt_of_the_day(PLENTY, day, {}, 2, SEED, [heavy.id]) == light
    assert prompt_of_the_day(PLENTY, day, {}, 2, SEED, ["a-middle-0"]).id == "a-middle-0"


@given(situations(), MOODS)
def test_another_walks_through_all(situation: tuple[list[Prompt], dict[str, date]], mood: int | None) -> None:
    """Another one, and another, goes through all that the mood allows, and then through the same again."""
    prompts, shown = situation
    allowed = prompts if (mood or 10) > 5 else [each for each in prompts if each.weight != "heavy"] or prompts
    walk = [prompt_of_the_day(prompts, START, shown, mood, SEED)]
    for _ in range(2 * len(allowed) - 1):
        walk.append(another(prompts, START, shown, mood, SEED, [prompt.id for prompt in walk]))
    assert {*walk[: len(allowed)]} == {*allowed}
    assert walk[len(allowed) :] == walk[: len(allowed)]
    if mood and mood <= 3 and not shown:
        assert [each.weight for each in walk[: len(allowed)]] == sorted(each.weight for each in allowed)


def test_another_after_an_approach_was_chosen() -> None:
    """Within an approach only its own prompts come, and what was asked before it was chosen comes last."""
    prompts = make(2, 2, 0, "a") + make(2, 1, 0, "b")
    few = of_approach(prompts, "b")
    assert {prompt.approach for prompt in few} == {"b"}
    assert len(few) == 3
    today = ["a-light-0", "b-light-1"]
    for _ in range(2):
        today.append(another(few, START, {}, None, SEED, today).id)
    assert {*today[2:]} == {"b-light-0", "b-middle-0"}
    assert of_approach(prompts, "none") == ()


def test_two_people() -> None:
    """Two people are not asked the same, and one person is not asked in one order for ever."""
    weeks = [[prompt.id for prompt in live(PLENTY, [None] * 7, seed)] for seed in (b"one", b"other", b"x" * 1000)]
    assert len({*map(tuple, weeks)}) == 3
    assert prompt_of_the_day(PLENTY, START, {}, None, b"") == prompt_of_the_day(PLENTY, START, {}, None, b"")


def test_a_clock_that_was_wrong() -> None:
    """A prompt that was asked on a day to come rests too."""
    prompts = make(light=2)
    soon = START + timedelta(10)
    for one, other in (prompts, prompts[::-1]):
        assert prompt_of_the_day(prompts, START, {one.id: soon}, None, SEED) == other


def test_none() -> None:
    """Without prompts there is a sentence, for the day and for another."""
    with pytest.raises(UsageError, match=r"There is no prompt to choose from\."):
        prompt_of_the_day([], START, {}, None, SEED)
    with pytest.raises(UsageError):
        another([], START, {}, None, SEED, [])
