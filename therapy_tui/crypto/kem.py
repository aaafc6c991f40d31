"""The hybrid key agreement of a join: HPKE with ML-KEM-768 and X25519, one shot (docs/protocol.md, 4).

The library is imported where a key is used: it takes 7 MB of memory, and no letter between two who have met needs it.
"""

from typing import TYPE_CHECKING, Final

from therapy_tui.crypto.points import check_curve25519
from therapy_tui.errors import CannotOpen, Malformed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.hpke import Suite

PUBLIC_SIZE: Final = 1216
"""Bytes of a public key: ML-KEM-768 1184, X25519 32."""
PRIVATE_SIZE: Final = 96
"""Bytes of a private key: ML-KEM-768 seed 64, X25519 32."""

_SEED: Final = 64


def new_kem_key() -> bytes:
    """Make a private key, 96 bytes: ML-KEM seed 64 || X25519 32; the library draws them."""
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return MLKEM768PrivateKey.generate().private_bytes_raw() + X25519PrivateKey.generate().private_bytes_raw()


def kem_public(private: bytes) -> bytes:
    """Give the public key (1216 bytes: ML-KEM 1184 || X25519 32) of a private one (96 bytes)."""
    lattice, curve = _private_halves(private)
    return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def check_kem_public(public: bytes) -> bytes:
    """Give a public key (1216 bytes) back, or raise `Malformed` where a half is none that can be used."""
    _public_halves(public)
    return public


def encrypt(public: bytes, info: bytes, plaintext: bytes) -> bytes:
    """Encrypt to a checked public key.

    Args:
        public: 1216 bytes.
        info: what both sides know of the occasion; opening with another fails.
        plaintext: any bytes.

    Returns:
        1136 bytes more than `plaintext`. Nothing in it says who made it.

    Raises:
        Malformed: the key cannot be used.
    """
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

    return _suite().encrypt(plaintext, MLKEM768X25519PublicKey(*_public_halves(public)), info=info)


def decrypt(private: bytes, info: bytes, ciphertext: bytes) -> bytes:
    """Undo `encrypt`.

    Args:
        private: 96 bytes of our own.
        info: as it was encrypted with.
        ciphertext: foreign bytes.

    Returns:
        The plaintext.

    Raises:
        CannotOpen: another key, another info, or altered bytes.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

    try:
        return _suite().decrypt(ciphertext, MLKEM768X25519PrivateKey(*_private_halves(private)), info=info)
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def _suite() -> "Suite":
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _private_halves(private: bytes) -> "tuple[MLKEM768PrivateKey, X25519PrivateKey]":
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return (
        MLKEM768PrivateKey.from_seed_bytes(private[:_SEED]),
        X25519PrivateKey.from_private_bytes(private[_SEED:]),
    )


def _public_halves(public: bytes) -> "tuple[MLKEM768PublicKey, X25519PublicKey]":
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    lattice, curve = public[:-32], public[-32:]
    try:
        return MLKEM768PublicKey.from_public_bytes(lattice), X25519PublicKey.from_public_bytes(check_curve25519(curve))
    except ValueError:
        raise Malformed from None
