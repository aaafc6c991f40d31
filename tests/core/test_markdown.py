"""Markdown shown quietly: headings and strong words, lists that hang, and nothing lost of what was written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from therapy_tui.core.markdown import Paragraph, beginning_of, read, strong

LINES = st.text(alphabet="ab *_#-1.\t\n`~", max_size=60)


def plain(text: str) -> Paragraph:
    return Paragraph(((text, False),))


@pytest.mark.parametrize("line", ["# Sleep", "###### Sleep ##", "##\tSleep  "])
def test_a_heading_is_strong(line: str) -> None:
    """A heading of any depth is its words, strong, without marks."""
    assert read(line) == [Paragraph((("Sleep", True),))]


@pytest.mark.parametrize("line", ["#Sleep", "####### Sleep", "-no list", "1.no list", "a - b", "1888. A year"])
def test_what_is_none_of_it(line: str) -> None:
    """What only looks like a mark stays as it was written."""
    assert read(line) == [plain(line)]


def test_strong_words() -> None:
    """What stands between two stars or lines is strong without them; inside a word and across blanks nothing is."""
    assert strong("a **b c** d __e__") == (("a ", False), ("b c", True), (" d ", False), ("e", True))
    for text in ("2 ** 3 ** 4", "snake__case__name", "**", "****", ""):
        assert strong(text) == ((text, False),)


def test_lists_hang() -> None:
    """Items stand in by their depth, whatever the blanks, and what goes on with one stands under its words."""
    found = read("- one\n    * two\n    * three\n  going on\n1. four\nand after")
    assert [(each.indent, each.mark, each.plain) for each in found] == [
        (0, "- ", "one"),
        (2, "* ", "two"),
        (2, "* ", "three"),
        (4, "", "going on"),
        (0, "1. ", "four"),
        (0, "", "and after"),
    ]


def test_between_fences() -> None:
    """Between fences nothing is read as a mark."""
    found = read("```\n# not a heading\n**as it is**\n```\n# a heading")
    assert [(each.indent, each.pieces) for each in found] == [
        (2, (("# not a heading", False),)),
        (2, (("**as it is**", False),)),
        (0, (("a heading", True),)),
    ]


@example("```a")
@given(LINES)
def test_no_letter_is_lost(text: str) -> None:
    """Whatever is written, every letter of it is shown, in order."""
    shown = "".join(each.plain for each in read(text))
    assert [char for char in shown if char in "ab"] == [char for char in text if char in "ab"]


@pytest.mark.parametrize(
    ("text", "heading", "beginning"),
    [
        ("# Sleep first\n\nWrote **that** they", "Sleep first", "Wrote that they"),
        ("# Sleep first\n\nA short line.\n\nAnd one more", "Sleep first", "A short line. And one more"),
        ("## Sleep first", "Sleep first", ""),
        ("Sleep first\n\n- a\n- b", "Sleep first", "- a - b"),
        ("No heading, **only** words\nand more", "", "No heading, only words and more"),
        ("", "", ""),
    ],
)
def test_the_beginning(text: str, heading: str, beginning: str) -> None:
    """A list shows a heading and the first words, or the first words alone, without any mark."""
    assert beginning_of(text) == (heading, beginning)
