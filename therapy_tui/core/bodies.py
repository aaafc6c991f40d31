"""What a content says, by its kind: the records, and their form as bytes (docs/protocol.md, 6)."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from therapy_tui.core import asked, office, shared
from therapy_tui.core.fields import Number, decode, pack
from therapy_tui.core.office import OfficeHours
from therapy_tui.core.promises import MoreTime
from therapy_tui.core.text import check_whole
from therapy_tui.errors import Malformed, UsageError

TEXT_LIMIT: Final = 20_000
"""The most characters (Unicode code points) of a letter."""
MARK_SIZE: Final = 8
"""Bytes of a mark: the first bytes of the id of a content, where one content names another."""
MARKS_LIMIT: Final = 64
"""The most marks in one list."""


class Kind(IntEnum):
    """The first element of a content. Other numbers belong to other parts of the program, or to later versions."""

    LETTER = 1
    HELLO = 2
    MOVED = 3
    PROMISE = 4
    CLOSING = 5
    PAGE = 16
    ANSWERS = 17
    TAKEN_BACK = 18
    QUESTION = 19
    CHECK_INS = 20
    OFFICE_HOURS = 21
    MORE_TIME = 22
    MEASURE_ASKED = 23


class Tone(IntEnum):
    """How the writer means a letter. A number that is not here is shown as NONE."""

    NONE = 0
    JUST_TO_BE_HEARD = 1
    AN_ANSWER_PLEASE = 2
    HARD_TO_WRITE = 3
    GOOD_NEWS = 4


class Letter(msgspec.Struct, frozen=True, array_like=True):
    """What a person wrote."""

    text: Annotated[str, Meta(min_length=1, max_length=TEXT_LIMIT)]
    tone: Annotated[int, Meta(ge=0, le=255)] = 0
    answers: bytes = b""
    """The mark (8 bytes) of the letter that this one answers, or empty."""


class Hello(msgspec.Struct, frozen=True, array_like=True):
    """The first content on a new ratchet."""

    have: Number
    """The greatest number held from the receiver."""
    last: Number
    """The greatest number that the sender has used for the receiver; no gap is shown up to it."""


class Moved(msgspec.Struct, frozen=True, array_like=True):
    """A new mailbox of the same person."""

    card: bytes
    """The new card; `crypto.card.read_card` checks it."""


class Closing(msgspec.Struct, frozen=True, array_like=True):
    """The sender ends the correspondence."""


@dataclass(frozen=True, slots=True)
class Promise:
    """These letters were read, and a full answer comes by a day."""

    until: int
    """Seconds since 1970."""
    ids: tuple[bytes, ...]
    """The marks of the letters, 8 bytes each, at most 64."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The body of a kind that this module does not read."""

    raw: bytes
    """One MessagePack value, byte for byte."""


Plain = Letter | Hello | Moved | Closing | shared.Shared | OfficeHours | MoreTime | asked.MeasureAsked
Body = Plain | Promise | Unknown


class _PromiseForm(msgspec.Struct, frozen=True, array_like=True):
    until: Number
    ids: bytes


_PLAIN: Final[dict[int, type[Plain]]] = {
    Kind.LETTER: Letter,
    Kind.HELLO: Hello,
    Kind.MOVED: Moved,
    Kind.CLOSING: Closing,
    Kind.PAGE: shared.SharedPage,
    Kind.ANSWERS: shared.SharedAnswers,
    Kind.TAKEN_BACK: shared.TakenBack,
    Kind.QUESTION: shared.Question,
    Kind.CHECK_INS: shared.SharedCheckIns,
    Kind.OFFICE_HOURS: OfficeHours,
    Kind.MORE_TIME: MoreTime,
    Kind.MEASURE_ASKED: asked.MeasureAsked,
}


def check_text(text: str) -> str:
    """Give `text` back if it can be the text of a letter.

    Args:
        text: what a person wrote.

    Returns:
        The same text.

    Raises:
        UsageError: it is empty, longer than 20,000 characters, or no whole text (`check_whole`).
    """
    if not text:
        raise UsageError("There is nothing written yet.")
    if len(text) > TEXT_LIMIT:
        raise UsageError(f"A letter holds up to {TEXT_LIMIT:,} characters, and this one has {len(text):,}.")
    check_whole(text)
    return text


def join_marks(marks: tuple[bytes, ...]) -> bytes:
    """Set marks (8 bytes each, at most 64) one behind the other."""
    joined = b"".join(marks)
    if len(marks) > MARKS_LIMIT or any(len(mark) != MARK_SIZE for mark in marks):
        raise Malformed
    return joined


def split_marks(joined: bytes) -> tuple[bytes, ...]:
    """Undo `join_marks`; `Malformed` where the length is not 0 to 64 times 8 bytes."""
    if len(joined) % MARK_SIZE or len(joined) > MARKS_LIMIT * MARK_SIZE:
        raise Malformed
    return tuple(joined[start : start + MARK_SIZE] for start in range(0, len(joined), MARK_SIZE))


def pack_body(body: Body) -> bytes:
    """Give a body's bytes; its kind says which record it must be (`unpack_body` checks that)."""
    if isinstance(body, Unknown):
        return body.raw
    if isinstance(body, Promise):
        return pack(body.until, join_marks(body.ids))
    return msgspec.msgpack.encode(body)


def unpack_body(kind: int, raw: bytes) -> Body:
    """Read the body of a content.

    Args:
        kind: the content's kind.
        raw: one MessagePack value whose nesting was checked; elements at the end that are not known here are passed
            over.

    Returns:
        The record of that kind, or `Unknown` with the bytes as they came.

    Raises:
        Malformed: the body is not as its kind says.
    """
    if kind == Kind.PROMISE:
        form = decode(raw, _PromiseForm)
        return Promise(form.until, split_marks(form.ids))
    if kind not in _PLAIN:
        return Unknown(raw)
    body = decode(raw, _PLAIN[kind])
    if isinstance(body, Letter) and len(body.answers) not in {0, MARK_SIZE}:
        raise Malformed
    if isinstance(body, shared.Shared):
        shared.check(body)
    if isinstance(body, OfficeHours):
        office.check(body)
    if isinstance(body, asked.MeasureAsked):
        asked.check(body)
    return body
