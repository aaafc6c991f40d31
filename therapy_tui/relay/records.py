"""What the relay knows of a mailbox and of a slot, as records; nothing here opens anything."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A queue with an owner."""

    id: int
    """The store's own number of it."""
    name: bytes
    """16 bytes, `mailbox_of(key)`."""
    key: bytes
    """The owner's public Ed25519 key, 32 bytes."""
    used: int
    """When its owner last came, in seconds since 1970."""
    epoch: int = 0
    """64 bits: count (high 32) and chance (low 32)."""
    acked: int = 0
    """The highest `done` ever."""
    last: int = 0
    """The highest sequence number ever given."""
    envelopes: int = 0
    size: int = 0
    """Bytes of all its envelopes."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One correspondent's right to deposit in a mailbox."""

    mailbox: int
    """The store's number of the mailbox."""
    number: int
    key: bytes
    """The public key that may deposit, 32 bytes."""
    expires: int = 0
    """The end of claiming, and of depositing while unclaimed; seconds since 1970, 0 never."""
    pickup: bytes = b""
    """The name of its offer, 16 bytes; empty without one."""
    offer: bytes = b""
    since: int = 0
    """When the offer was first laid here."""
    claim: bytes = b""
    """The claim id that the offer is bound to; empty while unclaimed."""
    envelopes: int = 0
    size: int = 0
