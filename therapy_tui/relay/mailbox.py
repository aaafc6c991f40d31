"""The rules of the post office, pure: what a part may do, given what is known (docs/protocol.md, 4, 7 and 9)."""

from collections.abc import Sequence
from dataclasses import replace

from therapy_tui.core.wire import Change, Claim, Code, Limits, Own, Refused
from therapy_tui.relay.records import Mailbox, Slot

_LAST_SEQUENCE = 2**32 - 1
_CHANCE = 2**32 - 1
_USED_STEP = 3600


def clock(said: int, now: int, limits: Limits) -> Refused | None:
    """Refuse a part whose clock is too far from the relay's, telling the relay's time."""
    return None if abs(said - now) <= limits.clock else Refused(Code.CLOCK, (now,))


def behind(mailbox: Mailbox, epoch: int) -> Refused | None:
    """Refuse an owner who went back in time: a lower count, or the same count with another chance."""
    count, stored = epoch >> 32, mailbox.epoch >> 32
    gone_back = count < stored or (count == stored and epoch & _CHANCE != mailbox.epoch & _CHANCE)
    # an epoch of 0 is a mailbox that no owner has come to yet
    return Refused(Code.BEHIND, (mailbox.epoch, mailbox.acked)) if gone_back and mailbox.epoch else None


def owned(mailbox: Mailbox, part: Own, now: int) -> Mailbox:
    """Give the mailbox after its owner came: a greater epoch, the highest `done` ever, and when it was."""
    # A `done` above everything that was ever given belongs to a mailbox that this relay has lost: nothing is deleted.
    acked = max(mailbox.acked, part.done) if part.done <= mailbox.last else mailbox.acked
    # by the hour, so that an exchange which finds nothing writes nothing
    used = now if now - mailbox.used >= _USED_STEP else mailbox.used
    return replace(mailbox, epoch=part.epoch, acked=acked, used=used)


def changed(slot: Slot | None, mailbox: int, change: Change, now: int, limits: Limits) -> Slot | Refused | None:
    """Give what a slot becomes: None is cleared.

    The pickup that the slot already has keeps its claim and its age; another one, or none, starts anew.
    """
    if change.key is None:
        return None
    if len(change.offer) > limits.offer:
        return Refused(Code.TOO_LARGE, (limits.offer,))
    number = change.slot
    old = slot or Slot(mailbox, number, change.key)
    fresh = replace(old, key=change.key, expires=change.expires, pickup=b"", offer=b"", since=0, claim=b"")
    if not change.pickup:
        return fresh
    same = change.pickup == old.pickup
    since = old.since if same else now
    latest = since + limits.keep_offer
    return replace(
        fresh,
        expires=min(change.expires or latest, latest),
        pickup=change.pickup,
        offer=change.offer,
        since=since,
        claim=old.claim if same else b"",
    )


def ends(slot: Slot, limits: Limits) -> int:
    """Give the second after which a slot takes no deposit; 0 never. A claimed slot takes them for longer."""
    if slot.expires and slot.claim:
        return slot.expires + limits.keep_claimed
    return slot.expires


def expired(slot: Slot, now: int, limits: Limits) -> bool:
    """Tell whether a slot takes no deposits any more."""
    end = ends(slot, limits)
    return bool(end) and now > end


def claimed(slot: Slot | None, part: Claim, now: int, limits: Limits) -> Slot | Refused:
    """Bind an offer to its first claim id: the same id gets it again, another `used`; what is over is `gone`."""
    if slot is None or expired(slot, now, limits):
        return Refused(Code.GONE)
    if slot.claim:
        return slot if slot.claim == part.claim else Refused(Code.USED)
    return replace(slot, claim=part.claim)


def fits(mailbox: Mailbox, slot: Slot, sizes: Sequence[int], limits: Limits) -> bool:
    """Tell whether envelopes of these sizes keep both mailbox and slot within their quotas."""
    count, size = len(sizes), sum(sizes)
    most, room = (
        (limits.offer_slot_envelopes, limits.offer_slot_bytes)
        if slot.pickup
        else (limits.slot_envelopes, limits.slot_bytes)
    )
    return (
        mailbox.envelopes + count <= limits.mailbox_envelopes
        and mailbox.size + size <= limits.mailbox_bytes
        and slot.envelopes + count <= most
        and slot.size + size <= room
        and mailbox.last + count <= _LAST_SEQUENCE
    )


def filled(mailbox: Mailbox, slot: Slot, sizes: Sequence[int]) -> tuple[Mailbox, Slot]:
    """Give both after envelopes of these sizes went in."""
    count, size = len(sizes), sum(sizes)
    return (
        replace(mailbox, last=mailbox.last + count, envelopes=mailbox.envelopes + count, size=mailbox.size + size),
        replace(slot, envelopes=slot.envelopes + count, size=slot.size + size),
    )


def has_room(free: int, total: int, limits: Limits) -> bool:
    """Tell whether the disk (bytes free, bytes in all) may take more."""
    return free >= min(int(total * limits.disk_share), limits.disk_bytes)
