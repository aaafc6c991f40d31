"""Two people, a hostile line and a hostile relay, driven by Hypothesis: exactly once, word for word, true states."""

import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.services.faulty import Fault
from tests.services.people import DAY, HOUR, YEAR, World, copy_world
from tests.services.story import Story

SIDE = st.integers(0, 1)
FAULTS = st.lists(st.sampled_from(Fault), max_size=3).map(tuple)
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip)  # a blank letter is refused
PLACE = st.integers(0, 30)


class TwoPeople(RuleBasedStateMachine):
    """Every rule is something that may happen to two people who have met."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="two-people-"))
        self.story = Story(copy_world(self.template, self.folder / "world", _own_clocks))
        self.failed = False

    @rule(who=SIDE, text=WORDS)
    @precondition(lambda self: self.story.removed_by is None)
    def write(self, who: int, text: str) -> None:
        """Somebody writes a letter."""
        self.story.write(who, text)

    @rule(who=SIDE, faults=FAULTS)
    def exchange(self, who: int, faults: tuple[Fault, ...]) -> None:
        """Somebody's courier exchanges over a bad line."""
        self.story.exchange(who, faults)

    @rule(who=SIDE, fuse=st.integers(0, 25))
    def killed(self, who: int, fuse: int) -> None:
        """Somebody's process is killed at any moment of an exchange."""
        self.story.exchange(who, fuse=fuse)

    @rule(who=SIDE)
    def export(self, who: int) -> None:
        """Somebody puts what waits into a file."""
        self.story.export(who)

    @rule(place=PLACE, fuse=st.none() | st.integers(0, 12))
    def import_file(self, place: int, fuse: int | None) -> None:
        """Somebody takes a file in, an old one or a new one, and may be killed on the way."""
        self.story.import_file(place, fuse)

    @rule(who=SIDE)
    def restart(self, who: int) -> None:
        """Somebody closes the program and opens it again."""
        self.story.people[who].restart()

    @rule(who=SIDE)
    def read(self, who: int) -> None:
        """Somebody reads what has come."""
        self.story.read(who)

    @rule(who=SIDE)
    def lose_ratchets(self, who: int) -> None:
        """Somebody's ratchets are lost."""
        self.story.lose_ratchets(who)

    @rule(who=SIDE)
    def copy(self, who: int) -> None:
        """Somebody copies the vault."""
        self.story.copy(who)

    @rule(who=SIDE)
    @precondition(lambda self: self.story.removed_by is None)
    def put_back(self, who: int) -> None:
        """Somebody puts the copy in the vault's place."""
        if who in self.story.copied:
            self.story.put_back(who)

    @rule(seconds=st.sampled_from([60, HOUR, DAY]))
    def pass_time(self, seconds: int) -> None:
        """Time passes for everybody."""
        self.story.world.pass_time(seconds)

    @rule(who=SIDE, years=st.integers(-20, 20))
    def set_clock(self, who: int, years: int) -> None:
        """Somebody's clock is wrong by years from now on."""
        self.story.people[who].clock.now = self.story.world.relay.clock.now + years * YEAR

    @rule(place=PLACE)
    def withhold(self, place: int) -> None:
        """The relay keeps an envelope back."""
        self.story.withhold(place)

    @rule()
    def release(self) -> None:
        """The relay gives out late what it kept back."""
        self.story.release()

    @rule()
    def reverse(self) -> None:
        """The relay gives out everything in reverse."""
        self.story.world.relay.reverse()

    @rule(place=PLACE)
    def replay(self, place: int) -> None:
        """The relay gives out an old envelope again."""
        self.story.replay(place)

    def teardown(self) -> None:
        """Let everything go well, and judge."""
        try:
            self.story.heal()
            self.story.judge()
        finally:
            self.story.world.end()
            shutil.rmtree(self.folder)


class AndParting(TwoPeople):
    """The same, and somebody may end it."""

    @initialize(who=SIDE, text=WORDS)
    def begin(self, who: int, text: str) -> None:
        """There is something to part with."""
        self.story.write(who, text)

    @rule(who=SIDE)
    @precondition(lambda self: self.story.removed_by is None)
    def remove(self, who: int) -> None:
        """Somebody ends the correspondence."""
        self.story.remove(who)


def _own_clocks(world: World) -> None:
    from tests.services.office import Clock

    world.ann.clock, world.carl.clock = Clock(world.relay.clock.now), Clock(world.relay.clock.now)


def _run(machine: type[TwoPeople], template: Path, examples: int, steps: int) -> None:
    machine.template = template
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def test_every_letter_arrives_once(met_template: Path) -> None:
    """Whatever line and relay do, each letter comes to lie in both vaults once, word for word, in true states."""
    _run(TwoPeople, met_template, 12, 22)


def test_parting_leaves_nothing_behind(met_template: Path) -> None:
    """Whoever ends it and whenever, no letter is doubled or altered, no state lies and nothing stays in the outbox."""
    _run(AndParting, met_template, 8, 12)


@pytest.mark.campaign
@pytest.mark.parametrize("machine", [TwoPeople, AndParting])
def test_for_long(machine: type[TwoPeople], met_template: Path) -> None:
    """The same over many more and longer stories."""
    _run(machine, met_template, 1_000, 60)
