"""A backup from one home to another with a real relay, and kill -9 while it is made and put in place."""

import random
import shlex
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.driver import Driver
from tests.large import fill
from tests.quick import quick
from tests.two_people import Person, TwoPeople, two_people
from therapy_tui.services import access, directory

MOST = 900
MAKING = ("a record of a backup", "the name of a backup")
PLACING = ("a transaction", "a statement", "a restoration", "the slots", "the settings", "a folder on the disk")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoPeople]:
    """Two people who have met and written."""
    with two_people(tmp_path_factory.mktemp("people")) as both:
        for person in both.both:
            person.do("keys", "add", "recovery", "--file", str(person.home / "words"))
        both.client.do("journal", "add", "-", stdin="A page.")
        both.client.do("note", "add", "-", stdin="A note.")
        both.client.send(both.therapist, "Before.")
        both.settle()
        yield both


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    """What runs commands that die."""
    with Driver() as running:
        yield running


def opener(person: Person) -> str:
    """Give the command that opens this person's vaults."""
    return f"{shutil.which('cat')} {shlex.quote(str(person.home / 'secret'))}"


def placing(person: Person, file: Path) -> tuple[str, ...]:
    """Give the words of a restore."""
    words = ("backup", "restore", str(file), "--recovery-file", str(person.home / "words"))
    return (*words, "--unlock-command", opener(person))


def is_whole(person: Person, file: Path) -> bool:
    """Tell whether there is a backup, which must then open."""
    if not file.exists():
        return False
    person.do("backup", "verify", str(file), "--recovery-file", str(person.home / "words"))
    return True


def stands(person: Person) -> bool:
    """Tell whether there is a home, which must then be whole."""
    if not access.look(person.folders).exists:
        assert not person.folders.vault.exists()
        return False
    assert [row["text"] for row in person.do("journal", "list").rows] == ["A page."]
    assert [row["text"] for row in person.do("note", "list").rows] == ["A note."]
    return True


@pytest.mark.parametrize("number", quick([0, 1], 0))
def test_from_one_home_to_another(tmp_path: Path, number: int) -> None:
    """Letters go on after a backup, the home is destroyed, and in a second one everything heals by itself.

    Both have all letters once, but for what the lost home wrote itself after the backup: those the other has.
    """
    with two_people(tmp_path) as both:
        lost = both.both[number]
        other = both.other(lost)
        lost.do("keys", "add", "recovery", "--file", str(tmp_path / "words"))
        lost.send(other, "mine before")
        other.send(lost, "theirs before")
        both.settle()
        lost.do("backup", "create", str(tmp_path / "kept"))
        for day in range(3):
            lost.send(other, f"mine since {day}")
            other.send(lost, f"theirs since {day}")
            both.settle()
        other.send(lost, "theirs under way")
        shutil.rmtree(lost.home / "data")
        shutil.rmtree(lost.home / "state")
        found = Person(lost.name, lost.role, tmp_path / "second")
        words = ("--recovery-file", str(tmp_path / "words"))
        found.do("backup", "restore", str(tmp_path / "kept"), *words, "--unlock-command", opener(lost))
        for _ in range(3):
            found.do("sync")
            other.do("sync")
        found.send(other, "mine after")
        other.send(found, "theirs after")
        for _ in range(3):
            found.do("sync")
            other.do("sync")
        since = [f"theirs since {day}" for day in range(3)]
        theirs = ["theirs before", *since, "theirs under way", "theirs after"]
        mine = ["mine before", *(f"mine since {day}" for day in range(3)), "mine after"]
        assert [row["text"] for row in found.letters(other, "in")] == theirs
        assert [row["text"] for row in other.letters(found, "in")] == mine
        assert [row["text"] for row in found.letters(other, "out")] == ["mine before", "mine after"]
        for person, whom in ((found, other), (other, found)):
            assert {row["state"] for row in person.letters(whom, "out")} == {"delivered"}
        assert found.do("outbox").rows == []


@pytest.mark.parametrize(
    ("place", "when"),
    [
        pytest.param(place, when, id=f"{when} {place}", marks=() if place == MAKING[1] else pytest.mark.campaign)
        for place in MAKING
        for when in ("before", "after")
    ],
)
def test_a_killed_making(people: TwoPeople, driver: Driver, tmp_path: Path, place: str, when: str) -> None:
    """A backup whose making is killed at each point in turn is whole or not there, and the next one clears up."""
    person, file = people.client, tmp_path / "kept"
    for nth in range(1, MOST):
        died = driver.attempt(person, (place, when, nth), "backup", "create", str(file))
        assert is_whole(person, file) == (not died or (place, when) == (MAKING[1], "after"))
        if not died:
            break
        file.unlink(missing_ok=True)
    assert nth > 1
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    ("place", "when"),
    [
        pytest.param(place, when, id=f"{when} {place}", marks=() if place in PLACING[2:3] else pytest.mark.campaign)
        for place in PLACING
        for when in ("before", "after")
    ],
)
def test_a_killed_placing(people: TwoPeople, driver: Driver, tmp_path: Path, place: str, when: str) -> None:
    """A restore that is killed at each point in turn leaves a whole home or none, and run again it works."""
    person, file = people.client, tmp_path / "kept"
    person.do("backup", "create", str(file))
    stood = 0
    for nth in range(1, MOST):
        new = Person(person.name, person.role, tmp_path / "new")
        died = driver.attempt(new, (place, when, nth), *placing(person, file))
        if not died:
            break
        if stands(new):
            stood += 1
            shutil.rmtree(new.home)
    assert nth > 1
    assert stood == (place == PLACING[-1])  # the second folder is that in which the home has its name by then
    assert stands(new)
    assert [path.name for path in new.folders.data.parent.iterdir()] == ["default"]


def took(person: Person, *words: str) -> float:
    """Run a command as a process, and give how many seconds it took."""
    begun = time.monotonic()
    done = person.run(*words)
    assert done.code == 0, done
    return time.monotonic() - begun


def kill_within(seconds: float, chance: random.Random, person: Person, *words: str) -> bool:
    """Start a command and kill it in the last three quarters of what it takes; tell whether it was still running."""
    process = person.start(*words)
    time.sleep(chance.uniform(0.25, 1.0) * seconds)
    is_running = process.poll() is None
    process.kill()
    process.communicate()
    return is_running


@pytest.mark.campaign
def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Real processes with ten thousand letters, killed at moments drawn by chance: a whole file or home, or none."""
    with two_people(tmp_path) as both:
        person = both.client
        person.do("keys", "add", "recovery", "--file", str(person.home / "words"))
        person.do("journal", "add", "-", stdin="A page.")
        person.do("note", "add", "-", stdin="A note.")
        with person.vault() as vault:
            fill(vault, directory.people(vault)[0].contact.id, 10_000)
        file, new = tmp_path / "kept", Person(person.name, person.role, tmp_path / "new")
        killed = {"create": 0, "restore": 0}
        making = took(person, "backup", "create", str(file))
        placed = took(new, *placing(person, file))
        shutil.rmtree(new.home)
        for seed in range(20):
            chance = random.Random(seed)
            before = file.read_bytes() if seed % 2 else None
            if before is None:
                file.unlink()
            replace = ("--replace",) if before is not None else ()
            is_killed = kill_within(making, chance, person, "backup", "create", str(file), *replace)
            assert is_whole(person, file) or (is_killed and before is None)
            killed["create"] += is_killed
            if not file.exists():
                person.do("backup", "create", str(file))
            is_killed = kill_within(placed, chance, new, *placing(person, file))
            assert stands(new) or is_killed
            killed["restore"] += is_killed
            shutil.rmtree(new.folders.data, ignore_errors=True)
        print(killed)
        assert min(killed.values()) > 5
        person.do("backup", "create", str(file), "--replace")
        new.do(*placing(person, file))
        assert stands(new)
        assert list(tmp_path.glob(".kept*")) == []
        assert [path.name for path in new.folders.data.parent.iterdir()] == ["default"]
