"""The demo's made-up caseload in the therapist's vault: real rows, true at any hour, and nothing that cannot go."""

import asyncio
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.quick import quick
from tests.services.office import ADDRESS, Clock, Relay
from therapy_tui import errors
from therapy_tui.content import caseload as content
from therapy_tui.content.demo import CLIENT, THERAPIST, story
from therapy_tui.core import bodies, shared
from therapy_tui.core.audit import What
from therapy_tui.core.bodies import Kind
from therapy_tui.core.delivery import State
from therapy_tui.core.messages import LETTER, Message
from therapy_tui.core.triage import Why
from therapy_tui.core.wire import Limits
from therapy_tui.services import audit, caseload, conversation, directory, pairing, triage
from therapy_tui.services.caseload import Caseload
from therapy_tui.services.courier import Courier
from therapy_tui.services.days import day_of
from therapy_tui.services.demo import StoryClock, live_through, sit_down
from therapy_tui.services.directory import Person
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import Vault

PEOPLE = {each.name: each for each in content.people()}
HOURS = ["00:00:00", "00:20:00", "08:50:00", "16:45:00", "23:29:00", "23:59:59"]
SECONDS = 1.5


@dataclass
class Demo:
    """A demo's home with a relay that allows what a real one allows, before anybody sits down."""

    relay: Relay
    seats: dict[str, Seat]
    clock: Clock
    caseload: Caseload

    @property
    def vault(self) -> Vault:
        """The therapist's."""
        return self.seats[THERAPIST].open_vault

    def letters(self, name: str) -> list[Message]:
        """All that was said to and by somebody, in order."""
        return list(conversation.everything(self.vault, self.person(name).contact))

    def person(self, name: str) -> Person:
        """Somebody as the list of people has them."""
        return next(each for each in directory.people(self.vault) if each.contact.name == name)

    @property
    def waiting(self) -> tuple[int, int]:
        """How many sealed bytes are in the outbox, and how many receipts are owed."""
        database = self.vault.database
        return database.value("SELECT count(*) FROM outbox"), database.value("SELECT count(*) FROM receipts")

    def exchange(self) -> int:
        """Let the therapist's courier go once, and give how many letters a relay took."""
        courier = Courier(self.vault, self.relay, lambda: day_of(self.clock.now))
        return asyncio.run(courier.exchange()).sent


def at(hour: str) -> int:
    """Give the seconds since 1970 of a local time on a day of the tests."""
    return int(time.mktime(time.strptime(f"2026-11-26 {hour}", "%Y-%m-%d %H:%M:%S")))


@pytest.fixture
def hour() -> str:
    """When the demo begins."""
    return "16:45:00"


@pytest.fixture
def demo(tmp_path: Path, hour: str) -> Iterator[Demo]:
    """The home of a demo that has begun."""
    clock = Clock(at(hour))
    relay = Relay(tmp_path / "relay.db", clock, Limits())
    told, past = story(THERAPIST), StoryClock(clock)
    seats = sit_down(tmp_path, told, lambda _: relay, secrets.token_bytes, past)
    asyncio.run(live_through(told, seats, ADDRESS, past))
    yield Demo(relay, seats, clock, Caseload(seats[THERAPIST]))
    for seat in seats.values():
        seat.lock()
    relay.end()


def test_only_the_therapist_has_them(demo: Demo) -> None:
    """The client's seat brings nobody; the therapist's brings fourteen, once and fast."""
    demo.caseload.fill(demo.seats[CLIENT])
    assert len(directory.people(demo.vault)) == len(directory.people(demo.seats[CLIENT].open_vault)) == 1
    began = time.process_time()
    demo.caseload.fill(demo.seats[THERAPIST])
    assert time.process_time() - began < SECONDS
    demo.caseload.fill(demo.seats[THERAPIST])
    assert len(directory.people(demo.vault)) == 15


def test_the_audit_log_has_the_days_of_the_story(demo: Demo) -> None:
    """The vault was opened when it was begun, when the therapist read or wrote, and when somebody sits down now."""
    demo.caseload.fill(demo.seats[THERAPIST])
    told = story(THERAPIST)
    days = [told.begins, *(each.when for each in told.letters if THERAPIST in {each.role, *each.readers})]
    opened = [day_of(each.at) for each in audit.every(demo.vault) if each.what == What.OPENED]
    assert opened == [*(day_of(each.seconds(demo.clock.now)) for each in days), day_of(demo.clock.now)]
    assert len(set(opened)) >= 6
    assert audit.verify(demo.vault).fault is None


def test_everything_is_there(demo: Demo) -> None:
    """Read back after a lock, each of the fourteen has every letter in order, with measures, pages and questions."""
    demo.caseload.fill(demo.seats[THERAPIST])
    demo.seats[THERAPIST].lock()
    demo.seats[THERAPIST].unlock_by_keyring()
    assert {each.contact.name for each in directory.people(demo.vault)} == {*PEOPLE, "Kit (made up)"}
    for name, told in PEOPLE.items():
        said = demo.letters(name)
        letters = [each for each in said if each.kind == LETTER]
        assert [each.text for each in letters] == [each.text.strip() for each in told.letters]
        assert [each.outgoing for each in letters] == [each.role == THERAPIST for each in told.letters]
        assert [each.tone for each in letters] == [each.tone for each in told.letters]
        assert [each.written_at for each in said] == sorted(each.written_at for each in said)
        assert not any(conversation.is_after_gap(demo.vault, demo.person(name).contact, each) for each in said)
        kinds = [each.kind for each in said]
        assert kinds.count(Kind.ANSWERS) == len(told.measures)
        assert kinds.count(Kind.PAGE) == len(told.pages)
        assert kinds.count(Kind.QUESTION) == len(told.questions)
        assert kinds.count(Kind.PROMISE) == len(told.promises)
        assert [each.raw for each in letters] == [b""] * len(letters)
        assert all(bodies.pack_body(bodies.unpack_body(each.kind, each.raw)) == each.raw for each in said if each.raw)


@pytest.mark.campaign
def test_answers_answer(demo: Demo) -> None:
    """Each letter of the therapist's answers the last one before it, and a promise names letters that are there."""
    demo.caseload.fill(demo.seats[THERAPIST])
    for name in PEOPLE:
        last = b""
        for message in demo.letters(name):
            if message.kind == Kind.PROMISE:
                promise = bodies.unpack_body(message.kind, message.raw)
                assert isinstance(promise, bodies.Promise)
                assert last in promise.ids
            elif message.kind == LETTER and message.outgoing:
                assert message.answers == last
            elif message.kind == LETTER:
                last = message.id[: bodies.MARK_SIZE]


def test_states(demo: Demo) -> None:
    """Four have written something that is not read yet, one has a letter that was only delivered; trust is as told."""
    demo.caseload.fill(demo.seats[THERAPIST])
    unread = {each.contact.name: each.unread for each in directory.people(demo.vault) if each.unread}
    assert unread == {"R. M.": 1, "N. A.": 1, "K.": 1, "Wren": 1, "Kit (made up)": 1}
    ours = {name: [each.state for each in demo.letters(name) if each.outgoing] for name in PEOPLE}
    assert ours["Rue"].pop() is State.DELIVERED
    assert all(state is State.READ for states in ours.values() for state in states)
    trust = {each.contact.name: each.contact.trust for each in directory.people(demo.vault)}
    assert {name: trust[name] for name in PEOPLE} == {name: told.trust for name, told in PEOPLE.items()}
    assert demo.person("J. P.").contact.trust_before == "verified"
    assert pairing.words(demo.vault, demo.person("J. P.").contact).of_changed_keys
    assert [each.contact.name for each in directory.people(demo.vault) if each.alike] == []


def test_nothing_waits(demo: Demo) -> None:
    """Nothing of it is in the outbox and no receipt is owed, before and after an exchange."""
    before = demo.waiting
    demo.caseload.fill(demo.seats[THERAPIST])
    assert demo.waiting == before == (0, 0)
    assert demo.exchange() == 0
    assert demo.waiting == (0, 0)


def test_they_can_be_written_to(demo: Demo) -> None:
    """What is written to each is sent, receipts go too, and to changed keys all waits until they are accepted."""
    demo.caseload.fill(demo.seats[THERAPIST])
    asyncio.run(demo.caseload.open_mailboxes())
    everyone = directory.people(demo.vault)
    for each in everyone:
        conversation.send(demo.vault, each.contact, "I have read this.")
        conversation.mark_read(demo.vault, each.contact.id)
    assert demo.exchange() == 14
    states = {each.contact.name: demo.letters(each.contact.name)[-1].state for each in everyone}
    assert states.pop("J. P.") is State.QUEUED
    assert set(states.values()) == {State.SENT}
    demo.clock.now += conversation.READ_LATEST
    assert demo.exchange() == 0
    pairing.accept_change(demo.vault, demo.person("J. P.").contact)
    assert demo.exchange() == 1
    assert demo.letters("J. P.")[-1].state is State.SENT
    assert demo.waiting == (0, 0)


@pytest.mark.campaign
def test_mailboxes_are_opened_once(demo: Demo) -> None:
    """One request makes all the mailboxes, within what a relay allows an hour; a second call asks nothing."""
    demo.caseload.fill(demo.seats[THERAPIST])
    asked = demo.relay.requests
    for _ in range(2):
        asyncio.run(demo.caseload.open_mailboxes())
    assert demo.relay.requests == asked + 1


@pytest.mark.campaign
def test_a_relay_that_makes_no_more_mailboxes(demo: Demo) -> None:
    """A relay that refuses some of them is named as not reached; a letter then waits, says why, and does not fail."""
    demo.relay.with_limits(Limits(opens_an_hour=3))
    demo.caseload.fill(demo.seats[THERAPIST])
    with pytest.raises(errors.Unreachable):
        asyncio.run(demo.caseload.open_mailboxes())
    conversation.send(demo.vault, demo.person("Yan").contact, "I have read this.")
    assert demo.exchange() == 0
    waits = demo.letters("Yan")[-1]
    assert waits.state is State.QUEUED
    assert waits.reason


@pytest.mark.parametrize("hour", quick(HOURS, "00:20:00"))
def test_true_at_any_hour(demo: Demo, hour: str) -> None:
    """Whenever the demo begins: nothing is of the future, and what is over, due today or tomorrow is just that."""
    now = at(hour)
    caseload.load(demo.vault, content.people(), now)
    for name in PEOPLE:
        said = demo.letters(name)
        assert all(max(each.written_at, each.arrived_at, each.state_at) <= now for each in said), name
        assert demo.person(name).contact.made_at < said[0].written_at
    until = {name: promises(demo, name)[-1].until for name in ("R. M.", "Sol", "K.")}
    assert (now - until["R. M."]) // 3_600 == 2
    assert now <= until["Sol"]
    assert day_of(until["Sol"]) == day_of(now)
    assert day_of(until["K."]) == day_of(now + 86_400)
    assert day_of(demo.letters("N. A.")[0].written_at) == day_of(now)


def promises(demo: Demo, name: str) -> list[bodies.Promise]:
    """Give what was promised to somebody, oldest first."""
    read = [bodies.unpack_body(each.kind, each.raw) for each in demo.letters(name) if each.kind == Kind.PROMISE]
    return [each for each in read if isinstance(each, bodies.Promise)]


@pytest.mark.campaign
def test_measures(demo: Demo) -> None:
    """The answers that are read back are those of the files, on the scale of their measure."""
    demo.caseload.fill(demo.seats[THERAPIST])
    for name, told in PEOPLE.items():
        read = [bodies.unpack_body(each.kind, each.raw) for each in demo.letters(name) if each.kind == Kind.ANSWERS]
        assert [tuple(each.answers) for each in read if isinstance(each, shared.SharedAnswers)] == [
            each.answers for each in told.measures
        ]


@pytest.mark.campaign
def test_check_ins(demo: Demo) -> None:
    """Each mood is there once on its day, and the desk knows it."""
    demo.caseload.fill(demo.seats[THERAPIST])
    rows = demo.vault.database.all("SELECT contact, day FROM shared_moods")
    for name, told in PEOPLE.items():
        read = [bodies.unpack_body(each.kind, each.raw) for each in demo.letters(name) if each.kind == Kind.CHECK_INS]
        moods = [day for each in read if isinstance(each, shared.SharedCheckIns) for day in each.days]
        assert moods == [(day_of(demo.clock.now - 86_400 * days_ago), mood) for days_ago, mood in told.moods]
        assert dict(moods).keys() <= {day for who, day in rows if who == demo.person(name).contact.id}


def test_the_desk(demo: Demo) -> None:
    """Who needs the therapist stands in front, each with the reason that was meant, and nobody is left out."""
    demo.caseload.fill(demo.seats[THERAPIST])
    found = triage.Caseload(demo.vault).order()
    assert {each.facts.name for each in found} == {*PEOPLE, "Kit (made up)"}
    assert [each.facts.name for each in found[:2]] == ["Sol", "R. M."]
    why = {each.facts.name: {reason.why for reason in each.reasons} for each in found}
    assert {name for name in why if Why.FLAG in why[name]} == {"Sol"}
    assert {name for name in why if Why.OVER in why[name]} == {"R. M."}
    assert {name for name in why if Why.KEYS in why[name]} == {"J. P."}
    assert {name for name in why if Why.SILENT in why[name]} == {"Rue"}
    assert {name for name in why if Why.WORDS in why[name]} == set()
    assert {name for name in why if Why.FIRST in why[name]} == {"N. A."}
    assert next(each for each in found if each.facts.name == "K.").facts.waiting == 2
    assert next(each for each in found if each.facts.name == "Wren").facts.just_heard
    due = {each.facts.name for each in found if each.facts.standing.until}
    assert due == {"R. M.", "Sol", "N. A.", "K.", "Wren", "Kit (made up)"}
