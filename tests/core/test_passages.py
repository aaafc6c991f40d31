"""The passage that is shown of what was found."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.passages import BEFORE, LONGEST, fold_in_place, passage
from therapy_tui.core.search import read

LONG = "and a word " * 200 + "The café by the river was shut. " + "and then " * 200


@pytest.mark.parametrize(
    "typed", ["cafe", "CAFÉ b", "a river", '"by the river"', '"river was" and a', "shut from:2026", "river's riv"]
)
def test_it_holds_the_rarest(typed: str) -> None:
    """Round the rarest of the words, whatever stands before it more often; case and accents are no matter."""
    found = passage(LONG, read(typed))
    assert "river was" in found
    assert found[0] == found[-1] == "…"
    assert len(found) <= LONGEST + 2


def test_a_short_text_is_whole() -> None:
    """What fits is given as it is, also where nothing of it is found."""
    assert passage("Two words.\nThree more.", read("mo")) == "Two words.\nThree more."
    assert passage("A word or two. " * 10 + "heron", read("heron")).startswith("A word")
    assert passage("Two words.", read("none")) == "Two words."
    assert passage("", read("none")) == ""


def test_it_is_cut_between_words() -> None:
    """No word is cut in two, where there is a space to cut at."""
    words = [word.strip("…") for word in passage(LONG, read("river")).split()]
    assert set(words) <= set(LONG.split())
    assert passage("x" * 500 + "river", read("xxx")).startswith("xxx")


def test_words_begin_where_the_index_begins_them() -> None:
    """A word is not found inside another, a phrase ends where its last word does, and signs part words."""
    text = "drivers " + "- " * BEFORE + "rivers " + "- " * BEFORE + "my_river's bank " + "- " * BEFORE
    assert passage(text, read('"river"')).count("my_river") == 1
    assert passage(text, read("riv")).count("rivers") == 1
    assert "my_river's" in passage(text, read("river's"))


@given(st.text(), st.text(max_size=20))
def test_whatever_is_typed(text: str, typed: str) -> None:
    """A passage is a piece of its text and not long, whatever is in either; folding keeps every character's place."""
    found = passage(text, read(typed))
    assert found.strip("…") in text
    assert len(found) <= LONGEST + 2
    assert len(fold_in_place(text)) == len(text)
    assert fold_in_place(text) == "".join(fold_in_place(char) for char in text)


@given(st.lists(st.sampled_from(["café", "Cafeteria", "a", "ab", "_", "don't", "-", "İ", "日本", "é1"]), min_size=1))
def test_what_the_index_finds_is_found(words: list[str]) -> None:
    """Where the index itself finds a beginning in a long text, the passage shows it."""
    database = sqlite3.connect(":memory:")
    database.execute('CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = "unicode61 remove_diacritics 2")')
    text = "something " * 100 + " ".join(words)
    database.execute("INSERT INTO t VALUES (?)", (text,))
    for typed in ("caf", "a", "don't", "日", '"ab a"', "e1"):
        (found,) = database.execute("SELECT count(*) FROM t WHERE t MATCH ?", (read(typed).match,)).fetchone()
        assert passage(text, read(typed)).startswith("…") == bool(found), typed
    database.close()
