"""Diaries of other programs: what is read of each form, and that nothing a file holds brings the reading down."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.journal import LONGEST, check_day, check_text, count_words, tidy_tags
from therapy_tui.errors import UsageError
from therapy_tui.services.diaries import (
    FORMATS,
    Found,
    Left,
    Read,
    read_dayone,
    read_jrnl,
    read_line,
    read_markdown,
    recognise,
)

ANYTHING = st.text(st.characters(exclude_categories=()))
NAMES = st.sampled_from(
    [
        "date",
        "time",
        "text",
        "title",
        "body",
        "tags",
        "mood",
        "question",
        "prompt",
        "entries",
        "creationDate",
        "timeZone",
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    ANYTHING,
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
    st.sampled_from(["Europe/Berlin", "../../etc/passwd", "Europe", "a..b", "\0", "Etc/GMT-14", "x" * 300]),
)
JSON = st.recursive(
    SCALARS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=6))
)
ODD = [
    "",
    "null",
    "1e999",
    "-1e999",
    "NaN",
    "9" * 5_000,
    "[" * 10_000,
    "[" * 10_000 + "]" * 10_000,
    '{"a":' * 10_000 + "1" + "}" * 10_000,
    '{"date": "2026-11-17", "text": "\\ud83d"}',
    '{"date": "2026-11-17", "text": "a", "mood": 1e999}',
    '{"date": "2026-11-17", "text": "a", "mood": "' + "9" * 5_000 + '"}',
    '{"date": "2026-11-17", "text": "a", "time": "' + "9" * 5_000 + ':00"}',
    '{"date": "2026-11-17", "text": "a", "mood": ' + "[" * 900 + "]" * 900 + "}",
    '{"date": "2026-11-17", "text": "a\\u0000b"}',
    '{"date": 1e999, "text": "a"}',
    '{"entries": {}}',
    '{"entries": [null, 1, "a", [], {}]}',
    '{"entries": [{"title": 1}, {"body": []}, {"text": 7, "title": "a", "body": null, "date": "2026-11-17"}]}',
    '{"entries": [{"creationDate": 7}, {"creationDate": "0001-01-01T00:00:00Z", "timeZone": "America/New_York"}]}',
    '{"entries": [{"creationDate": "9999-12-31T23:59:59Z", "timeZone": "Pacific/Auckland", "text": "a"}]}',
    "\x00\x01\x02",
    "\ufeff",
]


def sound(read: Read | None) -> bool:
    """Tell whether what was read can be kept, or says why not."""
    if isinstance(read, Found):
        for text in (read.text, read.question, read.prompt, read.tags):
            check_text(text)
        assert check_day(read.day) == read.day
        assert tidy_tags(read.tags.split("\n")) == read.tags
        assert -1 <= read.minute < 24 * 60
        assert 0 <= read.mood <= 10
        assert "\r" not in read.text
        return bool(read.text.strip())
    return read is None or bool(read.where and read.why and not read.why.endswith("."))


def everything(text: str) -> list[Read | None]:
    """Read a text as each of the forms."""
    found: list[Read | None] = [*(read_line(line, 1) for line in text.split("\n")), read_markdown(text, "a.md")]
    for reader in (read_jrnl, read_dayone):
        try:
            found += reader(text)
        except UsageError as error:
            assert "Nothing was taken" in str(error)  # noqa: PT017 - both ways are right
    return found


def line(**fields: Any) -> Read | None:
    return read_line(json.dumps(fields), 3)


def jrnl(*entries: object) -> list[Read]:
    return list(read_jrnl(json.dumps({"tags": {}, "entries": entries})))


def dayone(**fields: Any) -> Read:
    (read,) = read_dayone(json.dumps({"metadata": {}, "entries": [fields]}))
    return read


def page(read: Read | None) -> Found:
    assert isinstance(read, Found), read
    return read


@given(ANYTHING)
def test_any_text(text: str) -> None:
    """Any text is read in every form, or left with a reason, or refused whole in a sentence."""
    assert all(map(sound, everything(text)))
    assert recognise(text) in {"", *FORMATS}


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    """So is any file, as its bytes are turned into text."""
    assert all(map(sound, everything(data.decode("utf-8-sig", "surrogateescape"))))


@given(JSON, st.lists(JSON, max_size=3))
def test_any_json(value: Any, entries: list[Any]) -> None:
    """So is any JSON, whatever stands where something else should."""
    for each in (value, {"entries": entries}, {"metadata": {}, "entries": entries}):
        assert all(map(sound, everything(json.dumps(each))))


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_files(text: str) -> None:
    """Numbers without end, ten thousand brackets, halves of characters, zeros: none brings the reading down."""
    assert all(map(sound, everything(text)))
    assert recognise(text) in {"", *FORMATS}


@pytest.mark.parametrize("day", ["0001-01-01", "1660-01-11", "2026-11-18", "2090-02-03", "9999-12-31"])
def test_days_of_all_times(day: str) -> None:
    """Days far back and far ahead are taken as they are, in every form."""
    assert page(line(date=day, text="a")).day == day
    assert page(jrnl({"date": day, "title": "a", "body": ""})[0]).day == day
    assert page(dayone(creationDate=f"{day}T12:00:00Z", text="a")).day == day
    assert page(read_markdown("a", f"{day}.md")).day == day
    assert page(read_markdown(f"---\ndate: {day}\n---\na", "a.md")).day == day


def test_a_very_long_page() -> None:
    """Twenty thousand words are one page, and more than a page holds is left with both numbers."""
    text = "word\n" * 20_000
    assert count_words(page(line(date="2026-11-17", text=text)).text) == 20_000
    left = line(date="2026-11-17", text="a" * (LONGEST + 1))
    assert isinstance(left, Left)
    assert "400,001" in left.why


def test_lines() -> None:
    """A line gives its day, its words, and what more it says; the day may have a time."""
    found = line(date="2026-11-17 21:14", text="One\r\ntwo\n", tags=["#walk", "🦊 fox"], mood=6, question="How?")
    assert found == Found("line 3", "2026-11-17", 21 * 60 + 14, "One\ntwo", "walk\n🦊 fox", 6, "How?")
    assert read_line("  \n", 1) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "not an object"),
        ('{"text": "a"}', "no day"),
        ('{"date": "2026-02-30", "text": "a"}', "no day"),
        ('{"date": "2026-11-177", "text": "a"}', "no day"),
        ('{"date": 20261117, "text": "a"}', "date is not text"),
        ('{"date": "2026-11-17"}', "nothing stands in it"),
        ('{"date": "2026-11-17", "text": " \\n "}', "nothing stands in it"),
        ('{"date": "2026-11-17", "text": ["a"]}', "text is not text"),
        ('{"date": "2026-11-17", "text": "\\udc80"}', "Character 1"),
    ],
)
def test_lines_that_are_left(text: str, why: str) -> None:
    """A line that is no page is named by its number, with the reason."""
    left = read_line(text, 7)
    assert isinstance(left, Left)
    assert (left.where, why in left.why) == ("line 7", True)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"mood": 85}, "mood"),
        ({"mood": "great"}, "mood"),
        ({"mood": [1]}, "mood"),
        ({"tags": ["x" * 41, "walk"]}, "the tag 'xxx"),
        ({"tags": ["half \ud83d", "walk"]}, "the tag"),
        ({"tags": [str(number) for number in range(25)]}, "'24'"),
    ],
)
def test_a_page_is_not_left_because_of_what_is_beside_it(fields: dict[str, Any], told: str) -> None:
    """A mood or a tag that does not fit costs no page: it is taken without it, and that is told."""
    found = page(line(date="2026-11-17", text="a", **fields))
    assert told in found.without
    assert found.mood == 0


@pytest.mark.parametrize(("mood", "kept"), [(7, 7), ("7", 7), (7.0, 7), (None, 0), (0, 0), ("", 0), (False, 0)])
def test_moods_in_all_spellings(mood: object, kept: int) -> None:
    """A mood may be a number or a word of digits; none is none."""
    found = page(line(date="2026-11-17", text="a", mood=mood))
    assert (found.mood, found.without) == (kept, "")


@pytest.mark.parametrize(
    ("title", "body", "text"),
    [
        ("I went out.", "It rained.", "I went out. It rained."),
        ("“Really?”", "she asked.", "“Really?” she asked."),
        ("I went out.", "It rained.\nIt stopped.", "I went out.\nIt rained.\nIt stopped."),
        ("A walk", "It rained.", "A walk\n\nIt rained."),
        ("x" * 80, "It rained.", "x" * 80 + "\nIt rained."),
        ("A walk\n", "", "A walk"),
        ("", "It rained.", "It rained."),
    ],
)
def test_a_page_of_jrnls_is_put_together(title: str, body: str, text: str) -> None:
    """The two parts of a page become one, with the white space that most likely stood between them."""
    (read,) = jrnl({"date": "2026-11-17", "time": "09:05", "title": title, "body": body, "tags": ["@walk", "@a@b"]})
    assert page(read) == Found("entry 1", "2026-11-17", 545, text, "walk\na@b")


def test_entries_of_jrnls_that_are_left() -> None:
    """An entry that is none is named, and those beside it are taken."""
    found = jrnl({"title": 1}, 7, {"title": "a", "body": "", "date": "2026-11-17"}, {"title": "a", "date": "soon"})
    assert [type(each) for each in found] == [Left, Left, Found, Left]
    assert [each.where for each in found] == [f"entry {number}" for number in range(1, 5)]


def test_a_page_of_day_ones() -> None:
    """Its day and time are those of the place where it was written, its escapes go, its pictures are told."""
    found = dayone(
        creationDate="2021-03-03T23:30:00Z",
        timeZone="Europe/Berlin",
        text="# At last\\. \u2028\\- a \\\\ list\n\n![](dayone-moment://76F9)",
        tags=["walk"],
    )
    assert page(found) == Found(
        "entry 1", "2021-03-04", 30, "# At last. \n- a \\ list", "walk", without="pictures or sounds (1)"
    )


@pytest.mark.parametrize("zone", [None, 7, "", "Nowhere/At all", "../../etc/passwd", "Europe", "\0", "\ud83d"])
def test_a_zone_that_nobody_knows(zone: object) -> None:
    """Where the zone says nothing, the day is that of the world's own time."""
    assert page(dayone(creationDate="2021-03-03T23:30:00Z", timeZone=zone, text="a")).day == "2021-03-03"


def test_pictures_alone_are_no_page() -> None:
    """A page of pictures has no words to take, and that is said."""
    left = dayone(creationDate="2021-03-03T23:30:00Z", text="![](dayone-moment://76F9)")
    assert isinstance(left, Left)
    assert "pictures" in left.why


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-11-17.md", "2026-11-17"),
        ("diary 20261117 evening.md", "2026-11-17"),
        ("2026/11/17.md", "2026-11-17"),
        ("2026_11_17.md", "2026-11-17"),
        ("2026.11.17.md", "2026-11-17"),
        ("1234567890.md", ""),
        ("2026-13-17.md", ""),
        ("notes.md", ""),
    ],
)
def test_days_in_names(name: str, day: str) -> None:
    """A day in the name of a file, or of its folders, is the page's; a file without any is left."""
    read = read_markdown("a", name)
    assert (read.day if isinstance(read, Found) else "") == day


def test_the_top_stands_over_the_name() -> None:
    """The day at the top of a file counts before that of its name, if it is one."""
    assert page(read_markdown("---\ndate: 2020-01-02T08:30:00\n---\na", "2026-11-17.md")).day == "2020-01-02"
    assert page(read_markdown("---\ndate: 2020-01-02 08:30\n---\na", "a.md")).minute == 510
    assert page(read_markdown("---\ndate: last spring\n---\na", "2026-11-17.md")).day == "2026-11-17"


def test_a_title_at_the_top_is_not_lost() -> None:
    """A title that stands at the top alone becomes the heading; one that stands in the text too is not doubled."""
    assert page(read_markdown("---\ntitle: A walk\n---\n\nWe went.", "2026-11-17.md")).text == "A walk\n\nWe went."
    assert page(read_markdown("---\ntitle: A walk\n---\n# A walk\nWe.", "2026-11-17.md")).text == "# A walk\nWe."


def test_line_ends_and_marks_of_order() -> None:
    """Line ends of any system and a mark of byte order do not stand in a page."""
    for text in ("\ufeff---\r\ndate: 2026-11-17\r\n---\r\none\r\ntwo\r\n", "---\rdate: 2026-11-17\r---\rone\rtwo\r"):
        assert page(read_markdown(text, "a.md")).text == "one\ntwo"


LINE = '{"date": "2026-11-17", "text": "a"}'


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (LINE, "lines"),
        (f"\ufeff\r\n{LINE}\r\n", "lines"),
        (f"{{broken\n{LINE}", "lines"),
        ('{"date": "2026-11-17", "text": "she said \\"entries\\" and \\"metadata\\""}', "lines"),
        (json.dumps({"date": "2026-11-17", "text": "a" * LONGEST}), "lines"),
        ('{"tags": {}, "entries": []}', "jrnl"),
        ('{\n  "tags": {"@metadata": 1},\n  "entries": []\n}', "jrnl"),
        ('{"metadata": {"version": "1.0"}, "entries": []}', "dayone"),
        ('{"entries": [{"creationDate": "2021-03-03T23:30:00Z"}]}', "dayone"),
        ("Dear diary", ""),
        ("[]", ""),
        ("{" * 10_000, ""),
    ],
    ids=range(12),
)
def test_forms_are_recognised(text: str, form: str) -> None:
    """A file is known by how it begins, also when its first line is broken or very long."""
    assert recognise(text) == form
