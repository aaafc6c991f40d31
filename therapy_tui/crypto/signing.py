"""Ed25519 by a seed: the keys that a relay knows, and the one check of every signature (docs/protocol.md, 1 and 7)."""

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from therapy_tui.core.wire import SIGNED


def public_key(seed: bytes) -> bytes:
    """Give the public key (32 bytes) of a seed (32 bytes)."""
    return bytes(SigningKey(seed).verify_key)


def sign(seed: bytes, message: bytes) -> bytes:
    """Sign `message` with the key of `seed` (32 bytes); the signature is 64 bytes."""
    return SigningKey(seed).sign(message).signature


def sign_part(seed: bytes, body: bytes) -> bytes:
    """Sign the body of a part for a relay: an owner, slot or invite key over the relay's prefix and `body`.

    Args:
        seed: 32 bytes.
        body: a body as `core.wire.pack_body` gives it.

    Returns:
        64 bytes.
    """
    return sign(seed, SIGNED + body)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether `signature` is of `message` by `public`; keys and points of small order are never right.

    Args:
        public: 32 bytes; another length is answered False.
        message: what was signed, as it arrived.
        signature: 64 bytes; another length is answered False.

    Returns:
        True if it is right.
    """
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError):
        return False
    return True
