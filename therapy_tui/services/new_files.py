"""New files in a new folder: 0600 in 0700, in clear, nothing ever written over, and a manifest of their hashes.

What is being written has another name until all of it is there, so that a program that was killed leaves nothing that
looks whole, and the next one says what is left.
"""

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
from therapy_tui.files import give_name

NEVER_OVER = "Nothing is ever written over"
THERE = f"{{}} is there already. {NEVER_OVER}. Give a folder that is not there."
FILE_THERE = f"{{}} is there already. {NEVER_OVER}; give another name."
NO_FOLDER = "There is no folder {}. Make it first, or name another place."
LEFT = (
    "{} is there: a part, in clear, of something that was being written out when the program was ended. Nothing was"
    " written now. Remove it, and do this again."
)
STILL_THERE = "{} was not written, and what there was of it could not be taken away: {} has it, in clear. Remove it."
STOPPED = "Nothing of {} is left."
FULL = "The disk is full, so {} was not written, and nothing is left of it. Make room, or name another place."
MANIFEST = "MANIFEST.sha256"
"""One line a file, as `sha256sum --check` reads it."""
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


def new_folder(path: Path, named: Path | None = None) -> Path:
    """Make a folder, 0700.

    Args:
        path: where.
        named: what it is to be called, where it has another name meanwhile.

    Raises:
        UsageError: it is there already, or cannot be made.
        DiskFull: there is no room for it.
    """
    told = named or path
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        raise errors.UsageError(THERE.format(told)) from None
    except FileNotFoundError:
        raise errors.UsageError(NO_FOLDER.format(told.parent)) from None
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise errors.DiskFull(FULL.format(told)) from None
        raise errors.UsageError(f"{told} cannot be made: {error.strerror}. Name another place.") from None
    return path


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Make a folder, under another name until all is in it; where not all could be written it is taken away again.

    Yields:
        The folder as it is called meanwhile.

    Raises:
        UsageError, DiskFull: it cannot be made, or not be written; nothing of it is left.
        LocalError: something of it is left, and where.
    """
    begun = new_folder(_begun(path, THERE), path)
    try:
        yield begun
        with _told(path):
            begun.rename(path)
    except BaseException as error:
        shutil.rmtree(begun, ignore_errors=True)  # it was made a moment ago, here
        if begun.exists():
            raise errors.LocalError(STILL_THERE.format(path, begun)) from error
        if isinstance(error, errors.DiskFull):
            raise errors.DiskFull(FULL.format(path)) from None
        if isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt(STOPPED.format(path)) from None
        raise


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Write a file as `new_file` does, under another name until all is in it."""
    begun = _begun(path, FILE_THERE)
    with new_file(begun, path) as file:
        yield file
        file.flush()
        give_name(begun, path, replace=False)
        begun.unlink(missing_ok=True)


def _begun(path: Path, there: str) -> Path:
    """Give the name that something has while it is written; refuse where that, or what it is to be, is there."""
    if os.path.lexists(path):
        raise errors.UsageError(there.format(path))
    begun = path.with_name(f"{path.name}.unfinished")
    if os.path.lexists(begun):
        raise errors.UsageError(LEFT.format(begun))
    return begun


@contextlib.contextmanager
def new_file(path: Path, named: Path | None = None) -> Iterator[TextIO]:
    """Write a file that was not there, 0600; it is gone again when not all of it could be written.

    Args:
        path: where.
        named: what it is to be called, where it has another name meanwhile.

    Raises:
        UsageError, DiskFull: it is there already, or the system refused; nothing is left of it.
    """
    with _told(named or path):
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
        raise errors.UsageError(FILE_THERE.format(path)) from None
    except FileNotFoundError:
        raise errors.UsageError(NO_FOLDER.format(path.parent)) from None
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
