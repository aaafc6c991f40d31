r"""The file of a backup: a head in clear, then each part as records in sealed pieces, written and read in one go.

    "TT1SAVE\n"  length of the head (4 bytes)  head          then for each part, vault first:
    header of the stream (24)  sealed pieces of one size, the last one marked

A part holds records, each MessagePack with its length before it (4 bytes, the greatest first); a length of zero ends
them, and zeros fill the last piece.
"""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import msgspec

from therapy_tui import errors
from therapy_tui.crypto.backup import MAGIC, PIECE, SEALED_PIECE, STREAM_HEADER, Head, Opener, Sealer, read_head

LENGTH = 4
_MOST_HEAD = 64 * 1024
NO_BACKUP = "{} is no backup of therapy-tui."


def write_head(take: Callable[[bytes], None], head: Head) -> None:
    """Write the beginning."""
    packed = head.pack()
    take(MAGIC + len(packed).to_bytes(LENGTH) + packed)


class PartWriter:
    """Writes one part, record by record; `end` it.

    Args:
        take: takes the next bytes of the file.
        key: of the database's backups.
        name: the database's name.
        head: what `write_head` wrote.
    """

    def __init__(self, take: Callable[[bytes], None], key: bytes, name: str, head: Head) -> None:
        self._take = take
        self._sealer = Sealer(key, name, head.pack())
        self._waiting = bytearray()
        take(self._sealer.header)

    def put(self, record: Any) -> None:  # noqa: ANN401 - whatever MessagePack can say
        """Add a record."""
        packed = msgspec.msgpack.encode(record)
        self._waiting += len(packed).to_bytes(LENGTH) + packed
        while len(self._waiting) > PIECE:
            self._take(self._sealer.seal(bytes(self._waiting[:PIECE]), last=False))
            del self._waiting[:PIECE]

    def end(self) -> None:
        """Write what is left, and that it is the end."""
        self._waiting += bytes(LENGTH)
        self._waiting += bytes(-len(self._waiting) % PIECE)
        while self._waiting:
            piece = bytes(self._waiting[:PIECE])
            del self._waiting[:PIECE]
            self._take(self._sealer.seal(piece, last=not self._waiting))


def read_beginning(file: BinaryIO, name: str) -> Head:
    """Read the head.

    Args:
        file: at its beginning.
        name: what to call it in a sentence.

    Raises:
        UsageError: it is no backup.
        BackupDamaged, VaultNewer: it is one, and of no use.
    """
    if _read(file, len(MAGIC)) != MAGIC:
        raise errors.UsageError(NO_BACKUP.format(name))
    length = int.from_bytes(_read(file, LENGTH))
    if length > _MOST_HEAD:
        raise errors.BackupDamaged
    packed = _read(file, length)
    head = read_head(packed)
    if head.pack() != packed:
        raise errors.BackupDamaged
    return head


def read_part(file: BinaryIO, key: bytes, name: str, head: Head) -> Iterator[Any]:
    """Give the records of the next part, one by one, to its end.

    Raises:
        BackupDamaged: what comes next is not this part, whole and as it was written.
    """
    opener = Opener(key, name, head.pack(), _read(file, STREAM_HEADER))
    waiting, place, last = bytearray(), 0, False

    def draw(size: int) -> bytes:
        nonlocal place, last
        while len(waiting) - place < size:
            if last:
                raise errors.BackupDamaged
            del waiting[:place]
            place = 0
            piece, last = opener.open(_read(file, SEALED_PIECE))
            waiting.extend(piece)
        found = bytes(waiting[place : place + size])
        place += size
        return found

    while length := int.from_bytes(draw(LENGTH)):
        try:
            yield msgspec.msgpack.decode(draw(length))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise errors.BackupDamaged from error
    if not last or any(waiting[place:]):
        raise errors.BackupDamaged


def _read(file: BinaryIO, size: int) -> bytes:
    """Read so many bytes, or what is left."""
    try:
        return file.read(size)
    except OSError as error:
        raise errors.LocalError(f"This backup could not be read: {error.strerror}. Try another copy of it.") from error


def read_end(file: BinaryIO) -> None:
    """Make sure that nothing follows.

    Raises:
        BackupDamaged: something does.
    """
    if _read(file, 1):
        raise errors.BackupDamaged
