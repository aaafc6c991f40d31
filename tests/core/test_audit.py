"""The rule of the audit log: one changed byte anywhere is found, and so is a row that is missing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple, replace

from therapy_tui import errors
from therapy_tui.core.audit import EMPTY, Act, Check, Mark, What, follow, hash_of, read_mark

BYTES = {"contact", "before", "hash"}
TEXTS = {"what", "detail", "way"}


def log(count: int = 4) -> list[Act]:
    """Make a log of some rows."""
    acts: list[Act] = []
    for number, what in enumerate(list(What)[:count]):
        end = Mark(number, acts[-1].hash) if acts else EMPTY
        acts.append(follow(end, 1_795_000_000 + number, what, b"contact" + bytes([number]), "a détail", "keyring"))
    return acts


def end_of(acts: list[Act]) -> Mark:
    return Mark(len(acts), acts[-1].hash)


def check(acts: list[Act], *marks: Mark) -> int:
    """Give the number of the first row that does not agree, 0 when all agree."""
    fault = Check((each, "as the test knows,") for each in marks).read(acts)
    return 0 if fault is None else fault.number


def flipped(act: Act, name: str, place: int, mask: int) -> Act:
    """Flip bits of one byte of a field."""
    value = getattr(act, name)
    if isinstance(value, int):
        return _with(act, name, value ^ mask << 8 * (place % 4))
    raw = bytearray(value if isinstance(value, bytes) else value.encode("utf-8", "surrogateescape"))
    raw[place % len(raw)] ^= mask
    return _with(act, name, bytes(raw) if isinstance(value, bytes) else raw.decode("utf-8", "surrogateescape"))


def _with(act: Act, name: str, value: Any) -> Act:
    return replace(act, **{name: value})


@given(
    st.integers(0, 3),
    st.sampled_from([*BYTES, *TEXTS, "number", "at"]),
    st.integers(0, 40),
    st.integers(1, 255),
)
def test_one_flipped_byte(row: int, name: str, place: int, mask: int) -> None:
    """Any flip of any byte of any field of any row is found, at that row or at the one that ought to stand there."""
    acts = log()
    whole = end_of(acts)
    assert check(acts, whole) == 0
    acts[row] = flipped(acts[row], name, place, mask)
    assert check(acts) == row + 1


@given(st.integers(0, 3), st.sampled_from(["what", "contact", "detail", "way", "at"]), st.integers(1, 255))
def test_a_row_that_was_hashed_anew(row: int, name: str, mask: int) -> None:
    """Who changes a row and makes its hash anew is found at the next row, and at the last one by a mark."""
    acts = log()
    whole = end_of(acts)
    changed = flipped(acts[row], name, 0, mask)
    acts[row] = replace(changed, hash=hash_of(changed))
    assert check(acts, whole) == min(row + 2, 4)


def test_a_row_that_was_taken_out() -> None:
    """A missing row is named by its number, wherever it stood, also the last ones where a mark is known."""
    acts = log()
    for row in range(3):
        assert check(acts[:row] + acts[row + 1 :], end_of(acts)) == row + 1
    assert check(acts[:2], end_of(acts)) == 3
    assert check([], end_of(acts)) == 1
    assert check(acts[:2]) == 0  # without a mark nobody can know


def test_rows_that_were_exchanged() -> None:
    """The order of the rows is part of what they say."""
    first, second, *rest = log()
    assert check([second, first, *rest]) == 1
    swapped = [replace(second, number=1), replace(first, number=2), *rest]
    assert check(swapped) == 1


def test_an_earlier_mark_holds() -> None:
    """A mark of some time ago is met on the way, and a log that was written anew does not meet it."""
    acts = log()
    early = end_of(acts[:2])
    assert check(acts, early, end_of(acts)) == 0
    anew = [follow(EMPTY, 1, What.BEGUN, b"", "", "keyring")]
    anew.append(follow(end_of(anew), 2, What.OPENED, b"", "", "keyring"))
    assert check(anew, early) == 2


def test_marks_are_written_and_read() -> None:
    """A mark comes back as it was, and what is none is refused."""
    mark = end_of(log())
    assert read_mark(str(mark)) == mark
    for text in ("", "4", "4-", "0-" + "00" * 32, "4-" + "zz" * 32, "-1-" + "00" * 32, "4-" + "00" * 31):
        with pytest.raises(errors.UsageError):
            read_mark(text)


def test_no_two_fields_run_together() -> None:
    """What moves from one field into the next gives another hash."""
    act = log(1)[0]
    moved = replace(act, what=act.what + act.detail, detail="")
    assert len({hash_of(act), hash_of(moved), hash_of(replace(act, detail=act.detail + "\0"))}) == 3
    assert astuple(act)[-1] == hash_of(act)
