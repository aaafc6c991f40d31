"""The seal of a backup: pieces of one size in libsodium's secretstream, under a key below a database's own.

A backup begins with a head in clear, which holds the recovery phrase's slots; every part's key depends on every byte of
it, so a changed head opens nothing (docs/decisions/026).
"""

from typing import Annotated

import msgspec

from therapy_tui.core.hashing import derive
from therapy_tui.crypto.slots import RecoverySlot
from therapy_tui.errors import BackupDamaged, VaultNewer

__all__ = [
    "MAGIC",
    "PIECE",
    "SEALED_PIECE",
    "STREAM_HEADER",
    "Head",
    "Opener",
    "Sealer",
    "read_head",
]

MAGIC = b"TT1SAVE\n"
"""The first bytes of every backup."""
PIECE = 65_536
"""Bytes of every piece before it is sealed; the last one of a part is filled with zeros."""
SEALED_PIECE = PIECE + 17
STREAM_HEADER = 24
_VERSION = 1
_SALT = 32
_MOST_SLOTS = 16

_Slots = Annotated[tuple[RecoverySlot, ...], msgspec.Meta(max_length=_MOST_SLOTS)]


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in clear at the beginning: how the recovery phrase leads to the keys of both parts."""

    version: int
    """The version of the file's form; this is version 1."""
    salt: Annotated[bytes, msgspec.Meta(min_length=_SALT, max_length=_SALT)]
    """32 random bytes, so that no two backups have one key."""
    vault: Annotated[_Slots, msgspec.Meta(min_length=1)]
    """The recovery phrase's slots of vault.db, as in slots.json."""
    notes: _Slots
    """The same of notes.db; none where the notes are not in this backup."""

    @classmethod
    def of(cls, salt: bytes, vault: tuple[RecoverySlot, ...], notes: tuple[RecoverySlot, ...]) -> "Head":
        """Make the head of a new backup."""
        return cls(_VERSION, salt, vault, notes)

    def pack(self) -> bytes:
        """Give the bytes that stand in the file and go into every key."""
        return msgspec.msgpack.encode(self)


class _Version(msgspec.Struct):
    version: int


def read_head(data: bytes) -> Head:
    """Read what `pack` gave.

    Raises:
        VaultNewer: a newer version of the program wrote it.
        BackupDamaged: it is anything else.
    """
    try:
        if msgspec.msgpack.decode(data, type=_Version).version > _VERSION:
            raise VaultNewer("This backup was made by a newer version of therapy-tui. Update to use it.")
        head = msgspec.msgpack.decode(data, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackupDamaged from error
    if head.version != _VERSION:
        raise BackupDamaged
    return head


def _key_of_part(key: bytes, part: str, head: bytes) -> bytes:
    return derive(key, "tt1 backup part", part.encode("ascii") + b"\0" + head)


class Sealer:
    """Seals the pieces of one part, in order.

    Args:
        key: of the database's backups (`crypto.slots.backup_key`), 32 bytes.
        part: the database's name.
        head: the head's bytes.
    """

    def __init__(self, key: bytes, part: str, head: bytes) -> None:
        from nacl import bindings  # here, so that the lock screen stands without it

        self._bindings = bindings
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        self.header = bytes(
            bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, _key_of_part(key, part, head))
        )
        """24 random bytes, drawn by libsodium, that stand before the first piece."""

    def seal(self, piece: bytes, *, last: bool) -> bytes:
        """Seal one piece of `PIECE` bytes; give `SEALED_PIECE`."""
        if len(piece) != PIECE:
            raise ValueError("a piece has one size")
        lib = self._bindings
        final, more = (
            lib.crypto_secretstream_xchacha20poly1305_TAG_FINAL,
            lib.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
        )
        return bytes(lib.crypto_secretstream_xchacha20poly1305_push(self._state, piece, None, final if last else more))


class Opener:
    """Opens the pieces of one part, in order. The arguments are those of `Sealer`, and the header that it drew."""

    def __init__(self, key: bytes, part: str, head: bytes, header: bytes) -> None:
        from nacl import bindings  # as in `Sealer`

        if len(header) != STREAM_HEADER:
            raise BackupDamaged
        self._bindings = bindings
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(self._state, header, _key_of_part(key, part, head))

    def open(self, sealed: bytes) -> tuple[bytes, bool]:
        """Open the next piece; give it and whether it is the last.

        Raises:
            BackupDamaged: it is not the next piece of this part, for whatever reason.
        """
        import nacl.exceptions  # as in `Sealer`

        lib = self._bindings
        if len(sealed) != SEALED_PIECE:
            raise BackupDamaged
        try:
            piece, tag = lib.crypto_secretstream_xchacha20poly1305_pull(self._state, sealed)
        except (nacl.exceptions.CryptoError, RuntimeError) as error:
            raise BackupDamaged from error
        if tag not in {
            lib.crypto_secretstream_xchacha20poly1305_TAG_FINAL,
            lib.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
        }:
            raise BackupDamaged
        return bytes(piece), tag == lib.crypto_secretstream_xchacha20poly1305_TAG_FINAL
