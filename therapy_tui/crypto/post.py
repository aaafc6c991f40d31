"""A sealed file: envelopes for one contact where there is no line at all (docs/protocol.md, 11)."""

from collections.abc import Sequence
from typing import Final

from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt, crypto_aead_xchacha20poly1305_ietf_encrypt
from nacl.exceptions import CryptoError

from therapy_tui.core.fields import decode, pack
from therapy_tui.core.padding import FLOOR as SEAL_FLOOR
from therapy_tui.core.padding import RECEIPT_FLOOR, bucket, pad, unpad
from therapy_tui.core.wire import Limits
from therapy_tui.crypto.envelope import NONCE_SIZE, OVERHEAD
from therapy_tui.errors import CannotOpen, Malformed

MAGIC: Final = b"TT1POST\n"
"""The first eight bytes, which say what it is and nothing else."""
OFFER_MAGIC: Final = b"TT1OFFR\n"
"""The first eight bytes of a sealed offer in a file; the link opens it."""
JOIN_MAGIC: Final = b"TT1JOIN\n"
"""The first eight bytes of a join envelope in a file."""
MOST: Final = 4 * 1024 * 1024
"""The largest file, in bytes."""
FLOOR: Final = 1024
"""The smallest padded size in bytes."""

_AROUND: Final = len(MAGIC) + OVERHEAD
_HEADER: Final = 5
"""The most bytes that MessagePack puts before an array or a byte string."""
_SMALLEST, _LARGEST = OVERHEAD + RECEIPT_FLOOR, Limits().envelope


def fitting(sizes: Sequence[int]) -> int:
    """Tell how many of the first envelopes one file holds.

    Args:
        sizes: the bytes of each envelope, in order.
    """
    whole = _HEADER
    for number, size in enumerate(sizes):
        whole += _HEADER + size
        if _AROUND + bucket(whole + 1, FLOOR) > MOST:
            return number
    return len(sizes)


def seal_post(key: bytes, envelopes: Sequence[bytes], nonce: bytes) -> bytes:
    """Seal envelopes into one file.

    Args:
        key: `PairKeys.file_out`, 32 bytes.
        envelopes: at least one, and no more than `fitting` tells.
        nonce: 24 random bytes, never used before.

    Returns:
        The file's bytes: 48 more than the bucket.
    """
    padded = pad(pack(*envelopes), FLOOR)
    return MAGIC + nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(padded, MAGIC, nonce, key)


def open_post(key: bytes, data: bytes) -> list[bytes]:
    """Undo `seal_post`.

    Args:
        key: `PairKeys.file_in`, 32 bytes.
        data: foreign bytes.

    Returns:
        The envelopes, still sealed, in the order in which they were put in.

    Raises:
        Malformed: not such a file, or sealed with this key and wrong inside.
        CannotOpen: not sealed with this key, or altered.
    """
    if not data.startswith(MAGIC) or not _AROUND + FLOOR <= len(data) <= MOST:
        raise Malformed
    start = len(MAGIC) + NONCE_SIZE
    nonce, sealed = data[len(MAGIC) : start], data[start:]
    try:
        padded = crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, MAGIC, nonce, key)
    except CryptoError:
        raise CannotOpen from None
    envelopes = decode(unpad(padded, FLOOR), list[bytes])
    if not envelopes or not all(_SMALLEST <= len(each) <= _LARGEST for each in envelopes):
        raise Malformed
    return envelopes


def unwrap(data: bytes, magic: bytes) -> bytes:
    """Give the sealed bytes of a file that holds one offer or one join.

    Args:
        data: foreign bytes.
        magic: `OFFER_MAGIC` or `JOIN_MAGIC`.

    Raises:
        Malformed: it is another kind of file, or has an impossible size.
    """
    sealed = data.removeprefix(magic)
    if sealed == data or not OVERHEAD + SEAL_FLOOR <= len(sealed) <= _LARGEST:
        raise Malformed
    return sealed
