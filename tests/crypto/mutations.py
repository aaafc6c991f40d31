"""Harm done to bytes on their way, and the promise that a decoder answers it with a refusal."""

from collections.abc import Callable

from hypothesis import strategies as st

from therapy_tui.errors import CannotOpen, InviteRefused, Malformed

REFUSALS = (Malformed, CannotOpen, InviteRefused)


@st.composite
def harmed(draw: st.DrawFn, data: bytes) -> bytes:
    """Give `data` with one bit flipped, cut short, made longer, doubled, or replaced by other bytes."""
    kind = draw(st.sampled_from(["flip", "cut", "extend", "insert", "double", "foreign"]))
    place = draw(st.integers(0, max(0, len(data) - 1)))
    more = draw(st.binary(min_size=1, max_size=40))
    if kind == "flip" and data:
        return data[:place] + bytes((data[place] ^ 1 << draw(st.integers(0, 7)),)) + data[place + 1 :]
    if kind == "cut":
        return data[:place]
    if kind == "extend":
        return data + more
    if kind == "insert":
        return data[:place] + more + data[place:]
    return data + data if kind == "double" and data else more


def refuses(decode: Callable[[], object]) -> bool:
    """Tell whether a decoder refused with an error of the protocol; any other exception goes through."""
    try:
        decode()
    except REFUSALS:
        return True
    return False
