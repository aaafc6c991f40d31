"""A vault with very many letters: what is done with it costs what it costs with few, and little is held."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import apsw
import pytest

from tests.large import COMMON, RARE, Work, fill, message, metered
from tests.services.people import Person, World, copy_world
from therapy_tui.core.messages import Draft
from therapy_tui.services import conversation, directory, healing
from therapy_tui.services.epoch import Epoch
from therapy_tui.store import messages

FEW = 400
SIZES = [4_000, pytest.param(100_000, marks=pytest.mark.campaign)]
UNREAD = 40
FLAT, ALLOWED = 1.1, 300
"""How many more steps of SQLite's machine a search in deeper trees may take, and words that are merged as they come."""
MERGED = 12
"""Rows that the index of words gives itself for its pieces, of which there are a few more."""
LITTLE = 1_000_000
"""Bytes that are held at the most while something goes through all letters."""


@dataclass(frozen=True, slots=True)
class Two:
    """The same world twice: few letters, and very many."""

    few: World
    many: World
    size: int


def worlds(template: Path, folder: Path, size: int) -> Iterator[Two]:
    """Give the two worlds."""
    two = Two(copy_world(template, folder / "few"), copy_world(template, folder / "many"), size)
    for world, count in ((two.few, FEW), (two.many, size)):
        for person in (world.ann, world.carl):
            fill(person.vault, person.contact().id, count, unread=UNREAD)
    yield two
    two.few.end()
    two.many.end()


@pytest.fixture(scope="module", params=SIZES)
def two(request: pytest.FixtureRequest, met_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """Two worlds that the tests share."""
    yield from worlds(met_template, tmp_path_factory.mktemp("large"), request.param)


def middle(person: Person) -> conversation.Place:
    """Give where the letter in the middle of the correspondence stands."""
    contact = person.contact()
    half = messages.tally(person.vault.database, contact.id).letters // 2
    found = conversation.get(person.vault, contact.id, message(contact.id, half, 0).id)
    assert found is not None
    return conversation.place_of(found)


def find_rare(person: Person) -> None:
    """Find what stands in few letters."""
    assert conversation.search(person.vault, RARE, person.contact().id, 2)


def read_newest(person: Person) -> None:
    """Keep that the newest letters were shown."""
    shown = conversation.newest(person.vault, person.contact().id, 12).letters
    assert conversation.mark_read(person.vault, person.contact().id, [each.id for each in shown]) > 0


def look_for_gaps(person: Person) -> None:
    """Look at the newest letters for one that is missing."""
    contact = person.contact()
    shown = conversation.newest(person.vault, contact.id, 12).letters
    assert not any(conversation.is_after_gap(person.vault, contact, each) for each in shown)


def go_back(person: Person) -> None:
    """Let the vault find that it is an older copy."""
    with person.vault.transaction():
        healing.restore(person.vault, Epoch(person.vault.epoch.count + 5, 1))


ALONE: dict[str, Callable[[Person], object]] = {
    "people": lambda one: directory.people(one.vault),
    "one person by name": lambda one: directory.find(one.vault, one.contact().name),
    "the newest letters": lambda one: conversation.newest(one.vault, one.contact().id, 12),
    "the first letters": lambda one: conversation.since(one.vault, one.contact().id, (-1, -1, -1), 12),
    "letters before the middle": lambda one: conversation.before(one.vault, one.contact().id, middle(one), 12),
    "letters after the middle": lambda one: conversation.since(one.vault, one.contact().id, middle(one), 12),
    "the first unread": lambda one: conversation.first_unread(one.vault, one.contact().id),
    "looking for gaps": look_for_gaps,
    "reading": read_newest,
    "a draft": lambda one: conversation.keep_draft(one.vault, one.contact().id, Draft("Begun.", 1, b"", 6, 0)),
    "what waits": lambda one: conversation.waiting(one.vault),
    "all that came": lambda one: conversation.letters_of_theirs(one.vault),
    "a rare word": find_rare,
    "writing": lambda one: one.write("One."),
    "noticing an old copy": go_back,
}
"""What one person does."""


def talk(world: World) -> None:
    """Send a letter each way, with all receipts."""
    world.ann.write("One more.")
    world.carl.write("And one.")
    world.settle(3)


def heal(world: World) -> None:
    """Heal from an older copy, with a letter that waited meanwhile."""
    go_back(world.carl)
    world.ann.write("Meanwhile.")
    world.settle()
    world.pass_time(3_600)
    world.settle()


TOGETHER: dict[str, Callable[[World], None]] = {"a letter each way": talk, "healing": heal}
"""What two people do."""


def work_of(person: Person, do: Callable[[], object]) -> Work:
    """Give what a vault had to do."""
    with metered(person.vault.database) as work:
        do()
    return work


@pytest.mark.parametrize("name", ALONE)
def test_what_one_does_costs_the_same(two: Two, name: str) -> None:
    """With very many letters SQLite takes hardly more steps, and gives hardly more rows, than with few."""
    few, many = (work_of(each.carl, partial(ALONE[name], each.carl)) for each in (two.few, two.many))
    assert few.statements > 0
    assert many.steps <= few.steps * FLAT + ALLOWED
    assert many.rows <= few.rows + MERGED


@pytest.mark.parametrize("name", TOGETHER)
def test_what_two_do_costs_the_same(two: Two, name: str) -> None:
    """Sending, receiving and healing take hardly more steps on either side than with few letters."""
    works = {}
    for world in (two.few, two.many):
        with metered(world.ann.vault.database) as ann, metered(world.carl.vault.database) as carl:
            TOGETHER[name](world)
        works[world is two.many] = ann, carl
    for few, many in zip(works[False], works[True], strict=True):
        assert many.steps <= few.steps * FLAT + ALLOWED
        assert many.rows <= few.rows * FLAT


def test_opening_costs_the_same(two: Two) -> None:
    """Unlocking, and the first words of the people, take hardly more steps than with few letters."""
    steps = []
    for person in (two.few.carl, two.many.carl):
        work = Work()
        person.lock()
        hook = partial(trace, work)
        apsw.connection_hooks.append(hook)
        try:
            directory.people(person.open())
        finally:
            apsw.connection_hooks.remove(hook)
        steps.append(work.steps)
    few, many = steps
    assert few > 0
    assert many <= few * FLAT + ALLOWED


def test_a_frequent_word_is_found_without_holding_what_is_found(two: Two) -> None:
    """A word that stands in every letter gives the newest, and the search holds little whatever there is."""
    carl = two.many.carl
    peak = peak_of(lambda: conversation.search(carl.vault, COMMON, carl.contact().id, 20))
    assert peak < LITTLE
    found = conversation.search(carl.vault, COMMON, carl.contact().id, 20)
    rows = [each.row for each in found]
    assert len(rows) == 20
    assert rows == sorted(rows, reverse=True)


def test_reading_everything_holds_little(two: Two) -> None:
    """Going through a whole correspondence gives every letter once, in order, and holds a few at a time."""
    carl = two.many.carl
    places: list[int] = []

    def read() -> None:
        count, last = 0, (-1, -1, -1)
        for each in conversation.everything(carl.vault, carl.contact()):
            here = conversation.place_of(each)
            assert here > last
            count, last = count + 1, here
        places.append(count)

    assert peak_of(read) < LITTLE
    assert places == [messages.tally(carl.vault.database, carl.contact().id).letters]


def peak_of(do: Callable[[], object]) -> int:
    """Give the most bytes that Python held at once for something."""
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def trace(work: Work, connection: apsw.Connection) -> None:
    """Count what a new connection does."""
    connection.trace_v2(apsw.SQLITE_TRACE_PROFILE | apsw.SQLITE_TRACE_ROW, work.take, id=work)
