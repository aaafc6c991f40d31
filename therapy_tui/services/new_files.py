"""New files in a new folder: 0600 in 0700, in clear, nothing ever written over, and a manifest of their hashes."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from therapy_tui import errors

NEVER_OVER = "Nothing is ever written over"
FULL = "The disk is full, so {} was not written, and nothing is left of it. Make room, or name another place."
MANIFEST = "MANIFEST.sha256"
"""One line a file, as `sha256sum --check` reads it."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def new_folder(path: Path) -> Path:
    """Make a folder, 0700.

    Raises:
        UsageError: it is there already, or cannot be made.
        DiskFull: there is no room for it.
    """
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        raise errors.UsageError(f"{path} is there already. {NEVER_OVER}. Give a folder that is not there.") from None
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise errors.DiskFull(FULL.format(path)) from None
        raise errors.UsageError(f"{path} cannot be made: {error.strerror}. Give a folder that is not there.") from None
    return path


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Make a folder as `new_folder` does, and take it away again when not all could be written into it.

    Raises:
        UsageError, DiskFull: it cannot be made, or not be written; nothing of it is left.
    """
    new_folder(path)
    try:
        yield path
    except BaseException as error:
        shutil.rmtree(path, ignore_errors=True)  # it was made a moment ago, here
        if isinstance(error, errors.DiskFull):
            raise errors.DiskFull(FULL.format(path)) from None
        raise


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """Write a file that was not there, 0600; it is gone again when not all of it could be written.

    Raises:
        UsageError, DiskFull: it is there already, or the system refused; nothing is left of it.
    """
    with _told(path):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise errors.UsageError(f"{path} is there already. {NEVER_OVER}; give another name.") from None
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise errors.DiskFull(FULL.format(path)) from None
        raise errors.UsageError(f"{path} cannot be written: {error.strerror}. Nothing of yours was changed.") from None


def write(path: Path, pieces: Iterable[str]) -> None:
    """Write a new file, piece by piece."""
    with new_file(path) as file:
        file.writelines(pieces)


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write JSON objects, one a line, in ASCII; give how many."""
    count = 0
    with new_file(path) as file:
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
