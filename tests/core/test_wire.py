"""The relay's frames: round trips, mutations, refusals."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapy_tui.core.wire import (
    Change,
    Claim,
    Close,
    Code,
    Collected,
    Delivery,
    Deposit,
    Done,
    Offered,
    Open,
    Operation,
    Own,
    Part,
    Refused,
    Result,
    mailbox_of,
    pack_answer,
    pack_body,
    pack_request,
    unpack_answer,
    unpack_body,
    unpack_request,
)
from therapy_tui.errors import Malformed, UnknownVersion

pack = msgspec.msgpack.encode
NAME, KEY, SIGNATURE = b"m" * 16, b"k" * 32, b"s" * 64

numbers = st.integers(0, 2**32 - 1)
ids = st.binary(min_size=16, max_size=16)
keys = st.binary(min_size=32, max_size=32)
envelopes = st.binary(min_size=1, max_size=400)
opens = st.builds(
    lambda now, key, ticket: Open(now, mailbox_of(key), key, ticket), numbers, keys, st.binary(max_size=99)
)
plain_changes = st.builds(Change, numbers, st.none() | keys, numbers, st.just(b""), st.just(b""))
offers = st.builds(Change, numbers, keys, numbers, ids, envelopes)
owns = st.builds(
    Own,
    numbers,
    ids,
    st.integers(0, 2**64 - 1),
    numbers,
    numbers,
    numbers,
    st.lists(plain_changes | offers, max_size=4).map(tuple),
)
deposits = st.builds(
    Deposit,
    numbers,
    numbers,
    st.lists(ids, min_size=1, max_size=4, unique=True).map(tuple),
    st.lists(envelopes, min_size=1, max_size=4).map(tuple),
)
claims = st.builds(Claim, numbers, ids, ids)
closes = st.builds(Close, numbers, ids)
parts: st.SearchStrategy[Part] = opens | owns | deposits | claims | closes


@given(parts)
@settings(max_examples=100)
def test_a_body_comes_back_as_it_was(part: Part) -> None:
    """Every part that can be packed is read back equal."""
    assert unpack_body(pack_body(part)) == part


@given(st.lists(st.tuples(st.binary(min_size=64, max_size=64), st.binary(max_size=99)), min_size=1, max_size=64))
@settings(max_examples=50)
def test_a_request_keeps_signatures_and_bodies_as_they_are(pairs: list[tuple[bytes, bytes]]) -> None:
    """A request gives back exactly the bytes that were signed, whatever they say."""
    assert unpack_request(pack_request(pairs)) == pairs


def test_a_body_in_another_spelling_is_kept_in_that_spelling() -> None:
    """Bytes that decode to the same part but are spelt at length travel unchanged, so their signature still fits."""
    short = pack_body(Close(5, NAME))
    long = b"\xdc\x00\x03\xcc\x05" + b"\xce\x00\x00\x00\x05" + b"\xc5\x00\x10" + NAME
    assert unpack_body(long) == unpack_body(short)
    assert long != short
    assert unpack_request(pack_request([(SIGNATURE, long)])) == [(SIGNATURE, long)]


@st.composite
def answers(draw: st.DrawFn) -> tuple[list[Part], list[Result]]:
    """Draw parts and a possible answer to them."""
    asked = draw(st.lists(parts, min_size=1, max_size=5))
    return asked, [draw(_results(part)) for part in asked]


@st.composite
def _results(draw: st.DrawFn, part: Part) -> Result:
    refusals = [
        st.sampled_from([Refused(Code.DENIED), Refused(Code.FULL), Refused(Code.SKIPPED), Refused(Code.NO_ROOM)]),
        st.builds(Refused, st.sampled_from([Code.CLOCK, Code.TOO_LARGE, Code.SLOW_DOWN]), st.tuples(numbers)),
        st.builds(Refused, st.just(Code.BEHIND), st.tuples(st.integers(0, 2**64 - 1), numbers)),
    ]
    if draw(st.booleans()):
        refusal: Refused = draw(st.one_of(*refusals))
        return refusal
    if isinstance(part, Own):
        acked = draw(st.integers(0, 1000))
        seqs = sorted(draw(st.sets(st.integers(acked + 1, 2000), max_size=3)))
        fitting = max(1, min(part.room // max(1, len(seqs)), 50))
        found = tuple(Delivery(seq, draw(numbers), draw(st.binary(min_size=1, max_size=fitting))) for seq in seqs)
        found = found if sum(len(one.envelope) for one in found) <= part.room else found[:1]
        return Collected(acked, found, bool(found) and draw(st.booleans()))
    if isinstance(part, Claim):
        return Offered(draw(envelopes))
    if isinstance(part, Deposit) and draw(st.booleans()):
        size = len(part.mailboxes)
        return Refused(Code.MIXED, tuple(draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))))
    return Done()


@given(answers())
@settings(max_examples=100)
def test_an_answer_comes_back_as_it_was(drawn: tuple[list[Part], list[Result]]) -> None:
    """Every possible answer is read back equal against its parts."""
    asked, results = drawn
    assert unpack_answer(pack_answer(results), asked) == results


@st.composite
def _mutation(draw: st.DrawFn, data: bytes) -> bytes:
    place = draw(st.integers(0, len(data) - 1))
    extra = draw(st.binary(max_size=6))
    cut = draw(st.integers(0, 6))
    return data[:place] + extra + data[place + cut :]


@given(st.data(), parts)
@settings(max_examples=150)
def test_a_mutated_body_is_read_or_refused_and_nothing_else(data: st.DataObject, part: Part) -> None:
    """No change of a body raises anything but Malformed."""
    mutated = data.draw(_mutation(pack_body(part)))
    _read_or_refused(lambda: unpack_body(mutated))


@given(st.data(), st.lists(parts, min_size=1, max_size=3))
@settings(max_examples=150)
def test_a_mutated_request_is_read_or_refused_and_nothing_else(data: st.DataObject, asked: list[Part]) -> None:
    """No change of a request raises anything but Malformed."""
    frame = pack_request([(SIGNATURE, pack_body(part)) for part in asked])
    mutated = data.draw(_mutation(frame))
    _read_or_refused(lambda: unpack_request(mutated))


@given(st.data(), answers())
@settings(max_examples=150)
def test_a_mutated_answer_is_read_or_refused_and_nothing_else(
    data: st.DataObject, drawn: tuple[list[Part], list[Result]]
) -> None:
    """No change of an answer raises anything but Malformed."""
    asked, results = drawn
    mutated = data.draw(_mutation(pack_answer(results)))
    _read_or_refused(lambda: unpack_answer(mutated, asked))


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Bytes from anywhere raise nothing but Malformed in any decoder."""
    _read_or_refused(lambda: unpack_body(data))
    _read_or_refused(lambda: unpack_request(data))
    _read_or_refused(lambda: unpack_answer(data, [Close(1, NAME)]))


def _read_or_refused(read: Callable[[], object]) -> None:
    try:
        read()
    except Malformed:
        return


OWN = Own(5, NAME, 1, 0, 100, 0)
TWO = Deposit(5, 1, (NAME, b"n" * 16), (b"e",))


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [9, 5, NAME],
        [True, 5, NAME],
        [Operation.CLOSE, 5, NAME, 0],
        [Operation.CLOSE, 5],
        [Operation.CLOSE, 2**32, NAME],
        [Operation.CLOSE, -1, NAME],
        [Operation.CLOSE, 5, NAME[:15]],
        [Operation.CLOSE, 5, "m" * 16],
        [Operation.CLOSE, 5.0, NAME],
        [Operation.OPEN, 5, NAME, KEY, b""],
        [Operation.OPEN, 5, mailbox_of(KEY), KEY, b"t" * 257],
        [Operation.OWN, 5, NAME, 1, 0, 100],
        [Operation.OWN, 5, NAME, 1, 0, 100, 0, [[1, KEY, 0, b""]]],
        [Operation.OPEN, 5, mailbox_of(KEY), KEY],
        [Operation.OWN, 5, NAME, -1, 0, 100, 0],
        [Operation.OWN, 5, NAME, 1, 0, 100, 0, [[1, KEY, 0, b"p" * 15, b"offer"]]],
        [Operation.OWN, 5, NAME, 1, 0, 100, 0, [[1, KEY, 0, b"p" * 16, b""]]],
        [Operation.OWN, 5, NAME, 1, 0, 100, 0, [[1, KEY, 0, b"", b"offer"]]],
        [Operation.OWN, 5, NAME, 1, 0, 100, 0, [[1, None, 0, b"p" * 16, b"offer"]]],
        [Operation.OWN, 5, NAME, 1, 0, 100, 0, [[1, KEY, 0, b"", b""]] * 1001],
        [Operation.DEPOSIT, 5, 1, [], [b"e"]],
        [Operation.DEPOSIT, 5, 1, [NAME], []],
        [Operation.DEPOSIT, 5, 1, [NAME], [b""]],
        [Operation.DEPOSIT, 5, 1, [NAME, NAME], [b"e"]],
        [Operation.DEPOSIT, 5, 1, [NAME], [b"e"] * 257],
        [Operation.DEPOSIT, 5, 1, [bytes([n]) * 16 for n in range(65)], [b"e"]],
        [Operation.CLAIM, 5, NAME, NAME[:15]],
    ],
)
def test_a_body_with_anything_wrong_is_refused(fields: list[object]) -> None:
    """Wrong lengths, types, numbers and counts are each refused."""
    with pytest.raises(Malformed):
        unpack_body(pack(fields))


def test_a_part_that_the_relay_would_refuse_is_not_packed() -> None:
    """Packing checks what it packs."""
    with pytest.raises(Malformed):
        pack_body(Close(5, b"short"))


@pytest.mark.parametrize(
    "frame",
    [
        pack([]),
        pack([1]),
        pack([1, [SIGNATURE]]),
        pack([1, [SIGNATURE, b"", b""]]),
        pack([1, [SIGNATURE[:63], b""]]),
        pack([1, [SIGNATURE, "body"]]),
        pack([1, *[[SIGNATURE, b""]] * 65]),
        pack([1, [SIGNATURE, b""]]) + b"\0",
        pack({"1": 1}),
        b"",
        b"\x91" * 2000,
    ],
)
def test_a_request_with_anything_wrong_is_refused(frame: bytes) -> None:
    """Wrong counts, lengths, types and trailing bytes are each refused, as malformed and not as a version."""
    with pytest.raises(Malformed) as refused:
        unpack_request(frame)
    assert not isinstance(refused.value, UnknownVersion)


@pytest.mark.parametrize("frame", [pack([2]), pack([2, [SIGNATURE, b""]]), pack([7, {"any": "shape"}])])
def test_another_version_is_named_as_such(frame: bytes) -> None:
    """A frame of another version is told from a malformed one, whatever follows its number."""
    with pytest.raises(UnknownVersion):
        unpack_request(frame)


@pytest.mark.parametrize(
    ("results", "asked"),
    [
        ([], [OWN]),
        ([[0], [0]], [TWO]),
        ([[0]], [OWN]),
        ([[0, 0, [], False]], [TWO]),
        ([[0, b"offer"]], [OWN]),
        ([[0, 5, [[5, 1, b"e"]], False]], [OWN]),
        ([[0, 0, [[2, 1, b"e"], [2, 1, b"f"]], False]], [OWN]),
        ([[0, 0, [[2, 1, b"e"], [1, 1, b"f"]], False]], [OWN]),
        ([[0, 0, [[1, 1, b"e" * 60], [2, 1, b"f" * 60]], False]], [OWN]),
        ([[0, 0, [], True]], [OWN]),
        ([[0, 0, [[1, 1, b""]], False]], [OWN]),
        ([[0, 0, [], 1]], [OWN]),
        ([[0, 0, []]], [OWN]),
        ([[14]], [OWN]),
        ([[3]], [OWN]),
        ([[3, 1, 1]], [OWN]),
        ([[3, -1]], [OWN]),
        ([[7, 1]], [OWN]),
        ([[2, 1]], [OWN]),
        ([[13, b"\0"]], [TWO]),
        ([[13, b"\0\x0d"]], [TWO]),
        ([[13, b"\0\0"]], [OWN]),
        ([[1]], []),
    ],
)
def test_an_answer_that_does_not_fit_its_question_is_refused(results: list[object], asked: list[Part]) -> None:
    """Wrong numbers of results, sequences that do not rise, too much and impossible codes are each refused."""
    with pytest.raises(Malformed):
        unpack_answer(pack(results), asked)


def test_one_refusal_of_the_whole_frame_stands_for_every_part() -> None:
    """A relay that could not read the frame cannot count its parts."""
    assert unpack_answer(pack([[11, 1]]), [OWN, TWO]) == [Refused(Code.VERSION, (1,))] * 2
    with pytest.raises(Malformed):
        unpack_answer(pack([[2]]), [OWN, TWO])


def test_one_envelope_larger_than_the_room_is_taken() -> None:
    """The relay always gives one, so that a small room cannot stop a mailbox."""
    found = Collected(0, (Delivery(1, 1, b"e" * 200),), more=True)
    assert unpack_answer(pack_answer([found]), [OWN]) == [found]


def test_the_sizes_that_the_protocol_promises() -> None:
    """A letter's deposit is its envelope and 103 bytes, an empty own 113, signatures and frame included."""
    letter = pack_request([(SIGNATURE, pack_body(Deposit(1_800_000_000, 1, (NAME,), (b"e" * 360,))))])
    empty = pack_request([(SIGNATURE, pack_body(Own(1_800_000_000, NAME, 2**40 + 2**31, 3, 2**20, 240)))])
    assert (len(letter), len(empty)) == (463, 113)
