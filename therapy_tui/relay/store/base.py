"""What a store of the relay can do, whichever database stands behind it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from therapy_tui.core.wire import Delivery
from therapy_tui.relay.records import Mailbox, Slot

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """The seconds since 1970 before which things are erased."""

    envelopes: int
    """When they were deposited."""
    hashes: int
    """When they were noted."""
    mailboxes: int
    """When their owner last came."""
    slots: int
    """The expiry of unclaimed slots."""
    claimed: int
    """The expiry of claimed slots."""


class Shelf(Protocol):
    """One transaction: what is read is true until it ends, what is written stands or falls together."""

    def mailbox(self, name: bytes) -> Mailbox | None:
        """Find a mailbox by its 16-byte name."""

    def make_mailbox(self, name: bytes, key: bytes, now: int) -> None:
        """Make an empty mailbox."""

    def put_mailbox(self, mailbox: Mailbox) -> None:
        """Keep epoch, `acked`, `last`, `used` and the counts of a mailbox."""

    def drop_mailbox(self, mailbox: int) -> None:
        """Erase a mailbox with its slots, envelopes and hashes."""

    def slot(self, mailbox: int, number: int) -> Slot | None:
        """Find a slot."""

    def slots(self, mailbox: int) -> int:
        """Count the slots of a mailbox."""

    def put_slot(self, slot: Slot) -> None:
        """Make or replace a slot. Its counts are kept as given."""

    def fill_slot(self, slot: Slot) -> None:
        """Keep the counts of a slot."""

    def drop_slot(self, mailbox: int, number: int) -> None:
        """Clear a slot; envelopes that came through it stay."""

    def offered(self, pickup: bytes) -> Slot | None:
        """Find the slot whose offer has this 16-byte name."""

    def used_by(self, mailbox: int, number: int) -> tuple[int, int]:
        """Count the envelopes that came through a slot, and their bytes."""

    def known(self, mailbox: int, hashes: Sequence[bytes]) -> set[bytes]:
        """Give those of the 16-byte hashes that the mailbox has had."""

    def add(self, slot: Slot, first: int, envelopes: Iterable[tuple[bytes, bytes]], now: int) -> None:
        """Keep pairs of hash and envelope under the sequence numbers from `first`."""

    def collect(self, mailbox: int, after: int, room: int) -> tuple[tuple[Delivery, ...], bool]:
        """Read envelopes above a sequence number, in order, up to `room` bytes but at least one; and if more wait."""

    def acknowledge(self, mailbox: Mailbox) -> Mailbox:
        """Erase the envelopes up to `mailbox.acked`; give the mailbox with its counts corrected."""

    def spend(self, ticket: bytes, now: int) -> bool:
        """Note a ticket's hash as used; False if it was before."""

    def spare(self) -> int:
        """Give the bytes that were erased and will be filled again before the database grows."""

    def expire(self, before: Horizon, most: int) -> int:
        """Erase about `most` of each kind that is older than its horizon; give how many rows went."""


class Store(Protocol):
    """A database of the relay."""

    async def run(self, work: Callable[[Shelf], T]) -> T:
        """Do `work` in a transaction of its own and return once it is committed on disk.

        Work runs in another thread, one at a time, in the order of the calls; several may share one commit.

        Raises:
            StoreFull: the disk is full; nothing of the work stands.
            StoreFault: the database failed; nothing of the work stands.
        """

    def free(self) -> tuple[int, int]:
        """Give the bytes free and the bytes in all of the disk."""

    def close(self) -> None:
        """Finish what was given and close."""


class StoreFault(Exception):
    """The database of the relay failed."""


class StoreFull(StoreFault):
    """The disk of the relay is full."""
