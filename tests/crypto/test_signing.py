"""Signatures, accounts, and keys that nobody can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.mutations import harmed
from therapy_tui.core.wire import SIGNED
from therapy_tui.crypto.account import Account, verify
from therapy_tui.crypto.points import check_curve25519, check_ed25519
from therapy_tui.crypto.signing import is_signed, public_key, sign, sign_part
from therapy_tui.errors import CannotOpen, Malformed, VaultDamaged

SEED = bytes(range(32))
ORDER_8 = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")


@given(st.data(), st.binary(max_size=100))
def test_a_signature_is_of_one_message_by_one_key(data: st.DataObject, message: bytes) -> None:
    """The right signature is accepted; with another message, key or signature it is not."""
    public, signature = public_key(SEED), sign(SEED, message)
    assert is_signed(public, message, signature)
    assert not is_signed(public, message + b"x", signature)
    harm = data.draw(harmed(signature).filter(lambda other: other != signature))
    assert not is_signed(public, message, harm)
    harm = data.draw(harmed(public).filter(lambda other: other != public))
    assert not is_signed(harm, message, signature)


def test_a_part_is_signed_over_the_prefix_of_the_relay() -> None:
    """What is signed for a relay means nothing anywhere else."""
    assert is_signed(public_key(SEED), SIGNED + b"body", sign_part(SEED, b"body"))
    assert not is_signed(public_key(SEED), b"body", sign_part(SEED, b"body"))


def test_an_identity_signs_for_one_purpose() -> None:
    """A signature of a card is not one of an offer, and not one by somebody else."""
    account = Account.new()
    signature = account.sign("card", b"body")
    verify(account.ed25519, "card", b"body", signature)
    with pytest.raises(CannotOpen):
        verify(account.ed25519, "offer", b"body", signature)
    with pytest.raises(CannotOpen):
        verify(Account.new().ed25519, "card", b"body", signature)


def test_an_account_comes_back_from_its_pickle() -> None:
    """A dumped account is the same identity, and each one-time key is new."""
    account = Account.new()
    key = account.new_one_time_key()
    again = Account.load(account.dump(SEED), SEED)
    assert (again.ed25519, again.curve25519) == (account.ed25519, account.curve25519)
    assert len({key, again.new_one_time_key(), again.new_one_time_key()}) == 3


@pytest.mark.parametrize("key", [SEED, bytes(32)])
def test_a_damaged_account_is_told(key: bytes) -> None:
    """A wrong key and a cut pickle are damage of the vault, and nothing of the library escapes."""
    pickle = Account.new().dump(SEED)
    with pytest.raises(VaultDamaged):
        Account.load(pickle[:-5] if key == SEED else pickle, key)


@pytest.mark.parametrize("key", [bytes(32), b"\1" + bytes(31), ORDER_8, b"\xff" * 31 + b"\x7f"])
def test_keys_that_nobody_can_hold_are_refused(key: bytes) -> None:
    """Zero and points of small order are refused as either kind of key."""
    with pytest.raises(Malformed):
        check_ed25519(key)
    if key[0] != 0xFF:
        with pytest.raises(Malformed):
            check_curve25519(key)


def test_ordinary_keys_are_accepted() -> None:
    """The keys of an account are given back."""
    account = Account.new()
    assert check_ed25519(account.ed25519) == account.ed25519
    assert check_curve25519(account.curve25519) == account.curve25519
