"""Text in columns of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from therapy_tui.core.columns import columns, rows
from therapy_tui.core.text import safe_line

LINES = st.text().map(lambda text: safe_line(text, 300))
"""Lines as they are drawn: nothing else reaches a row."""


@pytest.mark.parametrize(
    ("text", "wide"), [("", 0), ("plain", 5), ("café", 4), ("cafe\u0301", 4), ("安心", 4), ("👍", 2), ("❤\ufe0f", 2)]
)
def test_columns(text: str, wide: int) -> None:
    """Letters take one column, ideographs and emoji two, marks on a letter none."""
    assert columns(text) == wide


@given(LINES, st.integers(2, 90))
def test_no_row_is_too_wide_and_no_word_is_lost(line: str, width: int) -> None:
    """Whatever the line, each row fits its width, by our count and by the drawer's, and only blanks are left out."""
    broken = rows(line, width)
    assert all(columns(row) <= width for row in broken)
    assert all(cell_len(row) <= width for row in broken)
    assert "".join(broken).replace(" ", "") == line.replace(" ", "")


@given(LINES, st.integers(2, 60), st.integers(0, 40))
def test_a_wider_page_never_needs_more_rows(line: str, width: int, more: int) -> None:
    """What fits a narrow page fits every wider one."""
    assert len(rows(line, width + more)) <= len(rows(line, width))


@given(st.text("abc déf", max_size=56))
def test_a_line_that_fits_is_one_row(line: str) -> None:
    """A line of 56 characters takes one row of 56 columns."""
    assert len(rows(line, 56)) == 1


def test_between_words() -> None:
    """A row ends between words, and a word that is wider than the row is cut."""
    assert rows("one two three", 8) == ["one two", "three"]
    assert rows("a longestword b", 5) == ["a", "longe", "stwor", "d b"]
    assert rows("aaaa    bbbbbb", 4) == ["aaaa", "bbbb", "bb"]
