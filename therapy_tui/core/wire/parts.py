"""What a relay can be asked: the five bodies that a part may carry (docs/protocol.md, 7)."""

from enum import IntEnum
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from therapy_tui.core.hashing import digest
from therapy_tui.core.wire.limits import (
    ID_SIZE,
    MAX_CHANGES,
    MAX_ENVELOPES,
    MAX_MAILBOXES,
    MAX_TICKET,
    Epoch,
    Id,
    Key,
    Number,
)
from therapy_tui.errors import Malformed


class Operation(IntEnum):
    """The first element of a body."""

    OPEN = 1
    OWN = 2
    DEPOSIT = 3
    CLAIM = 4
    CLOSE = 5


class Open(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=int(Operation.OPEN)):
    """Make a mailbox; signed with the owner key that it names."""

    now: Number
    """Seconds since 1970, as the asker's clock says (corrected for this relay)."""
    mailbox: Id
    """`mailbox_of(key)`."""
    key: Key
    """The owner's public Ed25519 key."""
    ticket: Annotated[bytes, Meta(max_length=MAX_TICKET)]
    """What the relay asks of new mailboxes; may be empty."""


class Change(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What one slot shall be from now on. With `key` None the slot is cleared; with a pickup it holds an offer."""

    slot: Number
    key: Key | None
    """The public key that may deposit."""
    expires: Number
    """Seconds since 1970 after which claims and unclaimed deposits end; 0 never."""
    pickup: Annotated[bytes, Meta(max_length=ID_SIZE)]
    """16 bytes, or empty for a slot without an offer."""
    offer: bytes
    """The sealed offer, or empty."""


class Own(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=int(Operation.OWN)):
    """Acknowledge, collect, wait and change slots; signed with the owner key."""

    now: Number
    mailbox: Id
    epoch: Epoch
    """64 bits: count (high 32) and chance (low 32)."""
    done: Number
    """All up to this sequence number is safe in the owner's vault."""
    room: Number
    """The most bytes of envelopes to answer with; one is always given."""
    wait: Number
    """Seconds to hold the answer until something arrives."""
    changes: Annotated[tuple[Change, ...], Meta(max_length=MAX_CHANGES)] = ()


class Deposit(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=int(Operation.DEPOSIT)):
    """Put all envelopes into one slot of each mailbox; signed with the slot's key."""

    now: Number
    slot: Number
    mailboxes: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=MAX_MAILBOXES)]
    envelopes: Annotated[tuple[Annotated[bytes, Meta(min_length=1)], ...], Meta(min_length=1, max_length=MAX_ENVELOPES)]


class Claim(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=int(Operation.CLAIM)):
    """Take an offer; signed with the invite key. The first claim id binds it."""

    now: Number
    pickup: Id
    claim: Id


class Close(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, tag=int(Operation.CLOSE)):
    """Erase a mailbox with its envelopes and slots; signed with the owner key."""

    now: Number
    mailbox: Id


Part = Open | Own | Deposit | Claim | Close
"""One order to a relay, without its signature."""

_DECODER: Final = msgspec.msgpack.Decoder(Part)


def mailbox_of(owner_key: bytes) -> bytes:
    """Give the 16-byte name of the mailbox of an owner's public key (32 bytes)."""
    return digest("tt1 mailbox", owner_key, 16)


def pack_body(part: Part) -> bytes:
    """Write a part's body: the bytes that are signed.

    Raises:
        Malformed: a field is out of its bounds, so the relay would refuse it.
    """
    if isinstance(part, Own) and not part.changes:
        fields = (int(Operation.OWN), part.now, part.mailbox, part.epoch, part.done, part.room, part.wait)
        body = msgspec.msgpack.encode(fields)
    else:
        body = msgspec.msgpack.encode(part)
    unpack_body(body)
    return body


def unpack_body(body: bytes) -> Part:
    """Read a part's body.

    Raises:
        Malformed: it is not exactly one of the five bodies.
    """
    try:
        part: Part = _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError) as error:
        raise Malformed from error
    if isinstance(part, Own) and not all(_sound(change) for change in part.changes):
        raise Malformed
    if isinstance(part, Open) and part.mailbox != mailbox_of(part.key):
        raise Malformed
    if isinstance(part, Deposit) and len(set(part.mailboxes)) != len(part.mailboxes):
        raise Malformed
    return part


def _sound(change: Change) -> bool:
    """Tell whether pickup and offer come together, with a key, and the pickup has its length."""
    if not change.pickup:
        return not change.offer
    return len(change.pickup) == ID_SIZE and bool(change.offer) and change.key is not None
