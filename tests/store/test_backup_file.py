"""The file of a backup: whatever is not byte for byte what was written is refused, and never more than that."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui import errors
from therapy_tui.crypto.backup import MAGIC, PIECE, SEALED_PIECE, STREAM_HEADER, Head
from therapy_tui.crypto.slots import RecoverySlot, RecoveryWay, make_slots
from therapy_tui.store import backup_file
from therapy_tui.store.backup_file import PartWriter, read_beginning, read_end, read_part

KEYS = {"vault": b"v" * 32, "notes": b"n" * 32}
RECORDS: dict[str, list[Any]] = {
    "vault": [{"made_at": 1}, *([number, "a letter " * 40, bytes(10)] for number in range(600)), {"rows": {}}],
    "notes": [{"made_at": 2}, ["a note"]],
}


def written(salt: bytes = bytes(32), records: dict[str, list[Any]] | None = None) -> bytes:
    """Write a backup with two parts."""
    made = make_slots(KEYS, RecoveryWay(bytes(32)), bytes)
    slots = {name: (slot,) for name, slot in made.items() if isinstance(slot, RecoverySlot)}
    head = Head.of(salt, slots["vault"], slots["notes"])
    file = bytearray()
    backup_file.write_head(file.extend, head)
    for name, each in (records or RECORDS).items():
        part = PartWriter(file.extend, KEYS[name], name, head)
        for record in each:
            part.put(record)
        part.end()
    return bytes(file)


def read(data: bytes) -> dict[str, list[Any]]:
    """Read all of it, with the keys."""
    file = io.BytesIO(data)
    head = read_beginning(file, "it")
    found = {name: list(read_part(file, key, name, head)) for name, key in KEYS.items()}
    read_end(file)
    return found


WHOLE = written()
START = len(WHOLE) - 5 * SEALED_PIECE - 2 * STREAM_HEADER
"""Where the first part begins; the vault has four pieces, the notes one."""


def test_what_is_written_is_read() -> None:
    """Both parts come back record for record, over several pieces, and nothing can be read in the file itself."""
    assert read(WHOLE) == RECORDS
    assert START > 0
    assert b"a letter" not in WHOLE
    assert b"a note" not in WHOLE


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 7))
def test_any_changed_bit_is_refused(place: int, bit: int) -> None:
    """A file in which one bit is another is refused, wherever it is, with a sentence."""
    data = bytearray(WHOLE)
    data[place] ^= 1 << bit
    with pytest.raises((errors.BackupDamaged, errors.UsageError, errors.VaultNewer)) as refusal:
        read(bytes(data))
    assert str(refusal.value).endswith(".")


def test_every_byte_of_the_head_counts() -> None:
    """Each byte before the first piece is part of every key, or is refused itself."""
    for place in range(START + STREAM_HEADER):
        data = bytearray(WHOLE)
        data[place] ^= 0xFF
        with pytest.raises((errors.BackupDamaged, errors.UsageError, errors.VaultNewer)):
            read(bytes(data))


@given(st.integers(0, len(WHOLE) - 1))
def test_any_shorter_file_is_refused(length: int) -> None:
    """A file that was cut anywhere is refused."""
    with pytest.raises((errors.BackupDamaged, errors.UsageError)):
        read(WHOLE[:length])


@pytest.mark.parametrize("piece", [0, 1, 2])
def test_a_missing_doubled_or_moved_piece_is_refused(piece: int) -> None:
    """Pieces have one order: none may be taken out, come twice, or change places with the next."""
    first = START + STREAM_HEADER + piece * SEALED_PIECE
    before, one, rest = WHOLE[:first], WHOLE[first : first + SEALED_PIECE], WHOLE[first + SEALED_PIECE :]
    for data in (before + rest, before + one + one + rest, before + rest[:SEALED_PIECE] + one + rest[SEALED_PIECE:]):
        with pytest.raises(errors.BackupDamaged):
            read(data)


def test_parts_belong_to_their_backup() -> None:
    """A part of another backup under the same keys, a part too few, and something behind the end are refused."""
    other = written(b"o" * 32)
    notes = STREAM_HEADER + SEALED_PIECE
    for data in (WHOLE[:-notes] + other[-notes:], WHOLE[:-notes], WHOLE + b"\0", WHOLE + WHOLE[-notes:]):
        with pytest.raises(errors.BackupDamaged):
            read(data)


@given(st.binary(max_size=400))
def test_anything_else_is_no_backup(data: bytes) -> None:
    """Bytes from elsewhere are refused in words, also behind the right beginning."""
    for each in (data, MAGIC + data, MAGIC + len(data).to_bytes(4) + data):
        with pytest.raises((errors.BackupDamaged, errors.UsageError, errors.VaultNewer)):
            read(each)


@pytest.mark.parametrize("size", [0, 1, PIECE - 30, PIECE - 9, PIECE - 8, PIECE - 7, PIECE, 3 * PIECE])
def test_records_of_any_length(size: int) -> None:
    """A record that ends just before, at or behind the end of a piece comes back, and so does a long one."""
    records: dict[str, list[Any]] = {"vault": [b"x" * size], "notes": [b"x" * size, b"", []]}
    assert read(written(records=records)) == records


def test_the_sizes_are_of_whole_pieces() -> None:
    """The length of a file tells what it holds in steps of 64 KiB."""
    few = written(records={"vault": [1], "notes": [2]})
    more = written(records={"vault": [1, b"x" * 60_000], "notes": [2]})
    assert len(few) == len(more)
