"""The numbers of the relay protocol: what may be asked, what is kept and for how long (docs/protocol.md, 7)."""

from dataclasses import dataclass
from typing import Annotated, Final

from msgspec import Meta

VERSION: Final = 1
"""The one version of the frames that this module writes and reads."""

MAX_PARTS: Final = 64
"""Parts in one request."""

MAX_ENVELOPES: Final = 256
"""Envelopes in one deposit."""

MAX_MAILBOXES: Final = 64
"""Mailboxes in one deposit."""

MAX_CHANGES: Final = 1000
"""Slot changes in one own; as many as a mailbox has slots."""

MAX_TICKET: Final = 256
"""Bytes of a ticket."""

ID_SIZE: Final = 16
"""Bytes of the name of a mailbox or offer, and of a claim id."""

Number = Annotated[int, Meta(ge=0, le=2**32 - 1)]
Epoch = Annotated[int, Meta(ge=0)]
Id = Annotated[bytes, Meta(min_length=ID_SIZE, max_length=ID_SIZE)]
Key = Annotated[bytes, Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]

_KIB: Final = 1024
_MIB: Final = 1024 * _KIB
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a relay takes, gives and keeps; a client keeps to the defaults. Sizes in bytes, times in seconds."""

    body: int = _MIB
    """A request's body."""
    bodies: int = 256 * _MIB
    """All bodies that are being received, together."""
    envelope: int = 128 * _KIB
    """One envelope."""
    offer: int = 8 * _KIB
    """One sealed offer (an ordinary one has 1,526)."""
    room: int = _MIB
    """Envelopes in one answer, taken together; a single larger one is still given."""
    wait: int = 240
    """The longest that an answer is held."""
    clock: int = 600
    """How far `now` of a part may be from the relay's time, either way."""
    mailbox_envelopes: int = 10_000
    mailbox_bytes: int = 64 * _MIB
    slots: int = 1000
    """Slots of one mailbox."""
    slot_envelopes: int = 2000
    slot_bytes: int = 16 * _MIB
    offer_slot_envelopes: int = 64
    """Envelopes in a slot while it holds an offer."""
    offer_slot_bytes: int = _MIB
    keep_envelope: int = 30 * _DAY
    keep_hash: int = 40 * _DAY
    """How long a second copy of an envelope is recognised."""
    keep_offer: int = 30 * _DAY
    """The longest that an offer may be claimed, whatever its slot's expiry says."""
    keep_claimed: int = 30 * _DAY
    """How long a claimed slot takes deposits after its expiry."""
    keep_mailbox: int = 400 * _DAY
    """A mailbox that its owner has not used for so long is erased."""
    header_seconds: float = 10.0
    body_seconds: float = 30.0
    opens_an_hour: int = 20
    """New mailboxes for one address without a ticket."""
    disk_share: float = 0.05
    """Deposits stop when less than the smaller of this share and `disk_bytes` is free."""
    disk_bytes: int = 256 * _MIB
    waiting: int = 8192
    """Held answers in one process."""
    waiting_an_address: int = 256
    """Held answers for one address in one process."""
