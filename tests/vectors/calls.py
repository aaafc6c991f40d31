"""What a vector can ask: each call takes and gives what JSON can say; bytes are hexadecimal."""

import dataclasses
from collections.abc import Callable

import msgspec

from therapy_tui.core import armour, contents, padding
from therapy_tui.core.hashing import derive, digest
from therapy_tui.core.wire import mailbox_of
from therapy_tui.crypto import account, card, envelope, invite, join, link, pair, post, ratchet, reset, signing

PICKLE_KEY = bytes(range(32))
"""The key of every pickle in the vectors."""

b = bytes.fromhex


def plain(value: object) -> object:
    """Give a result as JSON can say it."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [plain(inner) for inner in value]
    if isinstance(value, msgspec.Struct):
        return {name: plain(inner) for name, inner in msgspec.structs.asdict(value).items()}
    if dataclasses.is_dataclass(value):
        fields = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return fields | ({"id": plain(value.id)} if isinstance(value, card.Card) else {})
    return int(value) if isinstance(value, int) else value


def _account(pickle: str) -> account.Account:
    return account.Account.load(pickle, PICKLE_KEY)


def _content(data: str) -> tuple[str, contents.Content]:
    content = contents.unpack_content(b(data))
    return type(content.body).__name__, content


def _pair(secret: str, mine: str, theirs: str) -> dict[str, object]:
    keys = pair.PairKeys(b(secret), b(mine), b(theirs))
    names = ("seal_out", "seal_in", "deposit_out", "deposit_in_public", "file_out", "file_in", "bind_out", "bind_in")
    return {name: getattr(keys, name) for name in names} | {"words": " ".join(keys.words()), "qr": keys.qr_text()}


def _invite(secret: str) -> dict[str, object]:
    seed = invite.invite_seed(b(secret))
    return {"pickup": invite.pickup(b(secret)), "seed": seed, "public": signing.public_key(seed)}


def _card(pickle: str, role: int, name: str, mailbox: str, relay: str) -> card.Card:
    return card.make_card(_account(pickle), role, name, b(mailbox), relay)


def _link(relay: str, expires: int, secret: str, offer_hash: str) -> str:
    return link.Link(relay, expires, b(secret), b(offer_hash)).text


def _offer(*, pickle: str, card_raw: str, one_time_key: str, kem: str, expires: int, slot: int, ticket: str) -> bytes:
    return invite.make_offer(
        _account(pickle),
        card=card.read_card(b(card_raw)),
        one_time_key=b(one_time_key),
        kem_public=invite.kem_public(b(kem)),
        expires=expires,
        slot=slot,
        ticket=b(ticket),
    )


def _accept(pickle: str, curve25519: str, message: str) -> bytes:
    return ratchet.accept(_account(pickle), b(curve25519), b(message))[1]


def _decrypt(pickle: str, form: int, message: str) -> bytes:
    return ratchet.Ratchet.load(pickle, PICKLE_KEY).decrypt(form, b(message))


CALLS: dict[str, Callable[..., object]] = {
    "H": lambda label, data, size: digest(label, b(data), size),
    "K": lambda secret, label, data, size: derive(b(secret), label, b(data), size),
    "mailbox": lambda owner: mailbox_of(b(owner)),
    "bucket": padding.bucket,
    "pad": lambda data, floor: padding.pad(b(data), floor),
    "unpad": lambda padded, floor: padding.unpad(b(padded), floor),
    "unsqueeze": lambda squeezed: envelope.unsqueeze(b(squeezed)),
    "seal": lambda key, form, payload, nonce: envelope.seal(b(key), form, b(payload), b(nonce)),
    "open seal": lambda key, sealed: envelope.open_seal(b(key), b(sealed)),
    "open plaintext": lambda plaintext, bind: envelope.open_plaintext(b(plaintext), b(bind)),
    "read content": _content,
    "check text": contents.check_text,
    "make receipt": lambda delivered, read: contents.pack_receipt(tuple(map(b, delivered)), tuple(map(b, read))),
    "read receipt": lambda data: contents.unpack_receipt(b(data)),
    "make card": lambda **given: _card(**given).raw,
    "read card": lambda raw: card.read_card(b(raw)),
    "make link": _link,
    "read link": link.read_link,
    "from invite secret": _invite,
    "make offer": _offer,
    "offer hash": lambda offer: invite.offer_hash(b(offer)),
    "seal offer": lambda secret, offer, nonce: invite.seal_offer(b(secret), b(offer), b(nonce)),
    "open offer": lambda text, sealed, now: invite.open_offer(link.read_link(text), b(sealed), now),
    "pair secret": lambda s, secret, offer_hash, card_id: join.derive_pair_secret(
        b(s), b(secret), b(offer_hash), b(card_id)
    ),
    "open join": lambda secret, kem, offer_hash, sealed: join.open_join(b(secret), b(kem), b(offer_hash), b(sealed)),
    "pair keys": _pair,
    "accept": _accept,
    "decrypt": _decrypt,
    "make reset": lambda pickle, bind, one_time_key, have, last: reset.make_reset(
        _account(pickle), b(bind), b(one_time_key), have, last
    ),
    "seal post": lambda key, envelopes, nonce: post.seal_post(b(key), list(map(b, envelopes)), b(nonce)),
    "open post": lambda key, sealed: post.open_post(b(key), b(sealed)),
    "unwrap": lambda kind, data: post.unwrap(b(data), {"offer": post.OFFER_MAGIC, "join": post.JOIN_MAGIC}[kind]),
    "armour": lambda data: armour.armour(b(data)),
    "find armoured": lambda text: armour.find_armoured(b(text)),
    "read reset": lambda payload, ed25519, bind: reset.read_reset(b(payload), b(ed25519), b(bind)),
}
"""Each call by the name that the vectors use."""
