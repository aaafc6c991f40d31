"""Take in diaries that people have already, and write the journal out where any other program can read it."""

import calendar
import json
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TextIO

from therapy_tui import errors
from therapy_tui.core.hashing import digest
from therapy_tui.core.journal import Entry, count_words, heading_of
from therapy_tui.services import diaries, journal
from therapy_tui.services.diaries import FORMATS, Found, Left, Read
from therapy_tui.services.vault import Vault
from therapy_tui.store import journal as entries

MOST_BYTES = 512 * 1024 * 1024
"""A larger file is no diary."""
MOST_FILES = 100_000
MOST_REASONS = 50
_BEGINNING = 65_536
_NOON = 12 * 60


@dataclass(slots=True)
class Report:
    """What became of an import."""

    taken: int = 0
    existing: int = 0
    """Pages that had been taken in before."""
    left: int = 0
    reasons: list[str] = field(default_factory=list)
    """Why something was left, each with the place where it stands; the first fifty."""

    def leave(self, left: Left) -> None:
        """Count what was left."""
        self.left += 1
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(f"{left.where}: {left.why}")


def take_in(vault: Vault, source: Path, form: str = "") -> Report:
    """Take in a diary, all in one transaction; twice takes in nothing twice.

    A page is known by its day and its words, so a page that was changed since, and the same diary in another form, are
    recognised too.

    Args:
        vault: the open vault.
        source: a file, or a folder of Markdown files.
        form: one of `FORMATS`; recognised when it is empty.

    Raises:
        UsageError: it cannot be read, or its form is not known; nothing was taken.
        DiskFull: nothing was taken.
    """
    report = Report()
    now = vault.now()
    with vault.transaction() as database:
        for read in _read(source, form):
            if isinstance(read, Left):
                report.leave(read)
            elif entries.add(database, _entry(vault, read, now), _source(read)):
                report.taken += 1
            else:
                report.existing += 1
        vault.tell(journal.CHANGED)
    return report


def _entry(vault: Vault, found: Found, now: int) -> Entry:
    day = date.fromisoformat(found.day)
    begun = calendar.timegm(day.timetuple()) + 60 * (found.minute if found.minute >= 0 else _NOON)
    return Entry(
        row=0,
        id=vault.random_bytes(16),
        day=found.day,
        begun_at=begun,
        changed_at=now,
        mood=found.mood,
        tags=found.tags,
        prompt="",
        question="",
        text=found.text,
        words=count_words(found.text),
        revision=1,
        versions=0,
    )


def _source(found: Found) -> bytes:
    return digest("tt1 import", f"{found.day} {' '.join(found.text.split())}".encode(), 16)


# reading


def _read(source: Path, form: str) -> Iterator[Read]:
    try:
        if source.is_dir():
            if form not in {"", "markdown"}:
                raise errors.UsageError(f"{source} is a folder; only Markdown files are read from one.")
            yield from _read_folder(source)
            return
        about = source.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
            raise errors.UsageError(f"{source} is no file that could be a diary.")
        with source.open(encoding="utf-8-sig", errors="surrogateescape") as file:
            form = form or diaries.recognise(file.read(_BEGINNING))
            file.seek(0)
            yield from _read_file(file, form, source)
    except OSError as error:
        raise errors.UsageError(f"{source} cannot be read: {error.strerror}. Nothing was taken.") from None


def _read_file(file: TextIO, form: str, source: Path) -> Iterator[Read]:
    if form == "lines":
        found = (diaries.read_line(line, number) for number, line in enumerate(file, start=1))
        yield from (read for read in found if read is not None)
    elif form == "jrnl":
        yield from diaries.read_jrnl(file.read())
    elif form == "dayone":
        yield from diaries.read_dayone(file.read())
    elif form == "markdown":
        yield diaries.read_markdown(file.read(), source.name)
    else:
        known = ", ".join(FORMATS)
        raise errors.UsageError(f"The form of {source} is not known. Name it with --format: {known}.")


def _read_folder(folder: Path) -> Iterator[Read]:
    names = sorted(_markdown_files(folder))
    if len(names) > MOST_FILES:
        raise errors.UsageError(f"{folder} holds more than {MOST_FILES:,} files. Nothing was taken.")
    for name in names:
        path = folder / name
        try:
            if path.stat().st_size > MOST_BYTES // 64:
                yield Left(name, "it is too large for a page")
                continue
            text = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
        except OSError as error:
            yield Left(name, f"it cannot be read: {error.strerror}")
            continue
        yield diaries.read_markdown(text, name)


def _markdown_files(folder: Path) -> Iterator[str]:
    """Name the Markdown files below a folder; links are not followed and hidden folders not entered."""
    for where, folders, files in os.walk(folder):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for name in files:
            path = Path(where) / name
            if name.lower().endswith((".md", ".markdown")) and not path.is_symlink():
                yield path.relative_to(folder).as_posix()


# writing


def write_jrnl(vault: Vault, target: Path) -> int:
    """Write all pages as jrnl's own JSON into a new file, 0600; give how many."""
    written = 0
    tags: dict[str, int] = {}
    pages = []
    for page in journal.every(vault):
        heading, _ = heading_of(page.text)
        title, _, body = page.text.strip("\r\n").partition("\n")
        named = [f"@{tag}" for tag in page.tag_list]
        for tag in named:
            tags[tag] = tags.get(tag, 0) + 1
        clock = time.strftime("%H:%M", time.gmtime(max(0, page.begun_at)))
        stands = {"title": title.rstrip("\r"), "body": body.lstrip("\r\n") if heading else body}
        pages.append({**stands, "date": page.day, "time": clock, "tags": named, "starred": False})
        written += 1
    with new_file(target) as file:
        json.dump({"tags": tags, "entries": pages}, file, ensure_ascii=False, indent=2)
        file.write("\n")
    return written


def write_markdown(vault: Vault, folder: Path) -> int:
    """Write each page as a Markdown file into a new folder, 0700; give how many."""
    try:
        folder.mkdir(mode=0o700, parents=False)
    except OSError as error:
        raise errors.UsageError(
            f"{folder} cannot be made: {error.strerror}. Give a folder that is not there."
        ) from None
    written = 0
    last, number = "", 0
    for page in journal.every(vault):
        number = number + 1 if page.day == last else 1
        last = page.day
        name = page.day if number == 1 else f"{page.day}-{number}"
        with new_file(folder / f"{name}.md") as file:
            file.write(_front(page) + page.text.rstrip("\n") + "\n")
        written += 1
    return written


def _front(page: Entry) -> str:
    facts = [f"date: {page.day}"]
    if page.mood:
        facts.append(f"mood: {page.mood}")
    if page.tags:
        facts += ["tags:", *(f"  - {tag}" for tag in page.tag_list)]
    if page.question:
        facts.append(f"question: {json.dumps(page.question, ensure_ascii=False)}")
    return "---\n" + "\n".join(facts) + "\n---\n"


def new_file(path: Path) -> TextIO:
    """Make a file that is not there, 0600.

    Raises:
        UsageError: it is there already, or cannot be made.
    """
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise errors.UsageError(f"{path} cannot be made: {error.strerror}. Nothing is ever written over.") from None
    return os.fdopen(descriptor, "w", encoding="utf-8")
