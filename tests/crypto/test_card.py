"""Cards: made, read, and refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.mutations import harmed, refuses
from tests.crypto.people import RELAY, met
from therapy_tui.core.fields import pack
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.card import ROLE_CLIENT, make_card, read_card
from therapy_tui.errors import CannotOpen, Malformed

ACCOUNT = Account.new()
MAILBOX = bytes(16)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), st.integers(1, 2))
def test_a_card_comes_back(name: str, role: int) -> None:
    """Reading a card's bytes gives the card that was made, with the same id."""
    card = make_card(ACCOUNT, role, name, MAILBOX, RELAY)
    assert read_card(card.raw) == card
    assert read_card(card.raw).id == card.id


@given(st.data())
def test_a_harmed_card_is_refused(data: st.DataObject) -> None:
    """No change to a card goes through."""
    raw = met().ada_card.raw
    found = data.draw(harmed(raw).filter(lambda other: other != raw))
    assert refuses(lambda: read_card(found))


@pytest.mark.parametrize(
    ("role", "name", "mailbox", "relay"),
    [
        (0, "Bea", MAILBOX, RELAY),
        (3, "Bea", MAILBOX, RELAY),
        (1, "", MAILBOX, RELAY),
        (1, "x" * 61, MAILBOX, RELAY),
        (1, "\ud800", MAILBOX, RELAY),
        (1, "Bea", bytes(15), RELAY),
        (1, "Bea", MAILBOX, "Relay.example.org"),
        (1, "Bea", MAILBOX, "https://relay.example.org"),
    ],
)
def test_a_card_that_nobody_could_read_is_not_made(role: int, name: str, mailbox: bytes, relay: str) -> None:
    """A wrong role, name, mailbox or relay is refused where the card is made."""
    with pytest.raises(Malformed):
        make_card(ACCOUNT, role, name, mailbox, relay)


def test_a_card_signed_by_another_is_refused() -> None:
    """A card with keys of one identity and the signature of another cannot be opened."""
    other = Account.new()
    body = pack(1, "Bea", ACCOUNT.ed25519, ACCOUNT.curve25519, MAILBOX, RELAY)
    with pytest.raises(CannotOpen):
        read_card(other.sign_whole("card", body))
    with pytest.raises(CannotOpen):
        read_card(ACCOUNT.sign_whole("offer", body))


@pytest.mark.parametrize("key", [bytes(32), b"\1" + bytes(31)])
def test_a_signed_card_with_a_key_of_small_order_is_refused(key: bytes) -> None:
    """A card may not hold a key that makes every agreement the same."""
    with pytest.raises(Malformed):
        read_card(ACCOUNT.sign_whole("card", pack(1, "Bea", ACCOUNT.ed25519, key, MAILBOX, RELAY)))
    with pytest.raises(Malformed):
        read_card(ACCOUNT.sign_whole("card", pack(1, "Bea", key, ACCOUNT.curve25519, MAILBOX, RELAY)))


def test_a_moved_card_is_recognised() -> None:
    """Another mailbox leaves the keys the same; another account does not."""
    card = make_card(ACCOUNT, ROLE_CLIENT, "Bea", MAILBOX, RELAY)
    assert card.has_keys_of(make_card(ACCOUNT, ROLE_CLIENT, "Bea B.", b"m" * 16, "other.example.org"))
    assert not card.has_keys_of(make_card(Account.new(), ROLE_CLIENT, "Bea", MAILBOX, RELAY))
