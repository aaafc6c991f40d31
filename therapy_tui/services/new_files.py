"""New files in a new folder: 0600 in 0700, in clear, nothing ever written over, and a manifest of their hashes."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from therapy_tui import errors
from therapy_tui.services import journal_export

MANIFEST = "MANIFEST.sha256"
"""One line a file, as `sha256sum --check` reads it."""


def new_folder(path: Path) -> Path:
    """Make a folder.

    Raises:
        UsageError: it is there already, or cannot be made.
    """
    try:
        path.mkdir(mode=0o700)
    except OSError as error:
        raise errors.UsageError(f"{path} cannot be made: {error.strerror}. Give a folder that is not there.") from None
    return path


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write a new file, piece by piece."""
    with journal_export.new_file(path) as file:
        file.writelines(pieces)


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write JSON objects, one a line, in ASCII; give how many."""
    count = 0
    with journal_export.new_file(path) as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=True) + "\n")
            count += 1
    return count


def write_manifest(folder: Path) -> int:
    """Write the hash of every file that is in a folder; give how many there are."""
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    write(folder / MANIFEST, (f"{_hash(each)}  {each.relative_to(folder).as_posix()}\n" for each in files))
    return len(files)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
