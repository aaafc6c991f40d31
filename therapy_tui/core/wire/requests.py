"""A request: version and signed parts, whose bodies stay the bytes that were signed (docs/protocol.md, 1 and 7)."""

from collections.abc import Sequence
from typing import Final

import msgspec

from therapy_tui.core.wire.limits import MAX_PARTS, VERSION, Number, Signature
from therapy_tui.errors import Malformed, UnknownVersion

SIGNED: Final = b"therapy-tui relay 1\0"
"""What stands before a body when it is signed."""


class _Signed(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    signature: Signature
    body: bytes


# Element by element: msgspec 0.22 misreads a union of a bounded number and a fixed tuple, and can crash on it.
_FRAME: Final = msgspec.msgpack.Decoder(list[msgspec.Raw])
_NUMBER: Final = msgspec.msgpack.Decoder(Number)
_PART: Final = msgspec.msgpack.Decoder(_Signed)


def pack_request(parts: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Write a request of 1 to 64 pairs of signature (64 bytes) and body.

    Raises:
        Malformed: the number of parts or the length of a signature is wrong.
    """
    frame = msgspec.msgpack.encode([VERSION, *parts])
    unpack_request(frame)
    return frame


def unpack_request(data: bytes) -> list[tuple[bytes, bytes]]:
    """Read a request into pairs of signature and body; neither is looked into.

    Raises:
        UnknownVersion: the first element is another version's number.
        Malformed: it is not a request.
    """
    try:
        head, *raw = _FRAME.decode(data)
        if _NUMBER.decode(head) != VERSION:
            # a newer frame may have any shape after its number
            raise UnknownVersion
        signed = [_PART.decode(part) for part in raw[: MAX_PARTS + 1]]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError, ValueError) as error:
        raise Malformed from error
    if not 1 <= len(signed) <= MAX_PARTS:
        raise Malformed
    return [(part.signature, part.body) for part in signed]
