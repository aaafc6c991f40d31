"""The audit log's rows and rule: each holds the hash of the one before it, so that a change of any of them shows."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

from therapy_tui.core.fields import pack
from therapy_tui.core.hashing import digest
from therapy_tui.errors import UsageError

NOTHING: Final = bytes(32)
"""What stands for the hash before the first row."""
_NUMBER = "number"


class What(StrEnum):
    """What was done. A word that is here is never given another meaning, for it is hashed."""

    BEGUN = "begun"
    """The log begins; the detail names the ways into the vault on that day."""
    WAYS = "ways changed"
    """Noticed at the next unlocking, whatever changed them; the detail names those there are."""
    WENT_BACK = "went back"
    """The vault was found to be an older copy, or was made of a backup."""
    OPENED = "opened"
    EXPORTED = "exported"
    BACKED_UP = "backed up"
    ENDED = "ended"
    ERASED = "erased"
    TAKEN_BACK = "taken back"
    """Something that was shared left the record, because the other person took it back."""
    HELD = "held"
    RELEASED = "released"
    RETENTION = "retention set"
    CLEARED = "cleared"
    """A flag, by a written reason."""
    SIGNED = "signed"
    """A note."""


class Act(msgspec.Struct, frozen=True):
    """One row. Its texts may hold what is no UTF-8, as surrogates, so that a damaged row can be read and named."""

    number: int
    """From 1 on, without a gap."""
    at: int
    """Seconds since 1970."""
    what: str
    contact: bytes
    """About whom, by the id of the contact; empty for nobody in particular."""
    detail: str
    way: str
    """The kind of slot by which the vault was opened."""
    before: bytes
    """The hash of the row before, 32 bytes."""
    hash: bytes
    """Over all the rest, 32 bytes."""


class Mark(msgspec.Struct, frozen=True):
    """Where a log ends: how many rows it has, and the hash of the last."""

    count: int
    hash: bytes

    def __str__(self) -> str:
        """Write it as it is kept and printed: `12-` and 64 hexadecimal digits."""
        return f"{self.count}-{self.hash.hex()}"


EMPTY: Final = Mark(0, NOTHING)
"""The end of a log without rows."""


class Fault(msgspec.Struct, frozen=True):
    """The first place at which a log does not agree."""

    number: int
    """Of the row; where rows are missing at the end, the number of the first of them."""
    why: str
    """A sentence."""


def read_mark(text: str) -> Mark:
    """Read what `Mark` writes.

    Raises:
        UsageError: it is something else.
    """
    count, _, digits = text.strip().partition("-")
    try:
        mark = Mark(int(count), bytes.fromhex(digits))
    except ValueError:
        mark = EMPTY
    if len(mark.hash) != len(NOTHING) or mark.count < 1:
        raise UsageError("A mark is a number, a hyphen and 64 digits, as `therapy-tui audit verify` prints it.")
    return mark


def follow(end: Mark, at: int, what: str, contact: bytes, detail: str, way: str) -> Act:
    """Make the row that comes after the end of a log."""
    act = Act(end.count + 1, at, what, contact, detail, way, end.hash, NOTHING)
    return msgspec.structs.replace(act, hash=hash_of(act))


def hash_of(act: Act) -> bytes:
    """Give the hash of a row: BLAKE2b over the MessagePack array of its fields, in their order, texts as bytes."""
    texts = [each.encode("utf-8", "surrogateescape") for each in (act.what, act.detail, act.way)]
    what, detail, way = texts
    return digest("tt1 audit", pack(act.number, act.at, what, act.contact, detail, way, act.before))


class Check:
    """Reads a log from its first row to its last, and says where it first does not agree with itself or with marks.

    Args:
        marks: where it is known to have come to, each with what a person is to be told of its source.
    """

    def __init__(self, marks: Iterable[tuple[Mark, str]]) -> None:
        self.end = EMPTY
        """The last row that was read."""
        self._marks = list(marks)

    def read(self, acts: Iterable[Act]) -> Fault | None:
        """Read all rows, in order; None where everything agrees."""
        return self.take(acts) or self.finish()

    def take(self, acts: Iterable[Act]) -> Fault | None:
        """Read the next rows, in order; None where they agree so far."""
        for act in acts:
            wrong = self._wrong(act)
            if wrong:
                return Fault(self.end.count + 1 if wrong is _NUMBER else act.number, _SENTENCES.get(wrong, wrong))
            self.end = Mark(act.number, act.hash)
        return None

    def finish(self) -> Fault | None:
        """Say whether rows are missing after the last that was read; None where there are none."""
        for mark, source in sorted(self._marks, key=lambda each: each[0].count):
            if mark.count > self.end.count:
                return Fault(self.end.count + 1, f"The log ends before it: {source} there were {mark.count} rows.")
        return None

    def _wrong(self, act: Act) -> str:
        if act.number != self.end.count + 1:
            return _NUMBER
        if act.before != self.end.hash:
            return "before"
        if act.hash != hash_of(act):
            return "hash"
        for mark, source in self._marks:
            if mark.count == act.number and mark.hash != act.hash:
                return f"It is another row than the one that was there: {source} its hash was another."
        return ""


_SENTENCES: Final = {
    _NUMBER: "There is no row of this number, and there are later ones.",
    "before": "It does not follow the row before it.",
    "hash": "It was changed after it was written.",
}
