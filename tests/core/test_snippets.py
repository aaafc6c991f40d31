"""Snippets: what a blank is, how it is filled in, and which are left in a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui import errors
from therapy_tui.core.snippets import LONGEST, LONGEST_NAME, blanks, check_text, fill, is_only, left, tidy_name

BRACKETED = st.text(st.sampled_from("ab []\n"), max_size=30)


def test_the_name_is_filled_in_and_the_first_other_blank_is_next() -> None:
    """`[name]` becomes the name wherever it stands and however it is written; what is selected is the next blank."""
    filled = fill("Dear [name], [Name]: is [day] or [time] good?", "R. M.")
    assert filled.text == "Dear R. M., R. M.: is [day] or [time] good?"
    assert filled.text[filled.begin : filled.end] == "[day]"


def test_a_name_with_brackets_is_no_blank() -> None:
    """Brackets that a person has in their name are not taken for the blank to fill in."""
    filled = fill("[name], on [day]?", "Kit [they]")
    assert (filled.text, filled.text[filled.begin : filled.end]) == ("Kit [they], on [day]?", "[day]")


@given(BRACKETED, BRACKETED)
def test_what_is_selected_is_a_blank_or_the_end(text: str, name: str) -> None:
    """Whatever stands in it, what is selected afterwards is a blank of the snippet, or nothing at the end."""
    filled = fill(text, name)
    chosen = filled.text[filled.begin : filled.end]
    assert chosen.casefold() in blanks(text) if chosen else filled.begin == filled.end == len(filled.text)


def test_only_the_blanks_of_snippets_are_left() -> None:
    """A known blank and empty brackets are told; brackets for tone, or over two lines, are words."""
    assert left("See you [Day]. [glad you told me] [] [two\nlines]", ["[day]", "[time]"]) == ["[day]", "[]"]
    assert left("[ ]", []) == ["[ ]"]
    assert left("[glad you told me]", []) == []


@pytest.mark.parametrize(("text", "is_so"), [("[day], [time].", True), ("[day] it is", False), ("[day] [x]", False)])
def test_a_letter_of_blanks_alone(text: str, is_so: bool) -> None:
    """Signs between blanks are no words; other brackets are."""
    assert is_only(text, ["[day]", "[time]"]) is is_so


def test_what_no_snippet_holds() -> None:
    """Nothing, too much, and half a character are refused in words."""
    for text, told in ((" \n", "empty"), ("a" * (LONGEST + 1), "holds 5,000"), ("a\ud800", "half a character")):
        with pytest.raises(errors.UsageError, match=told):
            check_text(text)


def test_a_name_is_one_short_line() -> None:
    """Without a name it is the first words; a long one is cut."""
    assert tidy_name(" ", "Dear [name],\nthank you") == "Dear [name], thank you"
    assert tidy_name("  a\n b ", "") == "a b"
    cut = tidy_name("word " * 40, "")
    assert (len(cut) <= LONGEST_NAME, cut[-1]) == (True, "…")
