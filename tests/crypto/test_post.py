"""Sealed files: what fits, what opens, what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crypto.mutations import harmed, refuses
from therapy_tui.core.wire import Limits
from therapy_tui.crypto.post import FLOOR, MOST, fitting, open_post, seal_post
from therapy_tui.errors import CannotOpen, Malformed

KEY, OTHER, NONCE = b"f" * 32, b"o" * 32, b"n" * 24
ENVELOPES = st.lists(st.binary(min_size=104, max_size=700), min_size=1, max_size=12)


@settings(max_examples=60)
@given(ENVELOPES)
def test_what_was_sealed_comes_back(envelopes: list[bytes]) -> None:
    """The envelopes come back in order, and the file tells no more of their size than a bucket."""
    sealed = seal_post(KEY, envelopes, NONCE)
    assert open_post(KEY, sealed) == envelopes
    assert len(sealed) >= 48 + FLOOR
    with pytest.raises(CannotOpen):
        open_post(OTHER, sealed)


@settings(max_examples=300)
@given(st.data())
def test_harmed_files_are_refused(data: st.DataObject) -> None:
    """A changed, cut, doubled or foreign file is refused by an error of the protocol."""
    sealed = seal_post(KEY, [b"e" * 360, b"r" * 104], NONCE)
    found = data.draw(harmed(sealed))
    assert found == sealed or refuses(lambda: open_post(KEY, found))


@settings(max_examples=200)
@given(st.lists(st.integers(104, Limits().envelope), max_size=80))
def test_what_fits_keeps_to_the_limit(sizes: list[int]) -> None:
    """As many as are said to fit make a file of at most 4 MiB that opens; one more might not."""
    fits = fitting(sizes)
    assert fits == len(sizes) or sum(sizes[: fits + 1]) > MOST * 0.9
    if fits:
        sealed = seal_post(KEY, [bytes(size) for size in sizes[:fits]], NONCE)
        assert len(sealed) <= MOST
        assert len(open_post(KEY, sealed)) == fits


def test_many_small_envelopes_keep_to_the_limit() -> None:
    """Tens of thousands of receipts are cut off where the file is full."""
    fits = fitting([104] * 60_000)
    assert 30_000 < fits < 40_000
    assert len(seal_post(KEY, [bytes(104)] * fits, NONCE)) <= MOST


@pytest.mark.parametrize("size", [0, 8, 1071, MOST + 1, 5 * 1024 * 1024])
def test_a_file_of_an_impossible_size_is_refused_unread(size: int) -> None:
    """What is shorter or longer than any such file is malformed, whatever it holds."""
    with pytest.raises(Malformed):
        open_post(KEY, b"TT1POST\n".ljust(size, b"x")[:size])


def test_an_envelope_beyond_the_limit_is_refused() -> None:
    """More than 128 KiB is no envelope, also where the seal is right."""
    with pytest.raises(Malformed):
        open_post(KEY, seal_post(KEY, [bytes(Limits().envelope + 1)], NONCE))
