"""Resets: read, refused, and how they heal."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crypto.mutations import harmed, refuses
from tests.crypto.people import NONCE, Meeting, met
from therapy_tui.core.contents import Form
from therapy_tui.core.fields import pack
from therapy_tui.crypto.envelope import open_plaintext, open_seal, pack_plaintext, seal
from therapy_tui.crypto.ratchet import accept, start
from therapy_tui.crypto.reset import Reset, make_reset, read_reset
from therapy_tui.errors import CannotOpen, Malformed

NUMBERS = st.integers(0, 2**32 - 1)
ANY_KEY = b"\x09" + bytes(31)


@settings(max_examples=30)
@given(NUMBERS, NUMBERS)
def test_a_reset_comes_back(have: int, last: int) -> None:
    """The other side reads the key and both numbers."""
    pair = met()
    payload = make_reset(pair.ada, pair.ada_keys.bind_out, ANY_KEY, have, last)
    assert read_reset(payload, pair.ada_card.ed25519, pair.bea_keys.bind_in) == Reset(ANY_KEY, have, last)


@settings(max_examples=80)
@given(st.data())
def test_a_harmed_reset_is_refused(data: st.DataObject) -> None:
    """No change to a reset goes through."""
    pair = met()
    payload = make_reset(pair.ada, pair.ada_keys.bind_out, ANY_KEY, 1, 2)
    found = data.draw(harmed(payload).filter(lambda other: other != payload))
    assert refuses(lambda: read_reset(found, pair.ada_card.ed25519, pair.bea_keys.bind_in))


def test_a_reset_is_for_one_pair_and_direction() -> None:
    """A reset of the other direction, of another pair or of another signer cannot be opened."""
    pair, other = met(), Meeting()
    payload = make_reset(pair.ada, pair.ada_keys.bind_out, ANY_KEY, 1, 2)
    for ed25519, bind in (
        (pair.ada_card.ed25519, pair.ada_keys.bind_in),
        (pair.ada_card.ed25519, other.bea_keys.bind_in),
        (pair.bea_card.ed25519, pair.bea_keys.bind_in),
    ):
        with pytest.raises(CannotOpen):
            read_reset(payload, ed25519, bind)


@pytest.mark.parametrize("body", [(ANY_KEY, 1), (bytes(32), 1, 2), (ANY_KEY, 1, 2, 3), (ANY_KEY, 2**32, 0)])
def test_a_signed_reset_in_another_form_is_refused(body: tuple[object, ...]) -> None:
    """A key of zeros, a number out of range, and elements missing or added are refused, whoever signed."""
    pair = met()
    bind = pair.ada_keys.bind_out
    payload = pair.ada.sign_whole("reset", pack(bind, *body))
    with pytest.raises(Malformed):
        read_reset(payload, pair.ada_card.ed25519, bind)


def test_a_reset_heals() -> None:
    """After Ada lost her ratchets, a reset gives Bea a key on which both can write again."""
    pair = Meeting()
    payload = make_reset(pair.ada, pair.ada_keys.bind_out, pair.ada.new_one_time_key(), 0, 0)
    form, payload = open_seal(pair.bea_keys.seal_in, seal(pair.ada_keys.seal_out, Form.RESET, payload, NONCE))
    assert form == Form.RESET
    reset = read_reset(payload, pair.ada_card.ed25519, pair.bea_keys.bind_in)
    fresh = start(pair.bea, pair.ada_card.curve25519, reset.one_time_key)
    _, message = fresh.encrypt(pack_plaintext(pair.bea_keys.bind_out, bytes(16), b"again"))
    ratchet, plaintext = accept(pair.ada, pair.bea_card.curve25519, message)
    assert open_plaintext(plaintext, pair.ada_keys.bind_in) == (bytes(16), b"again")
    assert fresh.decrypt(*ratchet.encrypt(b"well")) == b"well"


def test_crossed_resets_give_two_ratchets_that_both_work() -> None:
    """When both sides ask at once, letters on either new ratchet open."""
    pair = Meeting()
    to_ada = start(pair.bea, pair.ada_card.curve25519, pair.ada.new_one_time_key())
    to_bea = start(pair.ada, pair.bea_card.curve25519, pair.bea.new_one_time_key())
    at_ada, first = accept(pair.ada, pair.bea_card.curve25519, to_ada.encrypt(b"one")[1])
    at_bea, second = accept(pair.bea, pair.ada_card.curve25519, to_bea.encrypt(b"two")[1])
    assert (first, second) == (b"one", b"two")
    assert to_ada.decrypt(*at_ada.encrypt(b"three")) == b"three"
    assert to_bea.decrypt(*at_bea.encrypt(b"four")) == b"four"
