"""Padding: how the length of what is sealed is kept from whoever counts bytes (docs/protocol.md, 5)."""

from therapy_tui.errors import Malformed

FLOOR = 320
"""The smallest padded size in bytes of all forms but receipts: a reply of 200 characters fits."""
RECEIPT_FLOOR = 64
"""The smallest padded size in bytes of a receipt."""

_MARK = b"\x80"


def bucket(size: int, floor: int) -> int:
    """Give the padded size for `size` bytes: Padmé, but never below `floor`.

    Args:
        size: the length in bytes with the end mark; at least 1.
        floor: the smallest size in bytes that may be seen.

    Returns:
        The smallest multiple of 2^(e-s) that holds `size`, where e = floor(log2 size) and s = floor(log2 e) + 1,
        or `floor` if that is more. At most 12 % above `size` where `floor` is not reached.
    """
    exponent = size.bit_length() - 1
    # floor(log2 e) + 1 is the bit length of e; below two bytes there is nothing to round.
    step = 1 << max(0, exponent - exponent.bit_length())
    return max(floor, -(-size // step) * step)


def pad(data: bytes, floor: int) -> bytes:
    """Append the mark 0x80 and zeros until the length is a bucket.

    Args:
        data: any bytes.
        floor: the smallest size in bytes of the result.

    Returns:
        `bucket(len(data) + 1, floor)` bytes.
    """
    size = len(data) + 1
    return data + _MARK + bytes(bucket(size, floor) - size)


def unpad(padded: bytes, floor: int) -> bytes:
    """Undo `pad`, and accept nothing that `pad` would not have made.

    Args:
        padded: what stood inside a seal.
        floor: the floor it must have been padded with.

    Returns:
        The bytes before the mark.

    Raises:
        Malformed: there is no mark, or the length is not exactly the bucket of what it holds.
    """
    marked = padded.rstrip(b"\0")
    if not marked.endswith(_MARK) or len(padded) != bucket(len(marked), floor):
        raise Malformed
    return marked[:-1]
