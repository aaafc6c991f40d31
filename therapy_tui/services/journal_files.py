"""Take in diaries that people have already: all in one transaction, nothing twice, and what was left is told."""

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from therapy_tui import errors
from therapy_tui.core.hashing import digest
from therapy_tui.core.journal import LONGEST, Entry, count_words
from therapy_tui.core.text import safe_line
from therapy_tui.services import days, diaries, journal
from therapy_tui.services.diaries import FORMATS, Found, Left, Read
from therapy_tui.services.vault import Vault
from therapy_tui.store import journal as entries
from therapy_tui.store.database import Database

MOST_BYTES = 512 * 1024 * 1024
"""A larger file is no diary."""
MOST_FILES = 100_000
MOST_PAGE_BYTES = 16 * LONGEST
MOST_REASONS = 50
BEGINNING = 12 * LONGEST
"""So many characters are looked at to know a file: the longest page may be its first line."""
EMPTY = "{} is empty, so there is nothing to take in."
NO_PAGE = "There is no page in {}. Nothing was taken."
NO_MARKDOWN = (
    "There is no Markdown file in {}: names that end in .md or .markdown were looked for, there and in the folders"
    " below, and {} found. A diary in another form is one file: give its name."
)
NOT_KNOWN = (
    'The form of {} is not known: it has no lines of {{"date", "text"}}, it is no JSON of jrnl or Day One, and its name'
    " does not end in .md. If it is one of these all the same, name it with --format: {}."
)
WIDE = "{} is UTF-16. Save it as UTF-8 and give it again; it becomes so by: iconv -f UTF-16 -t UTF-8."
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MARKDOWN = (".md", ".markdown")
_DIGITS = re.compile(r"([0-9]+)")


@dataclass(slots=True)
class Report:
    """What became of an import."""

    taken: int = 0
    existing: int = 0
    """Pages that are here already."""
    left: int = 0
    """Pages that were not taken."""
    reasons: list[str] = field(default_factory=list)
    """Why a page, or something of one, was left, each with the place where it stands; the first fifty."""

    def leave(self, left: Left) -> None:
        """Count a page that was left."""
        self.left += 1
        self._tell(left.where, left.why)

    def take(self, found: Found) -> None:
        """Count a page that was taken, and tell what of it was not."""
        self.taken += 1
        if found.without:
            self._tell(found.where, f"it was taken without {found.without}")

    def _tell(self, where: str, why: str) -> None:
        if len(self.reasons) < MOST_REASONS:
            self.reasons.append(f"{where}: {why}")


class _Known:
    """Which pages are here already, by their days and words.

    A diary may have the same words twice on one day, and so may the journal; the second of the one is then the second
    of the other.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._met: Counter[bytes] = Counter()
        self._here: dict[str, Counter[bytes]] = {}
        """For each day that was met, the words of its pages from before this import."""

    def look(self, found: Found) -> tuple[bool, bytes]:
        """Tell whether a page is here, and what it is known by."""
        if found.day not in self._here:
            here = entries.texts_on(self._database, found.day)
            self._here[found.day] = Counter(_words(found.day, text) for text in here)
        words = _words(found.day, found.text)
        self._met[words] += 1
        number = self._met[words]
        source = words if number == 1 else digest("tt1 import", words + number.to_bytes(4, "big"), 16)
        is_here = number <= self._here[found.day][words] or entries.has_source(self._database, source)
        return is_here, source


def _words(day: str, text: str) -> bytes:
    return digest("tt1 import", f"{day} {' '.join(text.split())}".encode(), 16)


def take_in(vault: Vault, source: Path, form: str = "") -> Report:
    """Take in a diary, all in one transaction; twice takes in nothing twice.

    A page is known by its day and its words, whatever the white space between them. So a page that was written here,
    one that was taken in and changed since, and the same diary in another form are recognised too. One that was erased
    since leaves no trace, and is taken in again.

    Args:
        vault: the open vault.
        source: a file, or a folder of Markdown files.
        form: one of `FORMATS`; recognised when it is empty.

    Raises:
        UsageError: it cannot be read, its form is not known, or there is no page in it; nothing was taken.
        DiskFull: nothing was taken.
    """
    report = Report()
    # All of it is read before the vault is held, so that nobody else waits for a slow disk.
    diary = list(_read(source, form))
    if not diary:
        raise errors.UsageError(NO_PAGE.format(source))
    now = vault.now()
    with vault.transaction() as database:
        known = _Known(database)
        for read in diary:
            if isinstance(read, Left):
                report.leave(read)
                continue
            is_here, mark = known.look(read)
            if is_here or not entries.add(database, _entry(vault, read, now), mark):
                report.existing += 1
            else:
                report.take(read)
        vault.tell(journal.CHANGED)
    return report


def _entry(vault: Vault, found: Found, now: int) -> Entry:
    return Entry(
        row=0,
        id=vault.random_bytes(16),
        day=found.day,
        begun_at=days.moment(found.day, found.minute if found.minute >= 0 else days.NOON),
        changed_at=now,
        mood=found.mood,
        tags=found.tags,
        prompt=found.prompt,
        question=found.question,
        text=found.text,
        words=count_words(found.text),
        revision=1,
        versions=0,
    )


def _read(source: Path, form: str) -> Iterator[Read]:
    try:
        if source.is_dir():
            if form not in {"", "markdown"}:
                raise errors.UsageError(f"{source} is a folder; only Markdown files are read from one.")
            yield from _read_folder(source)
            return
        about = source.stat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
            raise errors.UsageError(f"{source} is no file that could be a diary. Nothing was taken.")
        if not about.st_size:
            raise errors.UsageError(EMPTY.format(source))
        yield from _read_file(source, form)
    except OSError as error:
        raise errors.UsageError(f"{source} cannot be read: {error.strerror}. Nothing was taken.") from None


def _read_file(source: Path, form: str) -> Iterator[Read]:
    with source.open("rb") as raw:
        if raw.read(2) in _WIDE_MARKS:
            raise errors.UsageError(WIDE.format(source))
    # What is no UTF-8 becomes halves of characters, which no page may hold: it is then told where they stand.
    with source.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        if not form:
            is_markdown = source.name.lower().endswith(_MARKDOWN)
            form = "markdown" if is_markdown else diaries.recognise(file.read(BEGINNING))
            file.seek(0)
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
            raise errors.UsageError(NOT_KNOWN.format(source, ", ".join(FORMATS)))


def _read_folder(folder: Path) -> Iterator[Read]:
    closed: list[Left] = []
    names = sorted(_markdown_files(folder, closed), key=_in_order)
    yield from closed
    if not names and not closed:
        raise errors.UsageError(NO_MARKDOWN.format(folder, _others(folder)))
    if len(names) > MOST_FILES:
        raise errors.UsageError(f"{folder} holds more than {MOST_FILES:,} files. Nothing was taken.")
    for name in names:
        try:
            about = (folder / name).lstat()
            if not stat.S_ISREG(about.st_mode):
                yield Left(name, "it is a link" if stat.S_ISLNK(about.st_mode) else "it is no file")
            elif about.st_size > MOST_PAGE_BYTES:
                yield Left(name, "it is too large for a page")
            else:
                yield diaries.read_markdown((folder / name).read_text("utf-8-sig", "surrogateescape"), name)
        except OSError as error:
            yield Left(name, f"it cannot be read: {error.strerror}")


def _others(folder: Path) -> str:
    """Say what is in a folder that has no Markdown files."""
    found = [name for _, _, files in os.walk(folder) for name in files]
    if not found:
        return "no file was"
    first = safe_line(min(found), 60)
    return f"only {first} was" if len(found) == 1 else f"only {len(found):,} others such as {first} were"


def _markdown_files(folder: Path, closed: list[Left]) -> Iterator[str]:
    """Name the Markdown files below a folder; hidden ones are passed by, and links to folders not followed."""

    def close(error: OSError) -> None:
        closed.append(Left(os.path.relpath(error.filename, folder), f"it cannot be read: {error.strerror}"))

    for where, folders, files in os.walk(folder, onerror=close):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for name in files:
            if name.lower().endswith(_MARKDOWN) and not name.startswith("."):
                yield (Path(where) / name).relative_to(folder).as_posix()


def _in_order(name: str) -> list[tuple[int, int, str]]:
    """Give what sorts names as a person does: `day`, `day-2`, `day-10`."""
    stem = name.rpartition(".")[0]
    parts = (part for part in _DIGITS.split(stem) if part)
    return [(0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts]
