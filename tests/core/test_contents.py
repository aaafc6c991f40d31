"""Contents and receipts: what comes back, what is refused, what is never packed."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.mutations import harmed, refuses
from therapy_tui.core.asked import MeasureAsked
from therapy_tui.core.contents import (
    TEXT_LIMIT,
    Body,
    Closing,
    Content,
    Hello,
    Kind,
    Letter,
    Moved,
    Promise,
    Tone,
    Unknown,
    check_text,
    pack_content,
    pack_receipt,
    unpack_content,
    unpack_receipt,
)
from therapy_tui.core.fields import DEEPEST, pack
from therapy_tui.core.office import OfficeHours
from therapy_tui.core.promises import MoreTime
from therapy_tui.core.shared import Question, SharedAnswers, SharedCheckIns, SharedPage, TakenBack
from therapy_tui.errors import Malformed, UsageError

NUMBERS = st.integers(0, 2**32 - 1)
MARKS = st.lists(st.binary(min_size=8, max_size=8), max_size=64).map(tuple)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300)
DAYS = st.dates().map(str)


def as_answers(data: bytes) -> bytes:
    """Make answers from 0 to 3, and some that were not given."""
    return bytes(0xFF if each > 200 else each % 4 for each in data)


BODIES: dict[int, st.SearchStrategy[Body]] = {
    Kind.LETTER: st.builds(Letter, TEXTS, st.integers(0, 255), st.sampled_from([b"", b"abcdefgh"])),
    Kind.HELLO: st.builds(Hello, NUMBERS, NUMBERS),
    Kind.MOVED: st.builds(Moved, st.binary(max_size=400)),
    Kind.PROMISE: st.builds(Promise, NUMBERS, MARKS),
    Kind.CLOSING: st.just(Closing()),
    Kind.PAGE: st.builds(SharedPage, DAYS, st.integers(0, 10), TEXTS, st.just("") | TEXTS),
    Kind.ANSWERS: st.builds(
        SharedAnswers, st.just("phq9"), NUMBERS, st.just(0), st.just(3), st.binary(max_size=64).map(as_answers)
    ),
    Kind.TAKEN_BACK: st.builds(TakenBack, st.binary(min_size=8, max_size=8)),
    Kind.QUESTION: st.builds(Question, TEXTS.map(lambda text: text[:280])),
    Kind.CHECK_INS: st.builds(SharedCheckIns, st.lists(st.tuples(DAYS, st.integers(1, 10)), max_size=64).map(tuple)),
    Kind.OFFICE_HOURS: st.builds(
        OfficeHours,
        st.integers(0, 30),
        st.integers(0, 127),
        st.just(540),
        st.integers(540, 1440),
        st.just("UTC"),
    ),
    Kind.MORE_TIME: st.builds(MoreTime, st.binary(min_size=8, max_size=8), NUMBERS),
    30: st.lists(st.one_of(NUMBERS, st.binary(max_size=9), TEXTS), max_size=5).map(lambda body: Unknown(pack(*body))),
    Kind.MEASURE_ASKED: st.builds(MeasureAsked, st.sampled_from(["phq9", "a-b"]), st.integers(0, 52), st.just(0))
    | st.just(MeasureAsked("k6", 0, 1)),
}


@st.composite
def contents(draw: st.DrawFn) -> Content:
    kind = draw(st.sampled_from(list(BODIES)))
    spare = draw(st.sampled_from([b"", b"s" * 32]))
    return Content(kind, draw(NUMBERS), draw(NUMBERS), draw(BODIES[kind]), draw(MARKS), draw(MARKS), spare)


@given(contents())
def test_every_content_comes_back(content: Content) -> None:
    """Reading what was packed gives an equal content, of every kind."""
    assert unpack_content(pack_content(content)) == content


@given(st.data(), contents())
def test_harm_is_refused_or_read_as_another_content(data: st.DataObject, content: Content) -> None:
    """A harmed content is refused with an error of the protocol, or is itself a content that can be packed."""
    found = data.draw(harmed(pack_content(content)))
    if not refuses(lambda: unpack_content(found)):
        pack_content(unpack_content(found))


@given(st.binary(max_size=300))
def test_foreign_bytes_never_break_the_reader(data: bytes) -> None:
    """Any bytes are read or refused, as a content and as a receipt."""
    refuses(lambda: unpack_content(data))
    refuses(lambda: unpack_receipt(data))


def test_an_unknown_kind_is_kept_byte_for_byte() -> None:
    """A body with a longer spelling than ours keeps exactly that spelling."""
    body = b"\x92\xce\x00\x00\x00\x01\xdc\x00\x01\xd9\x01a"
    raw = b"\x97\x1f\x01\x02" + body + b"\xc4\x00\xc4\x00\xc4\x00"
    assert unpack_content(raw).body == Unknown(body)
    assert body in pack_content(unpack_content(raw))


def test_elements_of_a_later_version_are_passed_over() -> None:
    """More elements at the end of a content and of its body do no harm."""
    raw = pack(1, 7, 8, ["Dear Ada", 4, b"", 99, ["new"]], b"", b"", b"", b"new", [1])
    assert unpack_content(raw) == Content(1, 7, 8, Letter("Dear Ada", Tone.GOOD_NEWS))


def nested(depth: int) -> object:
    return [nested(depth - 1)] if depth else 1


@pytest.mark.parametrize(
    "elements",
    [
        (1, 7, 8, ["", 0, b""], b"", b"", b""),
        (1, 7, 8, ["x" * (TEXT_LIMIT + 1), 0, b""], b"", b"", b""),
        (1, 7, 8, ["x", 256, b""], b"", b"", b""),
        (1, 7, 8, ["x", 0, b"1234567"], b"", b"", b""),
        (1, 7, 8, [b"x", 0, b""], b"", b"", b""),
        (1, 7, 8, ["x", 0, ""], b"", b"", b""),
        (1, -1, 8, ["x", 0, b""], b"", b"", b""),
        (1, 2**32, 8, ["x", 0, b""], b"", b"", b""),
        (1, 7, 2**32, ["x", 0, b""], b"", b"", b""),
        (1, 7.0, 8, ["x", 0, b""], b"", b"", b""),
        (1, True, 8, ["x", 0, b""], b"", b"", b""),
        (1, 7, 8, ["x", 0, b""], b"1234567", b"", b""),
        (1, 7, 8, ["x", 0, b""], b"", bytes(8 * 65), b""),
        (1, 7, 8, ["x", 0, b""], b"", b"", bytes(31)),
        (1, 7, 8, ["x", 0, b""], b"", b""),
        (1, 7, 8, {"text": "x"}, b"", b"", b""),
        (2, 0, 8, [1], b"", b"", b""),
        (2, 0, 8, [1, 2**32], b"", b"", b""),
        (4, 7, 8, [1, b"123"], b"", b"", b""),
        (5, 7, 8, None, b"", b"", b""),
        (16, 7, 8, ["2026-11-1", 0, "", "x"], b"", b"", b""),
        (16, 7, 8, ["2026-11-12", 11, "", "x"], b"", b"", b""),
        (16, 7, 8, ["2026-11-12", 0, "x" * 1_001, "x"], b"", b"", b""),
        (16, 7, 8, ["2026-11-12", 0, "", "x" * 20_001], b"", b"", b""),
        (17, 7, 8, ["phq9", 1, 0, 3, b"\4"], b"", b"", b""),
        (17, 7, 8, ["phq9", 1, 3, 0, b""], b"", b"", b""),
        (17, 7, 8, ["PHQ 9", 1, 0, 3, b""], b"", b"", b""),
        (17, 7, 8, ["phq9", 1, 0, 3, b"\1" * 65], b"", b"", b""),
        (18, 7, 8, [b"1234567"], b"", b"", b""),
        (19, 7, 8, [""], b"", b"", b""),
        (19, 7, 8, ["x" * 281], b"", b"", b""),
        (20, 7, 8, nested(DEEPEST), b"", b"", b""),
        (20, 7, 8, {1: 2}, b"", b"", b""),
        (20, 7, 8, [1.5], b"", b"", b""),
    ],
)
def test_what_is_not_a_content_is_refused(elements: tuple[object, ...]) -> None:
    """Wrong lengths, types, ranges, nesting and numbers of elements are refused."""
    with pytest.raises(Malformed):
        unpack_content(pack(*elements))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xc0",
        pack(1, 7, 8, ["x", 0, b""], b"", b"", b"") + b"\0",
        pack(1, 7, 8, ["x", 0, b""], b"", b"", b"")[:-1],
        pack(1, 7, 8, ["ABC", 0, b""], b"", b"", b"").replace(b"ABC", b"\xed\xa0\x80"),
        pack(1, 7, 8, ["ABC", 0, b""], b"", b"", b"").replace(b"ABC", b"\xff\xfeA"),
        b"\x97\x11\x01\x02" + b"\x91" * 100_000 + b"\x01\xc4\x00\xc4\x00\xc4\x00",
        b"\x97\x11\x01\x02\xdd\xff\xff\xff\xff",
        b"\x97\x11\x01\x02\xd6\xff\x00\x00\x00\x01\xc4\x00\xc4\x00\xc4\x00",
    ],
)
def test_broken_bytes_are_refused(raw: bytes) -> None:
    """Bytes left over or missing, text that is not UTF-8, endless nesting, huge counts and extensions are refused."""
    with pytest.raises(Malformed):
        unpack_content(raw)


@pytest.mark.parametrize(
    "content",
    [
        Content(Kind.HELLO, 1, 2, Letter("x")),
        Content(Kind.LETTER, 1, 2, Letter("x"), delivered=(b"short",)),
        Content(Kind.LETTER, 1, 2, Letter("x"), spare=b"short"),
        Content(Kind.LETTER, 1, 2**32, Letter("x")),
        Content(17, 1, 2, Unknown(b"\x92\x01")),
    ],
)
def test_nothing_is_packed_that_would_be_refused(content: Content) -> None:
    """A content that the other side could not read is noticed before it is sealed."""
    with pytest.raises(Malformed):
        pack_content(content)


@pytest.mark.parametrize("text", ["a", "\0", "\N{GRINNING FACE}" * TEXT_LIMIT, "e\N{COMBINING ACUTE ACCENT}"])
def test_texts_travel_unchanged(text: str) -> None:
    """One character and 20,000 of four bytes go through, with no change."""
    body = unpack_content(pack_content(Content(1, 1, 1, Letter(check_text(text))))).body
    assert body == Letter(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "nothing"), ("x" * 20_431, "20,000 characters, and this one has 20,431"), ("ab\ud800c", "Character 3 ")],
)
def test_a_text_that_cannot_go_is_answered_with_a_sentence(text: str, says: str) -> None:
    """Empty, too long and unsayable texts are refused before sealing, and the sentence tells the number."""
    for refuse in (lambda: check_text(text), lambda: pack_content(Content(1, 1, 1, Letter(text)))):
        with pytest.raises(UsageError, match=says):
            refuse()


@given(MARKS, MARKS)
def test_receipts_come_back(delivered: tuple[bytes, ...], read: tuple[bytes, ...]) -> None:
    """A receipt gives the marks that were put in, in order."""
    receipt = unpack_receipt(pack_receipt(delivered, read))
    assert (receipt.delivered, receipt.read) == (delivered, read)


@pytest.mark.parametrize(
    "elements",
    [
        (2, b"", b""),
        (1, b"", b"", b""),
        (1, b""),
        (1, b"1234567", b""),
        (1, bytes(520), b""),
        (1, "", b""),
        (1, None, b""),
    ],
)
def test_what_is_not_a_receipt_is_refused(elements: tuple[object, ...]) -> None:
    """Another version, another number of elements, part of a mark and too many marks are refused."""
    with pytest.raises(Malformed):
        unpack_receipt(msgspec.msgpack.encode(elements))
