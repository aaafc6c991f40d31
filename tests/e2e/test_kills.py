"""Letters through kill -9 at random moments of sending, receiving and of the relay: each arrives once, in order."""

import random
import time
from pathlib import Path

import pytest

from tests.e2e.truth import check_truth
from tests.two_people import Done, Person, TwoPeople, ended, two_people
from tests.words import letter

STARTED, LONGEST = 0.22, 0.65
"""Seconds: a command has hardly begun its work before the first, and has mostly ended after the second."""
KINDS = ("send", "send", "sync", "wait", "relay")
DONE, NO_LINE = 0, 3


class Storm:
    """A correspondence in which processes die at moments drawn by chance."""

    def __init__(self, people: TwoPeople, seed: int) -> None:
        self.people = people
        self.seed = seed
        self.chance = random.Random(seed)
        self.written = 0
        self.accepted: dict[str, list[str]] = {person.name: [] for person in people.both}
        self.killed: list[str] = []
        self.too_late = 0

    def rage(self, letters: int, kills: int) -> None:
        """Write letters each way and kill processes, in an order drawn by chance; half the time without a relay."""
        steps: list[Person | str] = [*self.people.both] * letters
        steps += [KINDS[number % len(KINDS)] for number in range(kills)]
        self.chance.shuffle(steps)
        stretch = max(1, len(steps) // 6)
        for number, step in enumerate(steps):
            self._line(up=number // stretch % 2 == 0)
            if isinstance(step, Person):
                self._write(step)
            else:
                self._kill(step)
        self._line(up=True)

    def _line(self, *, up: bool) -> None:
        if up and self.people.relay.process is None:
            self.people.relay.start()
        elif not up and self.people.relay.process is not None:
            self.people.relay.kill()

    def _new_text(self) -> str:
        self.written += 1
        return letter(self.seed, self.written)

    def _write(self, person: Person) -> None:
        text = self._new_text()
        self._accept(person, text, person.run("send", self.people.other(person).name, "-", stdin=text))

    def _accept(self, person: Person, text: str, done: Done) -> None:
        up = self.people.relay.process is not None
        assert done.code in ((DONE, NO_LINE) if up else (NO_LINE,)), done
        assert done.row["state"] in ({"sent", "delivered", "queued"} if up else {"queued"}), done
        self.accepted[person.name].append(text)

    def _kill(self, kind: str) -> None:
        person = self.chance.choice(self.people.both)
        if kind == "relay" and self.people.relay.process is not None:
            self._kill_relay(person)
            return
        self._kill_command(person, kind)

    def _kill_relay(self, person: Person) -> None:
        """Kill the relay while it works for both, and start it again."""
        text = self._new_text()
        syncing = self.people.other(person).start("sync")
        sending = person.start("send", self.people.other(person).name, "-", stdin=text)
        time.sleep(self.chance.uniform(STARTED, LONGEST))
        self.people.relay.kill()
        self.people.relay.start()
        self._accept(person, text, ended(sending))
        assert ended(syncing).code in {DONE, NO_LINE}
        self.killed.append("relay")

    def _kill_command(self, person: Person, kind: str) -> None:
        other = self.people.other(person)
        text = self._new_text() if kind == "send" else ""
        words = {"send": ("send", other.name, "-"), "wait": ("sync", "--wait", "20")}.get(kind, ("sync",))
        process = person.start(*words, stdin=text)
        if kind == "wait":
            self._write(other)
        time.sleep(self.chance.uniform(STARTED / 2 if kind == "wait" else STARTED, LONGEST))
        self.too_late += process.poll() is not None
        process.kill()
        ended(process)
        self.killed.append(kind)
        if text and any(row["text"] == text for row in person.letters(other, "out")):
            self.accepted[person.name].append(text)


def _rage(folder: Path, letters: int, kills: int, seed: int) -> Storm:
    with two_people(folder) as people:
        storm = Storm(people, seed)
        try:
            storm.rage(letters, kills)
            people.settle()
            check_truth(people, storm.accepted)
        except BaseException:
            print(f"seed {seed}, killed {storm.killed}")
            raise
    print(f"seed {seed}: {len(storm.killed)} kills, {storm.too_late} too late, {storm.written} written")
    return storm


@pytest.mark.campaign
def test_letters_survive_a_few_kills(tmp_path: Path) -> None:
    """Four letters each way through six kills, half the time without a relay: each arrives once, in order."""
    storm = _rage(tmp_path, 4, 6, 20)
    assert len(storm.killed) == 6


@pytest.mark.campaign
@pytest.mark.parametrize(("kills", "seed"), [(30, 1), (30, 2), (100, 3)])
def test_letters_survive_many_kills(tmp_path: Path, kills: int, seed: int) -> None:
    """Ten letters each way through thirty, and a hundred, kills: all arrive once, in order, word for word."""
    storm = _rage(tmp_path, 10, kills, seed)
    assert storm.too_late < 0.9 * kills  # some machines are quicker than the moments that were drawn
