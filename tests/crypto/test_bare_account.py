"""An identity without its one-time keys."""

import base64

import pytest

from therapy_tui.crypto.account import Account, verify
from therapy_tui.crypto.bare_account import one_time_keys, without_one_time_keys
from therapy_tui.crypto.ratchet import accept, start
from therapy_tui.errors import CannotOpen, VaultDamaged

KEY = bytes(range(32))


def test_the_same_identity_with_no_key_that_is_used_once() -> None:
    """The identity signs and receives as before, and not one key that was given away is left."""
    account = Account.new()
    given = [account.new_one_time_key() for _ in range(3)]
    bare = without_one_time_keys(account.dump(KEY), KEY)
    assert (one_time_keys(account.dump(KEY), KEY), one_time_keys(bare, KEY)) == (3, 0)
    again = Account.load(bare, KEY)
    assert (again.ed25519, again.curve25519) == (account.ed25519, account.curve25519)
    verify(account.ed25519, "card", b"body", again.sign("card", b"body"))
    assert again.new_one_time_key() not in given
    assert again.dump(KEY) != bare


def test_what_was_sealed_for_a_given_key_stays_closed() -> None:
    """A message that begins with a one-time key of before is refused, and one with a key of after opens."""
    account, other = Account.new(), Account.new()
    _, old = start(other, account.curve25519, account.new_one_time_key()).encrypt(b"old")
    bare = Account.load(without_one_time_keys(account.dump(KEY), KEY), KEY)
    with pytest.raises(CannotOpen):
        accept(bare, other.curve25519, old)
    _, new = start(other, bare.curve25519, bare.new_one_time_key()).encrypt(b"new")
    assert accept(bare, other.curve25519, new)[1] == b"new"
    assert accept(account, other.curve25519, old)[1] == b"old"


def test_a_pickle_that_is_not_one() -> None:
    """A wrong key, a changed pickle and no pickle at all are refused."""
    pickle = Account.new().dump(KEY)
    sealed = bytearray(base64.b64decode(pickle + "=" * (-len(pickle) % 4)))
    sealed[5] ^= 1
    for text, key in ((pickle, bytes(32)), (base64.b64encode(sealed).decode().rstrip("="), KEY), ("no", KEY)):
        with pytest.raises(VaultDamaged):
            without_one_time_keys(text, key)
        with pytest.raises(VaultDamaged):
            one_time_keys(text, key)
