"""The order of a caseload: everybody once, words only raise, and each reason where it belongs."""

import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content import attention
from therapy_tui.core import triage
from therapy_tui.core.flags import Flag
from therapy_tui.core.promises import Standing
from therapy_tui.core.triage import DAY, Facts, LastMeasure, Rank, Why, order

NOW = 1_800_000_000
FLAG = Flag(b"m", b"a", NOW - DAY, "phq9", 9, 1, 0, "")
WORDS = sorted({each for group in attention.phrases().values() for each in group})

moments = st.integers(NOW - 40 * DAY, NOW + 40 * DAY)
standings = st.builds(Standing, until=st.just(0) | moments, is_said=st.booleans(), since=moments)
# Two words that are in no phrase part one from the next, so that each stands there as the list has it, and no other.
letters = st.lists(st.sampled_from(["the", "garden", *WORDS]), max_size=12).map(" tea rain ".join)


@st.composite
def people(draw: st.DrawFn, number: int = 0) -> tuple[Facts, str]:
    """Draw a person, and the text of a letter of theirs from which the words are taken."""
    text = draw(letters)
    waiting, pages = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    found = attention.in_text(text)
    facts = Facts(
        id=bytes([number]),
        name=draw(st.sampled_from(["Ann", "Bo", "Cy"])),
        standing=draw(standings) if waiting else Standing(),
        waiting=waiting,
        pages=pages,
        newest_at=draw(moments) if waiting else 0,
        asks=draw(st.booleans()),
        is_first=draw(st.booleans()),
        attention=found if waiting or pages else (),
        worried=() if waiting else found,
        heard_at=draw(moments),
        flag=draw(st.none() | st.just(FLAG)),
        measure=draw(st.none() | st.builds(LastMeasure, st.just("PHQ-9"), st.just(9), st.just(3), st.booleans())),
        keys_changed=draw(st.booleans()),
        not_before=draw(st.just(0) | moments),
        set_at=draw(moments),
    )
    return facts, text


@st.composite
def caseloads(draw: st.DrawFn) -> list[tuple[Facts, str]]:
    """Draw a few people."""
    return [draw(people(number)) for number in range(draw(st.integers(1, 7)))]


@given(caseloads())
def test_everybody_stands_in_the_list_exactly_once(drawn: list[tuple[Facts, str]]) -> None:
    """Nobody is hidden and nobody stands there twice, whatever is known of them."""
    found = order([facts for facts, _ in drawn], NOW)
    assert sorted(each.facts.id for each in found) == sorted(facts.id for facts, _ in drawn)


@given(caseloads(), st.data())
def test_a_word_never_lowers_its_writer(drawn: list[tuple[Facts, str]], data: st.DataObject) -> None:
    """A word added to any letter, at any place, in a phrase too, leaves its writer where they stood or nearer."""
    who = data.draw(st.integers(0, len(drawn) - 1))
    facts, text = drawn[who]
    words = text.split()
    place = data.draw(st.integers(0, len(words)))
    added = data.draw(st.sampled_from(["and", "not", "really", *(each for each in WORDS if " " not in each)]))
    longer = " ".join([*words[:place], added, *words[place:]])
    found = attention.in_text(longer)
    wrote = replace(
        facts,
        attention=found if facts.waiting or facts.pages else (),
        worried=() if facts.waiting else found,
        words=len(longer.split()),
    )
    before = order([each for each, _ in drawn], NOW)
    after = order([wrote if each.id == facts.id else each for each, _ in drawn], NOW)

    def at(people: list[triage.Verdict]) -> int:
        return next(place for place, each in enumerate(people) if each.facts.id == facts.id)

    assert at(after) <= at(before)


@given(caseloads())
def test_a_flag_stands_first(drawn: list[tuple[Facts, str]]) -> None:
    """Whoever has an answer that was not cleared stands before everybody who has none, whatever was put off."""
    found = [each.facts.flag is not None for each in order([facts for facts, _ in drawn], NOW)]
    assert found == sorted(found, reverse=True)


def verdict(**known: object) -> triage.Verdict:
    """Judge one person of whom this is known."""
    return triage.judge(Facts(b"a", "Ann", **known), NOW)  # type: ignore[arg-type]  # fields by name


def whys(found: triage.Verdict) -> list[Why]:
    """Give why, the weightiest first."""
    return [each.why for each in found.reasons]


def test_every_reason_is_told() -> None:
    """A person with many reasons has all of them, the weightiest first."""
    found = verdict(
        flag=FLAG,
        standing=Standing(NOW - 5, is_said=True, since=NOW - DAY),
        waiting=2,
        asks=True,
        attention=("hopeless",),
        measure=LastMeasure("PHQ-9", 17, 6, is_worse=True),
        moods=((1, 2, 7.0), (0, 2, 4.5)),
        keys_changed=True,
        pages=1,
        answers=("PHQ-9",),
        ended="theirs",
    )
    assert found.rank is Rank.FLAG
    assert whys(found) == [
        Why.FLAG,
        Why.OVER,
        Why.WORDS,
        Why.ASKED,
        Why.WAITING,
        Why.PAGES,
        Why.ANSWERS,
        Why.MEASURE,
        Why.MOOD,
        Why.KEYS,
        Why.ENDED,
    ]


def test_what_is_not_before_comes_after_all_who_are_due() -> None:
    """Somebody put off stands behind, still in the list, and not when a promise has passed or a letter came since."""
    waits = {"standing": Standing(NOW + DAY, since=NOW - DAY), "waiting": 1, "newest_at": NOW - DAY}
    off = {"not_before": NOW + 5, "set_at": NOW - 60}
    assert verdict(**waits, **off).is_put_off
    assert not verdict(**waits, **(off | {"not_before": NOW - 5})).is_put_off
    assert not verdict(**(waits | {"newest_at": NOW - 5}), **off).is_put_off
    assert not verdict(**(waits | {"standing": Standing(NOW - 1, since=1)}), **off).is_put_off
    assert not verdict(**waits, **off, flag=FLAG).is_put_off


def test_a_silence_is_told_only_after_worrying_words() -> None:
    """A week without a letter is a reason where the last one had words of the list, and was answered."""
    quiet = {"heard_at": NOW - 8 * DAY}
    assert whys(verdict(**quiet, worried=("hopeless",))) == [Why.SILENT]
    assert whys(verdict(**quiet)) == []
    assert whys(verdict(heard_at=NOW - 6 * DAY, worried=("hopeless",))) == []


def test_a_mood_falls_by_two_points_against_the_weeks_before() -> None:
    """The last week's mean has to lie two points below, with two days on each side at least."""
    assert triage.mood_fell(((3, 1, 6.0), (1, 1, 6.0), (0, 2, 4.0)))
    assert not triage.mood_fell(((1, 2, 6.0), (0, 2, 4.25)))
    assert not triage.mood_fell(((1, 2, 6.0), (0, 1, 1.0)))
    assert not triage.mood_fell(((0, 5, 2.0),))
    assert not triage.mood_fell(())


def test_a_silence_after_a_fall_takes_it_not_away() -> None:
    """Who fell and then gave no number any more has the reason still."""
    assert triage.mood_fell(((2, 5, 9.0), (1, 5, 2.0)))
    assert whys(verdict(moods=((3, 5, 7.0), (2, 2, 2.0)))) == [Why.MOOD]


def test_the_list_of_words_is_found_as_people_write_it() -> None:
    """Case, accents, apostrophes and punctuation make no difference; one word may part a phrase, and two do not."""
    assert attention.in_text("I DON\u2019T want to be here, any more") == ("don't want to be here any more",)
    assert attention.in_text("Hópeless.") == ("hopeless",)
    assert attention.in_text("I can't really cope.") == ("can't cope",)
    assert attention.in_text("I just do not see, or want to\nlive: so I want to quietly die") == ("want to die",)
    assert attention.in_text("I want the flowers to die in the vase") == ()
    assert all(attention.in_text(f"x {each} y") for each in WORDS)


@given(caseloads())
def test_what_parts_two_people_is_told_of_their_order(drawn: list[tuple[Facts, str]]) -> None:
    """Of any two who follow each other the first place in which their order parts them is named, the first one less."""
    found = order([facts for facts, _ in drawn], NOW)
    for upper, lower in itertools.pairwise(found):
        by = triage.above(upper, lower)
        assert triage.key(upper)[:by] == triage.key(lower)[:by]
        assert triage.key(upper)[by] < triage.key(lower)[by]  # type: ignore[operator]  # both of the same place


def test_what_lifts_a_person_over_an_earlier_time() -> None:
    """An answer that was asked for stands over an earlier due time; of two equals the earlier time decides."""
    asked = verdict(standing=Standing(NOW + 3 * DAY, since=NOW - DAY), waiting=1, asks=True)
    early = verdict(standing=Standing(NOW + 2 * DAY, since=NOW - DAY), waiting=1)
    later = verdict(standing=Standing(NOW + 4 * DAY, since=NOW - DAY), waiting=1)
    assert triage.above(asked, early) is triage.By.RANK
    assert triage.above(early, later) is triage.By.DUE
    assert triage.above(later, verdict()) is triage.By.NEEDS
