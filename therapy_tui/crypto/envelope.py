"""From a content to sealed bytes and back: squeeze, bind, pad and the outer seal (docs/protocol.md, 5)."""

from typing import Final

import brotli
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

from therapy_tui.core.contents import Form
from therapy_tui.core.padding import FLOOR, RECEIPT_FLOOR, pad, unpad
from therapy_tui.errors import CannotOpen, Malformed

EXPANDED_LIMIT: Final = 128 * 1024
"""The most bytes that a squeezed content may expand to."""
OVERHEAD: Final = 40
"""Bytes that a seal adds to the bucket: nonce 24 and tag 16."""
NONCE_SIZE: Final = 24
"""Bytes of a nonce."""

_AAD: Final = b"tt1 envelope"
_PLAIN, _BROTLI = b"\0", b"\1"
_QUALITY, _WINDOW = 11, 16
_ID_SIZE = _BIND_SIZE = 16


def squeeze(content: bytes) -> bytes:
    """Shorten a content where that helps.

    Args:
        content: one writer's content; never with words of the other side in it, or its length would tell of them.

    Returns:
        0x01 and Brotli, or 0x00 and the content where that is not longer.
    """
    squeezed = brotli.compress(content, mode=brotli.MODE_TEXT, quality=_QUALITY, lgwin=_WINDOW)
    return _BROTLI + squeezed if len(squeezed) < len(content) else _PLAIN + content


def unsqueeze(squeezed: bytes) -> bytes:
    """Undo `squeeze`.

    Args:
        squeezed: foreign bytes.

    Returns:
        At most 128 KiB.

    Raises:
        Malformed: another flag, Brotli that is broken, unfinished or followed by bytes, or too much of it.
    """
    flag, rest = squeezed[:1], squeezed[1:]
    content, whole = _expand(rest) if flag == _BROTLI else (rest, flag == _PLAIN)
    if not whole or len(content) > EXPANDED_LIMIT:
        raise Malformed
    return content


def _expand(data: bytes) -> tuple[bytes, bool]:
    decompressor = brotli.Decompressor()
    try:
        # The limit is soft: the library stops at the end of one of its blocks, so at most some 100 KiB later.
        content = decompressor.process(data, output_buffer_limit=EXPANDED_LIMIT + 1)
        return content, decompressor.is_finished()
    except brotli.error:
        raise Malformed from None


def pack_plaintext(bind: bytes, mark: bytes, content: bytes) -> bytes:
    """Give what goes into an Olm ratchet.

    Args:
        bind: `PairKeys.bind_out`, 16 bytes.
        mark: the id of the content, 16 random bytes.
        content: as `core.contents.pack_content` gives it.

    Returns:
        bind || id || squeezed content; also for the hello inside a join.
    """
    return bind + mark + squeeze(content)


def open_plaintext(plaintext: bytes, bind: bytes) -> tuple[bytes, bytes]:
    """Undo `pack_plaintext`.

    Args:
        plaintext: what came out of an Olm ratchet.
        bind: `PairKeys.bind_in`, 16 bytes.

    Returns:
        The id (16 bytes) and the content's bytes.

    Raises:
        CannotOpen: the plaintext was made for another pair, or for the other direction.
        Malformed: it is too short, or the content does not expand.
    """
    start = _BIND_SIZE + _ID_SIZE
    if len(plaintext) <= start:
        raise Malformed
    if plaintext[:_BIND_SIZE] != bind:
        raise CannotOpen
    return plaintext[_BIND_SIZE:start], unsqueeze(plaintext[start:])


def seal(key: bytes, form: int, payload: bytes, nonce: bytes) -> bytes:
    """Seal a payload so that its reader alone learns its form, its length and what it is.

    Args:
        key: 32 bytes, of this pair and direction, or of this invite.
        form: a `Form`.
        payload: what the form says.
        nonce: 24 random bytes, never used before.

    Returns:
        nonce || ciphertext: 40 bytes more than the bucket.
    """
    padded = pad(bytes((form,)) + payload, _floor(form))
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(padded, _AAD, nonce, key)


def open_seal(key: bytes, envelope: bytes) -> tuple[int, bytes]:
    """Undo `seal`.

    Args:
        key: 32 bytes.
        envelope: foreign bytes.

    Returns:
        The form and the payload. An unknown form is given as it is: keep such an envelope for a newer version.

    Raises:
        Malformed: too short to be an envelope, or sealed with this key and wrongly padded.
        CannotOpen: not sealed with this key, or altered.
    """
    if len(envelope) < OVERHEAD + RECEIPT_FLOOR:
        raise Malformed
    try:
        padded = crypto_aead_xchacha20poly1305_ietf_decrypt(envelope[NONCE_SIZE:], _AAD, envelope[:NONCE_SIZE], key)
    except CryptoError:
        raise CannotOpen from None
    form = padded[0]
    inside = unpad(padded, _floor(form))
    if not inside:
        raise Malformed
    return form, inside[1:]


def _floor(form: int) -> int:
    return RECEIPT_FLOOR if form == Form.RECEIPT else FLOOR
