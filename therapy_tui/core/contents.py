"""What travels inside the ratchet, and the receipts beside it: records and their bytes (docs/protocol.md, 6)."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import msgspec

from therapy_tui.core.bodies import (
    TEXT_LIMIT,
    Body,
    Closing,
    Hello,
    Kind,
    Letter,
    Moved,
    Promise,
    Tone,
    Unknown,
    check_text,
    join_marks,
    pack_body,
    split_marks,
    unpack_body,
)
from therapy_tui.core.fields import Number, check_nesting, decode, pack
from therapy_tui.errors import Malformed

__all__ = [
    "TEXT_LIMIT",
    "Body",
    "Closing",
    "Content",
    "Form",
    "Hello",
    "Kind",
    "Letter",
    "Moved",
    "Promise",
    "Receipt",
    "Tone",
    "Unknown",
    "check_text",
    "pack_content",
    "pack_receipt",
    "unpack_content",
    "unpack_receipt",
]

_SPARE_SIZES: Final = {0, 32}
_RECEIPT_VERSION: Final = 1


class Form(IntEnum):
    """The first byte inside a seal: what the rest is (docs/protocol.md, 5)."""

    PRE_KEY = 0x10
    NORMAL = 0x11
    RECEIPT = 0x12
    RESET = 0x13
    GROUP_LETTER = 0x14
    GROUP_KEY = 0x15
    OFFER = 0x1E
    JOIN = 0x1F


@dataclass(frozen=True, slots=True)
class Content:
    """One thing that one writer says, with the news about the other's letters that rides along."""

    kind: int
    """A `Kind`, or the number of a kind that is read elsewhere or later."""
    number: int
    """Counts what this writer sent to this contact; 0 for a hello. For order and gaps, never for identity."""
    written: int
    """Seconds since 1970, as the writer's clock said."""
    body: Body
    delivered: tuple[bytes, ...] = ()
    """Marks (8 bytes each, at most 64) of what lies safe in the writer's vault."""
    read: tuple[bytes, ...] = ()
    """Marks (8 bytes each, at most 64) of what was shown."""
    spare: bytes = b""
    """A one-time key (32 bytes) with which the other may start a ratchet, or empty (docs/protocol.md, 9)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """News about letters that travels by itself, under the outer seal alone."""

    delivered: tuple[bytes, ...] = ()
    """Marks (8 bytes each, at most 64)."""
    read: tuple[bytes, ...] = ()
    """Marks (8 bytes each, at most 64)."""


class _ContentForm(msgspec.Struct, frozen=True, array_like=True):
    kind: Number
    number: Number
    written: Number
    body: msgspec.Raw
    delivered: bytes
    read: bytes
    spare: bytes


class _ReceiptForm(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    version: Number
    delivered: bytes
    read: bytes


def pack_content(content: Content) -> bytes:
    """Give the bytes that go into the ratchet, squeezed.

    Args:
        content: what is said; the body must be the record of its kind.

    Returns:
        The MessagePack array of docs/protocol.md, section 6.

    Raises:
        UsageError: the text of a letter is empty, too long or not text.
        Malformed: anything that the other side would refuse, so that it is noticed before it is sealed.
    """
    if isinstance(content.body, Letter):
        check_text(content.body.text)
    packed = pack(
        int(content.kind),
        content.number,
        content.written,
        msgspec.Raw(pack_body(content.body)),
        join_marks(content.delivered),
        join_marks(content.read),
        content.spare,
    )
    if unpack_content(packed) != content:
        raise Malformed
    return packed


def unpack_content(data: bytes) -> Content:
    """Read what came out of the ratchet.

    Args:
        data: foreign bytes, unsqueezed.

    Returns:
        The content; elements at the end that are not known here are passed over.

    Raises:
        Malformed: the bytes are not a content.
    """
    check_nesting(data)
    form = decode(data, _ContentForm)
    if len(form.spare) not in _SPARE_SIZES:
        raise Malformed
    return Content(
        kind=form.kind,
        number=form.number,
        written=form.written,
        body=unpack_body(form.kind, bytes(form.body)),
        delivered=split_marks(form.delivered),
        read=split_marks(form.read),
        spare=form.spare,
    )


def pack_receipt(delivered: tuple[bytes, ...], read: tuple[bytes, ...]) -> bytes:
    """Give the payload of a receipt (form 0x12).

    Args:
        delivered: marks of letters, 8 bytes each, at most 64.
        read: marks of letters, 8 bytes each, at most 64.

    Returns:
        pack(1, delivered, read).

    Raises:
        Malformed: a mark is not 8 bytes, or there are too many.
    """
    return pack(_RECEIPT_VERSION, join_marks(delivered), join_marks(read))


def unpack_receipt(data: bytes) -> Receipt:
    """Read the payload of a receipt.

    Args:
        data: foreign bytes.

    Returns:
        The marks. Those of unknown letters are for the caller to pass over.

    Raises:
        Malformed: the bytes are not a receipt of this version.
    """
    form = decode(data, _ReceiptForm)
    if form.version != _RECEIPT_VERSION:
        raise Malformed
    return Receipt(split_marks(form.delivered), split_marks(form.read))
