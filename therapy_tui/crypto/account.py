"""A person's identity: one Olm account, which signs and starts ratchets (docs/protocol.md, 1 and 2)."""

import base64
from typing import Literal, Self

import msgspec
import vodozemac

from therapy_tui.core.fields import Signature, pack
from therapy_tui.crypto.signing import is_signed
from therapy_tui.errors import CannotOpen, VaultDamaged

What = Literal["card", "offer", "reset", "consent", "roster"]
"""All that an identity key ever signs."""


class Signed(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """pack(body, signature): the form in which cards, offers and resets travel."""

    body: bytes
    """What was signed, as it arrived."""
    signature: Signature
    """64 bytes."""


class Account:
    """One Olm account: the identity keys, and the one-time keys that were given away and not yet used.

    Using a one-time key (`crypto.ratchet.accept`) or making one changes it, so `dump` it in the same transaction.
    """

    __slots__ = ("olm",)

    def __init__(self, olm: vodozemac.Account) -> None:
        self.olm = olm
        """The library's account, for `crypto.ratchet` only."""

    @classmethod
    def new(cls) -> Self:
        """Make an identity; the library draws the keys."""
        return cls(vodozemac.Account())

    @classmethod
    def load(cls, pickle: str, key: bytes) -> Self:
        """Read what `dump` gave.

        Args:
            pickle: text from the vault.
            key: the 32 bytes it was dumped with.

        Returns:
            The account as it was.

        Raises:
            VaultDamaged: the text or the key is not right.
        """
        try:
            return cls(vodozemac.Account.from_pickle(pickle, key))
        except vodozemac.PickleException:
            raise VaultDamaged from None

    def dump(self, key: bytes) -> str:
        """Give the account as text, encrypted with `key` (32 bytes)."""
        return self.olm.pickle(key)

    @property
    def ed25519(self) -> bytes:
        """The public key that signs, 32 bytes."""
        return _bytes(self.olm.ed25519_key.to_base64())

    @property
    def curve25519(self) -> bytes:
        """The public key with which ratchets are started, 32 bytes."""
        return self.olm.curve25519_key.to_bytes()

    def sign(self, what: What, body: bytes) -> bytes:
        """Sign `body` as a `what`; 64 bytes."""
        return _bytes(self.olm.sign(_signed(what, body)).to_base64())

    def sign_whole(self, what: What, body: bytes) -> bytes:
        """Give pack(body, signature): the form in which cards, offers and resets travel."""
        return pack(body, self.sign(what, body))

    def new_one_time_key(self) -> bytes:
        """Make one one-time key and give its public half, 32 bytes; the private half stays in the account."""
        self.olm.generate_one_time_keys(1)
        (key,) = self.olm.one_time_keys.values()
        self.olm.mark_keys_as_published()
        return key.to_bytes()


def verify(ed25519: bytes, what: What, body: bytes, signature: bytes) -> None:
    """Check an identity's signature.

    Args:
        ed25519: the signer's public key, 32 bytes.
        what: what the body says it is.
        body: the bytes as they arrived.
        signature: 64 bytes.

    Raises:
        CannotOpen: the signature is not theirs, or not of this.
    """
    if not is_signed(ed25519, _signed(what, body), signature):
        raise CannotOpen


def _signed(what: What, body: bytes) -> bytes:
    return b"tt1 " + what.encode("ascii") + b"\0" + body


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
