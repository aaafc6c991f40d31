"""Check-ins: what can be kept, what days come to, and a chart in a sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.checkins import (
    LONGEST_TEXT,
    LONGEST_WORD,
    MOST_WORDS,
    Stretch,
    Unfinished,
    by_day,
    check_mood,
    check_text,
    merged,
    tidy_words,
    together,
)
from therapy_tui.core.mood_charts import LONG, SHORT, WEEK, bounds, chart, sentence, written
from therapy_tui.errors import UsageError

LAST = "2026-11-17"
MOODS = st.lists(
    st.tuples(
        st.integers(0, 27).map(lambda day: (date(2026, 10, 21) + timedelta(days=day)).isoformat()), st.integers(1, 10)
    )
).map(sorted)
"""(day, mood) of four weeks, the days in order."""


@pytest.mark.parametrize("mood", [-1, 0, 11, 100])
def test_other_numbers_are_refused(mood: int) -> None:
    """Only the numbers from 1 to 10 are moods."""
    with pytest.raises(UsageError, match="from 1 to 10"):
        check_mood(mood)


def test_all_ten_are_moods() -> None:
    """Each number from 1 to 10 stays itself."""
    assert [check_mood(mood) for mood in range(1, 11)] == [*range(1, 11)]


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        (Unfinished("", 6, ("sad",)), Unfinished("", 3, ("sad",), "theirs"), Unfinished("", 6, ("sad",), "theirs")),
        (Unfinished("", 5, ("sad", "calm")), Unfinished("", 3, ("old",)), Unfinished("", 3, ("old", "calm"))),
        (Unfinished("", 5), Unfinished("", 5, ("sad", "old")), Unfinished("", 5, ("old",))),
        (Unfinished("", 5, ("sad",), "ours"), Unfinished(""), Unfinished("", text="ours")),
    ],
)
def test_two_windows_on_one_check_in(ours: Unfinished, theirs: Unfinished, both: Unfinished) -> None:
    """Each change of a number, a word or the line stands, a word that one let go is gone, and nothing else is."""
    assert merged(Unfinished("", 5, ("sad",)), ours, theirs) == both


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=MOST_WORDS))
def test_words_are_tidied_once(words: list[str]) -> None:
    """Tidied words are none empty, none twice, without blanks round them, in order; tidying again changes nothing."""
    tidied = tidy_words(words)
    assert tidy_words(tidied) == tidied
    assert len(set(tidied)) == len(tidied)
    assert all(word and word == word.strip() and "\n" not in word for word in tidied)
    assert set(tidied) == {" ".join(word.split()) for word in words} - {""}


def test_words_that_are_too_many_or_too_long() -> None:
    """Twelve words of forty characters are taken; one more of either is refused, and so is half a character."""
    most = [f"{number:0{LONGEST_WORD}}" for number in range(MOST_WORDS)]
    assert tidy_words(most) == tuple(most)
    with pytest.raises(UsageError, match="at most 12 words; these are 13"):
        tidy_words([*most, "more"])
    with pytest.raises(UsageError, match="at most 40 characters; this has 41"):
        tidy_words([most[1] + "x"])
    with pytest.raises(UsageError, match="half a character"):
        tidy_words(["sad\ud800"])


def test_a_text_that_is_too_long() -> None:
    """Two thousand characters are taken as they are; one more is refused, and so is half a character."""
    assert check_text("é" * LONGEST_TEXT) == "é" * LONGEST_TEXT
    assert check_text("two\n lines ") == "two\n lines "
    with pytest.raises(UsageError, match="2,000 characters; this has 2,001"):
        check_text("x" * (LONGEST_TEXT + 1))
    with pytest.raises(UsageError, match="Character 3 is half"):
        check_text("ab\udfff")


@given(MOODS)
def test_days_hold_every_number(moods: list[tuple[str, int]]) -> None:
    """Days come in order, each once, only those with a number; their counts and totals are those of the numbers."""
    days = by_day(moods)
    assert [each.day for each in days] == sorted({day for day, _ in moods})
    assert sum(each.count for each in days) == len(moods)
    assert sum(each.total for each in days) == sum(mood for _, mood in moods)
    for each in days:
        numbers = [mood for day, mood in moods if day == each.day]
        assert (each.lowest, each.highest) == (min(numbers), max(numbers))
        assert each.lowest <= each.level <= each.highest
        assert abs(each.level - each.mean) <= 0.5


@given(MOODS)
def test_weeks_hold_every_number(moods: list[tuple[str, int]]) -> None:
    """The weeks of a chart are as many as it has, begin seven days apart, and hold all numbers between them."""
    weeks = chart(moods, bounds(LAST, SHORT)[0], SHORT).by_week
    assert [begin.isoformat() for begin, _ in weeks] == ["2026-10-21", "2026-10-28", "2026-11-04", "2026-11-11"]
    assert sum(week.count for _, week in weeks if week) == len(moods)
    assert sum(week.total for _, week in weeks if week) == sum(mood for _, mood in moods)


def test_nothing_comes_to_nothing() -> None:
    """A stretch without a number is no stretch, and no mean is made up for it."""
    assert by_day([]) == ()
    assert together(LAST, []) is None


@pytest.mark.parametrize(
    ("total", "count", "level", "said"), [(9, 2, 5, "4.5"), (5, 1, 5, "5"), (13, 3, 4, "4.3"), (8, 2, 4, "4")]
)
def test_a_mean_as_it_is_drawn_and_written(total: int, count: int, level: int, said: str) -> None:
    """A mean is drawn at the nearest number, a half goes up; it is written whole, or with one decimal."""
    stretch = Stretch(LAST, count, total, 1, 10)
    assert stretch.level == level
    assert written(stretch) == said


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from([SHORT, LONG]), st.integers(0, 400))
def test_bounds_are_whole_weeks(last: date, weeks: int, back: int) -> None:
    """A chart has whole weeks and ends on its day, or on the same day of the week before the charts after it."""
    first, end = (date.fromisoformat(day) for day in bounds(last.isoformat(), weeks, back))
    assert (end - first).days == WEEK * weeks - 1
    assert (last - end).days == WEEK * weeks * back
    assert chart([], first.isoformat(), weeks).last == end


def test_the_calendar_has_a_beginning() -> None:
    """However far one goes back, there is a first chart, and it begins on the first day there is."""
    assert bounds(LAST, LONG, 1_000_000) == ("0001-01-01", "0001-03-25")


def said_of(*moods: tuple[str, int], weeks: int = SHORT) -> str:
    return sentence(chart(moods, bounds(LAST, weeks)[0], weeks))


def test_a_chart_in_a_sentence() -> None:
    """It says where the chart begins and ends, and the lowest and highest numbers with their days."""
    told = said_of(("2026-10-21", 6), ("2026-11-03", 2), ("2026-11-10", 7), ("2026-11-17", 3))
    assert told == "6 to 3 over four weeks; lowest 2 on Tue 3 Nov, highest 7 on Tue 10 Nov."


def test_a_sentence_of_days_with_several_numbers() -> None:
    """A day of several begins or ends a chart with its mean; its own lowest is told, and a number of many days once."""
    told = said_of(("2026-10-21", 6), ("2026-10-21", 1), ("2026-11-03", 7), ("2026-11-10", 7), weeks=LONG)
    assert told == "3.5 to 7 over twelve weeks; lowest 1 on Wed 21 Oct, highest 7 on 2 days, the last Tue 10 Nov."


def test_short_sentences() -> None:
    """Nothing, one number and always the same number are told as what they are."""
    assert said_of() == "No number over four weeks."
    assert said_of(("2026-11-03", 4)) == "4 on Tue 3 Nov, the only number over four weeks."
    assert said_of(("2026-11-03", 4), ("2026-11-04", 4)) == "4 each time over four weeks."


@given(MOODS)
def test_a_sentence_says_only_what_was_said(moods: list[tuple[str, int]]) -> None:
    """The lowest and highest in a sentence are numbers of the chart, and it never speaks of days without one."""
    told = said_of(*moods)
    assert "without" not in told
    numbers = [mood for _, mood in moods]
    if len(set(numbers)) > 1:
        assert f"lowest {min(numbers)} on " in told
        assert f"highest {max(numbers)} on " in told
