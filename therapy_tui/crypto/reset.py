"""A reset: a signed fresh key that heals a broken ratchet (docs/protocol.md, 9)."""

from dataclasses import dataclass

import msgspec

from therapy_tui.core.fields import Id, Key, Number, decode, pack
from therapy_tui.crypto.account import Account, Signed, verify
from therapy_tui.crypto.points import check_curve25519
from therapy_tui.errors import CannotOpen


@dataclass(frozen=True, slots=True)
class Reset:
    """What the other side asks: start a ratchet with this key, and seal again what I do not have."""

    one_time_key: bytes
    """32 bytes, never used before."""
    have: int
    """The greatest number that the sender of the reset holds from its reader."""
    last: int
    """The greatest number that the sender has used for its reader."""


class _Body(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    bind: Id
    one_time_key: Key
    have: Number
    last: Number


def make_reset(account: Account, bind: bytes, one_time_key: bytes, have: int, last: int) -> bytes:
    """Make the payload of a reset (form 0x13).

    Args:
        account: one's own, in which the one-time key was made.
        bind: `PairKeys.bind_out`, 16 bytes.
        one_time_key: new, 32 bytes.
        have: the greatest number held from the reader.
        last: the greatest number used for the reader.

    Returns:
        pack(body, signature), to be sealed with `PairKeys.seal_out`.
    """
    return account.sign_whole("reset", pack(bind, one_time_key, have, last))


def read_reset(payload: bytes, ed25519: bytes, bind: bytes) -> Reset:
    """Read and check a reset.

    Args:
        payload: foreign bytes.
        ed25519: the key of the contact's card, 32 bytes.
        bind: `PairKeys.bind_in`, 16 bytes.

    Returns:
        What it asks.

    Raises:
        Malformed: a field is wrong, or the key is one that nobody can hold.
        CannotOpen: not signed by the contact, or for another pair or direction.
    """
    whole = decode(payload, Signed)
    verify(ed25519, "reset", whole.body, whole.signature)
    body = decode(whole.body, _Body)
    if body.bind != bind:
        raise CannotOpen
    return Reset(check_curve25519(body.one_time_key), body.have, body.last)
