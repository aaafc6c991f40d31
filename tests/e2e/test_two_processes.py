"""Several processes on one vault: they share it, and one of them carries the letters."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.driver import Driver
from tests.e2e.truth import check_truth
from tests.two_people import Person, TwoPeople, ended, two_people
from tests.words import letter

WAITED = 60.0


@pytest.fixture
def people(tmp_path: Path) -> Iterator[TwoPeople]:
    """Two people who have met."""
    with two_people(tmp_path) as both:
        yield both


def wait_present(person: Person) -> None:
    """Wait until a process of this person carries the letters; looks at the system's list of locks and takes none."""
    path = person.folders.state / "courier"
    end = time.monotonic() + WAITED
    while time.monotonic() < end:
        if path.exists() and f":{path.stat().st_ino} " in Path("/proc/locks").read_text():
            return
        time.sleep(0.05)
    raise TimeoutError


@pytest.mark.campaign
def test_many_letters_beside_a_waiting_sync(people: TwoPeople) -> None:
    """Thirty letters each way, written beside a `sync --wait` on both sides, arrive once, in order, while it waits."""
    waiting = [person.start("sync", "--wait", "600") for person in people.both]
    for person in people.both:
        wait_present(person)
    texts = {person.name: [letter(n, number, 2) for number in range(30)] for n, person in enumerate(people.both)}
    with Driver() as first, Driver() as second:
        drivers = (first, second)
        for driver, person in zip(drivers, people.both, strict=True):
            to = people.other(person).name
            driver.begin(person, [(("send", to, "-"), text) for text in texts[person.name]])
        for driver in drivers:
            code, done = driver.result()
            assert code == 0
            assert {each.code for each in done} == {0}
            assert {each.row["state"] for each in done} <= {"queued", "sent", "delivered"}
    end = time.monotonic() + WAITED
    while time.monotonic() < end and not _all_delivered(people):
        time.sleep(0.2)
    assert all(process.poll() is None for process in waiting)
    for person, process in zip(people.both, waiting, strict=True):
        person.do("lock")
        came_to = ended(process)
        assert came_to.code == 0, came_to
        assert came_to.row["reachable"] is True
    people.settle(1)
    check_truth(people, texts)


def test_a_letter_does_not_wait_behind_a_wait(people: TwoPeople) -> None:
    """A letter written beside a `sync --wait` to which nothing comes leaves within a few seconds."""
    process = people.client.start("sync", "--wait", "60")
    wait_present(people.client)
    assert people.client.send(people.therapist, "Now.").row["state"] == "queued"
    end = time.monotonic() + 30
    while time.monotonic() < end and not people.therapist.do("sync").row["received"]:
        time.sleep(0.1)
    assert [row["text"] for row in people.therapist.letters(people.client, "in")] == ["Now."]
    assert process.poll() is None
    people.client.do("lock")
    assert ended(process).code == 0


def test_lock_ends_a_waiting_sync_and_waits_for_it(people: TwoPeople) -> None:
    """`lock` returns when no process has the vault open any more, and the waiting one says what it came to."""
    process = people.client.start("sync", "--wait", "60")
    wait_present(people.client)
    begun = time.monotonic()
    people.client.do("lock")
    assert time.monotonic() - begun < 30
    done = ended(process)
    assert done.code == 0
    assert {"sent", "received", "bytes_out", "bytes_in", "reachable"} <= done.row.keys()


def _all_delivered(people: TwoPeople) -> bool:
    return all(
        row["state"] == "delivered" for person in people.both for row in person.letters(people.other(person), "out")
    )
