"""What a relay answers, and the check of an answer against what was asked (docs/protocol.md, 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from therapy_tui.core.wire.limits import MAX_PARTS, Number
from therapy_tui.core.wire.parts import Claim, Deposit, Own, Part
from therapy_tui.errors import Malformed

_DONE: Final = 0
_MOST: Final = 2**64 - 1
_MOST_NUMBER: Final = 2**32 - 1


class Code(IntEnum):
    """The first element of a result."""

    DONE = _DONE
    MALFORMED = 1
    DENIED = 2
    CLOCK = 3
    FULL = 4
    TOO_LARGE = 5
    SLOW_DOWN = 6
    BEHIND = 7
    USED = 8
    GONE = 9
    NO_ROOM = 10
    VERSION = 11
    SKIPPED = 12
    MIXED = 13


class Done(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=_DONE):
    """It was done, and committed."""


class Delivery(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One envelope out of a mailbox."""

    seq: Number
    """Its place in the mailbox; from 1, rising, never used again."""
    slot: Number
    envelope: Annotated[bytes, Meta(min_length=1)]


class Collected(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=_DONE):
    """What an own found."""

    acked: Number
    """The highest `done` ever."""
    envelopes: tuple[Delivery, ...]
    more: bool
    """Whether others wait behind these."""


class Offered(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=_DONE):
    """The sealed offer that was claimed."""

    offer: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """Any answer but done, with what belongs to it."""

    code: Code
    detail: tuple[int, ...] = ()
    """CLOCK the relay's time, TOO_LARGE the limit, SLOW_DOWN seconds, BEHIND epoch and acked, VERSION the highest
    known, MIXED one code a mailbox; else empty."""


Result = Done | Collected | Offered | Refused

_DETAILS: Final = {Code.CLOCK: 1, Code.TOO_LARGE: 1, Code.SLOW_DOWN: 1, Code.BEHIND: 2, Code.VERSION: 1}
_RESULTS: Final = msgspec.msgpack.Decoder(Annotated[list[msgspec.Raw], Meta(max_length=MAX_PARTS)])
_COLLECTED: Final = msgspec.msgpack.Decoder(Collected)
_OFFERED: Final = msgspec.msgpack.Decoder(Offered)
_PLAIN: Final = msgspec.msgpack.Decoder(Done)
_REFUSED: Final = msgspec.msgpack.Decoder(Annotated[list[int | bytes], Meta(min_length=1, max_length=3)])
_REFUSALS: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError)


def pack_answer(results: Sequence[Result]) -> bytes:
    """Write one result a part, in order."""
    return msgspec.msgpack.encode([_fields(result) for result in results])


def _fields(result: Result) -> object:
    if not isinstance(result, Refused):
        return result
    if result.code is Code.MIXED:
        return (int(result.code), bytes(result.detail))
    return (int(result.code), *result.detail)


def unpack_answer(data: bytes, parts: Sequence[Part]) -> list[Result]:
    """Read an answer and hold it against the parts that were sent.

    A single `malformed` or `version` stands for all parts: the relay could not count what it could not read.

    Raises:
        Malformed: the number of results is another, or one is not a possible answer to its part.
    """
    try:
        raw = _RESULTS.decode(data)
        if len(raw) == 1 < len(parts):
            whole = _unpack_refused(raw[0], parts[0])
            if whole.code in {Code.MALFORMED, Code.VERSION}:
                return [whole] * len(parts)
        if len(raw) != len(parts):
            raise Malformed
        return [_unpack_result(result, part) for result, part in zip(raw, parts, strict=True)]
    except _REFUSALS as error:
        raise Malformed from error


def _unpack_result(raw: msgspec.Raw, part: Part) -> Result:
    try:
        if isinstance(part, Own):
            return _check(_COLLECTED.decode(raw), part)
        if isinstance(part, Claim):
            return _OFFERED.decode(raw)
        return _PLAIN.decode(raw)
    except msgspec.ValidationError:
        return _unpack_refused(raw, part)


def _check(found: Collected, part: Own) -> Collected:
    """Refuse sequences that do not rise or were acknowledged, and more than was asked for."""
    envelopes = found.envelopes
    rising = all(earlier.seq < later.seq for earlier, later in pairwise(envelopes))
    too_much = len(envelopes) > 1 and sum(len(delivery.envelope) for delivery in envelopes) > part.room
    if not rising or too_much or (envelopes and envelopes[0].seq <= found.acked) or (found.more and not envelopes):
        raise Malformed
    return found


def _unpack_refused(raw: msgspec.Raw, part: Part) -> Refused:
    first, *rest = _REFUSED.decode(raw)
    try:
        code = Code(first) if isinstance(first, int) else Code.DONE
    except ValueError as error:
        raise Malformed from error
    if code is Code.MIXED and isinstance(part, Deposit) and len(rest) == 1 and isinstance(rest[0], bytes):
        return Refused(code, _each(rest[0], len(part.mailboxes)))
    detail = tuple(number for number in rest if isinstance(number, int) and 0 <= number <= _MOST)
    numbers = detail[1:] if code is Code.BEHIND else detail  # an epoch has 64 bits, all else 32
    if any(number > _MOST_NUMBER for number in numbers):
        raise Malformed
    if code in {Code.DONE, Code.MIXED} or len(detail) != len(rest) or len(detail) != _DETAILS.get(code, 0):
        raise Malformed
    return Refused(code, detail)


def _each(codes: bytes, mailboxes: int) -> tuple[int, ...]:
    """Check one code byte a mailbox: known, and none that is made of others."""
    if len(codes) != mailboxes or any(code >= Code.MIXED for code in codes):
        raise Malformed
    return tuple(codes)
