"""The rules by themselves: records in, records out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapy_tui.core.wire import Change, Claim, Code, Limits, Own, Refused
from therapy_tui.relay import mailbox as rules
from therapy_tui.relay.records import Mailbox, Slot

LIMITS = Limits()
NOW = 1_800_000_000
BOX = Mailbox(1, b"m" * 16, b"k" * 32, NOW)
SLOT = Slot(1, 1, b"k" * 32)
epochs = st.integers(1, 2**64 - 1)
numbers = st.integers(0, 2**32 - 1)


def own(epoch: int = 1, done: int = 0) -> Own:
    """An owner's part."""
    return Own(NOW, BOX.name, epoch, done, 0, 0, ())


@given(epochs, epochs)
@settings(max_examples=200)
def test_an_epoch_never_goes_back(stored: int, said: int) -> None:
    """Accepted are exactly the same epoch and any with a greater count, whatever its chance."""
    refused = rules.behind(replace(BOX, epoch=stored, acked=3), said)
    accepted = said == stored or said >> 32 > stored >> 32
    assert refused == (None if accepted else Refused(Code.BEHIND, (stored, 3)))


@given(numbers, numbers, numbers)
@settings(max_examples=100)
def test_acked_only_rises_and_never_above_what_was_given(acked: int, last: int, done: int) -> None:
    """Whatever an owner says, `acked` stays between what it was and the last sequence."""
    before = replace(BOX, acked=min(acked, last), last=last)
    after = rules.owned(before, own(done=done), NOW)
    assert before.acked <= after.acked <= last
    assert after.acked == (max(before.acked, done) if done <= last else before.acked)


def test_an_exchange_that_finds_nothing_changes_nothing() -> None:
    """Within an hour a repeated own leaves the record equal, so nothing needs to be written."""
    box = rules.owned(BOX, own(), NOW)
    assert rules.owned(box, own(), NOW + 3599) == box
    assert rules.owned(box, own(), NOW + 3600).used == NOW + 3600


@given(st.integers(0, 20), st.integers(0, 2000), st.lists(st.integers(1, 500), min_size=1, max_size=9), st.booleans())
@settings(max_examples=150)
def test_what_fits_is_within_every_quota(count: int, size: int, sizes: list[int], offered: bool) -> None:
    """What the rules let in leaves mailbox and slot within their quotas; what they refuse would not."""
    limits = replace(
        LIMITS,
        mailbox_envelopes=25,
        mailbox_bytes=2500,
        slot_envelopes=20,
        slot_bytes=2000,
        offer_slot_envelopes=5,
        offer_slot_bytes=600,
    )
    box = replace(BOX, envelopes=count, size=size, last=count)
    slot = replace(SLOT, envelopes=count, size=size, pickup=b"p" * 16 if offered else b"")
    filled_box, filled_slot = rules.filled(box, slot, sizes)
    most, room = (5, 600) if offered else (20, 2000)
    within = filled_box.envelopes <= 25 and filled_box.size <= 2500
    assert rules.fits(box, slot, sizes, limits) == (
        within and filled_slot.envelopes <= most and filled_slot.size <= room
    )
    assert filled_box.last == count + len(sizes)


def test_sequences_end_before_they_could_repeat() -> None:
    """A mailbox that has given its last number is full for ever."""
    assert rules.fits(replace(BOX, last=2**32 - 2), SLOT, [1], LIMITS)
    assert not rules.fits(replace(BOX, last=2**32 - 1), SLOT, [1], LIMITS)


@pytest.mark.parametrize(
    ("free", "total", "room"),
    [(2**28, 10**12, True), (2**28 - 1, 10**12, False), (50, 1000, True), (49, 1000, False), (0, 0, True)],
)
def test_the_floor_of_the_disk_is_the_smaller_of_share_and_bytes(free: int, total: int, room: bool) -> None:
    """256 MiB are enough on a large disk, a twentieth on a small one."""
    assert rules.has_room(free, total, LIMITS) is room


def test_a_claim_binds_once() -> None:
    """The first claim changes the slot, the same again does not, another is refused."""
    slot = replace(SLOT, pickup=b"p" * 16, offer=b"o", expires=NOW + 10)
    claim = Claim(NOW, slot.pickup, b"a" * 16)
    bound = rules.claimed(slot, claim, NOW, LIMITS)
    assert isinstance(bound, Slot)
    assert rules.claimed(bound, claim, NOW, LIMITS) == bound
    assert rules.claimed(bound, replace_claim(claim), NOW, LIMITS) == Refused(Code.USED)


def replace_claim(claim: Claim) -> Claim:
    """The claim of somebody else."""
    return Claim(claim.now, claim.pickup, b"b" * 16)


def test_a_changed_slot_keeps_its_counts_and_loses_the_rest() -> None:
    """Quotas count across a change of key; claim and offer do not outlive theirs."""
    slot = Slot(1, 1, b"k" * 32, NOW, b"p" * 16, b"o", NOW - 5, b"a" * 16, envelopes=3, size=30)
    changed = rules.changed(slot, 1, Change(1, b"n" * 32, 0, b"", b""), NOW, LIMITS)
    assert changed == Slot(1, 1, b"n" * 32, envelopes=3, size=30)
