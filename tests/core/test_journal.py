"""What a page may hold, and how it is read back from what a person types."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.journal import (
    LONGEST,
    LONGEST_HEADING,
    LONGEST_TAG,
    MOST_TAGS,
    check_day,
    check_mood,
    check_text,
    count_words,
    fitting_tags,
    heading_of,
    read_facts,
    tidy_tags,
)
from therapy_tui.errors import UsageError

ANYTHING = st.text(st.characters(exclude_categories=()))
"""Any string, halves of characters among them."""


@given(st.dates())
def test_every_day_of_the_calendar_is_one(day: date) -> None:
    """All days from the year 1 to 9999 are kept as they are written."""
    assert check_day(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-30",
        "2026-W47-2",
        "20261117",
        "2026-11-17 ",
        "0000-01-01",
        "10000-01-01",
        "\u0662\u0660\u0662\u0666-\u0661\u0661-\u0661\u0667",
        "2026/11/17",
    ],
)
def test_what_is_no_day(text: str) -> None:
    """Days that are not there, and other ways to write one, are refused with how to write it."""
    with pytest.raises(UsageError, match="2026-11-17"):
        check_day(text)


@given(ANYTHING)
def test_any_text_for_a_day(text: str) -> None:
    """Whatever is given for a day, it is one or is refused in a sentence that can be printed."""
    told = ""
    try:
        assert date.fromisoformat(check_day(text)).isoformat() == text
    except UsageError as error:
        told = str(error)
    assert told.encode().decode() == told


@given(ANYTHING)
def test_any_text_for_a_page(text: str) -> None:
    """A text is taken exactly when a file could keep it."""
    try:
        check_text(text)
    except UsageError:
        assert any("\ud800" <= char <= "\udfff" for char in text)
    else:
        assert text.encode().decode() == text


def test_the_longest_page() -> None:
    """As many characters as a page may have are taken, and one more is told with both numbers."""
    check_text("a" * LONGEST)
    with pytest.raises(UsageError, match="400,001"):
        check_text("a" * (LONGEST + 1))


def test_moods() -> None:
    """0 to 10 and nothing else."""
    assert [check_mood(mood) for mood in range(11)] == list(range(11))
    for mood in (-1, 11, 10**9):
        with pytest.raises(UsageError):
            check_mood(mood)


@given(st.lists(ANYTHING, max_size=30))
def test_tags_are_tidy(tags: list[str]) -> None:
    """Tags that are kept are one a line, each once, within the bounds; tidied again they are the same."""
    try:
        kept = tidy_tags(tags)
    except UsageError:
        kept, unfit = fitting_tags(tags)
        assert unfit
    else:
        assert fitting_tags(tags) == (kept, ())
    found = kept.split("\n") if kept else []
    assert len(set(found)) == len(found) <= MOST_TAGS
    assert all(0 < len(tag) <= LONGEST_TAG and len(tag.splitlines()) == 1 and tag[0] not in "# " for tag in found)
    assert tidy_tags(found) == kept
    assert kept.encode().decode() == kept


def test_tags_of_all_kinds() -> None:
    """Emoji, spaces, colons and hashes within stay; hashes in front, blanks around and doubles go."""
    given_tags = ("#walk", " walk ", "two\twords", "## 🦊", "a: b", "c#", "", "#")
    assert tidy_tags(given_tags) == "walk\ntwo words\n🦊\na: b\nc#"


@pytest.mark.parametrize(
    ("tags", "told"),
    [(["x" * 41], "40"), ([str(number) for number in range(21)], "20"), (["half \ud83d"], "half a character")],
)
def test_tags_that_do_not_fit(tags: list[str], told: str) -> None:
    """Too long, too many, or half a character: the sentence says which."""
    with pytest.raises(UsageError, match=told):
        tidy_tags(tags)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("", (0, ())),
        ("6 walk, mother", (6, ("walk", "mother"))),
        ("6, walk", (6, ("walk",))),
        ("6,walk", (6, ("walk",))),
        ("  10\t#walk", (10, ("walk",))),
        ("7", (7, ())),
        ("two words, walk", (0, ("two words", "walk"))),
        ("6a", (0, ("6a",))),
        (",,", (0, ())),
        ("٦ walk", (6, ("walk",))),
    ],
)
def test_mood_and_tags_in_a_line(text: str, facts: tuple[int, tuple[str, ...]]) -> None:
    """A number in front is the mood, what follows are tags, and each may be left out."""
    assert read_facts(text) == facts


@pytest.mark.parametrize("text", ["0", "11 walk", "2026", "9" * 5_000])
def test_a_number_of_no_mood(text: str) -> None:
    """Any other number in front is refused, however long."""
    with pytest.raises(UsageError, match="1 to 10"):
        read_facts(text)


@given(ANYTHING)
def test_any_line_of_facts(text: str) -> None:
    """Any line is read or refused, and what is read can be kept."""
    try:
        mood, tags = read_facts(text)
    except UsageError:
        return
    assert check_mood(mood) == mood
    assert tidy_tags(tags).split("\n") == list(tags or ("",))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A walk\n\nWe went out.", ("A walk", "We went out.")),
        ("A walk\r\n\r\nWe went out.", ("A walk", "We went out.")),
        ("# A walk\nWe went out.", ("A walk", "We went out.")),
        ("# A walk", ("A walk", "")),
        ("# A plan\n\n## The thing\nring Jo", ("A plan", "The thing ring Jo")),
        ("## \nx", ("", "## x")),
        ("One line\nand one more", ("", "One line and one more")),
        ("\n\n  One line  ", ("", "One line")),
        (f"{'x' * (LONGEST_HEADING + 1)}\n\nrest", ("", f"{'x' * (LONGEST_HEADING + 1)} rest")),
        ("", ("", "")),
    ],
)
def test_headings(text: str, shown: tuple[str, str]) -> None:
    """A short first line is a heading when it is marked or stands apart; else the words begin the list's line."""
    assert heading_of(text) == shown


@given(ANYTHING)
def test_any_text_has_a_line(text: str) -> None:
    """Of any text a heading and a beginning can be shown, each in one line, the heading short."""
    heading, beginning = heading_of(text)
    assert len(heading) <= LONGEST_HEADING
    assert not any(char in heading + beginning for char in "\r\n")
    assert bool(heading or beginning) == bool(text.strip())


def test_words_are_counted() -> None:
    """Words are what stands between blanks of any kind."""
    assert count_words(" one\ttwo\u2003three\n\nfour ") == 4
    assert count_words("word " * 20_000) == 20_000
