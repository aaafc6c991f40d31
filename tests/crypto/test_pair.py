"""The keys and words of a pair."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.hashing import derive
from therapy_tui.crypto.pair import PairKeys
from therapy_tui.crypto.signing import public_key
from therapy_tui.crypto.words import say, word_list
from therapy_tui.errors import Malformed

SECRET = st.binary(min_size=32, max_size=32)
ADA, BEA = b"a" * 32, b"b" * 32


@given(SECRET)
def test_what_goes_out_on_one_side_comes_in_on_the_other(secret: bytes) -> None:
    """Each out key of one side is the in key of the other, and all keys differ."""
    ada, bea = PairKeys(secret, ADA, BEA), PairKeys(secret, BEA, ADA)
    assert (ada.seal_out, ada.seal_in) == (bea.seal_in, bea.seal_out)
    assert (ada.file_out, ada.file_in) == (bea.file_in, bea.file_out)
    assert (ada.bind_out, ada.bind_in) == (bea.bind_in, bea.bind_out)
    assert public_key(ada.deposit_out) == bea.deposit_in_public
    assert public_key(bea.deposit_out) == ada.deposit_in_public
    assert len({ada.seal_out, ada.seal_in, ada.file_out, ada.file_in, ada.deposit_out, bea.deposit_out}) == 6


@given(SECRET)
def test_the_words_are_the_first_110_bits(secret: bytes) -> None:
    """Ten words, each eleven bits, the same on both sides."""
    words = PairKeys(secret, ADA, BEA).words()
    bits = "".join(f"{byte:08b}" for byte in derive(secret, "tt1 words", size=14))
    assert words == tuple(word_list()[int(bits[place : place + 11], 2)] for place in range(0, 110, 11))
    assert words == PairKeys(secret, BEA, ADA).words()


@given(SECRET)
def test_the_qr_text_says_160_bits(secret: bytes) -> None:
    """The prefix and base32 without padding."""
    prefix, code = PairKeys(secret, ADA, BEA).qr_text().split(":")
    assert prefix == "THERAPY-VERIFY"
    assert base64.b32decode(code) == derive(secret, "tt1 verify", size=20)


def test_the_word_list_is_that_of_bip_39() -> None:
    """2,048 words in alphabetical order, whose first four letters tell them apart."""
    words = word_list()
    assert len(words) == 2048
    assert list(words) == sorted(words)
    assert len({word[:4] for word in words}) == 2048
    assert (words[0], words[-1]) == ("abandon", "zoo")
    assert say(1, 2) == ("abandon", "ability")


def test_nobody_is_a_pair_alone() -> None:
    """Two equal cards would make both directions one, and are refused."""
    with pytest.raises(Malformed):
        PairKeys(bytes(32), ADA, ADA)
