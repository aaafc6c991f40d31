"""Diaries taken in: nothing twice, nothing half, and all told."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.services.rooms import Room, counts, lines, texts, write
from therapy_tui import errors
from therapy_tui.services import diaries, journal
from therapy_tui.services.journal_files import MOST_REASONS, take_in
from therapy_tui.services.vault import Vault
from therapy_tui.store import journal as entries

# nothing twice


def test_twice_doubles_nothing(vault: Vault, tmp_path: Path) -> None:
    """The same file again takes nothing, also after its pages were changed, moved, or marked here."""
    diary = lines(tmp_path, *({"date": f"2026-11-{day:02}", "text": f"Day {day}"} for day in range(1, 10)))
    assert counts(take_in(vault, diary)) == (9, 0, 0)
    assert counts(take_in(vault, diary)) == (0, 9, 0)
    first, second, *_ = journal.every(vault)
    journal.keep(vault, first, replace(first, text="Another text"), new_sitting=True)
    journal.keep(vault, second, replace(second, day="2020-01-01", mood=4))
    assert counts(take_in(vault, diary)) == (0, 9, 0)


def test_the_same_words_twice_on_a_day(vault: Vault, tmp_path: Path) -> None:
    """Two pages with the same words on one day are two, and remain two however often the diary is taken in."""
    same = {"date": "2026-11-17", "text": "Walked."}
    diary = lines(tmp_path, same, {"date": "2026-11-18", "text": "Walked."}, {**same, "text": " Walked.\n"})
    assert counts(take_in(vault, diary)) == (3, 0, 0)
    assert counts(take_in(vault, diary)) == (0, 3, 0)
    longer = lines(tmp_path, same, same, same, name="longer.jsonl")
    assert counts(take_in(vault, longer)) == (1, 2, 0)
    assert counts(take_in(vault, longer)) == (0, 3, 0)


def test_what_was_erased_comes_again(vault: Vault, tmp_path: Path) -> None:
    """Nothing remembers a page that was erased, so taking the diary in again brings it back."""
    diary = lines(tmp_path, {"date": "2026-11-17", "text": "one"}, {"date": "2026-11-18", "text": "two"})
    take_in(vault, diary)
    journal.erase(vault, next(journal.every(vault)).id)
    assert counts(take_in(vault, diary)) == (1, 1, 0)


def test_what_was_written_here_is_known(vault: Vault, tmp_path: Path) -> None:
    """A page that was typed here is not taken in beside itself."""
    write(vault, "I went\n\nout.", "2026-11-17")
    report = take_in(vault, lines(tmp_path, {"date": "2026-11-17", "text": "I went out."}))
    assert counts(report) == (0, 1, 0)


def test_one_diary_in_two_forms(vault: Vault, tmp_path: Path) -> None:
    """The same diary as lines and as jrnl exports it, title and body apart, doubles nothing."""
    pages = [("2026-11-17", "I went out.", "It rained all day."), ("2026-11-18", "A walk", "One\n\ntwo")]
    diary = lines(tmp_path, *({"date": day, "text": f"{title}\n\n{body}"} for day, title, body in pages))
    export = tmp_path / "jrnl.json"
    parts = [{"date": day, "time": "09:00", "title": title, "body": body, "tags": []} for day, title, body in pages]
    export.write_text(json.dumps({"tags": {}, "entries": parts}, indent=2))
    assert counts(take_in(vault, diary)) == (2, 0, 0)
    assert counts(take_in(vault, export)) == (0, 2, 0)


# nothing half


def test_a_full_disk_takes_nothing(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full before the last page, no page is taken; with room all are."""
    diary = lines(tmp_path, *({"date": "2026-11-17", "text": f"Page {number}"} for number in range(5)))
    add, calls = entries.add, []

    def full_at_the_end(*values: Any) -> bool:
        calls.append(values)
        if len(calls) == 5:
            raise errors.DiskFull
        return add(*values)

    with monkeypatch.context() as patch:
        patch.setattr(entries, "add", full_at_the_end)
        with pytest.raises(errors.DiskFull):
            take_in(vault, diary)
    assert texts(vault) == []
    assert counts(take_in(vault, diary)) == (5, 0, 0)


def test_a_disk_that_is_really_full(vault: Vault, tmp_path: Path) -> None:
    """So it is when it is the database that finds no room."""
    diary = lines(tmp_path, *({"date": "2026-11-17", "text": f"{number} word" * 2_000} for number in range(50)))
    size = int(vault.database.value("PRAGMA page_count"))
    vault.database.value(f"PRAGMA max_page_count = {size + 20}")
    with pytest.raises(errors.DiskFull):
        take_in(vault, diary)
    assert texts(vault) == []
    vault.database.value("PRAGMA max_page_count = 1000000")
    assert counts(take_in(vault, diary)) == (50, 0, 0)


def test_the_vault_is_not_held_while_a_file_is_read(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a diary is read another window can keep its page."""
    vault, window = room.open(), room.open()
    diary = lines(tmp_path, {"date": "2026-11-17", "text": "from the file"})
    read_line = diaries.read_line

    def read_and_write(line: str, number: int) -> Any:
        write(window, "from the window")
        return read_line(line, number)

    monkeypatch.setattr(diaries, "read_line", read_and_write)
    assert counts(take_in(vault, diary)) == (1, 0, 0)
    assert sorted(texts(vault)) == ["from the file", "from the window"]


# all is told


def test_malformed_lines_are_named(vault: Vault, tmp_path: Path) -> None:
    """Lines that are no page are named by number with the reason, and the rest is taken."""
    diary = tmp_path / "diary.jsonl"
    diary.write_bytes(
        b'\xef\xbb\xbf{"date": "1660-01-11", "text": "one"}\r\n\r\n{"date": "2026-11-17", "te\r\n'
        b'{"date": "2090-02-03", "text": "two"}\r\n{"date": "2026-11-17", "text": "caf\xe9"}\r\n'
        b'{"date": "2026-11-17", "text": "a", "mood": 70}\r\n'
    )
    report = take_in(vault, diary)
    assert counts(report) == (3, 0, 2)
    assert [reason.partition(":")[0] for reason in report.reasons] == ["line 3", "line 5", "line 6"]
    assert "without its mood" in report.reasons[2]
    assert texts(vault) == ["one", "a", "two"]


def test_reasons_end_somewhere(vault: Vault, tmp_path: Path) -> None:
    """Of very many bad lines all are counted and the first fifty told."""
    diary = tmp_path / "diary.jsonl"
    diary.write_text('{"date": "2026-11-17", "text": "a"}\n' + "{\n" * 500)
    report = take_in(vault, diary)
    assert (counts(report), len(report.reasons)) == ((1, 0, 500), MOST_REASONS)


def test_a_folder(vault: Vault, tmp_path: Path) -> None:
    """Files of a folder are taken in the order of their days; what is not is told, and nothing outside is followed."""
    folder, outside = tmp_path / "diary", tmp_path / "outside"
    for each in (folder / "2026", folder / ".trash", outside):
        each.mkdir(parents=True)
    for name, text in {
        "2026-11-17.md": "first",
        "2026-11-17-2.md": "second",
        "2026-11-17-10.markdown": "tenth",
        "2026/11-16 2026-11-16.MD": "before",
        "readme.md": "no day",
        "2026-11-18.md": "\n",
        "2026-11-19.txt": "no Markdown",
        ".trash/2026-11-20.md": "hidden",
        "._2026-11-17.md": "hidden too",
    }.items():
        (folder / name).write_text(text)
    (folder / "2026-11-21.md").write_bytes(b"\xff\xfe\x00")
    (outside / "2026-11-22.md").write_text("outside")
    (folder / "2026-11-22.md").symlink_to(outside / "2026-11-22.md")
    (folder / "linked").symlink_to(outside)
    os.mkfifo(folder / "2026-11-23.md")
    report = take_in(vault, folder)
    assert texts(vault) == ["before", "first", "second", "tenth"]
    told = dict(reason.split(": ", 1) for reason in report.reasons)
    assert told.keys() == {"readme.md", "2026-11-18.md", "2026-11-21.md", "2026-11-22.md", "2026-11-23.md"}
    assert (told["2026-11-22.md"], told["2026-11-23.md"]) == ("it is a link", "it is no file")
    assert counts(report) == (4, 0, 5)


def test_one_markdown_file(vault: Vault, tmp_path: Path) -> None:
    """A single Markdown file is known by its name."""
    (tmp_path / "2026-11-17.md").write_text("{ begins oddly")
    assert counts(take_in(vault, tmp_path / "2026-11-17.md")) == (1, 0, 0)


@pytest.mark.parametrize("data", [b" \n", b"Dear diary", b"[]", b"\xff", b"{" * 100_000, bytes(1_000)])
def test_a_form_that_is_not_known(vault: Vault, tmp_path: Path, data: bytes) -> None:
    """A file that is no diary is refused with how to name its form."""
    (tmp_path / "diary").write_bytes(data)
    with pytest.raises(errors.UsageError, match="--format"):
        take_in(vault, tmp_path / "diary")


@pytest.mark.parametrize("form", ["", *diaries.FORMATS])
@pytest.mark.parametrize(("data", "told"), [(b"", "is empty"), ("{ }".encode("utf-16"), "iconv -f UTF-16 -t UTF-8")])
def test_a_file_without_anything_to_read(vault: Vault, tmp_path: Path, form: str, data: bytes, told: str) -> None:
    """An empty file, and one in a writing of two bytes, are refused with what they are, whatever form is named."""
    (tmp_path / "2026-11-17.md").write_bytes(data)
    with pytest.raises(errors.UsageError, match=told):
        take_in(vault, tmp_path / "2026-11-17.md", form)


@pytest.mark.parametrize(
    ("form", "text"), [("jrnl", '{"entries": []}'), ("dayone", '{"entries": []}'), ("lines", "\n")]
)
def test_a_diary_without_pages(vault: Vault, tmp_path: Path, form: str, text: str) -> None:
    """A diary in which there is no page is refused in a sentence, and is no success of nothing."""
    (tmp_path / "diary").write_text(text)
    with pytest.raises(errors.UsageError, match="There is no page in"):
        take_in(vault, tmp_path / "diary", form)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([], "no file was found"),
        (["a.txt"], "only a.txt was found"),
        (["sub/photo.png", "note.txt"], "only 2 others such as note.txt were found"),
    ],
)
def test_a_folder_without_markdown(vault: Vault, tmp_path: Path, files: list[str], told: str) -> None:
    """A folder without Markdown files is refused with what was looked for and what is there."""
    (tmp_path / "diary" / "sub").mkdir(parents=True)
    for each in files:
        (tmp_path / "diary" / each).write_text("words")
    with pytest.raises(errors.UsageError, match=r"names that end in \.md or \.markdown were looked for") as refused:
        take_in(vault, tmp_path / "diary")
    assert told in str(refused.value)


@pytest.mark.parametrize("form", ["jrnl", "dayone"])
@pytest.mark.parametrize("text", ["{", '{"entries": {}}', "[1]", "[" * 10_000])
def test_a_form_that_is_another(vault: Vault, tmp_path: Path, form: str, text: str) -> None:
    """A file that is not of the form that was named is refused, and nothing is taken."""
    (tmp_path / "diary").write_text(text)
    with pytest.raises(errors.UsageError, match="Nothing was taken"):
        take_in(vault, tmp_path / "diary", form)


def test_what_is_no_file(vault: Vault, tmp_path: Path) -> None:
    """What is not there, a pipe, and a folder in the place of a file are refused at once, in a sentence."""
    os.mkfifo(tmp_path / "pipe")
    for source, form in ((tmp_path / "none", ""), (tmp_path / "pipe", "lines"), (tmp_path, "jrnl")):
        with pytest.raises(errors.UsageError):
            take_in(vault, source, form)
