"""A home on a disk that is filled to the last byte."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.small_disk import small_disk


def fill(folder: Path) -> Path:
    """Write until the disk takes nothing more; give the file that takes all the room."""
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    return ballast


@contextlib.contextmanager
def full_home(home: Path, folder: Path, size: str = "3m") -> Iterator[tuple[Path, Path]]:
    """Copy a home onto a disk of its own, and fill that, the room that was reserved too; give it, and the ballast."""
    with small_disk(folder, size) as disk:
        moved = shutil.copytree(home, disk / "home")
        for reserve in moved.rglob("reserve"):
            reserve.unlink()
        yield moved, fill(disk)
