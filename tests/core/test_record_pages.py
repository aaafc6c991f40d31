"""A record to read and to print: nothing is lost, nothing passes for a heading, and every page fits."""

import re
from dataclasses import replace

from hypothesis import given

from tests.core.records import RECORD, noted, records, said
from therapy_tui.core.columns import columns
from therapy_tui.core.record import Record
from therapy_tui.core.record_pages import FEED, LINES, WIDTH, markdown, printed

PARTS = ["Record", "Letters", "Questionnaires", "Session notes", "Appointments", "What was agreed"]


def day(seconds: int) -> str:
    """Write a moment as its number."""
    return f"day {seconds}"


def pages(record: Record) -> list[list[str]]:
    """Give the printed pages, each as its lines."""
    return [page.removesuffix("\n").split("\n") for page in "".join(printed(record, day)).split(FEED)]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(records())
def test_every_page_fits(record: Record) -> None:
    """Whatever people wrote, no line is wider than 72 columns and no page longer than a sheet; each has its number."""
    for number, page in enumerate(pages(record), 1):
        assert max(columns(line) for line in page) <= WIDTH
        assert len(page) <= LINES + 2
        assert page[0].endswith(f"  page {number}")


def test_each_part_begins_a_page() -> None:
    """The parts stand in their order, each on a page of its own; a long letter goes over several."""
    found = pages(replace(RECORD, said=(said(1, "A heron by the river. " * 500),)))
    titles = [re.sub(r" +page \d+$", "", page[0]).removeprefix("Bea <Bloom>: ") for page in found]
    assert list(dict.fromkeys(titles)) == PARTS
    assert titles.count("Letters") > 1
    assert titles == sorted(titles, key=PARTS.index)


def test_nothing_is_lost_in_print() -> None:
    """All words of letters, questionnaires with their notices, and notes are on the pages, in order."""
    text = squeezed("".join("\n".join(page[2:]) for page in pages(RECORD)))
    for wanted in (
        "A letter. In two parts",
        "It was taken back. Nothing of it is kept.",
        "9. Thoughts that you would be better off dead or of hurting yourself in some way Several days (1)",
        "No permission required to reproduce",
        "This content from LOINC is copyright",
        "Scored 1 to 5 an item",
        "Answers, from 0 to 9: 9, -, 0",
        "not signed # Sleep",
        "Notes that are not signed are not in it: 1.",
    ):
        assert squeezed(wanted) in text


def test_nothing_passes_for_a_heading() -> None:
    """In Markdown every line that a person wrote is quoted, and a name is one line."""
    sly = replace(
        RECORD,
        name="Bea\n# Letters",
        said=(said(1, "# Record\n## Forged, day 1 (read)\n\n---"),),
        noted=(noted(1, "# Session notes\r# Forged\u2028# Forged"),),
    )
    lines = "".join(markdown(sly, day)).splitlines()
    assert [line for line in lines if line.startswith("# ")] == [f"# {part}" for part in PARTS]
    assert not [line for line in lines if line and not line.startswith(("# ", "## ", ">"))]
    assert not [line for line in lines if line.startswith("## Forged")]


@given(records())
def test_nothing_is_fetched(record: Record) -> None:
    """Whatever people wrote, no link, picture or HTML begins in the Markdown; without the marks the words are whole."""
    for text in ("![](https://example.org)", "\\[x](y)", "<img src=z>"):
        written = "".join(markdown(replace(record, name=text, said=(said(1, text),)), day))
        assert not re.search(r"(?<!\\)(?:\\\\)*[<\[]", written)
        assert f"> {text}  \n" in re.sub(r"\\([\\<\[])", r"\1", written)


def test_an_empty_part_says_so() -> None:
    """A part of which there is nothing is there and says that."""
    nothing = replace(RECORD, said=(), answered=(), noted=(), appointments=(), agreed=())
    assert "".join(markdown(nothing, day)).count("Nothing.\n") == 5
    assert [page[2] for page in pages(nothing)[1:]] == ["Nothing."] * 5
