"""Offers, slot changes and the end of things, over a store in memory and a clock that the test moves."""

from dataclasses import replace

import pytest

from tests.relay.post import DAY, DENIED, INVITE, NOTHING, SENDER, Post, letters, put, with_slot
from tests.relay_caller import Owner, change, claim
from therapy_tui.core.wire import (
    Close,
    Code,
    Collected,
    Done,
    Offered,
    Refused,
)

PICKUP, OFFER = b"p" * 16, b"the sealed offer"


class TestClaim:
    @pytest.fixture
    def owner(self, post: Post) -> Owner:
        """A mailbox with an offer in slot 1 that can be claimed for two days."""
        owner = post.owner(1)
        offered = change(1, INVITE, post.now + 2 * DAY, PICKUP, OFFER)
        assert post.ask(owner.own(changes=[offered])) == [NOTHING]
        return owner

    def test_the_first_claim_id_binds_the_offer(self, post: Post, owner: Owner) -> None:
        """The same id gets the offer again, another gets `used`."""
        del owner
        for claim_id, result in ((b"a", Offered(OFFER)), (b"a", Offered(OFFER)), (b"b", Refused(Code.USED))):
            assert post.ask(claim(INVITE, PICKUP, claim_id * 16, post.now)) == [result]

    def test_a_wrong_key_is_denied_and_binds_nothing(self, post: Post, owner: Owner) -> None:
        """Who has only the name of the offer cannot take it."""
        del owner
        assert post.ask(claim(SENDER, PICKUP, b"b" * 16, post.now)) == [DENIED]
        assert post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now)) == [Offered(OFFER)]

    def test_an_unknown_and_a_revoked_offer_are_gone(self, post: Post, owner: Owner) -> None:
        """After the slot is cleared nobody gets the offer, and nobody can deposit."""
        assert post.ask(claim(INVITE, b"?" * 16, b"a" * 16, post.now)) == [Refused(Code.GONE)]
        post.ask(owner.own(changes=[change(1, None)]))
        assert post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now)) == [Refused(Code.GONE)]
        assert put(post, owner, b"join", key=INVITE) == DENIED

    def test_an_expired_offer_is_gone(self, post: Post, owner: Owner) -> None:
        """An offer that nobody claimed in time is gone, before and after the sweep."""
        del owner
        post.now += 2 * DAY + 1
        assert post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now)) == [Refused(Code.GONE)]
        assert post.office.sweep(post.shelf) == 1
        assert post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now)) == [Refused(Code.GONE)]

    def test_a_claimed_slot_takes_deposits_for_thirty_more_days(self, post: Post, owner: Owner) -> None:
        """A join is not lost because the inviter was away: claiming ends, delivery goes on, then ends too."""
        post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now))
        post.now += 32 * DAY
        post.office.sweep(post.shelf)
        assert put(post, owner, b"join", key=INVITE) == Done()
        assert post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now)) == [Offered(OFFER)]
        assert post.ask(claim(INVITE, PICKUP, b"b" * 16, post.now)) == [Refused(Code.USED)]
        post.now += 1
        assert put(post, owner, b"late", key=INVITE) == DENIED

    def test_no_offer_is_kept_longer_than_thirty_days(self, post: Post) -> None:
        """An expiry far away, or none, is cut; repeating the change does not begin the days anew."""
        owner = post.owner(2)
        for expires in (0, post.now + 300 * DAY):
            offered = change(1, INVITE, expires, PICKUP, OFFER)
            post.ask(owner.own(changes=[offered]))
            post.now += 10 * DAY
        post.now += 10 * DAY + 1
        assert post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now)) == [Refused(Code.GONE)]

    def test_the_same_pickup_keeps_the_claim_and_another_starts_anew(self, post: Post, owner: Owner) -> None:
        """Repeating a change does not give a used invite a second life; a new offer in the slot is a new invite."""
        post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now))
        post.ask(owner.own(changes=[change(1, INVITE, post.now + DAY, PICKUP, OFFER)]))
        assert post.ask(claim(INVITE, PICKUP, b"b" * 16, post.now)) == [Refused(Code.USED)]
        post.ask(owner.own(changes=[change(1, INVITE, post.now + DAY, b"q" * 16, b"new")]))
        assert post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now)) == [Refused(Code.GONE)]
        assert post.ask(claim(INVITE, b"q" * 16, b"b" * 16, post.now)) == [Offered(b"new")]

    def test_the_pairs_key_takes_the_place_of_the_invite_key(self, post: Post, owner: Owner) -> None:
        """After the join the invite key opens nothing more, and the slot has no expiry."""
        post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now))
        post.ask(owner.own(changes=[change(1, SENDER)]))
        post.now += 300 * DAY
        assert put(post, owner, b"old", key=INVITE) == DENIED
        assert put(post, owner, b"new") == Done()

    def test_a_slot_with_an_offer_holds_less(self, post: Post, owner: Owner) -> None:
        """A stranger with an invite can lay down 64 envelopes, not 2,000."""
        post.limits = replace(post.limits, offer_slot_envelopes=2)
        assert put(post, owner, b"one", b"two", key=INVITE) == Done()
        assert put(post, owner, b"three", key=INVITE) == Refused(Code.FULL)

    def test_a_pickup_that_another_slot_has_is_refused(self, post: Post, owner: Owner) -> None:
        """Nobody can take an offer's name away from the mailbox that has it."""
        other = post.owner(2)
        assert post.ask(other.own(changes=[change(1, SENDER, 0, PICKUP, b"mine")])) == [Refused(Code.USED)]
        assert post.ask(claim(INVITE, PICKUP, b"a" * 16, post.now)) == [Offered(OFFER)]
        moved = [change(1, None), change(2, INVITE, 0, PICKUP, OFFER)]
        assert isinstance(post.ask(owner.own(changes=moved))[0], Collected)


class TestChanges:
    def test_changes_apply_together_or_not_at_all(self, post: Post) -> None:
        """One change that may not be leaves all the others undone."""
        post.limits = replace(post.limits, offer=10)
        owner = with_slot(post)
        wrong = [change(1, None), change(2, INVITE), change(3, INVITE, 0, PICKUP, b"o" * 11)]
        assert post.ask(owner.own(changes=wrong)) == [Refused(Code.TOO_LARGE, (10,))]
        assert put(post, owner, b"one") == Done()
        assert put(post, owner, b"two", slot=2, key=INVITE) == DENIED

    def test_the_number_of_slots_is_bounded(self, post: Post) -> None:
        """One more than the limit is full; in place of another it fits."""
        post.limits = replace(post.limits, slots=2)
        owner = with_slot(post)
        assert post.ask(owner.own(changes=[change(2, INVITE), change(3, INVITE)])) == [Refused(Code.FULL)]
        assert post.ask(owner.own(changes=[change(1, None), change(2, INVITE), change(3, INVITE)])) == [NOTHING]

    def test_no_offer_is_laid_down_on_a_full_disk(self, post: Post) -> None:
        """Clearing a slot works on a full disk, an offer does not."""
        owner = with_slot(post)
        post.disk = (0, 10**12)
        assert post.ask(owner.own(changes=[change(2, INVITE, 0, PICKUP, OFFER)])) == [Refused(Code.NO_ROOM)]
        assert post.ask(owner.own(changes=[change(1, None)])) == [NOTHING]


class TestEnds:
    def test_close_erases_everything(self, post: Post) -> None:
        """After close nothing is there, for the owner or for a sender; only the owner can do it."""
        owner = with_slot(post)
        put(post, owner, b"one")
        assert post.ask((SENDER, Close(post.now, owner.mailbox))) == [DENIED]
        assert post.ask(owner.close()) == [Done()]
        assert post.ask(owner.own()) == [DENIED]
        assert put(post, owner, b"two") == DENIED

    def test_envelopes_go_after_thirty_days_and_their_hashes_after_forty(self, post: Post) -> None:
        """What nobody collected goes, its quota is free, and a late copy is known for ten days more."""
        owner = with_slot(post)
        put(post, owner, b"old")
        post.now += 10 * DAY
        put(post, owner, b"new")
        post.now += 20 * DAY + 1
        assert post.office.sweep(post.shelf) == 1
        assert letters(post, owner) == [b"new"]
        assert put(post, owner, b"old") == Done()
        assert letters(post, owner) == [b"new"]
        mailbox = post.shelf.mailbox(owner.mailbox)
        assert mailbox is not None
        assert (mailbox.envelopes, mailbox.size, mailbox.last) == (1, 3, 2)
        post.now += 10 * DAY
        post.office.sweep(post.shelf)
        put(post, owner, b"old")
        assert b"old" in letters(post, owner)

    def test_a_mailbox_that_nobody_uses_goes_after_four_hundred_days(self, post: Post) -> None:
        """Deposits do not keep a mailbox alive; its owner's visits do."""
        kept, left = with_slot(post, 1), with_slot(post, 2)
        post.now += 399 * DAY
        letters(post, kept)
        put(post, left, b"one")
        post.now += DAY + 1
        post.office.sweep(post.shelf)
        assert post.ask(left.own()) == [DENIED]
        assert letters(post, kept) == []
