"""Everything that is one's own, in clear, in a new folder that any person and any program can read."""

import hashlib
import json
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from therapy_tui import errors
from therapy_tui.services import conversation, days, directory, journal_export, notes
from therapy_tui.services import export_parts as parts
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault

MANIFEST = "MANIFEST.sha256"
"""One line a file, as `sha256sum --check` reads it."""
_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_ABOUT = """This is everything that was yours in therapy-tui, in clear, as of {when}.

letters/     each correspondence as text, and the same as JSON, one letter a line
pages/       the journal, one Markdown file a page; pages.json is the same in jrnl's form
check-ins, questionnaires, safety-plan, own-questions     as Markdown to read, and as JSON, one a line
{notes}
{manifest}     a hash of every file: sha256sum --check {manifest}

Whoever can read these files can read all of it. No key is among them.
"""
_NOTES = "notes/       one Markdown file a note; notes.json is the same, one a line"
_NO_NOTES = """
Your notes are not here: they have a key of their own, and it was not at hand. Once therapy-tui note list shows them,
export again into another folder.
"""

Part = tuple[str, str, Callable[[Vault], Iterator[str]], Callable[[Vault], Iterator[parts.Row]]]
PARTS: tuple[Part, ...] = (
    ("check_ins", "check-ins", parts.check_in_words, parts.check_in_rows),
    ("questionnaires", "questionnaires", parts.measure_words, parts.measure_rows),
    ("plan_steps", "safety-plan", parts.plan_words, parts.plan_rows),
    ("prompts", "own-questions", parts.prompt_words, parts.prompt_rows),
)
"""What it is counted as, the name of its two files, and how each of them is written."""


def export_everything(vault: Vault, folder: Path, notebook: Notebook | None) -> dict[str, int]:
    """Write everything into a new folder, 0700, its files 0600; give how much of each there is.

    Args:
        vault: the open vault.
        folder: which is not there yet.
        notebook: the open notes; None where they cannot be opened: then the folder says that they are left out.

    Raises:
        UsageError: the folder is there already, or cannot be made; nothing is ever written over.
    """
    made = _new_folder(folder)
    counts = {"letters": 0}
    letters = _new_folder(made / "letters")
    for person in directory.people(vault, also_closed=True):
        counts["letters"] += _letters(vault, person.contact.id, person.contact.name, letters)
    counts["pages"] = journal_export.write_markdown(vault, made / "pages")
    journal_export.write_jrnl(vault, made / "pages.json")
    for name, stem, words, rows in PARTS:
        _write(made / f"{stem}.md", words(vault))
        counts[name] = _rows(made / f"{stem}.json", rows(vault))
    if notebook is not None:
        counts["notes"] = _notes(vault, notebook, _new_folder(made / "notes"))
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(vault.now()))
    told = _ABOUT.format(when=when, manifest=MANIFEST, notes=_NO_NOTES if notebook is None else _NOTES)
    _write(made / "README.txt", iter([told]))
    counts["files"] = _manifest(made)
    return counts


def _letters(vault: Vault, contact: bytes, name: str, folder: Path) -> int:
    person = directory.get(vault, contact)
    stem = f"{_NOT_IN_NAMES.sub('-', name).strip('-')[:40] or 'somebody'}-{contact.hex()[:6]}"
    every = partial(conversation.everything, vault, person)
    _write(folder / f"{stem}.txt", (parts.letter_words(each, name) for each in every()))
    return _rows(folder / f"{stem}.json", (parts.letter_row(each) for each in every()))


def _notes(vault: Vault, notebook: Notebook, folder: Path) -> int:
    names = {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}
    for each in notes.every(notebook):
        name = f"{days.day_of(each.written_at)}-{each.id.hex()[:6]}.md"
        _write(folder / name, iter([parts.note_words(each, names, notes.additions(notebook, each))]))
    rows = (parts.note_row(each, names, notes.additions(notebook, each)) for each in notes.every(notebook))
    return _rows(folder.with_suffix(".json"), rows)


# files


def _new_folder(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700)
    except OSError as error:
        raise errors.UsageError(f"{path} cannot be made: {error.strerror}. Give a folder that is not there.") from None
    return path


def _write(path: Path, pieces: Iterator[str]) -> None:
    with journal_export.new_file(path) as file:
        file.writelines(pieces)


def _rows(path: Path, rows: Iterator[parts.Row]) -> int:
    count = 0
    with journal_export.new_file(path) as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=True) + "\n")
            count += 1
    return count


def _manifest(folder: Path) -> int:
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    lines = (f"{_hash(each)}  {each.relative_to(folder).as_posix()}\n" for each in files)
    _write(folder / MANIFEST, lines)
    return len(files)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
