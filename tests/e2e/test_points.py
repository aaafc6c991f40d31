"""kill -9 at every named point, one after another: whatever was going on, each letter arrives exactly once."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.e2e.driver import Driver
from tests.e2e.truth import check_truth
from tests.two_people import Person, TwoPeople, new_person, two_people
from tests.words import letter
from therapy_tui.services.courier import courier_lock

MOST = 400
WHENS = ("before", "after")
PLACES = ("a transaction", "the network", "an envelope", "an acceptance", "the epoch outside", "a statement")


def points(*places: str, quick: tuple[str, ...]) -> list[ParameterSet]:
    """Give every place with both moments; those whose names are not `quick` belong to the campaign."""
    names = [(place, when, f"{when} {place}") for place in places for when in WHENS]
    return [
        pytest.param(place, when, id=name, marks=() if name in quick else pytest.mark.campaign)
        for place, when, name in names
    ]


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoPeople]:
    """Two people who have met; the tests of this module go on with the same two."""
    with two_people(tmp_path_factory.mktemp("points")) as both:
        yield both


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    """What runs commands that die."""
    with Driver() as running:
        yield running
        print(f"{running.kills} processes were killed at named points")


class Book:
    """What was accepted of each, in order."""

    def __init__(self, people: TwoPeople) -> None:
        self.people = people
        self.texts = {
            person.name: [row["text"] for row in person.letters(people.other(person), "out")] for person in people.both
        }

    def queue(self, person: Person, count: int = 2) -> None:
        """Write letters that do not leave yet, because another process carries the letters."""
        for _ in range(count):
            with courier_lock(person.folders.state / "courier"):
                done = person.send(self.people.other(person), self.next_text(person))
            assert (done.code, done.row["state"]) == (0, "queued")
            self.texts[person.name].append(done.row["text"])

    def next_text(self, person: Person) -> str:
        """Give a text that this person has not used."""
        return letter(len(person.name), len(self.texts[person.name]), 2)


@pytest.mark.parametrize(("place", "when"), points(*PLACES, quick=()))
def test_a_killed_exchange(people: TwoPeople, driver: Driver, place: str, when: str) -> None:
    """Two letters go and two come while `sync` is killed at each point in turn: all arrive once, in order."""
    book = Book(people)
    for nth in range(1, MOST):
        person = people.both[nth % 2]
        for each in people.both:
            book.queue(each)
        people.other(person).do("sync")
        died = driver.attempt(person, (place, when, nth), "sync")
        if not died:
            break
    assert nth > 1
    people.settle()
    check_truth(people, book.texts)


@pytest.mark.parametrize(("place", "when"), points(*PLACES, "sealing", quick=()))
def test_a_killed_send(people: TwoPeople, driver: Driver, place: str, when: str) -> None:
    """A letter whose `send` is killed at a point is kept whole or not at all, and what is kept arrives once."""
    book = Book(people)
    for nth in range(1, MOST):
        person, other = people.both[nth % 2], people.both[1 - nth % 2]
        book.queue(other, 1)
        other.do("sync")
        text = book.next_text(person)
        died = driver.attempt(person, (place, when, nth), "send", other.name, "-", stdin=text)
        out = [row["text"] for row in person.letters(other, "out")]
        assert out in (book.texts[person.name], [*book.texts[person.name], text])
        assert died or out[-1] == text
        book.texts[person.name] = out
        if not died:
            break
    people.settle()
    check_truth(people, book.texts)


@pytest.mark.campaign
def test_kills_in_a_row(people: TwoPeople, driver: Driver) -> None:
    """A sync that dies ever later, with nothing mended in between, ends with every letter in its place, once."""
    book = Book(people)
    for each in people.both:
        book.queue(each, 5)
    people.therapist.do("sync")
    for place, when in itertools.product(("a transaction", "the network", "an envelope"), WHENS):
        for nth in (1, 2, 3):
            driver.attempt(people.client, (place, when, nth), "sync")
    people.settle()
    check_truth(people, book.texts)


@pytest.mark.parametrize(
    ("place", "when"),
    points("a transaction", "the network", "the epoch outside", "a claim", "a welcome", quick=()),
)
def test_a_killed_meeting(people: TwoPeople, driver: Driver, tmp_path: Path, place: str, when: str) -> None:
    """Whoever dies while two people meet, and wherever, one contact comes of it on both sides, and letters go."""
    therapist = people.therapist
    before = len(therapist.do("contacts").rows)
    numbers = itertools.count(1)
    open_points = {"join": True, "welcome": True}
    made = 0
    while any(open_points.values()):
        nth = next(numbers)
        made += 1
        client = new_person(f"Client {place} {when} {nth}", "client", tmp_path / str(nth))
        link = therapist.do("invite").row["link"]
        open_points["join"] = driver.attempt(client, (place, when, nth), "join", "-", stdin=link)
        again = ["sync"] if client.do("contacts").rows else ["join", "-"]
        client.do(*again, stdin=link)
        open_points["welcome"] = driver.attempt(therapist, (place, when, nth), "sync")
        pair = TwoPeople(people.relay, therapist, client)
        pair.settle(1)
        texts: dict[str, list[str]] = {}
        for each in pair.both:
            text = letter(nth, len(texts), 1)
            assert each.send(pair.other(each), text).code == 0
            texts[each.name] = [text]
        pair.settle()
        check_truth(pair, texts)
    assert len(therapist.do("contacts").rows) == before + made


RECOVERY = ("a transaction", "the network", "an envelope", "sealing", "a restoration", "a ratchet's start", "a reset")


SPARES = [pytest.param(True, id="with a spare key", marks=pytest.mark.campaign), pytest.param(False, id="by a reset")]


@pytest.mark.parametrize("spare", SPARES)
@pytest.mark.parametrize(("place", "when"), points(*RECOVERY, quick=()))
def test_a_killed_recovery(driver: Driver, tmp_path: Path, place: str, when: str, *, spare: bool) -> None:
    """A vault that went back in time heals, whichever side dies while it does: letters of both are there once."""
    with two_people(tmp_path) as people:
        texts: dict[str, list[str]] = {each.name: [] for each in people.both}
        for nth in range(1, MOST):
            _go_back(people, texts, tmp_path / "copy", spare=spare)
            died = [driver.attempt(each, (place, when, nth), "sync") for each in (people.client, people.therapist)]
            people.settle(4)
            for each in people.both:
                _write(people, texts, each)
            people.settle(2)
            check_truth(people, texts, healed=True)
            if not any(died):
                break
        assert nth > 1 or (spare and place == "a reset")  # with a spare key there is no reset to die in


def _go_back(people: TwoPeople, texts: dict[str, list[str]], copy: Path, *, spare: bool) -> None:
    """Put an old copy of the client's vault back, after letters came that it does not hold."""
    for each in people.both:
        _write(people, texts, each)
        with each.vault() as vault, vault.transaction():  # an hour has passed since the last time, for both
            vault.database.run("UPDATE pairs SET answers = 0, answered_at = 0, reset_at = 0, reset_wait = 0")
    people.settle(2)
    if not spare:
        with people.client.vault() as vault, vault.transaction():
            vault.database.run("UPDATE pairs SET spare = x''")
    shutil.copytree(people.client.folders.data, copy)
    for _ in range(2):
        _write(people, texts, people.therapist)
    people.settle(2)
    shutil.rmtree(people.client.folders.data)
    copy.rename(people.client.folders.data)


def _write(people: TwoPeople, texts: dict[str, list[str]], person: Person) -> None:
    text = letter(7 + len(person.name), len(texts[person.name]), 1)
    assert person.send(people.other(person), text).code == 0
    texts[person.name].append(text)
