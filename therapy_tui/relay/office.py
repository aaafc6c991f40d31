"""The post office: does the parts of one request, in order, inside one transaction (docs/protocol.md, 7)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from therapy_tui.core.hashing import digest
from therapy_tui.core.wire import (
    Change,
    Claim,
    Close,
    Code,
    Collected,
    Deposit,
    Done,
    Limits,
    Offered,
    Open,
    Own,
    Part,
    Refused,
    Result,
)
from therapy_tui.relay import mailbox as rules
from therapy_tui.relay.admission import Admission
from therapy_tui.relay.auth import Checks
from therapy_tui.relay.changes import apply_changes
from therapy_tui.relay.records import Mailbox
from therapy_tui.relay.store.base import Horizon, Shelf

_CHECKS: Final = 192
_SWEEP: Final = 500
_DENIED: Final = Refused(Code.DENIED)
_SKIPPED: Final = Refused(Code.SKIPPED)


@dataclass(frozen=True, slots=True)
class Order:
    """One part as it arrived, and what it says; None where that could not be read."""

    signature: bytes
    body: bytes
    part: Part | None


@dataclass(slots=True)
class Outcome:
    """What a request came to, once it is committed."""

    results: list[Result] = field(default_factory=list)
    deposited: set[bytes] = field(default_factory=set)
    """Mailboxes in which something new lies."""


@dataclass(frozen=True, slots=True)
class Office:
    """The rules at work over a store's transactions."""

    limits: Limits
    admission: Admission
    now: Callable[[], int]
    free: Callable[[], tuple[int, int]]

    def perform(self, shelf: Shelf, orders: Sequence[Order], address: str) -> Outcome:
        """Do all parts of a request; a failed own or a wrong clock stops the rest."""
        desk = _Desk(self, shelf, address, self.now(), self.limits.room, Checks(_CHECKS))
        for order in orders:
            result = _SKIPPED if desk.stopped else desk.serve(order)
            desk.outcome.results.append(result)
            if isinstance(result, Refused) and (isinstance(order.part, Own) or result.code is Code.CLOCK):
                desk.stopped = True
        return desk.outcome

    def collect(self, shelf: Shelf, part: Own) -> Result:
        """Look again into the mailbox of an own whose signature was good, after a wait."""
        mailbox = shelf.mailbox(part.mailbox)
        if mailbox is None:
            return _DENIED
        envelopes, more = shelf.collect(mailbox.id, mailbox.acked, min(part.room, self.limits.room))
        return Collected(mailbox.acked, envelopes, more)

    def sweep(self, shelf: Shelf) -> int:
        """Erase some of what is over; give how many rows went."""
        now, limits = self.now(), self.limits
        before = Horizon(
            envelopes=now - limits.keep_envelope,
            hashes=now - limits.keep_hash,
            mailboxes=now - limits.keep_mailbox,
            slots=now,
            claimed=now - limits.keep_claimed,
        )
        return shelf.expire(before, _SWEEP)


@dataclass(slots=True)
class _Desk:
    """One request being served."""

    office: Office
    shelf: Shelf
    address: str
    now: int
    room: int
    """Bytes of envelopes that this answer may still hold."""
    checks: Checks
    outcome: Outcome = field(default_factory=Outcome)
    stopped: bool = False

    def serve(self, order: Order) -> Result:
        """Do one part."""
        part = order.part
        if part is None:
            return Refused(Code.MALFORMED)
        if self.checks.spent:
            return Refused(Code.SLOW_DOWN, (1,))
        return rules.clock(part.now, self.now, self.office.limits) or self._serve(part, order)

    def _serve(self, part: Part, order: Order) -> Result:
        match part:
            case Open():
                return self._open(part, order)
            case Own():
                return self._own(part, order)
            case Deposit():
                return self._deposit(part, order)
            case Claim():
                return self._claim(part, order)
            case Close():
                return self._close(part, order)

    def _has_room(self) -> bool:
        free, total = self.office.free()
        # only near the floor, because it costs a look into the database
        enough = rules.has_room(free, total, self.office.limits)
        return enough or rules.has_room(free + self.shelf.spare(), total, self.office.limits)

    def _change(self, mailbox: Mailbox, changes: Sequence[Change]) -> Refused | None:
        if any(change.offer for change in changes) and not self._has_room():
            return Refused(Code.NO_ROOM)
        return apply_changes(self.shelf, mailbox, changes, self.now, self.office.limits) if changes else None

    def _owner(self, name: bytes, order: Order) -> Mailbox | None:
        """Find the mailbox if its owner signed; an unknown one costs the same work."""
        mailbox = self.shelf.mailbox(name)
        good = self.checks.genuine(mailbox.key if mailbox else None, order.signature, order.body)
        return mailbox if good else None

    def _open(self, part: Open, order: Order) -> Result:
        if not self.checks.genuine(part.key, order.signature, order.body):
            return _DENIED
        if self.shelf.mailbox(part.mailbox) is not None:
            return Done()
        if not self._has_room():
            return Refused(Code.NO_ROOM)
        refused = self.office.admission.admit(self.shelf, part.ticket, self.address, self.now)
        if refused:
            return refused
        self.shelf.make_mailbox(part.mailbox, part.key, self.now)
        return Done()

    def _own(self, part: Own, order: Order) -> Result:
        before = self._owner(part.mailbox, order)
        if before is None:
            return _DENIED
        refused = rules.behind(before, part.epoch) or self._change(before, part.changes)
        if refused:
            return refused
        mailbox = rules.owned(before, part, self.now)
        if mailbox.acked > before.acked:
            mailbox = self.shelf.acknowledge(mailbox)
        if mailbox != before:
            self.shelf.put_mailbox(mailbox)
        if not mailbox.envelopes:
            return Collected(mailbox.acked, (), more=False)
        envelopes, more = self.shelf.collect(mailbox.id, mailbox.acked, min(part.room, self.room))
        self.room = max(0, self.room - sum(len(delivery.envelope) for delivery in envelopes))
        return Collected(mailbox.acked, envelopes, more)

    def _deposit(self, part: Deposit, order: Order) -> Result:
        limits = self.office.limits
        if any(len(envelope) > limits.envelope for envelope in part.envelopes):
            return Refused(Code.TOO_LARGE, (limits.envelope,))
        pairs = {digest("tt1 seen", envelope, 16): envelope for envelope in part.envelopes}
        codes = tuple(self._deposit_into(name, part.slot, pairs, order) for name in part.mailboxes)
        first = codes[0]
        if any(code is not first for code in codes):
            return Refused(Code.MIXED, tuple(int(code) for code in codes))
        return Done() if first is Code.DONE else Refused(first)

    def _deposit_into(self, name: bytes, number: int, pairs: dict[bytes, bytes], order: Order) -> Code:
        """Put all envelopes into one mailbox, or none."""
        limits = self.office.limits
        mailbox = self.shelf.mailbox(name)
        slot = self.shelf.slot(mailbox.id, number) if mailbox is not None else None
        good = self.checks.genuine(slot.key if slot else None, order.signature, order.body)
        if not good or mailbox is None or slot is None or rules.expired(slot, self.now, limits):
            return Code.DENIED
        known = self.shelf.known(mailbox.id, tuple(pairs))
        fresh = [(mark, envelope) for mark, envelope in pairs.items() if mark not in known]
        if not fresh:
            return Code.DONE
        sizes = [len(envelope) for _, envelope in fresh]
        if not rules.fits(mailbox, slot, sizes, limits):
            return Code.FULL
        if not self._has_room():
            return Code.NO_ROOM
        self.shelf.add(slot, mailbox.last + 1, fresh, self.now)
        mailbox, slot = rules.filled(mailbox, slot, sizes)
        self.shelf.put_mailbox(mailbox)
        self.shelf.fill_slot(slot)
        self.outcome.deposited.add(name)
        return Code.DONE

    def _claim(self, part: Claim, order: Order) -> Result:
        slot = self.shelf.offered(part.pickup)
        if not self.checks.genuine(slot.key if slot else None, order.signature, order.body):
            return _DENIED if slot is not None else Refused(Code.GONE)
        claimed = rules.claimed(slot, part, self.now, self.office.limits)
        if isinstance(claimed, Refused):
            return claimed
        if claimed != slot:
            self.shelf.put_slot(claimed)
        return Offered(claimed.offer)

    def _close(self, part: Close, order: Order) -> Result:
        mailbox = self._owner(part.mailbox, order)
        if mailbox is None:
            return _DENIED
        self.shelf.drop_mailbox(mailbox.id)
        return Done()
