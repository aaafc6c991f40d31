"""A mailbox against a plain list: whatever people do, in whatever order, the list says what is there."""

import sqlite3

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.relay.post import DAY, INVITE, SENDER, Post
from tests.relay_caller import change, collected, deposit
from therapy_tui.core.wire import Code, Collected, Done, Limits, Refused
from therapy_tui.relay.store.shelf import SqliteShelf
from therapy_tui.relay.store.sqlite import migrate

LIMITS = Limits(mailbox_envelopes=12, slot_envelopes=7, mailbox_bytes=4000, slot_bytes=2500)
KEYS = {1: SENDER, 2: INVITE}


class MailboxModel(RuleBasedStateMachine):
    """One mailbox, two slots, small quotas."""

    def __init__(self) -> None:
        super().__init__()
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        migrate(self.connection)
        self.post = Post(SqliteShelf(self.connection), LIMITS)
        self.owner = self.post.owner(1)
        self.open: set[int] = set()
        self.there: list[tuple[int, int, bytes, int]] = []
        """Sequence, slot, envelope and second of what lies in the mailbox."""
        self.seen: dict[bytes, int] = {}
        self.last = self.acked = 0

    def teardown(self) -> None:
        """Close the database."""
        self.connection.close()

    @rule(slot=st.sampled_from([1, 2]), grant=st.booleans())
    def set_slot(self, slot: int, grant: bool) -> None:
        """Give or take a right."""
        result = self.post.ask(self.owner.own(changes=[change(slot, KEYS[slot] if grant else None)]))[0]
        assert isinstance(result, Collected)
        self.open = self.open | {slot} if grant else self.open - {slot}

    @rule(slot=st.sampled_from([1, 2]), letters=st.lists(st.integers(0, 40), min_size=1, max_size=4))
    def put(self, slot: int, letters: list[int]) -> None:
        """Deposit letters; small numbers repeat, so some are second copies."""
        envelopes = [bytes([number]) * (10 + 20 * number) for number in letters]
        result = self.post.ask(deposit(KEYS[slot], slot, [self.owner.mailbox], envelopes, self.post.now))[0]
        fresh = [envelope for envelope in dict.fromkeys(envelopes) if envelope not in self.seen]
        assert result == self.expected(slot, fresh)
        if result == Done():
            for envelope in fresh:
                self.last += 1
                self.there.append((self.last, slot, envelope, self.post.now))
                self.seen[envelope] = self.post.now

    def expected(self, slot: int, fresh: list[bytes]) -> object:
        """Say what the relay has to answer."""
        if slot not in self.open:
            return Refused(Code.DENIED)
        mine = [len(envelope) for _, number, envelope, _ in self.there if number == slot]
        everything = [len(envelope) for _, _, envelope, _ in self.there]
        new = [len(envelope) for envelope in fresh]
        over = (
            len(mine) + len(new) > LIMITS.slot_envelopes
            or sum(mine) + sum(new) > LIMITS.slot_bytes
            or len(everything) + len(new) > LIMITS.mailbox_envelopes
            or sum(everything) + sum(new) > LIMITS.mailbox_bytes
        )
        return Refused(Code.FULL) if fresh and over else Done()

    @rule(room=st.integers(0, 3000))
    def collect(self, room: int) -> None:
        """Look into the mailbox without acknowledging."""
        result = self.post.ask(self.owner.own(done=0, room=room))[0]
        found = collected(result)
        assert found == [envelope for _, _, envelope, _ in self.there][: len(found)]
        assert bool(found) == bool(self.there)
        assert len(found) == 1 or sum(map(len, found)) <= room
        assert isinstance(result, Collected)
        assert result.more == (len(found) < len(self.there))

    @precondition(lambda self: self.last)
    @rule(data=st.data())
    def acknowledge(self, data: st.DataObject) -> None:
        """Say that some are safe, or some that never came."""
        done = data.draw(st.integers(0, self.last + 2))
        self.acked = max(self.acked, done) if done <= self.last else self.acked
        self.there = [entry for entry in self.there if entry[0] > self.acked]
        result = self.post.ask(self.owner.own(done=done))[0]
        assert isinstance(result, Collected)
        assert result.acked == self.acked

    @rule(days=st.integers(1, 15))
    def let_time_pass(self, days: int) -> None:
        """Move the clock and sweep."""
        self.post.now += days * DAY
        self.post.office.sweep(self.post.shelf)
        kept, known = self.post.now - LIMITS.keep_envelope, self.post.now - LIMITS.keep_hash
        self.there = [entry for entry in self.there if entry[3] >= kept]
        self.seen = {envelope: at for envelope, at in self.seen.items() if at >= known}

    @invariant()
    def the_counts_are_true(self) -> None:
        """The quota's numbers are those of what lies there."""
        mailbox = self.post.shelf.mailbox(self.owner.mailbox)
        assert mailbox is not None
        assert (mailbox.envelopes, mailbox.last) == (len(self.there), self.last)
        assert mailbox.size == sum(len(envelope) for _, _, envelope, _ in self.there)
        for number in self.open:
            slot = self.post.shelf.slot(mailbox.id, number)
            assert slot is not None
            assert slot.envelopes == sum(1 for entry in self.there if entry[1] == number)


TestMailboxModel = MailboxModel.TestCase
TestMailboxModel.settings = settings(max_examples=40, stateful_step_count=30)
