"""A relay that asks for tickets: whose ticket opens whose mailbox, and what happens without one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.office import ADDRESS, Relay
from tests.services.people import Person
from therapy_tui import errors
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.relay.admission import Admission, ticket_hash
from therapy_tui.relay.counter import Counter
from therapy_tui.relay.office import Office
from therapy_tui.relay.wait import Waiting
from therapy_tui.services import making, pairing
from therapy_tui.services.carrier import Report
from therapy_tui.services.making import NewProfile

TICKETS = frozenset(ticket_hash(each) for each in (b"first", b"second", b"third"))


class TicketRelay(Relay):
    """A relay that has handed out three tickets, and makes no mailbox without one."""

    def _counter(self) -> Counter:
        admission = Admission(self.limits, anyone=False, tickets=lambda: TICKETS)
        return Counter(Office(self.limits, admission, self.clock, self.store.free), self.store, Waiting(100, 100))


class Visitors:
    """A therapist whose mailbox the first ticket opened, and a client who comes later."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.relay = TicketRelay(folder / "relay.db")
        self.ann = self.person(THERAPIST, "Ann", ADDRESS, b"first")
        self.people = [self.ann]
        self.ann.exchange()

    def person(self, role: int, name: str, relay: str, ticket: bytes) -> Person:
        """Make a person who has a ticket, or none."""
        made = Person(self.folder / name, role, name, self.relay)
        profile = NewProfile(role, name, relay, ticket)
        making.create(made.folders, profile, [made.way], "0" * 32, made.chance.randbytes, made.clock)
        return made

    def join(self, invited: bytes = b"", own: bytes = b"") -> tuple[Person, Report]:
        """Have a client join an invite that carries `invited`; give the client and what the exchange said."""
        invite = pairing.make_invite(self.ann.vault, "Carl", ticket=invited)
        self.ann.exchange()
        carl = self.person(CLIENT, "Carl", "", own)
        self.people.append(carl)
        pairing.begin_join(carl.vault, invite.link)
        return carl, carl.exchange()

    def end(self) -> None:
        """Close everything."""
        for person in self.people:
            person.lock()
        self.relay.end()


@pytest.fixture
def visitors(tmp_path: Path) -> Iterator[Visitors]:
    """The therapist at a relay that asks for tickets."""
    made = Visitors(tmp_path)
    yield made
    made.end()


@pytest.mark.parametrize(("invited", "own"), [(b"second", b""), (b"", b"third"), (b"second", b"third")])
def test_a_ticket_opens_the_clients_mailbox(visitors: Visitors, invited: bytes, own: bytes) -> None:
    """The ticket of the invite opens the client's mailbox, or else the client's own, and letters go both ways."""
    carl, report = visitors.join(invited, own)
    assert (report.reachable, report.problem) == (True, "")
    carl.write("Good morning")
    carl.exchange()
    visitors.ann.exchange()
    visitors.ann.write("Good evening")
    visitors.ann.exchange()
    carl.exchange()
    assert (visitors.ann.texts(), carl.texts()) == (["Good morning"], ["Good evening"])


def test_the_inviters_own_ticket_is_not_handed_on(visitors: Visitors) -> None:
    """Without a ticket nothing goes: the reason is told, the letter waits, and the relay is asked once an exchange."""
    carl, report = visitors.join()
    assert "only for a ticket" in report.problem
    carl.write("Hello")
    before = visitors.relay.requests
    assert "only for a ticket" in carl.exchange().problem
    assert carl.states() == ["queued"]
    assert visitors.relay.requests - before <= 2


def test_a_ticket_has_bounds(visitors: Visitors) -> None:
    """A ticket that no relay can have handed out is refused before an invite is made."""
    with pytest.raises(errors.UsageError, match="256"):
        pairing.make_invite(visitors.ann.vault, "Carl", ticket=bytes(257))
    assert pairing.invites(visitors.ann.vault) == []
