"""What parts may do, over a store in memory and a clock that the test moves."""

from dataclasses import replace

import pytest
from nacl.signing import SigningKey

from tests.relay.post import DENIED, INVITE, NOTHING, SENDER, Post, letters, put, with_slot
from tests.relay_caller import Owner, change, collected, deposit, public, sign
from therapy_tui.core.wire import (
    Code,
    Collected,
    Done,
    Open,
    Own,
    Refused,
    mailbox_of,
    pack_body,
)
from therapy_tui.relay.office import Order


class TestOpen:
    def test_opening_twice_is_one_mailbox(self, post: Post) -> None:
        """A repeated open is done again without a second mailbox and without a second place in the hour."""
        post.limits = replace(post.limits, opens_an_hour=1)
        owner = Owner(1, lambda: post.now)
        assert post.ask(owner.open(), owner.open()) == [Done(), Done()]

    def test_a_key_that_is_not_the_mailboxes_makes_none(self, post: Post) -> None:
        """A signature by another key is denied."""
        key = SigningKey(b"\5" * 32)
        part = Open(post.now, mailbox_of(public(key)), public(key), b"")
        assert post.ask((SENDER, part)) == [DENIED]

    def test_one_address_has_so_many_an_hour(self, post: Post) -> None:
        """The next one is told how many seconds to wait, and another address is not held up."""
        post.limits = replace(post.limits, opens_an_hour=2)
        asked = [Owner(seed, lambda: post.now).open() for seed in (1, 2, 3)]
        assert post.ask(*asked) == [Done(), Done(), Refused(Code.SLOW_DOWN, (3600,))]
        post.address = "192.0.2.2"
        assert post.ask(Owner(3, lambda: post.now).open()) == [Done()]
        post.address, post.now = "192.0.2.1", post.now + 3601
        assert post.ask(Owner(4, lambda: post.now).open()) == [Done()]

    def test_a_ticket_is_good_for_one_mailbox(self, post: Post) -> None:
        """A ticket opens once; none, a wrong one and a used one are denied; a repeated open is not."""
        post.tickets = frozenset({b"good"})
        first, second = Owner(1, lambda: post.now), Owner(2, lambda: post.now)
        assert post.ask(first.open(), first.open(b"bad"), first.open(b"good")) == [DENIED, DENIED, Done()]
        assert post.ask(second.open(b"good"), first.open(b"good")) == [DENIED, Done()]

    def test_no_mailbox_is_made_on_a_full_disk(self, post: Post) -> None:
        """Below the floor of free bytes the answer is no room."""
        post.disk = (1000, 10**12)
        assert post.ask(Owner(1, lambda: post.now).open()) == [Refused(Code.NO_ROOM)]


class TestOwn:
    def test_letters_come_in_order_until_they_are_acknowledged(self, post: Post) -> None:
        """Sequences start at 1 and rise; what `done` names is erased and never comes again."""
        owner = with_slot(post)
        assert put(post, owner, b"one", b"two") == Done()
        first = post.ask(owner.own())[0]
        assert isinstance(first, Collected)
        assert [(one.seq, one.slot, one.envelope) for one in first.envelopes] == [(1, 1, b"one"), (2, 1, b"two")]
        assert letters(post, owner, done=1) == [b"two"]
        assert letters(post, owner, done=0) == [b"two"]
        assert put(post, owner, b"three") == Done()
        after = post.ask(owner.own(done=2))[0]
        assert isinstance(after, Collected)
        assert (after.acked, after.envelopes[0].seq) == (2, 3)

    def test_done_above_the_highest_sequence_erases_nothing(self, post: Post) -> None:
        """A number that was never given belongs to a mailbox that is lost, and erases nothing that lies here."""
        owner = with_slot(post)
        put(post, owner, b"one")
        assert letters(post, owner, done=99) == [b"one"]
        put(post, owner, b"two")
        assert letters(post, owner, done=99) == [b"one", b"two"]
        assert letters(post, owner, done=1) == [b"two"]

    def test_room_bounds_an_answer_but_one_is_always_given(self, post: Post) -> None:
        """Envelopes come up to the room asked for, at least one, and `more` says that others wait."""
        owner = with_slot(post)
        put(post, owner, b"a" * 100, b"b" * 100, b"c" * 100)
        for room, count, more in ((0, 1, True), (199, 1, True), (200, 2, True), (300, 3, False)):
            found = post.ask(owner.own(room=room))[0]
            assert isinstance(found, Collected)
            assert (len(found.envelopes), found.more) == (count, more)

    def test_the_room_of_an_answer_is_shared_by_its_parts(self, post: Post) -> None:
        """Many owns in one request cannot ask for more than one answer may hold, but for one envelope each."""
        post.limits = replace(post.limits, room=250)
        owners = [with_slot(post, seed) for seed in (1, 2)]
        for owner in owners:
            put(post, owner, *(bytes([n]) * 100 for n in range(3)))
        first, second = post.ask(*(owner.own() for owner in owners))
        assert (len(collected(first)), len(collected(second))) == (2, 1)

    def test_an_owner_who_went_back_in_time_is_told(self, post: Post) -> None:
        """A lower count, or the same with another chance, is behind; the answer has the stored epoch and acked."""
        owner = with_slot(post)
        put(post, owner, b"one")
        owner.epoch = 9 << 32 | 5
        post.ask(owner.own(done=1))
        for epoch in (8 << 32 | 9, 9 << 32 | 4, 9 << 32 | 6):
            part = Own(post.now, owner.mailbox, epoch, 0, 100, 0)
            assert post.ask((owner.key, part)) == [Refused(Code.BEHIND, (9 << 32 | 5, 1))]
        for epoch in (9 << 32 | 5, 10 << 32 | 1, (2**32 - 1) << 32 | 2):
            part = Own(post.now, owner.mailbox, epoch, 0, 100, 0)
            assert post.ask((owner.key, part)) == [Collected(1, (), more=False)]

    def test_a_replayed_own_brings_no_revoked_key_back(self, post: Post) -> None:
        """An old request with its old epoch is behind, so a slot that was cleared later stays cleared."""
        owner = with_slot(post)
        old = owner.own(changes=[change(2, INVITE)])
        assert post.ask(old) == [NOTHING]
        assert post.ask(owner.own(changes=[change(2, None)])) == [NOTHING]
        result = post.ask(old)[0]
        assert isinstance(result, Refused)
        assert result.code is Code.BEHIND
        assert put(post, owner, b"one", slot=2, key=INVITE) == DENIED

    def test_a_retried_own_may_repeat_its_changes(self, post: Post) -> None:
        """The same request twice leaves the same slots."""
        owner = with_slot(post)
        twice = owner.own(changes=[change(2, INVITE)])
        assert post.ask(twice, twice) == [NOTHING, NOTHING]
        assert put(post, owner, b"one", slot=2, key=INVITE) == Done()

    def test_a_stranger_and_an_unknown_mailbox_get_the_same_answer(self, post: Post) -> None:
        """A wrong key and a name that is not there are both denied."""
        owner = with_slot(post)
        stranger = Owner(9, lambda: post.now)
        part = Own(post.now, owner.mailbox, owner.epoch, 5, 100, 0)
        assert post.ask((stranger.key, part)) == [DENIED]
        assert post.ask(stranger.own()) == [DENIED]

    def test_a_signature_over_another_body_is_denied(self, post: Post) -> None:
        """A signature is good for the bytes that it was made over and no others."""
        owner = with_slot(post)
        key, part = owner.own()
        signature, body = sign(key, pack_body(part))
        other = Order(signature, body + b"\0", part)
        assert post.office.perform(post.shelf, [other], "").results == [DENIED]


class TestOrder:
    def test_a_failed_own_stops_the_rest(self, post: Post) -> None:
        """A vault that went back in time sends nothing: all after the failed own is skipped."""
        owner = with_slot(post)
        post.ask(owner.own())
        behind = Own(post.now, owner.mailbox, 1, 0, 100, 0)
        results = post.ask(owner.own(), (owner.key, behind), deposit(SENDER, 1, [owner.mailbox], [b"one"], post.now))
        assert isinstance(results[1], Refused)
        assert results[1].code is Code.BEHIND
        assert results[2] == Refused(Code.SKIPPED)
        assert letters(post, owner) == []

    @pytest.mark.parametrize(("skew", "taken"), [(-601, False), (-600, True), (600, True), (601, False)])
    def test_a_clock_may_be_ten_minutes_off(self, post: Post, skew: int, taken: bool) -> None:
        """Beyond that the answer is the relay's time, and the rest is skipped."""
        owner = with_slot(post)
        results = post.ask(deposit(SENDER, 1, [owner.mailbox], [b"one"], post.now + skew), owner.own())
        if taken:
            assert results[0] == Done()
        else:
            assert results == [Refused(Code.CLOCK, (post.now,)), Refused(Code.SKIPPED)]

    def test_other_failures_leave_the_rest_alone(self, post: Post) -> None:
        """A denied deposit, and a body that cannot be read, do not stop the parts after them."""
        owner = with_slot(post)
        orders = [
            Order(b"\0" * 64, b"nothing", None),
            *(
                Order(*sign(key, pack_body(part)), part)
                for key, part in (deposit(INVITE, 1, [owner.mailbox], [b"x"], post.now), owner.own())
            ),
        ]
        results = post.office.perform(post.shelf, orders, "").results
        assert results == [Refused(Code.MALFORMED), DENIED, NOTHING]

    def test_a_request_has_a_bounded_number_of_signature_checks(self, post: Post) -> None:
        """Parts that name many strange mailboxes run into `slow down`, so one request cannot hold up the others."""
        names = [bytes([n]) * 16 for n in range(64)]
        results = post.ask(*(deposit(SENDER, 1, names, [bytes([n])], post.now) for n in range(4)))
        assert results == [DENIED, DENIED, DENIED, Refused(Code.SLOW_DOWN, (1,))]


class TestDeposit:
    def test_a_second_copy_is_done_and_not_kept(self, post: Post) -> None:
        """The same envelope again, in the same part, a later one or after it was collected, is there once."""
        owner = with_slot(post)
        assert put(post, owner, b"one", b"one", b"two") == Done()
        assert put(post, owner, b"two") == Done()
        assert letters(post, owner) == [b"one", b"two"]
        assert letters(post, owner, done=2) == []
        assert put(post, owner, b"one") == Done()
        assert letters(post, owner, done=2) == []

    def test_mailboxes_are_independent_and_each_has_its_code(self, post: Post) -> None:
        """One envelope for two mailboxes and a strange one: two have it, and the codes say which has not."""
        owners = [with_slot(post, seed) for seed in (1, 2)]
        names = [owners[0].mailbox, b"?" * 16, owners[1].mailbox]
        results = post.ask(deposit(SENDER, 1, names, [b"all"], post.now))
        assert results == [Refused(Code.MIXED, (Code.DONE, Code.DENIED, Code.DONE))]
        assert [letters(post, owner) for owner in owners] == [[b"all"], [b"all"]]

    def test_all_envelopes_of_a_part_or_none(self, post: Post) -> None:
        """Where only one more fits, two are refused as full and neither is kept."""
        post.limits = replace(post.limits, slot_envelopes=2)
        owner = with_slot(post)
        assert put(post, owner, b"one") == Done()
        assert put(post, owner, b"two", b"three") == Refused(Code.FULL)
        assert letters(post, owner) == [b"one"]
        assert put(post, owner, b"two") == Done()

    def test_collecting_makes_a_full_slot_free_again(self, post: Post) -> None:
        """Quotas count what lies there, by slot and in all."""
        post.limits = replace(post.limits, slot_bytes=10, mailbox_bytes=15)
        owner = with_slot(post)
        post.ask(owner.own(changes=[change(2, INVITE)]))
        assert put(post, owner, b"a" * 10) == Done()
        assert put(post, owner, b"b") == Refused(Code.FULL)
        assert put(post, owner, b"c" * 6, slot=2, key=INVITE) == Refused(Code.FULL)
        assert put(post, owner, b"d" * 5, slot=2, key=INVITE) == Done()
        letters(post, owner, done=1)
        assert put(post, owner, b"e" * 10) == Done()

    def test_the_number_of_envelopes_in_a_mailbox_is_bounded(self, post: Post) -> None:
        """The mailbox is full whichever slot is used."""
        post.limits = replace(post.limits, mailbox_envelopes=2)
        owner = with_slot(post)
        assert put(post, owner, b"one", b"two") == Done()
        assert put(post, owner, b"three") == Refused(Code.FULL)
        assert put(post, owner, b"two") == Done()

    def test_a_cleared_slot_keeps_its_quota_when_it_comes_back(self, post: Post) -> None:
        """Clearing and setting a slot again does not make its uncollected envelopes uncounted."""
        post.limits = replace(post.limits, slot_envelopes=2)
        owner = with_slot(post)
        put(post, owner, b"one", b"two")
        post.ask(owner.own(changes=[change(1, None)]))
        post.ask(owner.own(changes=[change(1, SENDER)]))
        assert put(post, owner, b"three") == Refused(Code.FULL)
        assert letters(post, owner) == [b"one", b"two"]

    def test_too_large_an_envelope_is_named_with_the_limit(self, post: Post) -> None:
        """One envelope over the limit fails the part and tells the limit."""
        post.limits = replace(post.limits, envelope=10)
        owner = with_slot(post)
        assert put(post, owner, b"a" * 11) == Refused(Code.TOO_LARGE, (10,))

    def test_a_full_disk_takes_nothing_but_gives_what_it_has(self, post: Post) -> None:
        """Below the floor a new envelope is `no room`, a second copy is still done, and collecting works."""
        owner = with_slot(post)
        put(post, owner, b"one")
        post.disk = (0, 10**12)
        assert put(post, owner, b"two") == Refused(Code.NO_ROOM)
        assert put(post, owner, b"one") == Done()
        assert letters(post, owner) == [b"one"]

    def test_a_slot_ends_with_its_expiry(self, post: Post) -> None:
        """A deposit in an expired slot is denied like any that may not be."""
        owner = post.owner(1)
        post.ask(owner.own(changes=[change(1, SENDER, expires=post.now + 10)]))
        post.now += 10
        assert put(post, owner, b"one") == Done()
        post.now += 1
        assert put(post, owner, b"two") == DENIED


class TestReplay:
    def test_a_captured_signature_carries_no_other_body(self, post: Post) -> None:
        """A deposit and a forgery beside it with the same signature: the first is done, the second denied."""
        owner = with_slot(post)
        key, true = deposit(SENDER, 1, [owner.mailbox], [b"true"], post.now)
        _, forged = deposit(SENDER, 1, [owner.mailbox], [b"forged"], post.now)
        signature, body = sign(key, pack_body(true))
        orders = [Order(signature, body, true), Order(signature, pack_body(forged), forged)]
        assert post.office.perform(post.shelf, orders, "").results == [Done(), DENIED]
        assert letters(post, owner) == [b"true"]
