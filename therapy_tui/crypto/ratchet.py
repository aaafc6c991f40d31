"""Olm ratchets, read from the vault, used once and written back (docs/protocol.md, 8)."""

from typing import Self

import vodozemac

from therapy_tui.core.contents import Form
from therapy_tui.crypto.account import Account
from therapy_tui.errors import CannotOpen, Malformed, VaultDamaged

_TYPES: dict[int, int] = {Form.PRE_KEY: 0, Form.NORMAL: 1}
_FORMS: dict[int, Form] = {0: Form.PRE_KEY, 1: Form.NORMAL}


class Ratchet:
    """One Olm ratchet. `encrypt` and `decrypt` step it, so `dump` it in the same transaction; never keep it longer.

    Failing leaves it as it was.
    """

    __slots__ = ("_olm",)

    def __init__(self, olm: vodozemac.Session) -> None:
        self._olm = olm

    @classmethod
    def load(cls, pickle: str, key: bytes) -> Self:
        """Read what `dump` gave.

        Args:
            pickle: text from the vault.
            key: the 32 bytes it was dumped with.

        Returns:
            The ratchet as it was.

        Raises:
            VaultDamaged: the text or the key is not right.
        """
        try:
            return cls(vodozemac.Session.from_pickle(pickle, key))
        except vodozemac.PickleException:
            raise VaultDamaged from None

    def dump(self, key: bytes) -> str:
        """Give the ratchet as text, encrypted with `key` (32 bytes)."""
        return self._olm.pickle(key)

    @property
    def id(self) -> str:
        """The same on both sides, and different for every ratchet."""
        return self._olm.session_id

    def encrypt(self, plaintext: bytes) -> tuple[int, bytes]:
        """Encrypt and step.

        Args:
            plaintext: from `envelope.pack_plaintext`.

        Returns:
            The form (`Form.PRE_KEY` until something was decrypted, then `Form.NORMAL`) and the message.
        """
        try:
            kind, message = self._olm.encrypt(plaintext).to_parts()
        except vodozemac.OlmEncryptionException:
            raise VaultDamaged from None
        return _FORMS[kind], message

    def decrypt(self, form: int, message: bytes) -> bytes:
        """Decrypt and step.

        Args:
            form: `Form.PRE_KEY` or `Form.NORMAL`.
            message: foreign bytes.

        Returns:
            The plaintext, for `envelope.open_plaintext`.

        Raises:
            Malformed: it is no Olm message.
            CannotOpen: not for this ratchet, altered, used before, or too far ahead.
        """
        try:
            return self._olm.decrypt(_read(form, message))
        except vodozemac.OlmDecryptionException:
            raise CannotOpen from None

    def matches(self, message: bytes) -> bool:
        """Tell whether a pre-key message (foreign bytes) belongs to this ratchet."""
        try:
            return self._olm.session_matches(_read_pre_key(message))
        except Malformed:
            return False


def start(account: Account, curve25519: bytes, one_time_key: bytes) -> Ratchet:
    """Start a ratchet towards somebody.

    Args:
        account: one's own; not changed.
        curve25519: the other's identity key, 32 bytes.
        one_time_key: a key of theirs that was never used, 32 bytes.

    Returns:
        The ratchet, which has said nothing yet.

    Raises:
        CannotOpen: the keys cannot be used.
    """
    try:
        return Ratchet(
            account.olm.create_outbound_session(
                vodozemac.Curve25519PublicKey.from_bytes(curve25519),
                vodozemac.Curve25519PublicKey.from_bytes(one_time_key),
            )
        )
    except (vodozemac.KeyException, vodozemac.SessionCreationException):
        raise CannotOpen from None


def accept(account: Account, curve25519: bytes, message: bytes) -> tuple[Ratchet, bytes]:
    """Answer a ratchet that somebody started.

    Args:
        account: one's own; a one-time key of it is used up, so `dump` it too.
        curve25519: the identity key that the message must be from, 32 bytes.
        message: a pre-key message, foreign bytes.

    Returns:
        The ratchet and the plaintext.

    Raises:
        Malformed: it is no pre-key message.
        CannotOpen: from another identity, for a key that is unknown or used, or altered. The account is as before.
    """
    sender = vodozemac.Curve25519PublicKey.from_bytes(curve25519)
    try:
        olm, plaintext = account.olm.create_inbound_session(sender, _read_pre_key(message))
    except vodozemac.SessionCreationException:
        raise CannotOpen from None
    return Ratchet(olm), plaintext


def _read(form: int, message: bytes) -> vodozemac.AnyOlmMessage:
    try:
        return vodozemac.AnyOlmMessage.from_parts(_TYPES[form], message)
    except (KeyError, vodozemac.DecodeException):
        raise Malformed from None


def _read_pre_key(message: bytes) -> vodozemac.PreKeyMessage:
    read = _read(Form.PRE_KEY, message).to_pre_key()
    if read is None:
        raise Malformed
    return read
