"""Strict MessagePack: the field types that every decoder shares, and the one way to read foreign bytes (12)."""

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, msgpack

from therapy_tui.errors import Malformed

DEEPEST = 8
"""The most arrays inside arrays, in anything that comes from elsewhere."""

Number = Annotated[int, Meta(ge=0, le=2**32 - 1)]
"""An unsigned integer of at most 32 bits; times are seconds since 1970."""
Id = Annotated[bytes, Meta(min_length=16, max_length=16)]
"""16 bytes: a mailbox, a bind, the id of a letter."""
Key = Annotated[bytes, Meta(min_length=32, max_length=32)]
"""32 bytes: a public key or a secret."""
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
"""An Ed25519 signature."""

_Record = TypeVar("_Record")


def pack(*elements: object) -> bytes:
    """Make a MessagePack array of `elements`, with the shortest integers.

    Args:
        elements: unsigned integers, `bytes`, `str`, None, sequences of those, or `msgspec.Raw`.

    Returns:
        The array's bytes. They travel as they are; nothing is signed or hashed over a second encoding.
    """
    return msgpack.encode(elements)


def decode(data: bytes, kind: type[_Record]) -> _Record:
    """Read the whole of `data` as one `kind`.

    Args:
        data: foreign bytes.
        kind: an array-like `msgspec.Struct`, whose annotations are the rules.

    Returns:
        The record.

    Raises:
        Malformed: wrong type, length or range, bytes left over, text that is not UTF-8, or nesting without end.
    """
    try:
        return msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise Malformed from None


def check_nesting(data: bytes) -> None:
    """Refuse what typed reading would pass over: values nested too deeply, or of a type the protocol does not use.

    Args:
        data: foreign bytes that hold one MessagePack value, of which some parts are kept unread.

    Raises:
        Malformed: more than `DEEPEST` arrays inside arrays; a map, a float, an extension; or `decode` would refuse it.
    """
    if not _is_plain(decode(data, object), 0):
        raise Malformed


def _is_plain(value: object, depth: int) -> bool:
    if isinstance(value, list):
        return depth < DEEPEST and all(_is_plain(inner, depth + 1) for inner in value)
    return value is None or isinstance(value, int | bytes | str)
