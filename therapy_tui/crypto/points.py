"""Whether a public key that came from elsewhere is one that a person can hold (docs/protocol.md, 12)."""

from nacl import bindings
from nacl.exceptions import CryptoError

from therapy_tui.errors import Malformed

_ANY_SCALAR = b"\x08" + bytes(31)


def check_curve25519(key: bytes) -> bytes:
    """Give a Curve25519 key (32 bytes) back, or raise `Malformed` where it is zero or of small order."""
    try:
        # Clamping makes every scalar a multiple of 8, so a point of small order gives zero, which libsodium refuses.
        bindings.crypto_scalarmult(_ANY_SCALAR, key)
    except CryptoError:
        raise Malformed from None
    return key


def check_ed25519(key: bytes) -> bytes:
    """Give an Ed25519 key (32 bytes) back, or raise `Malformed` where it is no point of the main group."""
    if not bindings.crypto_core_ed25519_is_valid_point(key):
        raise Malformed
    return key
