"""Notes in parts: read back as they were written, carried from format to format, and no word lost."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.content.note_formats import formats, known_headings
from therapy_tui.core.note_parts import Format, carry, cursor_in, marked, parse, render, tidy

PARTED = [each for each in formats().values() if each.parts]
LINES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["## Plan", "\\## Plan", "\\\\## Data ", "## Other", "## Subjective", "# A", "", "  ", "Plan"]),
)
TEXTS = st.lists(LINES, max_size=6).map("\n".join)
WORDS = st.sampled_from(["Slept.", "Two\n\nparagraphs", "- a list\n- of two", "# Their own heading", "  stands in"])


def in_order(text: str) -> list[str]:
    return sorted(text.replace("\\", "").replace("## ", "").split())


@pytest.mark.parametrize("layout", PARTED, ids=lambda each: each.id)
@given(data=st.data())
def test_what_was_written_is_read_back(layout: Format, data: st.DataObject) -> None:
    """Whatever stands in the parts, headings and backslashes too, comes back out of the text, part by part."""
    answers = {each.heading: data.draw(TEXTS) for each in layout.parts}
    assert parse(layout, render(layout, answers)) == {heading: tidy(words) for heading, words in answers.items()}


@pytest.mark.parametrize("layout", PARTED, ids=lambda each: each.id)
@given(text=TEXTS)
def test_no_word_of_any_text_is_lost(layout: Format, text: str) -> None:
    """A text that nobody wrote in this format is read into its parts with every word but the headings it took."""
    found = parse(layout, text)
    left = in_order("\n".join(found.values()))
    for word in in_order(tidy(text)):
        if word in left:
            left.remove(word)
        else:
            assert word in layout.headings
    assert left == []


@given(
    pair=st.sampled_from(list(permutations(PARTED, 2))),
    answers=st.lists(st.one_of(WORDS, st.just("")), min_size=4, max_size=4),
)
def test_the_way_back_leads_to_the_same_text(pair: tuple[Format, Format], answers: list[str]) -> None:
    """A note that is looked at in another format and put back is word for word what it was."""
    before, after = pair
    text = render(before, dict(zip((each.heading for each in before.parts), answers, strict=False)))
    there = carry(before, after, text, known_headings())
    assert carry(after, before, there, known_headings()) == text
    assert render(after, parse(after, there)) == there


@given(pair=st.sampled_from(list(permutations(formats().values(), 2))), text=TEXTS)
def test_carrying_loses_no_word(pair: tuple[Format, Format], text: str) -> None:
    """Whatever stands in a note, in any format, stands in it afterwards; only headings may be written or dropped."""
    before, after = pair
    if before.parts:
        text = render(before, parse(before, text))
    left = in_order(carry(before, after, text, known_headings()))
    for word in in_order(text):
        assert word in left or word in known_headings()
        if word in left:
            left.remove(word)
    assert set(left) <= known_headings()


def test_parts_that_have_no_place_stay_under_their_heading() -> None:
    """From SOAP to DAP what was said and seen stand below each other in Data, still called what they were."""
    soap, dap = formats()["soap"], formats()["dap"]
    text = render(soap, {"Subjective": "Tired.", "Objective": "PHQ-9 17.", "Plan": "A call."})
    there = parse(dap, carry(soap, dap, text, known_headings()))
    assert there == {
        "Data": "## Subjective\n\nTired.\n\n## Objective\n\nPHQ-9 17.",
        "Assessment": "",
        "Plan": "A call.",
    }


def test_to_a_free_note_and_back() -> None:
    """A free note has the same text with its headings, and gives the parts back."""
    dap, free = formats()["dap"], formats()["free"]
    text = render(dap, {"Data": "A", "Plan": "B"})
    assert carry(dap, free, text, known_headings()) == text == "## Data\n\nA\n\n## Plan\n\nB"
    assert carry(free, dap, text, known_headings()) == text
    assert carry(free, dap, "plain words", known_headings()) == "## Data\n\nplain words"


@given(text=TEXTS, data=st.data())
def test_a_mark_of_the_cursor_takes_no_word_and_no_heading(text: str, data: st.DataObject) -> None:
    """Marked anywhere, a text of any format has the same parts but for the mark, or says that it has none."""
    text = text.replace("\0", "")
    place = data.draw(st.integers(0, len(text)))
    written = marked(text, place)
    assert cursor_in(written) >= place
    for layout in PARTED:
        found = parse(layout, written)
        assert sum(cursor_in(each) >= 0 for each in found.values()) == 1
        bare = {heading: words.replace("\0", "").split() for heading, words in found.items()}
        assert bare == {heading: words.split() for heading, words in parse(layout, text).items()}


def test_a_mark_goes_below_a_heading_and_is_not_taken_for_another() -> None:
    """On the line of a heading the mark goes below it; a text that holds such a character already has no mark."""
    assert marked("## Data\n\nSlept.", 3) == "## Data\n\0\n\nSlept."
    assert marked("a\0", 0) == "a\0"
    assert (cursor_in("Sl\0ept."), cursor_in("\0a\0"), cursor_in("a")) == (2, -1, -1)
