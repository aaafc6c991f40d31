"""Padding: it comes off exactly, and shows few sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui.core.padding import FLOOR, RECEIPT_FLOOR, bucket, pad, unpad
from therapy_tui.errors import Malformed

FLOORS = st.sampled_from([FLOOR, RECEIPT_FLOOR, 1024, 1])


@given(st.binary(max_size=3000), FLOORS)
def test_what_was_padded_comes_back(data: bytes, floor: int) -> None:
    """Unpadding gives the bytes that were padded, also when they end in zeros or in the mark itself."""
    for ending in (b"", b"\0\0", b"\x80", b"\x80\0"):
        assert unpad(pad(data + ending, floor), floor) == data + ending


@given(st.binary(max_size=1500), st.integers(1, 400), FLOORS)
def test_only_the_exact_size_is_accepted(data: bytes, more: int, floor: int) -> None:
    """More or fewer zeros than the bucket says are refused."""
    padded = pad(data, floor)
    with pytest.raises(Malformed):
        unpad(padded + bytes(more), floor)
    cut = padded[: -min(more, len(padded))]
    try:
        found = unpad(cut, floor)
    except Malformed:
        return
    # Data that itself ends like padding may be padding of something shorter, and then it is exactly that.
    assert pad(found, floor) == cut


@pytest.mark.parametrize("padded", [b"", bytes(320), b"\x80" + bytes(318), b"a" * 320, b"\x81" + bytes(319)])
def test_padding_without_its_mark_is_refused(padded: bytes) -> None:
    """Zeros alone, a wrong size and a wrong mark are refused."""
    with pytest.raises(Malformed):
        unpad(padded, FLOOR)


@given(st.integers(1, 1 << 20), FLOORS)
def test_a_bucket_holds_its_size_and_wastes_little(size: int, floor: int) -> None:
    """A bucket is never smaller than what it holds, is its own bucket, and above the floor adds less than 12 %."""
    found = bucket(size, floor)
    assert found >= max(size, floor)
    assert bucket(found, floor) == found
    assert found == floor or found - size <= size * 0.12


def test_buckets_are_few() -> None:
    """All lengths up to 2,000 bytes are seen as at most 45 sizes, and up to 80,000 as at most 133."""
    assert len({bucket(size, FLOOR) for size in range(1, 2001)}) <= 45
    assert len({bucket(size, FLOOR) for size in range(1, 80_001)}) <= 133


def test_buckets_never_shrink() -> None:
    """A longer text never looks shorter."""
    sizes = [bucket(size, FLOOR) for size in range(1, 5000)]
    assert sizes == sorted(sizes)
