"""Slot changes of one own: all are looked at before the first is written, so they apply together or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from therapy_tui.core.wire import Change, Code, Limits, Refused
from therapy_tui.relay import mailbox as rules
from therapy_tui.relay.records import Mailbox, Slot
from therapy_tui.relay.store.base import Shelf

Slots = Mapping[int, Slot | None]


def apply_changes(
    shelf: Shelf, mailbox: Mailbox, changes: Sequence[Change], now: int, limits: Limits
) -> Refused | None:
    """Change slots, the later of two changes to one slot upon the earlier.

    Returns:
        None when done; TOO_LARGE for an offer, FULL for too many slots, USED for a pickup that another slot has.
    """
    before = {change.slot: shelf.slot(mailbox.id, change.slot) for change in changes}
    after = dict(before)
    for change in changes:
        slot = rules.changed(after[change.slot], mailbox.id, change, now, limits)
        if isinstance(slot, Refused):
            return slot
        after[change.slot] = slot
    grown = sum((after[number] is not None) - (before[number] is not None) for number in after)
    if grown > 0 and shelf.slots(mailbox.id) + grown > limits.slots:
        return Refused(Code.FULL)
    if _collide(shelf, mailbox, after):
        return Refused(Code.USED)
    _write(shelf, mailbox, before, after)
    return None


def _collide(shelf: Shelf, mailbox: Mailbox, after: Slots) -> bool:
    """Tell whether a pickup would stand in two slots."""
    pickups = [slot.pickup for slot in after.values() if slot is not None and slot.pickup]
    found = [slot for pickup in pickups if (slot := shelf.offered(pickup)) is not None]
    others = any(slot.mailbox != mailbox.id or slot.number not in after for slot in found)
    return others or len(set(pickups)) < len(pickups)


def _write(shelf: Shelf, mailbox: Mailbox, before: Slots, after: Slots) -> None:
    # all old rows first: a pickup may move from one slot to another
    for number, slot in before.items():
        if slot is not None and slot != after[number]:
            shelf.drop_slot(mailbox.id, number)
    for number, slot in after.items():
        if slot is None or slot == before[number]:
            continue
        if before[number] is None and mailbox.envelopes:
            # envelopes of an earlier correspondent with this number still lie in the mailbox
            envelopes, size = shelf.used_by(mailbox.id, number)
            shelf.put_slot(replace(slot, envelopes=envelopes, size=size))
        else:
            shelf.put_slot(slot)
