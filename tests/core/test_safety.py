"""The safety plan's rules: six steps, their limits, and the one page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from therapy_tui.core.safety import (
    LINE,
    LONGEST,
    MOST_NUMBERS,
    PAGE_COLUMNS,
    PAGE_ROWS,
    STEPS,
    Plan,
    Step,
    beyond,
    check_text,
    lines_of,
    page,
    plan_of,
    room,
    rows_of,
)
from therapy_tui.errors import UsageError

NUMBERS = tuple((f"{number} 000", "day and night") for number in range(MOST_NUMBERS))
STEP = st.text(max_size=300)
PLANS = st.lists(STEP, min_size=6, max_size=6)
SHORT = st.lists(st.text("abcdé ", max_size=LINE), max_size=2).map("\n".join)


def plan(*texts: str) -> Plan:
    """Make a plan of the first steps."""
    return plan_of(Step(number, text, 7, 1) for number, text in enumerate(texts, start=1))


def test_six_steps_in_their_order() -> None:
    """The order is the method: own signs, alone, among people, whom to tell, who helps, a safer place."""
    assert [each.label for each in STEPS] == [
        "I notice", "on my own", "among people", "I can tell", "who will help", "safer here",
    ]  # fmt: skip
    assert [each.number for each in STEPS] == [1, 2, 3, 4, 5, 6]


def test_the_margin_holds_every_label() -> None:
    """A label with its number, and what it asks for, fit the margin; an example fits one row of the page."""
    for each in STEPS:
        assert len(f"{each.label}  {each.number}") <= 17
        assert len(each.about) <= 17
        assert len(each.hint) <= LINE


@given(PLANS, st.integers(0, MOST_NUMBERS))
def test_it_fits_or_says_which_line_does_not(texts: list[str], numbers: int) -> None:
    """Whatever is written: the page is at most 24 rows of 80 columns, or names the first line that has no room."""
    made = page(plan(*texts), NUMBERS[:numbers], "heading", "foot")
    assert all(cell_len(line) <= PAGE_COLUMNS for line in made.lines)
    used = 0
    named = None
    for number, text in enumerate(texts, start=1):
        for line, _ in rows_of(text):
            used += 1
            if used == room(numbers) + 1:
                named = (number, line)
    assert made.beyond == named
    assert (len(made.lines) <= PAGE_ROWS) == (made.beyond is None)


@given(st.lists(SHORT, min_size=6, max_size=6))
def test_two_lines_a_step_always_fit(texts: list[str]) -> None:
    """Six steps of two lines of 56 characters are one page, whatever the country."""
    assert beyond(plan(*texts), MOST_NUMBERS) is None


@given(PLANS)
def test_every_word_is_on_the_page(texts: list[str]) -> None:
    """Nothing that was written is left out, also where the page has no room for it."""
    words = "".join("".join(line.split()) for text in texts for line in lines_of(text))
    laid = "".join("".join(line[20:].split()) for line in page(plan(*texts), (), "", "").lines)
    assert laid == words


def test_the_page_as_a_whole() -> None:
    """Numbers stand first, then the steps in order with their labels; a step without words is left out."""
    made = page(plan("I lie awake.", "", "The library.\nThe pool."), (("999", "now"), ("116 123", "to talk")), "H", "F")
    assert made.lines == (
        "  H",
        "",
        "         call now   999      now",
        "                    116 123  to talk",
        "",
        "      I notice  1   I lie awake.",
        "  among people  3   The library.",
        "                    The pool.",
        "",
        "  F",
    )


def test_what_gives_orders_is_only_shown() -> None:
    """A control character in a step reaches no page."""
    made = page(plan("red \x1b[31m\u202e text"), (), "", "")
    assert all(line.isprintable() for line in made.lines)


def test_blank_ends() -> None:
    """Blank lines at the ends of a step take no room; those between stay."""
    assert lines_of("\n\n one\n\ntwo \n\n") == [" one", "", "two"]
    assert plan("\n \n").is_empty
    assert not plan("", "a word").is_empty


def test_limits() -> None:
    """A step that is too long, or holds half a character, is refused in words; the longest passes."""
    check_text("a" * LONGEST)
    with pytest.raises(UsageError, match="4,001"):
        check_text("a" * (LONGEST + 1))
    with pytest.raises(UsageError, match="Character 2"):
        check_text("a\ud800")


def test_steps_that_are_not_there() -> None:
    """Steps in any order make a plan in its own; unknown numbers are passed over, missing ones are empty."""
    made = plan_of([Step(6, "six", 9, 2), Step(9, "nine", 1, 1), Step(1, "one", 8, 1)])
    assert [step.text for step in made.steps] == ["one", "", "", "", "", "six"]
    assert made.changed_at == 9
    assert [step.number for step in made.written] == [1, 6]
