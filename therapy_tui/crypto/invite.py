"""An invite: what its secret opens, and the offer that waits sealed at the relay (docs/protocol.md, 2 and 3)."""

from dataclasses import dataclass, field
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from therapy_tui.core.contents import Form
from therapy_tui.core.fields import Key, Number, decode, pack
from therapy_tui.core.hashing import derive, digest
from therapy_tui.crypto.account import Account, Signed, verify
from therapy_tui.crypto.card import Card, read_card
from therapy_tui.crypto.envelope import open_seal, seal
from therapy_tui.crypto.kem import PUBLIC_SIZE, check_kem_public, kem_public, new_kem_key
from therapy_tui.crypto.link import Link
from therapy_tui.crypto.points import check_curve25519
from therapy_tui.errors import CannotOpen, InviteRefused, Malformed

__all__ = [
    "Offer",
    "invite_seed",
    "kem_public",
    "make_offer",
    "new_kem_key",
    "offer_hash",
    "open_offer",
    "pickup",
    "seal_offer",
]

TICKET_LIMIT: Final = 256
"""The most bytes of a ticket."""

_PICKUP_SIZE: Final = 16
_LINK_HASH_SIZE: Final = 16


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invite offers, checked: who, with which keys, where and until when."""

    card: Card
    one_time_key: bytes
    """Of the card's account, 32 bytes."""
    kem_public: bytes = field(repr=False)
    """1216 bytes."""
    expires: int
    """Seconds since 1970."""
    slot: int
    """Where in the card's mailbox the joiner may deposit."""
    ticket: bytes = field(repr=False)
    """What the card's relay asks of a new mailbox; may be empty."""
    hash: bytes
    """The offer's hash, 32 bytes."""


class _Body(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    card: bytes
    one_time_key: Key
    kem_public: Annotated[bytes, Meta(min_length=PUBLIC_SIZE, max_length=PUBLIC_SIZE)]
    expires: Number
    slot: Number
    ticket: Annotated[bytes, Meta(max_length=TICKET_LIMIT)]


def pickup(secret: bytes) -> bytes:
    """Give the name (16 bytes) under which the offer of invite secret I waits."""
    return derive(secret, "tt1 pickup", size=_PICKUP_SIZE)


def invite_seed(secret: bytes) -> bytes:
    """Give the Ed25519 seed (32 bytes) that may claim the offer of I, and deposit until the pair's key may."""
    return derive(secret, "tt1 invite key")


def make_offer(
    account: Account, *, card: Card, one_time_key: bytes, kem_public: bytes, expires: int, slot: int, ticket: bytes
) -> bytes:
    """Make and sign an offer.

    Args:
        account: the inviter's.
        card: the inviter's own.
        one_time_key: made for this invite alone, 32 bytes.
        kem_public: made for this invite alone, 1216 bytes.
        expires: seconds since 1970.
        slot: the slot of this invite in the card's mailbox.
        ticket: at most 256 bytes, or empty.

    Returns:
        The offer as it travels, to be sealed; its `offer_hash` goes into the link.
    """
    return account.sign_whole("offer", pack(card.raw, one_time_key, kem_public, expires, slot, ticket))


def offer_hash(offer: bytes) -> bytes:
    """Give the 32 bytes that name an offer as it travels."""
    return digest("tt1 offer", offer)


def seal_offer(secret: bytes, offer: bytes, nonce: bytes) -> bytes:
    """Seal an offer for the relay to keep.

    Args:
        secret: I, 16 bytes.
        offer: from `make_offer`.
        nonce: 24 random bytes.

    Returns:
        The sealed offer, which only the link opens.
    """
    return seal(_offer_key(secret), Form.OFFER, offer, nonce)


def open_offer(link: Link, sealed: bytes, now: int) -> Offer:
    """Open the offer that a relay handed out, and check everything about it.

    Args:
        link: the invite as it was handed over.
        sealed: foreign bytes.
        now: when this side first claimed it, in seconds since 1970; a claim made in time may be finished later.

    Returns:
        The offer.

    Raises:
        InviteRefused: it has expired, or it is not the offer that the link names; the sentence says which.
    """
    link.refuse_if_expired(now)
    try:
        return _read_offer(link, *open_seal(_offer_key(link.secret), sealed))
    except (Malformed, CannotOpen):
        raise InviteRefused("This invite was altered on its way, so it was not used. Ask for a new one.") from None


def _read_offer(link: Link, form: int, offer: bytes) -> Offer:
    found = offer_hash(offer)
    if form != Form.OFFER or found[:_LINK_HASH_SIZE] != link.offer_hash:
        raise Malformed
    whole = decode(offer, Signed)
    body = decode(whole.body, _Body)
    card = read_card(body.card)
    verify(card.ed25519, "offer", whole.body, whole.signature)
    if body.expires != link.expires or card.relay != link.relay:
        raise Malformed
    return Offer(
        card=card,
        one_time_key=check_curve25519(body.one_time_key),
        kem_public=check_kem_public(body.kem_public),
        expires=body.expires,
        slot=body.slot,
        ticket=body.ticket,
        hash=found,
    )


def _offer_key(secret: bytes) -> bytes:
    return derive(secret, "tt1 offer seal")
