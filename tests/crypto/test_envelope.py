"""Squeezing, plaintexts and the outer seal."""

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as encrypt

from tests.crypto.mutations import harmed, refuses
from therapy_tui.core.contents import Content, Form, Letter, pack_content, pack_receipt
from therapy_tui.crypto.envelope import (
    EXPANDED_LIMIT,
    open_plaintext,
    open_seal,
    pack_plaintext,
    seal,
    squeeze,
    unsqueeze,
)
from therapy_tui.errors import CannotOpen, Malformed

KEY, OTHER, NONCE = b"k" * 32, b"o" * 32, b"n" * 24
BIND, MARK = b"b" * 16, b"m" * 16
WORDS = "This week was harder than the last, and I would like to tell you about it. "


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_what_was_squeezed_comes_back(content: bytes) -> None:
    """Expanding gives the content, and squeezing never adds more than the flag."""
    assert unsqueeze(squeeze(content)) == content
    assert len(squeeze(content)) <= len(content) + 1


@settings(max_examples=100)
@given(st.data())
def test_harmed_squeezing_is_refused_or_expands_within_the_limit(data: st.DataObject) -> None:
    """Brotli carries no check of its own; the seal does. Here only the limit and the error matter."""
    found = data.draw(harmed(squeeze(WORDS.encode() * 3)))
    if not refuses(lambda: unsqueeze(found)):
        assert len(unsqueeze(found)) <= EXPANDED_LIMIT


@pytest.mark.parametrize(
    "squeezed",
    [
        b"",
        b"\2abc",
        b"\1",
        b"\1" + brotli.compress(b"hello")[:-1],
        b"\1" + brotli.compress(b"hello") + b"\0",
        b"\1" + brotli.compress(bytes(EXPANDED_LIMIT + 1)),
        b"\1" + brotli.compress(bytes(50_000_000), quality=5),
        b"\0" + bytes(EXPANDED_LIMIT + 1),
    ],
)
def test_what_does_not_expand_is_refused(squeezed: bytes) -> None:
    """Another flag, unfinished Brotli, bytes behind it and more than 128 KiB are refused."""
    with pytest.raises(Malformed):
        unsqueeze(squeezed)


def test_exactly_the_limit_expands() -> None:
    """128 KiB go through, squeezed or not."""
    for squeezed in (b"\0" + bytes(EXPANDED_LIMIT), b"\1" + brotli.compress(bytes(EXPANDED_LIMIT))):
        assert len(unsqueeze(squeezed)) == EXPANDED_LIMIT


def test_the_longest_letter_fits() -> None:
    """20,000 characters of four bytes, chosen so that nothing repeats, fit the limit and a relay's envelope."""
    text = "".join(chr(0x10000 + place * 37) for place in range(20_000))
    content = pack_content(Content(1, 1, 1, Letter(text)))
    envelope = seal(KEY, Form.NORMAL, pack_plaintext(BIND, MARK, content), NONCE)
    assert len(envelope) <= 128 * 1024
    assert open_plaintext(open_seal(KEY, envelope)[1], BIND) == (MARK, content)


def test_a_plaintext_is_for_one_pair_and_direction() -> None:
    """With another bind a plaintext cannot be opened; too short is refused."""
    plaintext = pack_plaintext(BIND, MARK, b"content")
    assert open_plaintext(plaintext, BIND) == (MARK, b"content")
    with pytest.raises(CannotOpen):
        open_plaintext(plaintext, b"c" * 16)
    with pytest.raises(Malformed):
        open_plaintext(plaintext[:32], BIND)


@given(st.sampled_from([0x10, 0x11, 0x12, 0x13, 0x1E, 0x1F, 0x00, 0x77, 0xFF]), st.binary(max_size=700))
def test_what_was_sealed_comes_back(form: int, payload: bytes) -> None:
    """Opening gives form and payload, also of forms that are not known and payloads that end in zeros."""
    envelope = seal(KEY, form, payload + b"\0", NONCE)
    assert open_seal(KEY, envelope) == (form, payload + b"\0")
    with pytest.raises(CannotOpen):
        open_seal(OTHER, envelope)


@given(st.data(), st.binary(max_size=50))
def test_a_harmed_envelope_is_refused(data: st.DataObject, payload: bytes) -> None:
    """No change to an envelope goes through."""
    envelope = seal(KEY, Form.RESET, payload, NONCE)
    found = data.draw(harmed(envelope).filter(lambda other: other != envelope))
    assert refuses(lambda: open_seal(KEY, found))


def sealed(inside: bytes) -> bytes:
    return NONCE + encrypt(inside, b"tt1 envelope", NONCE, KEY)


@pytest.mark.parametrize(
    "inside",
    [
        b"\x11" + bytes(319),
        b"\x11abc\x80" + bytes(314),
        b"\x11abc\x80" + bytes(316),
        b"\x11abc\x80" + bytes(59),
        b"\x12abc\x80" + bytes(315),
        b"\x80" + bytes(319),
    ],
)
def test_only_exact_padding_is_opened(inside: bytes) -> None:
    """Inside a right seal a wrong size, a missing mark, the wrong floor for the form and no form are refused."""
    with pytest.raises(Malformed):
        open_seal(KEY, sealed(inside))


def test_lengths_are_few() -> None:
    """Letters of 1 to 2,000 characters are seen as at most 14 lengths, a pre-key one by the same sizes."""
    lengths = set()
    for size in range(1, 2000, 40):
        content = pack_content(Content(1, size, 1, Letter((WORDS * 30)[:size])))
        for form, more in ((Form.NORMAL, 63), (Form.PRE_KEY, 168)):
            envelope = seal(KEY, form, bytes(more) + pack_plaintext(BIND, MARK, content), NONCE)
            lengths.add(len(envelope))
    assert len(lengths) <= 14
    assert min(lengths) == 360


def test_a_receipt_is_104_bytes() -> None:
    """Up to three marks of each kind make one size, whichever they are."""
    marks = (b"12345678", b"abcdefgh", b"ABCDEFGH")
    for count in range(4):
        payload = pack_receipt(marks[:count], marks[: 3 - count])
        assert len(seal(KEY, Form.RECEIPT, payload, NONCE)) == 104
