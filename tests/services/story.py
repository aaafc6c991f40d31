"""What two people do and what their line does to them, remembered beside the vaults, so that the end can be judged."""

import contextlib
import itertools
from pathlib import Path

from tests.services.faulty import Fault
from tests.services.office import Killed
from tests.services.people import DAY, HOUR, Person, World
from therapy_tui import errors
from therapy_tui.core.delivery import State
from therapy_tui.services import conversation, pairing, post
from therapy_tui.services.carrier import Report
from therapy_tui.services.outcomes import DENIED_TRIES
from therapy_tui.store import contacts

ANN, CARL = 0, 1


class Story:
    """A world with a memory that no fault reaches."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: tuple[Person, Person] = (world.ann, world.carl)
        self.written: tuple[dict[bytes, str], dict[bytes, str]] = ({}, {})
        self.shown: tuple[set[bytes], set[bytes]] = (set(), set())
        self.arrived: tuple[set[bytes], set[bytes]] = (set(), set())
        self.withheld: list[tuple[int, int, bytes]] = []
        self.recorded: list[tuple[int, int, bytes]] = []
        self.removed_by: int | None = None
        self.copied: set[int] = set()
        self.files: list[tuple[int, bytes]] = []

    # what people do

    def write(self, who: int, text: str) -> None:
        """Commit a letter."""
        message = self.people[who].write(text)
        assert message.id not in self.written[who]
        self.written[who][message.id] = text

    def read(self, who: int) -> None:
        """Show everything."""
        person = self.people[who]
        self.shown[who].update(each.id for each in person.letters() if not each.outgoing)
        conversation.mark_read(person.vault, person.contact().id)

    def exchange(self, who: int, faults: tuple[Fault, ...] = (), fuse: int | None = None) -> Report | None:
        """Exchange once over a line with faults; None when the process was killed on the way."""
        person = self.people[who]
        person.line.plan.extend(faults)
        courier = person.courier
        person.clock.fuse = fuse
        try:
            report = person.exchange()
        except Killed:
            person.lock()
            report = None
        finally:
            person.clock.fuse = None
            person.line.plan.clear()
        del courier
        self.look()
        return report

    def export(self, who: int) -> None:
        """Put what waits into a file, which is kept for ever; where nothing waits there is none."""
        person = self.people[who]
        with contextlib.suppress(errors.UsageError):
            self.files += [(1 - who, part) for part in post.export(person.vault, person.contact()).parts]

    def import_file(self, place: int, fuse: int | None = None) -> None:
        """Let one of the files be taken in by whom it is for, perhaps once more; the process may be killed."""
        if not self.files:
            return
        who, data = self.files[place % len(self.files)]
        person = self.people[who]
        person.clock.fuse = fuse
        try:
            post.take(person.vault, data)
        except Killed:
            person.lock()
        except (errors.CannotOpen, errors.UsageError):
            assert self.removed_by is not None, "a file of the other's is refused"
        finally:
            person.clock.fuse = None
        self.look()

    def remove(self, who: int) -> None:
        """End the correspondence."""
        person = self.people[who]
        pairing.remove(person.vault, person.contact())
        self.removed_by = who

    # what happens to them

    def lose_ratchets(self, who: int) -> None:
        """Lose every ratchet of one side."""
        with self.people[who].vault.transaction() as database:
            contacts.drop_ratchets(database)

    def copy(self, who: int) -> None:
        """Keep a copy of the vault."""
        self.people[who].copy(self._copy(who))
        self.copied.add(who)

    def put_back(self, who: int) -> None:
        """Put the copy in the vault's place."""
        self.people[who].put_back(self._copy(who))

    def _copy(self, who: int) -> Path:
        return self.world.folder / f"copy-{who}"

    # what a hostile relay does

    def withhold(self, place: int) -> None:
        """Keep one envelope back."""
        waiting = self.world.relay.waiting()
        if waiting:
            self.withheld.append(self.world.relay.withhold(place % len(waiting)))

    def release(self) -> None:
        """Give out what was kept back, behind what came later."""
        for mailbox, slot, envelope in self.withheld:
            self.world.relay.give(mailbox, slot, envelope)
        self.withheld.clear()

    def replay(self, place: int) -> None:
        """Give out an envelope of the past once more."""
        self.recorded += [each for each in self.world.relay.waiting() if each not in self.recorded]
        if self.recorded:
            self.world.relay.give(*self.recorded[place % len(self.recorded)])

    # the end

    def heal(self) -> None:
        """Let everything go well for some days, and let people send again what did not go."""
        self.release()
        for person in self.people:
            person.line.plan.clear()
            person.restart()
        for _ in range(6):
            self.world.settle(2)
            self.look()
            self._send_again()
            self.world.pass_time(DAY + 1)
        if self.removed_by is not None:
            self._wait_for_denials()
        self.world.settle(2)
        self.look()

    def _wait_for_denials(self) -> None:
        """Pass the hours in which a denial is not believed yet, also of a receipt that was made within them."""
        for _ in range(3 * DENIED_TRIES):
            self.world.settle(1)
            self.world.pass_time(HOUR + 1)
            if not any(person.outbox() for person in self.people):
                break

    def _send_again(self) -> None:
        if self.removed_by is not None:
            return
        for person in self.people:
            for letter in person.letters():
                if letter.state is State.FAILED:
                    conversation.send_again(person.vault, person.contact(), letter.id)

    def look(self) -> None:
        """Check what must be true at every moment."""
        for who, other in ((ANN, CARL), (CARL, ANN)):
            self.arrived[who].update(each.id for each in self.people[who].letters() if not each.outgoing)
            for letter in self.people[other].letters():
                if letter.outgoing and letter.state in {State.DELIVERED, State.READ}:
                    assert letter.id in self.arrived[who], "delivered, and the other never had it"
                if letter.outgoing and letter.state is State.READ:
                    assert letter.id in self.shown[who], "read, and it was never shown"

    def judge(self) -> None:
        """Check what must be true once everything has gone well."""
        for who, other in ((ANN, CARL), (CARL, ANN)):
            person = self.people[who]
            got = [each for each in self.people[other].letters() if not each.outgoing]
            texts = {each.id: each.text for each in got}
            assert len(texts) == len(got), "a letter twice"
            assert all(self.written[who].get(each) == text for each, text in texts.items()), "not word for word"
            numbers = [each.number for each in got]
            assert all(one <= two for one, two in itertools.pairwise(numbers)), "out of order"
            assert person.outbox() == [], "something is left in the outbox"
            if self.removed_by is None:
                sent = [each for each in person.letters() if each.outgoing]
                assert {each.id for each in sent} <= set(texts), "a letter is lost"
                assert {each.state for each in sent} <= {State.DELIVERED, State.READ}, "a state is behind"
                assert person.owed() == [], "a receipt is left"
