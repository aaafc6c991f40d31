"""The journal written out: there and back it is the same, private, and whole or not at all."""

import errno
import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.rooms import TODAY, Room, counts, empty, write
from therapy_tui import errors
from therapy_tui.core.journal import Entry, fitting_tags
from therapy_tui.services import days, journal, journal_export
from therapy_tui.services.journal_files import take_in
from therapy_tui.services.vault import Vault

WHOLE = st.characters(exclude_categories=["Cs"])
PIECES = st.one_of(
    st.text(WHOLE, max_size=40),
    st.sampled_from(
        ["---", "---\ndate: 2020-01-01\n---", "# A heading", "[2026-01-01 10:00] ", "A sentence.", "*", "\n\n"]
    ),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=5).map("\n".join).filter(str.strip)
TAGS = st.lists(
    st.one_of(st.text(WHOLE, max_size=40), st.sampled_from(["two words", "a: b", "@at", "- x", '"q"', "🦊"]))
)
PAGES = st.lists(
    st.tuples(
        st.sampled_from(["2026-11-17", "2026-11-18", "1660-01-11", "2090-02-03"]),
        st.integers(0, 24 * 60 - 1),
        TEXTS,
        TAGS,
        st.integers(0, 10),
        st.one_of(st.just(""), st.text(WHOLE, min_size=1, max_size=60)),
    ),
    min_size=1,  # a diary without a page is none
    max_size=6,
)
ROOM = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
Page = tuple[str, str, tuple[str, ...], int, str, str, str]


def even(text: str) -> str:
    """Give a text as an import keeps it: lines end with a line feed, and no empty lines stand around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")


def pages_of(vault: Vault) -> list[Page]:
    """Give what an export has of each page, in order."""
    return [
        (each.day, even(each.text), each.tag_list, each.mood, each.question, each.prompt, clock(each))
        for each in journal.every(vault)
    ]


def clock(page: Entry) -> str:
    return days.clock(days.minute_on(page.day, page.begun_at))


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Vault]:
    """The vault of somebody else, with nothing in it."""
    made = Room(tmp_path / "other")
    yield made.open()
    made.close()


@pytest.mark.parametrize("form", ["markdown", "jrnl"])
@given(PAGES)
@ROOM
def test_there_and_back(
    vault: Vault, other: Vault, tmp_path_factory: pytest.TempPathFactory, form: str, pages: list[Any]
) -> None:
    """Whatever stands on pages, written out and taken in elsewhere they are the same, in the same order."""
    empty(vault)
    empty(other)
    for number, (day, minute, text, tags, mood, question) in enumerate(pages):
        new = replace(journal.blank(vault, day), begun_at=days.moment(day, minute))
        facts = {"tags": fitting_tags(tags)[0], "mood": mood, "question": question, "prompt": f"p-{number}"}
        journal.keep(vault, new, replace(new, text=text, **facts))
    target = tmp_path_factory.mktemp("out") / "journal"
    assert journal_export.WRITERS[form](vault, target) == len(pages)
    report = take_in(other, target)
    assert (counts(report), report.reasons) == ((len(pages), 0, 0), [])
    assert pages_of(other) == pages_of(vault)
    assert counts(take_in(vault, target)) == (0, len(pages), 0)


def test_one_form_after_the_other(vault: Vault, tmp_path: Path) -> None:
    """One's own export, in every form, doubles nothing in the journal that it came from, also after a page changed."""
    for number in range(12):
        write(vault, f"Page {number}. And more.\nIn two lines.", f"2026-11-{1 + number % 3:02}")
    write(vault, "the same")
    write(vault, "the same")
    for form, writer in journal_export.WRITERS.items():
        writer(vault, tmp_path / form)
    for form in ("markdown", "jrnl"):
        assert counts(take_in(vault, tmp_path / form)) == (0, 14, 0)
    page = next(journal.every(vault))
    journal.keep(vault, page, replace(page, text="changed"), new_sitting=True)
    assert journal_export.write_jrnl(vault, tmp_path / "again") == 14
    assert counts(take_in(vault, tmp_path / "again")) == (0, 14, 0)


def test_an_empty_page_is_told(vault: Vault, other: Vault, tmp_path: Path) -> None:
    """A page that was emptied is written out, and an import says that nothing stands in it."""
    page = write(vault, "a")
    journal.keep(vault, page, replace(page, text=" "), new_sitting=True)
    journal_export.write_markdown(vault, tmp_path / "out")
    report = take_in(other, tmp_path / "out")
    assert counts(report) == (0, 0, 1)
    assert "nothing stands in it" in report.reasons[0]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu"])
def test_times_are_those_of_the_place(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """Where the person lives, a page of half past eleven at night is written out as that, on its own day."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        new = replace(journal.blank(vault, "2026-11-17"), begun_at=days.moment("2026-11-17", 23 * 60 + 30))
        journal.keep(vault, new, replace(new, text="late"))
        write(vault, "of the day before", "2026-11-16")
        journal_export.write_jrnl(vault, tmp_path / "out.json")
        found = json.loads((tmp_path / "out.json").read_text())["entries"]
        assert [(each["date"], each["time"]) for each in found] == [("2026-11-16", "23:59"), ("2026-11-17", "23:30")]
        assert [days.day_of(days.moment(day, 0)) for day in ("1660-01-11", "2090-02-03")] == [
            "1660-01-11",
            "2090-02-03",
        ]
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("day", ["0001-01-01", "1660-01-11", "1970-01-01", "2026-03-29", "2090-02-03", "9999-12-31"])
def test_a_day_and_its_moments(day: str) -> None:
    """Every minute of any day is of that day, and the day is over after the last of them."""
    for minute in (0, 59, days.NOON, 24 * 60 - 1):
        assert days.minute_on(day, days.moment(day, minute)) == minute
    assert days.after(day) > days.moment(day, 24 * 60 - 1)
    assert days.minute_on("2026-11-17", days.moment(day, 0)) == (0 if day < "2026-11-17" else 24 * 60 - 1)


def test_a_moment_of_no_calendar() -> None:
    """A moment that no calendar has is of no day."""
    assert [days.day_of(moment) for moment in (2**62, -(2**62), 2**40)] == ["", "", ""]


def test_files_are_private_and_never_written_over(vault: Vault, tmp_path: Path) -> None:
    """What is written is for its owner alone, and what is there already stays as it is."""
    write(vault, "a page")
    kept = os.umask(0)
    try:
        for form, writer in journal_export.WRITERS.items():
            assert writer(vault, tmp_path / form) == 1
            with pytest.raises(errors.UsageError, match="written over"):
                writer(vault, tmp_path / form)
    finally:
        os.umask(kept)
    made = [tmp_path / form for form in journal_export.WRITERS] + [tmp_path / "markdown" / f"{TODAY}.md"]
    assert [oct(each.stat().st_mode & 0o777) for each in made] == ["0o700", "0o600", "0o600", "0o600"]
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(errors.UsageError):
        journal_export.write_jrnl(vault, tmp_path / "link")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("form", list(journal_export.WRITERS))
@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, errors.DiskFull), (errno.EDQUOT, errors.DiskFull), (errno.EIO, errors.UsageError)],
)
def test_a_disk_that_takes_no_more(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, number: int, kind: type[Exception]
) -> None:
    """When not all can be written, nothing of it stays there, and the sentence says so."""
    for day in ("2026-11-16", "2026-11-17", "2026-11-18"):
        write(vault, "a page", day)
    clock_of = journal_export._clock

    def full(page: Entry) -> str:
        if page.day == "2026-11-18":
            raise OSError(number, "made up")
        return clock_of(page)

    dump = json.dump
    monkeypatch.setattr(journal_export, "_clock", full)
    if form == "jrnl":
        monkeypatch.setattr(journal_export, "_clock", clock_of)

        def half(whole: object, file: Any, **how: Any) -> None:
            dump(whole, file, **how)
            raise OSError(number, "made up")

        monkeypatch.setattr(json, "dump", half)
    with pytest.raises(kind, match=r"nothing is left of it|Nothing of yours was changed"):
        journal_export.WRITERS[form](vault, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A page\n\nwith two parts", "A page\n\nwith two parts"),
        ("A page\n\n [one]\n\n[two]\nrest\n\n[three]", "A page   [one]  [two]\nrest\n\n [three]"),
        ("[one]\n[two]", " [one] [two]"),
        ("[\n" * 1_000 + "end", " [ " + "[ " * 998 + "[\nend"),
    ],
)
def test_no_line_of_the_text_for_jrnl_begins_with_a_bracket(
    vault: Vault, tmp_path: Path, text: str, written: str
) -> None:
    """A bracket that begins a line, which could be read as a date there, stands behind a blank; no word changes."""
    write(vault, text, "2026-11-17")
    journal_export.write_jrnl_text(vault, tmp_path / "out")
    _, _, found = (tmp_path / "out").read_text().partition("] ")
    assert found == written + "\n\n"
    assert found.split() == text.split()
