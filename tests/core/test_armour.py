"""Sealed bytes as text, and what mail does to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crypto.mutations import harmed, refuses
from therapy_tui.core.armour import BEGIN, COLUMNS, armour, find_armoured, is_armour
from therapy_tui.errors import Malformed

AROUND = st.text(st.characters(codec="ascii", exclude_characters="-"), max_size=60).map(str.encode)


@settings(max_examples=60)
@given(st.binary(max_size=300), AROUND, AROUND)
def test_what_was_armoured_comes_back(data: bytes, before: bytes, after: bytes) -> None:
    """Whatever stands before and after a block, its bytes are found; no line is longer than sixty-four."""
    text = armour(data)
    assert max(map(len, text.splitlines()[1:-1]), default=0) <= COLUMNS
    assert find_armoured(before + b"\n" + text.encode() + after) == [data]


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=100), max_size=4), st.sampled_from(["", "> ", ">> ", "| ", "\t> "]))
def test_quoted_blocks_come_back(blocks: list[bytes], mark: str) -> None:
    """Every block of a quoted mail is found, in order."""
    lines = "".join(armour(each) for each in blocks).splitlines()
    assert find_armoured("".join(f"{mark}{line}\r\n" for line in lines).encode()) == blocks


@settings(max_examples=300)
@given(st.data())
def test_harmed_armour_is_refused_or_read(data: st.DataObject) -> None:
    """Any harm to a block raises nothing but a refusal; whether the bytes are right is the seal's affair."""
    found = data.draw(harmed(armour(bytes(range(200))).encode()))
    refuses(lambda: find_armoured(found))


def test_a_damaged_line_is_named() -> None:
    """A wrong character is told with the number of its line, for whoever typed it."""
    lines = armour(bytes(200)).splitlines()
    lines[3] = lines[3][:10] + "é" + lines[3][11:]
    with pytest.raises(Malformed, match="Line 3 "):
        find_armoured("\n".join(lines).encode())


def test_only_the_first_line_makes_it_armour() -> None:
    """A text is taken for armour by the line that begins it."""
    assert is_armour(b"x\n" + BEGIN.encode())
    assert not is_armour(b"-----BEGIN PGP MESSAGE-----")
