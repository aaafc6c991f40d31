"""Offers and joins: two people meet, and nobody stands between them unnoticed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crypto.mutations import harmed, refuses
from tests.crypto.people import EXPIRES, NONCE, NOW, RELAY, SECRET, Invited, Meeting, S, hello, met
from therapy_tui.core.contents import Form, Hello, unpack_content
from therapy_tui.core.fields import pack
from therapy_tui.core.hashing import derive
from therapy_tui.crypto import kem
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.card import make_card
from therapy_tui.crypto.envelope import seal
from therapy_tui.crypto.invite import invite_seed, offer_hash, open_offer, pickup, seal_offer
from therapy_tui.crypto.join import derive_pair_secret, make_join, open_join
from therapy_tui.crypto.link import Link
from therapy_tui.crypto.ratchet import start
from therapy_tui.errors import CannotOpen, InviteRefused, Malformed

INVITED = Invited()


def test_two_people_meet() -> None:
    """Both derive the same pair secret, words and QR text, and the hello opens with the right bind."""
    meeting = met()
    assert meeting.ada_keys.secret == meeting.bea_keys.secret
    assert meeting.ada_keys.words() == meeting.bea_keys.words()
    assert meeting.ada_keys.qr_text() == meeting.bea_keys.qr_text()
    assert unpack_content(meeting.hello[1]).body == Hello(0, 0)


def test_an_offer_comes_back_with_all_its_fields() -> None:
    """What the joiner reads is what the inviter made."""
    offer = open_offer(INVITED.link, INVITED.sealed, NOW)
    assert offer.card == INVITED.card
    assert offer.one_time_key == INVITED.one_time_key
    assert offer.kem_public == kem.kem_public(INVITED.kem)
    assert (offer.expires, offer.slot, offer.ticket, offer.hash) == (EXPIRES, 2, b"ticket", INVITED.hash)


def test_a_claim_made_in_time_may_be_finished_later() -> None:
    """The time that counts is that of the first claim."""
    open_offer(INVITED.link, INVITED.sealed, EXPIRES)
    with pytest.raises(InviteRefused, match="expired"):
        open_offer(INVITED.link, INVITED.sealed, EXPIRES + 1)


@settings(max_examples=60)
@given(st.data())
def test_a_harmed_offer_is_refused(data: st.DataObject) -> None:
    """No change to a sealed offer goes through, and the sentence says that it was altered."""
    found = data.draw(harmed(INVITED.sealed).filter(lambda other: other != INVITED.sealed))
    with pytest.raises(InviteRefused, match="altered"):
        open_offer(INVITED.link, found, NOW)


def refused(link: Link, offer: bytes, form: int = Form.OFFER) -> bool:
    link = replace(link, offer_hash=offer_hash(offer)[:16])
    return refuses(lambda: open_offer(link, seal(derive(SECRET, "tt1 offer seal"), form, offer, NONCE), NOW))


def test_an_offer_that_the_link_does_not_name_is_refused() -> None:
    """A whole, well-signed offer of somebody who knows the secret is refused by its hash."""
    assert refuses(lambda: open_offer(INVITED.link, seal_offer(SECRET, Invited().offer, NONCE), NOW))


@pytest.mark.parametrize(
    "change", ["expiry", "relay", "form", "signer", "one-time key", "KEM key", "short KEM key", "slot"]
)
def test_an_offer_that_does_not_hold_together_is_refused(change: str) -> None:
    """Even under its right hash an offer with another expiry, relay, form or signer, or a bad key, is refused."""
    account, kem_public = INVITED.account, kem.kem_public(INVITED.kem)
    body = [INVITED.card.raw, INVITED.one_time_key, kem_public, EXPIRES, 2, b""]
    link, form = INVITED.link, Form.OFFER
    assert not refused(link, account.sign_whole("offer", pack(*body)))
    if change == "expiry":
        body[3] = EXPIRES + 1
    elif change == "relay":
        link = replace(link, relay="other.example.org")
    elif change == "form":
        form = Form.JOIN
    elif change == "signer":
        account = Account.new()
    elif change == "one-time key":
        body[1] = bytes(32)
    elif change == "KEM key":
        body[2] = kem_public[:-32] + bytes(32)
    elif change == "short KEM key":
        body[2] = kem_public[1:]
    else:
        body[4] = 2**32
    assert refused(link, account.sign_whole("offer", pack(*body)), form)


def test_one_cannot_join_ones_own_invite() -> None:
    """The sentence says whose it is."""
    offer = open_offer(INVITED.link, INVITED.sealed, NOW)
    with pytest.raises(InviteRefused, match="your own"):
        make_join(offer, secret=SECRET, s=S, card=INVITED.card, hello=b"", slot=1, nonce=NONCE)


@settings(max_examples=60)
@given(st.data())
def test_a_harmed_join_is_refused(data: st.DataObject) -> None:
    """No change to a join envelope goes through."""
    meeting = met()
    found = data.draw(harmed(meeting.join).filter(lambda other: other != meeting.join))
    assert refuses(lambda: open_join(SECRET, meeting.invited.kem, meeting.invited.hash, found))


def test_a_join_opens_for_its_own_invite_only() -> None:
    """Another secret, another KEM key and another offer cannot open it."""
    meeting = met()
    kem_key, found = meeting.invited.kem, meeting.invited.hash
    assert open_join(SECRET, kem_key, found, meeting.join).card == meeting.bea_card
    for secret, key, name in (
        (bytes(16), kem_key, found),
        (SECRET, INVITED.kem, found),
        (SECRET, kem_key, INVITED.hash),
    ):
        with pytest.raises(CannotOpen):
            open_join(secret, key, name, meeting.join)


@pytest.mark.parametrize("inside", [b"", bytes(1120), bytes(1136), bytes(1300)])
def test_a_join_of_zeros_cannot_be_opened(inside: bytes) -> None:
    """Whoever saw the link can seal anything; what is no agreement is refused, zeros too."""
    envelope = seal(derive(SECRET, "tt1 join seal"), Form.JOIN, inside, NONCE)
    with pytest.raises(CannotOpen):
        open_join(SECRET, INVITED.kem, INVITED.hash, envelope)


@pytest.mark.parametrize(
    "elements", [(S,), (S[1:], b"card", b"hello", 1), (S, b"card", b"hello", 1, 2), (S, b"card", b"h", 1)]
)
def test_a_join_in_another_form_is_refused(elements: tuple[object, ...]) -> None:
    """Inside a right agreement a wrong length, number of elements or card is refused."""
    inside = kem.encrypt(kem.kem_public(INVITED.kem), b"tt1 join" + INVITED.hash, pack(*elements))
    envelope = seal(derive(SECRET, "tt1 join seal"), Form.JOIN, inside, NONCE)
    with pytest.raises(Malformed):
        open_join(SECRET, INVITED.kem, INVITED.hash, envelope)


def test_a_key_that_cannot_be_used_is_refused_before_encrypting() -> None:
    """A zero curve half, a lattice half out of range and a wrong length are refused."""
    public = kem.kem_public(INVITED.kem)
    for bad in (public[:-32] + bytes(32), b"\xff" * 1184 + public[-32:], public[:-1]):
        with pytest.raises(Malformed):
            kem.encrypt(bad, b"", b"")


def test_the_pair_secret_depends_on_all_its_parts() -> None:
    """Another s, I, offer or card gives another secret."""
    parts = [S, SECRET, bytes(32), b"c" * 32]
    secrets = {derive_pair_secret(*parts)}
    for place in range(4):
        other = [part if at != place else part[::-1] + b"" for at, part in enumerate(parts)]
        if other[place] == parts[place]:
            other[place] = b"x" * len(parts[place])
        secrets.add(derive_pair_secret(*other))
    assert len(secrets) == 5


def test_what_the_secret_opens_is_apart() -> None:
    """Pickup and key of an invite are different derivations, and of the stated sizes."""
    assert len(pickup(SECRET)) == 16
    assert len(invite_seed(SECRET)) == 32
    assert pickup(SECRET) != invite_seed(SECRET)[:16]


def test_a_join_hides_its_secrets_in_a_traceback() -> None:
    """Neither s, nor the pair secret, nor the hello is in a representation."""
    meeting = Meeting()
    join = open_join(SECRET, meeting.invited.kem, meeting.invited.hash, meeting.join)
    assert repr(S) not in repr(join)
    assert repr(meeting.ada_keys.secret) not in repr(meeting.ada_keys)


def test_joins_have_few_lengths() -> None:
    """Names of 1 to 60 characters make at most four sizes of join."""
    offer = open_offer(INVITED.link, INVITED.sealed, NOW)
    keys, bea = met().bea_keys, Account.new()
    greeting = hello(keys, start(bea, offer.card.curve25519, offer.one_time_key))
    sizes = set()
    for length in range(1, 61):
        card = make_card(bea, 1, "b" * length, bytes(16), RELAY)
        sizes.add(len(make_join(offer, secret=SECRET, s=S, card=card, hello=greeting, slot=1, nonce=NONCE)))
    assert len(sizes) <= 4
