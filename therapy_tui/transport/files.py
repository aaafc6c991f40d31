"""Sealed files on a disk or stick: read within bounds, replaced whole, and never over somebody else's file."""

from collections.abc import Callable
from pathlib import Path

from therapy_tui.errors import UsageError
from therapy_tui.files import read_foreign, write_private

LONGEST = 8 * 1024 * 1024
"""The most bytes that are read: the largest sealed file as text, with what mail writes round it."""


def read_post(path: Path) -> bytes:
    """Read a file that somebody handed over.

    Raises:
        UsageError: it is not there, a link, no regular file, or too long.
        LocalError: the system refused; the sentence says why.
    """
    try:
        return read_foreign(path, LONGEST)
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.") from None


def write_post(path: Path, data: bytes, may_replace: Callable[[bytes], bool]) -> None:
    """Write a file for somebody, for the writer's eyes alone (0600), whole or not at all.

    Args:
        path: where; its folder must exist.
        data: all that the file will hold.
        may_replace: whether a file with these bytes, which is there already, may be lost.

    Raises:
        UsageError: another file is there, or a link; nothing was changed.
        DiskFull, LocalError: as `write_private`.
    """
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}.")
    try:
        there = read_foreign(path, LONGEST)
    except FileNotFoundError:
        there = None
    if there is not None and not may_replace(there):
        raise UsageError(
            f"{path} is there already, and it is no post of yours that could be replaced. Import it first, give another"
            " name, or add --force."
        )
    write_private(path, data)
