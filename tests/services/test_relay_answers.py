"""What each answer of a relay changes, and what none of them loses."""

from dataclasses import replace

import pytest

from tests.services.faulty import Fault
from tests.services.people import DAY, HOUR, YEAR, Person, World
from therapy_tui import errors
from therapy_tui.core.wire import Code, Refused, pack_answer, unpack_body, unpack_request
from therapy_tui.core.wire.parts import Deposit
from therapy_tui.services.courier import Courier
from therapy_tui.services.events import LineChanged


class Answering:
    """A relay that answers every part, or every deposit, with one refusal for a while."""

    def __init__(self, person: Person, refusal: Refused, *, deposits_only: bool = False) -> None:
        self.line = person.line
        self.refusal = refusal
        self.deposits_only = deposits_only
        self.asked = 0

    async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
        """Refuse."""
        parts = [unpack_body(each) for _, each in unpack_request(body)]
        self.asked += 1
        if self.deposits_only and not any(isinstance(part, Deposit) for part in parts):
            return await self.line.post(relay, body, wait)
        return pack_answer([self.refusal] * len(parts))

    async def close(self) -> None:
        """Keep nothing open."""


def refuse(person: Person, refusal: Refused) -> Answering:
    """Let the person's courier meet this refusal until `person.restart`."""
    line = Answering(person, refusal)
    person._courier = Courier(person.vault, line, lambda: "2027-01-15")
    return line


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (Refused(Code.FULL), "full"),
        (Refused(Code.NO_ROOM), "nearly full"),
        (Refused(Code.SLOW_DOWN, (120,)), "120 seconds"),
        (Refused(Code.VERSION, (2,)), "update therapy-tui"),
    ],
)
def test_what_passes_keeps_everything(met: World, refusal: Refused, sentence: str) -> None:
    """While a relay is full, slow or of another version letters stay queued, the reason is told, and later all goes."""
    met.ann.write("waits")
    line = refuse(met.ann, refusal)
    report = met.ann.exchange()
    assert sentence in report.problem
    assert line.asked <= 2
    assert met.ann.states() == ["queued"]
    met.ann.restart()
    met.pass_time(HOUR + 1)
    met.settle()
    assert met.carl.texts() == ["waits"]


def test_a_full_mailbox_is_tried_hourly(met: World) -> None:
    """When the other's mailbox is full the letter waits an hour, then goes as the same bytes."""
    met.relay.with_limits(replace(met.relay.limits, mailbox_envelopes=1))
    met.ann.write("one")
    met.ann.write("two")
    met.ann.exchange()
    assert met.ann.states() == ["queued", "queued"]
    sealed = met.ann.vault.database.all("SELECT envelope FROM outbox ORDER BY id")
    requests = met.relay.requests
    met.ann.exchange()
    assert met.relay.requests - requests == 1
    met.relay.with_limits(replace(met.relay.limits, mailbox_envelopes=10))
    met.pass_time(HOUR - 1)
    met.ann.exchange()
    assert met.ann.states() == ["queued", "queued"]
    met.pass_time(1)
    met.ann.exchange()
    assert met.ann.states() == ["sent", "sent"]
    assert [(envelope,) for _, _, envelope in met.relay.waiting()] == sealed


def test_too_large_fails_that_letter(met: World) -> None:
    """A letter over the relay's limit is failed with the reason, and the next one goes."""
    import random

    met.relay.with_limits(replace(met.relay.limits, envelope=4_000))
    met.ann.write("".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=20_000)))
    met.ann.exchange()
    met.ann.write("short")
    met.settle()
    assert met.ann.states() == ["failed", "delivered"]
    assert "size" in met.ann.letters()[0].reason


def test_a_slow_relay_is_given_its_time(met: World) -> None:
    """A letter that was told to slow down is not tried again before the seconds are over."""
    met.ann.write("slow")
    refuse(met.ann, Refused(Code.SLOW_DOWN, (300,)))
    met.ann.exchange()
    met.ann.restart()
    met.pass_time(299)
    met.ann.exchange()
    assert met.ann.states() == ["queued"]
    met.pass_time(1)
    met.ann.exchange()
    assert met.ann.states() == ["sent"]


@pytest.mark.parametrize("years", [-30, -1, 1, 30])
def test_a_wrong_clock_is_corrected_for_the_relay(met: World, years: int) -> None:
    """A clock that is wrong by years costs one more request; letters go both ways, and go on when it is set right."""
    right = met.carl.clock.now
    met.carl.clock = type(met.carl.clock)(right + years * YEAR)
    met.carl.restart()
    met.carl.write("what year is it")
    met.ann.write("a right one")
    met.settle()
    assert met.ann.texts() == ["what year is it"]
    assert met.carl.texts() == ["a right one"]
    met.carl.clock.now = right
    met.carl.write("now it is")
    met.settle()
    assert met.ann.texts() == ["what year is it", "now it is"]
    assert met.carl.states() == ["delivered", "delivered"]


def test_a_relay_that_cannot_tell_the_time(met: World) -> None:
    """A relay that goes on refusing the clock it gave is unreachable, and is not asked for ever."""
    met.ann.write("waits")
    line = refuse(met.ann, Refused(Code.CLOCK, (5,)))
    assert not met.ann.exchange().reachable
    assert line.asked <= 3
    assert met.ann.states() == ["queued"]


@pytest.mark.parametrize(
    "fault", [each for each in Fault if each not in {Fault.NONE, Fault.KILLED_AFTER, Fault.KILLED_BEFORE}]
)
def test_no_fault_of_the_line_changes_a_state(met: World, fault: Fault) -> None:
    """After any fault a letter is queued or sent as was proved, and the next exchange delivers it once."""
    met.ann.write("through")
    met.ann.line.plan.append(fault)
    report = met.ann.exchange()
    assert report.reachable is (fault is Fault.TWICE)
    assert met.ann.states() == ["sent" if fault is Fault.TWICE else "queued"]
    met.settle()
    assert met.carl.texts() == ["through"]
    assert met.ann.states() == ["delivered"]


def test_the_line_is_told_when_it_changes(met: World) -> None:
    """Whether the relay answers is told when it changes, and not at every exchange."""
    met.ann.courier.connected = None
    met.ann.facts.clear()
    for fault in (Fault.NONE, Fault.NONE, Fault.LOST_REQUEST, Fault.LOST_REQUEST, Fault.NONE):
        met.ann.line.plan.append(fault)
        met.ann.exchange()
    told = [fact.connected for fact in met.ann.facts if isinstance(fact, LineChanged)]
    assert told == [True, False, True]


def test_a_relay_that_lost_everything(met: World) -> None:
    """Both open their mailboxes again and tell their slots; what lay there comes again, and new letters arrive."""
    met.ann.write("delivered before")
    met.settle()
    met.ann.write("lost at the relay")
    met.ann.exchange()
    met.relay.lose_everything()
    for _ in range(30):
        met.settle(1)
        met.pass_time(HOUR)
    met.ann.write("after")
    met.carl.write("after, too")
    for _ in range(3):
        met.settle()
        met.pass_time(DAY)
    assert met.carl.texts() == ["delivered before", "lost at the relay", "after"]
    assert met.ann.texts() == ["after, too"]
    assert met.ann.vault.profile.done < 10


def test_an_invite_survives_a_relay_that_lost_everything(world: World) -> None:
    """An open invite is published again with the mailbox."""
    made = world.invite()
    world.relay.lose_everything()
    world.ann.exchange()
    world.join(made.link)
    world.settle()
    assert world.ann.contact().name == world.carl.name


def test_a_relay_that_makes_no_mailboxes(met: World) -> None:
    """A new profile at a relay that wants a ticket is told so, and what it wrote waits."""
    from therapy_tui.relay.admission import Admission
    from therapy_tui.relay.office import Office

    relay = met.relay
    admission = Admission(relay.limits, anyone=False, tickets=frozenset)
    relay.counter = replace(relay.counter, office=Office(relay.limits, admission, relay.clock, relay.store.free))
    relay.store.connection.execute("DELETE FROM mailbox")
    met.ann.write("waits")
    report = met.ann.exchange()
    assert "ticket" in report.problem
    assert met.ann.states() == ["queued"]


def test_an_answer_of_the_wrong_shape(met: World) -> None:
    """An answer with results that do not fit the parts is no relay's, and changes nothing."""
    met.ann.write("waits")
    line = refuse(met.ann, Refused(Code.MIXED, (0, 2)))
    report = met.ann.exchange()
    assert not report.reachable
    assert "not a relay's" in report.problem
    assert line.asked == 1
    assert met.ann.states() == ["queued"]


def test_bytes_are_counted(met: World) -> None:
    """The bytes of an exchange are told, and added up for the day."""
    from therapy_tui.services import conversation

    before = conversation.bytes_today(met.ann.vault, "2027-01-15")
    report = met.ann.exchange()
    after = conversation.bytes_today(met.ann.vault, "2027-01-15")
    assert (after[0] - before[0], after[1] - before[1]) == (report.bytes_up, report.bytes_down)
    assert report.bytes_up > 100
    assert conversation.bytes_today(met.ann.vault, "2027-01-16") == (0, 0)


def test_ending_closes_the_mailbox(met: World) -> None:
    """A profile that is erased can have its mailbox erased; over a lost line that is not claimed."""
    import asyncio

    met.ann.line.plan.append(Fault.LOST_REQUEST)
    assert not asyncio.run(met.ann.courier.close_mailbox())
    assert asyncio.run(met.ann.courier.close_mailbox())
    assert met.relay.store.connection.execute("SELECT count(*) FROM mailbox").fetchone() == (1,)


def test_a_malformed_request_is_not_repeated_for_ever(met: World) -> None:
    """A deposit that the relay calls malformed fails its letter with the reason."""
    met.ann.write("odd")
    line = Answering(met.ann, Refused(Code.MALFORMED), deposits_only=True)
    met.ann._courier = Courier(met.ann.vault, line, lambda: "2027-01-15")
    met.ann.exchange()
    assert met.ann.states() == ["failed"]
    assert met.ann.outbox() == []
    assert issubclass(errors.Malformed, errors.RemoteError)


def test_a_relay_that_was_away_under_a_wrong_clock(world: World) -> None:
    """A relay that was left alone for a while is asked again at once when the clock has been set back meanwhile."""
    made = world.invite()
    world.carl.clock = type(world.carl.clock)(world.carl.clock.now)
    world.carl.restart()
    world.carl.line.plan.append(Fault.LOST_REQUEST)
    world.carl.clock.now += DAY
    assert not world.join(made.link).reachable
    world.carl.clock.now -= DAY
    world.carl.exchange()
    assert world.carl.contact().name == world.ann.name


def test_a_receipt_is_never_given_up_for_its_size(met: World) -> None:
    """A proxy that finds whatever is in a request too large, twice, delays a receipt and does not lose it."""
    met.ann.write("proved all the same")
    met.ann.exchange()
    met.carl.line.plan.extend([Fault.NONE, *[Fault.TOO_LARGE] * 6])
    for _ in range(6):
        met.carl.exchange()
    assert met.carl.outbox() == ["receipt"]
    met.carl.line.plan.clear()
    met.pass_time(HOUR)
    met.settle()
    assert met.ann.states() == ["delivered"]
