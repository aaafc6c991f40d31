"""A draft that two windows write on: no word that either of them added is lost."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.drafts import merged

TEXTS = st.text("ab \n", max_size=12)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        ("", "ours", "theirs", "theirs\n\nours"),
        ("", " ours", "theirs", "theirs ours"),
        ("one", "one two", "zero one", "zero one two"),
        ("one two", "one", "one two three", "one three"),
        ("one two three", "one 2 three", "one two 3", "one 2 3"),
        ("one two three", "one two 3", "one 2 three", "one 2 3"),
        ("one", "two", "six", "six\n\ntwo"),
        ("one", "one more", "one", "one more"),
        ("one", "one", "one more", "one more"),
        ("one", "one more", "one more", "one more"),
        ("one", "one more", "", " more"),
    ],
)
def test_both_changes_stand(base: str, ours: str, theirs: str, both: str) -> None:
    """Changes at two places both stand; at one place theirs first, as a word of its own; else both texts."""
    assert merged(base, ours, theirs) == both


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_was_added_is_lost(base: str, ours: str, theirs: str) -> None:
    """Whatever two windows make of a text, each character that one of them added is in what comes of it."""
    added = (Counter(ours) - Counter(base)) | (Counter(theirs) - Counter(base))
    assert Counter(merged(base, ours, theirs)) >= added


@given(TEXTS, TEXTS, TEXTS, st.text("xy", max_size=6), st.text("uv", max_size=6))
def test_what_was_put_in_stands_as_one_piece(left: str, middle: str, right: str, ours: str, theirs: str) -> None:
    """Where both only put words in, at two places or at one, the text stands with both pieces where they were put."""
    base = left + middle + right
    one, other = left + ours + middle + right, left + middle + theirs + right
    gap = "\n\n" if ours and theirs else ""
    assert merged(base, one, other) == (
        left + ours + middle + theirs + right if middle else left + theirs + gap + ours + right
    )
