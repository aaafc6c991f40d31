"""Write the journal out, in clear, where any other program can read it: whole or not at all, never over anything."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from therapy_tui.core import front_matter
from therapy_tui.core.journal import Entry
from therapy_tui.services import days, journal
from therapy_tui.services.new_files import new_file, whole_file, whole_folder
from therapy_tui.services.vault import Vault

# jrnl begins a new page wherever a line begins with something in brackets that it can take for a date.
_BRACKET = re.compile(r"^\[", re.MULTILINE)


def write_jrnl(vault: Vault, target: Path) -> int:
    """Write all pages in the form of jrnl's JSON export into a new file, 0600; give how many.

    Beside jrnl's own fields stand `text`, `mood`, `question` and `prompt`, so that nothing of a page is lost.
    """
    tags: dict[str, int] = {}
    pages: list[dict[str, Any]] = []
    for page in journal.every(vault):
        named = [f"@{tag}" for tag in page.tag_list]
        for tag in named:
            tags[tag] = tags.get(tag, 0) + 1
        title, _, body = page.text.strip("\r\n").partition("\n")
        stands = {"title": title.rstrip("\r"), "body": body.lstrip("\r\n")}
        more = {"mood": page.mood or None, "question": page.question, "prompt": page.prompt}
        given = {key: value for key, value in more.items() if value}
        when = {"id": page.id.hex(), "date": page.day, "time": _clock(page)}
        pages.append({**stands, **when, "tags": named, "starred": False, "text": page.text, **given})
    with whole_file(target) as file:
        json.dump({"tags": tags, "entries": pages}, file, ensure_ascii=False, indent=2)
        file.write("\n")
    return len(pages)


def write_jrnl_text(vault: Vault, target: Path) -> int:
    """Write all pages as text into a new file, 0600, which `jrnl --import --file` takes in; give how many.

    jrnl reads no JSON. Moods, questions and tags that do not stand in a page's own words have no place in its text; the
    white space before a bracket that begins a line may be another; and jrnl itself takes a star at the end of a first
    line for a mark of its own.
    """
    written = 0
    with whole_file(target) as file:
        for page in journal.every(vault):
            text = page.text.replace("\r\n", "\n").strip()
            if text:
                file.write(f"[{page.day} {_clock(page)}] {_without_dates(text)}\n\n")
                written += 1
    return written


def write_markdown(vault: Vault, folder: Path) -> int:
    """Write each page as a Markdown file into a new folder, 0700; give how many."""
    written, last, number = 0, "", 0
    with whole_folder(folder) as made:
        for page in journal.every(vault):
            number = number + 1 if page.day == last else 1
            last = page.day
            name = page.day if number == 1 else f"{page.day}-{number}"
            with new_file(made / f"{name}.md") as file:
                file.write(front_matter.write(_facts(page)) + page.text + "\n")
            written += 1
    return written


def _without_dates(text: str) -> str:
    """Let no line begin with a bracket; jrnl takes the blanks before its second line away, so that joins the first."""
    lines = text.split("\n")
    ends = 1
    for number, line in enumerate(lines[1:], start=2):
        if line.lstrip().startswith("["):
            ends = number
        elif line.strip():
            break
    whole = "\n".join([" ".join(lines[:ends]), *lines[ends:]])
    return _BRACKET.sub(" [", whole)


WRITERS: dict[str, Callable[[Vault, Path], int]] = {
    "markdown": write_markdown,
    "jrnl": write_jrnl,
    "jrnl-text": write_jrnl_text,
}
"""The forms in which the journal can be written."""


def _facts(page: Entry) -> dict[str, front_matter.Fact]:
    return {
        "date": page.day,
        "time": _clock(page),
        "mood": str(page.mood or ""),
        "tags": page.tag_list,
        "question": page.question,
        "prompt": page.prompt,
    }


def _clock(page: Entry) -> str:
    return days.clock(days.minute_on(page.day, page.begun_at))
