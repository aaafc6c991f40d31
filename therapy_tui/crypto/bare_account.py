"""An identity without the one-time keys that were given away: what of an account a backup may hold.

The library can neither list nor drop the private halves of one-time keys, so its own pickle is opened, which is JSON in
AES-256-CBC with HMAC-SHA-256, all three keys by HKDF from the pickle key (vodozemac, `cipher` and `account` modules).
"""

import base64
import binascii
import json
from typing import Any

from therapy_tui.crypto.account import Account
from therapy_tui.errors import LocalError, VaultDamaged

UNKNOWN = "Your identity is kept in a form that this version does not know, so nothing was made. Update therapy-tui."
_TAG = 8
_BLOCK_BITS = 128
_KEYS = ("signing_key", "diffie_hellman_key", "one_time_keys", "fallback_keys")
"""What a pickle of the version that is known has; another one is refused rather than guessed at."""


def without_one_time_keys(pickle: str, pickle_key: bytes) -> str:
    """Give the pickle of the same identity, under the same key (32 bytes), without a single one-time key.

    Raises:
        VaultDamaged: the pickle or its key is not right.
        LocalError: it is of a form that is not known.
    """
    before = Account.load(pickle, pickle_key)
    try:
        kept = _open(pickle, pickle_key)
        if sorted(kept) != sorted(_KEYS) or kept["fallback_keys"]["fallback_key"] is not None:
            raise LocalError(UNKNOWN)
        kept["one_time_keys"]["public_keys"] = {}
        kept["one_time_keys"]["private_keys"] = {}
        bare = _close(kept, pickle_key)
        after = Account.load(bare, pickle_key)
    except (ValueError, KeyError, TypeError, VaultDamaged) as error:
        raise LocalError(UNKNOWN) from error
    if (before.ed25519, before.curve25519) != (after.ed25519, after.curve25519):
        raise LocalError(UNKNOWN)
    return bare


def one_time_keys(pickle: str, pickle_key: bytes) -> int:
    """Count the one-time keys whose private halves are in a pickle.

    Raises:
        VaultDamaged: as `without_one_time_keys`.
    """
    try:
        return len(_open(pickle, pickle_key)["one_time_keys"]["private_keys"])
    except (ValueError, KeyError, TypeError) as error:
        raise VaultDamaged from error


def _keys(pickle_key: bytes) -> tuple[bytes, bytes, bytes]:
    from cryptography.hazmat.primitives import hashes  # a large library, and backups are rare
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # as above

    drawn = HKDF(hashes.SHA256(), 80, bytes(32), b"Pickle").derive(pickle_key)
    return drawn[:32], drawn[32:64], drawn[64:]


def _open(pickle: str, pickle_key: bytes) -> dict[str, Any]:
    from cryptography.exceptions import InvalidSignature  # as above
    from cryptography.hazmat.primitives import padding  # as above
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # as above

    try:
        sealed = base64.b64decode(pickle + "=" * (-len(pickle) % 4), validate=True)
    except binascii.Error as error:
        raise VaultDamaged from error
    key, tag_key, start = _keys(pickle_key)
    try:
        _tag(tag_key, sealed[:-_TAG], sealed[-_TAG:])
    except InvalidSignature as error:
        raise VaultDamaged from error
    opening, unpadding = (
        Cipher(algorithms.AES(key), modes.CBC(start)).decryptor(),
        padding.PKCS7(_BLOCK_BITS).unpadder(),
    )
    padded = opening.update(sealed[:-_TAG]) + opening.finalize()
    found = json.loads(unpadding.update(padded) + unpadding.finalize())
    if not isinstance(found, dict):
        raise VaultDamaged
    return found


def _close(kept: dict[str, Any], pickle_key: bytes) -> str:
    from cryptography.hazmat.primitives import padding  # as above
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # as above

    key, tag_key, start = _keys(pickle_key)
    closing, padder = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor(), padding.PKCS7(_BLOCK_BITS).padder()
    padded = padder.update(json.dumps(kept, separators=(",", ":")).encode()) + padder.finalize()
    sealed = closing.update(padded) + closing.finalize()
    return base64.b64encode(sealed + _tag(tag_key, sealed)).decode().rstrip("=")


def _tag(key: bytes, data: bytes, expected: bytes | None = None) -> bytes:
    """Give the pickle's shortened tag; hold it against the one that was found."""
    from cryptography.exceptions import InvalidSignature  # as above
    from cryptography.hazmat.primitives import constant_time, hashes, hmac  # as above

    maker = hmac.HMAC(key, hashes.SHA256())
    maker.update(data)
    tag = maker.finalize()[:_TAG]
    if expected is not None and not constant_time.bytes_eq(tag, expected):
        raise InvalidSignature
    return tag
