"""The epoch outside the vault: how an old copy of the vault is noticed (docs/protocol.md, section 9)."""

import contextlib
import os
from pathlib import Path

import msgspec

from therapy_tui import errors
from therapy_tui.files import read_private

LONGEST = 4_096
"""The most bytes of the state file."""


class Epoch(msgspec.Struct, frozen=True, order=True):
    """How often this vault was unlocked and how far its ratchets were stepped, with a number drawn at each unlock."""

    count: int
    chance: int

    def shows_that_older(self, vault: "Epoch") -> bool:
        """Tell whether this epoch, found outside, proves that `vault` is an older copy."""
        return self.count > vault.count or (self.count == vault.count and self.chance != vault.chance)

    @classmethod
    def of(cls, number: int) -> "Epoch":
        """Read the 64 bits that a relay keeps."""
        return cls(number >> 32, number & 0xFFFFFFFF)

    def pack(self) -> bytes:
        """Write the eight bytes that a keyring keeps."""
        return (self.count << 32 | self.chance).to_bytes(8, "big")

    @classmethod
    def unpack(cls, data: bytes) -> "Epoch | None":
        """Read the eight bytes that a keyring kept, or None when they are something else."""
        return cls.of(int.from_bytes(data, "big")) if len(data) == 8 else None  # noqa: PLR2004 - 64 bits


def read_outside(path: Path) -> Epoch | None:
    """Read the epoch of the state file, or None when there is none that can be read."""
    try:
        return msgspec.json.decode(read_private(path, LONGEST, secret=False), type=Epoch)
    except (OSError, errors.LocalError, ValueError):
        return None


def write_outside(path: Path, epoch: Epoch) -> bool:
    """Write the epoch to the state file, 0600; give whether that went well.

    It is written after the vault's own commit, so it can only be as old as the vault or older: losing it, or the write,
    makes the watch weaker and never wrong. For that reason it is not flushed to the disk each time.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(epoch))
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        return False
    return True
