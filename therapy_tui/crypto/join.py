"""A join: how the invited person answers an offer, and what both sides make of it (docs/protocol.md, 4)."""

from dataclasses import dataclass, field

import msgspec

from therapy_tui.core.contents import Form
from therapy_tui.core.fields import Key, Number, decode, pack
from therapy_tui.core.hashing import derive
from therapy_tui.crypto import kem
from therapy_tui.crypto.card import Card, read_card
from therapy_tui.crypto.envelope import open_seal, seal
from therapy_tui.crypto.invite import Offer
from therapy_tui.errors import InviteRefused, Malformed


@dataclass(frozen=True, slots=True)
class Join:
    """What a joiner sent, with the card checked. The hello is not yet opened."""

    s: bytes = field(repr=False)
    """The joiner's 32 random bytes."""
    card: Card
    """The joiner's."""
    hello: bytes = field(repr=False)
    """A pre-key message: `ratchet.accept` with the card's Curve25519 key opens it."""
    slot: int
    """Where in the card's mailbox the inviter may deposit."""


class _Form(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    s: Key
    card: bytes
    hello: bytes
    slot: Number


def derive_pair_secret(s: bytes, secret: bytes, offer_hash: bytes, joiner_card_id: bytes) -> bytes:
    """Give P, the secret of a pair.

    Args:
        s: the joiner's 32 random bytes.
        secret: I, 16 bytes.
        offer_hash: 32 bytes.
        joiner_card_id: 32 bytes.

    Returns:
        32 bytes.
    """
    return derive(s + secret, "tt1 pair", offer_hash + joiner_card_id)


def make_join(offer: Offer, *, secret: bytes, s: bytes, card: Card, hello: bytes, slot: int, nonce: bytes) -> bytes:
    """Make the join envelope.

    Args:
        offer: checked, from `open_offer`.
        secret: I, 16 bytes.
        s: 32 random bytes, kept nowhere once P is derived.
        card: the joiner's own.
        hello: the pre-key message of a ratchet started from the offer's keys.
        slot: where in the joiner's mailbox the inviter may deposit.
        nonce: 24 random bytes.

    Returns:
        The envelope for the offer's slot.

    Raises:
        InviteRefused: the invite is one's own.
    """
    if card.ed25519 == offer.card.ed25519:
        raise InviteRefused("This invite is your own. Hand it to the person it is for.")
    join = kem.encrypt(offer.kem_public, _info(offer.hash), pack(s, card.raw, hello, slot))
    return seal(_join_key(secret), Form.JOIN, join, nonce)


def open_join(secret: bytes, kem_private: bytes, offer_hash: bytes, envelope: bytes) -> Join:
    """Open what arrived in the slot of an invite.

    Args:
        secret: I, 16 bytes.
        kem_private: the invite's private key, 96 bytes.
        offer_hash: 32 bytes.
        envelope: foreign bytes.

    Returns:
        The join.

    Raises:
        CannotOpen: not a join for this invite, or altered, or the card is not the signer's.
        Malformed: it opens, and is not in the form of a join.
    """
    form, join = open_seal(_join_key(secret), envelope)
    if form != Form.JOIN:
        raise Malformed
    body = decode(kem.decrypt(kem_private, _info(offer_hash), join), _Form)
    return Join(body.s, read_card(body.card), body.hello, body.slot)


def _info(offer_hash: bytes) -> bytes:
    return b"tt1 join" + offer_hash


def _join_key(secret: bytes) -> bytes:
    return derive(secret, "tt1 join seal")
