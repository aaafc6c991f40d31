"""The facts at the top of a Markdown page: what is written is read again, and no word is lost to a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.quick import quick
from therapy_tui.core import front_matter
from therapy_tui.core.journal import fitting_tags

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
LIKE_FACTS = st.lists(
    st.sampled_from(["---", "date: 2026-11-17", "tags:", "  - a", "words", "", "Note: this", "--- ", "...", "# x"]),
    max_size=9,
).map("\n".join)


@given(
    st.dates().map(str),
    st.lists(WORDS, max_size=5),
    st.one_of(st.just(""), WORDS),
    st.one_of(LIKE_FACTS, st.text(st.characters(exclude_categories=["Cs"]))),
)
def test_there_and_back(day: str, tags: list[str], question: str, text: str) -> None:
    """Any tags, any question and any text below, also one that looks like facts itself, come back as they were."""
    kept = tuple(fitting_tags(tags)[0].split("\n")) if fitting_tags(tags)[0] else ()
    written = front_matter.write({"date": day, "tags": kept, "question": question})
    facts, rest = front_matter.read(written + text)
    assert rest == text
    wanted: dict[str, front_matter.Fact] = {"date": day, "tags": kept, "question": question}
    assert facts == {key: fact for key, fact in wanted.items() if fact}


@given(st.one_of(LIKE_FACTS, st.text()))
def test_any_text_can_be_read(text: str) -> None:
    """What is no front matter is text whole; what is one ends what is left."""
    facts, rest = front_matter.read(text)
    assert text.endswith(rest)
    if not facts:
        assert rest == text


@pytest.mark.parametrize(
    "text",
    [
        "---\nI went out.\n---\nAnd came back.",
        "---\nNote: I went out.\n---\nAnd came back.",
        "---\ndate: 2026-11-17\nno end",
        "---\n---\nnothing between",
        "----\ndate: 2026-11-17\n---\n",
        " ---\ndate: 2026-11-17\n---\n",
        "---\n12:30 I went out.\n---\n",
    ],
)
def test_what_only_looks_like_facts(text: str) -> None:
    """Between two lines there may be words of the page, and then none of them is taken away."""
    assert front_matter.read(text) == ({}, text)


@pytest.mark.parametrize(
    ("block", "tags"),
    [
        ("tags: [walk, 'it''s', \"a, b\"]", ("walk", "it's", "a, b")),
        ("tags: walk, mother", ("walk", "mother")),
        ("tags:\n- walk\n-   two words", ("walk", "two words")),
        ("Tags:\n  - walk\n  # a remark\nother:\n  deep: 1", ("walk",)),
        ("tags: []", ()),
        ('tags: "half', ('"half',)),
        ('tags: [a, "b"c, d]', ("a", '"b"c', "d")),
    ],
)
def test_lists_as_other_programs_write_them(block: str, tags: tuple[str, ...]) -> None:
    """Lists in a line, lists below each other, and quoted words are read."""
    facts, rest = front_matter.read(f"---\ndate: 2026-11-17\n{block}\n---\ntext")
    assert (front_matter.words(facts["tags"]), rest) == (tags, "text")


def test_what_is_written_is_what_others_read() -> None:
    """Words that other programs would take for something else are quoted, and plain ones are not."""
    written = front_matter.write({"date": "2026-11-17", "time": "09:05", "mood": "6", "tags": ("walk", "yes", "a: b")})
    assert written == ('---\ndate: 2026-11-17\ntime: "09:05"\nmood: 6\ntags:\n  - walk\n  - "yes"\n  - "a: b"\n---\n')


SIGNS = ["-", " ", "\n", ":", "- \n", "a:\n", "'", '"', ",", "a: [", "\\", "---\n"]


@pytest.mark.parametrize("sign", quick(SIGNS, "-", ":", "a:\n", "'", "a: [", "\\"))
def test_half_a_million_signs(sign: str) -> None:
    """Half a million of any sign that means something is gone through once, and ends where it should."""
    many = sign * (500_000 // len(sign))
    for block in (many, f"tags: {many}", f"tags: [{many}]"):
        text = f"---\n{block}\n---\nend"
        _, rest = front_matter.read(text)
        assert text.endswith(rest)
        assert rest.endswith("end")
