"""A day's bytes: large letters wait for a word or another day, small ones go, and what was used is counted."""

import asyncio
import random

import pytest

from tests.services.faulty import Fault
from tests.services.people import Person, World
from therapy_tui.core.budget import LARGE, Budget
from therapy_tui.services import budget, post
from therapy_tui.services.carrier import Report
from therapy_tui.services.courier import Courier
from therapy_tui.services.live import SPARING_SECONDS, Live
from therapy_tui.store import mailbox, outbox

DAILY = 40_000
"""A letter of more than 10,000 sealed bytes waits, and later in the day smaller ones do."""


class Spender:
    """A person who has set a bound, on days that the test names."""

    def __init__(self, person: Person, daily: int = DAILY) -> None:
        self.person = person
        self.today = "2027-03-01"
        self.courier = Courier(person.vault, person.line, lambda: self.today, Budget(daily))

    @property
    def day(self) -> budget.Day:
        """The day as the courier sees it."""
        return self.courier.day

    def exchange(self, *, everything: bool = False) -> Report:
        """Do one exchange."""
        return asyncio.run(self.courier.exchange(everything=everything))

    def use(self, size: int) -> None:
        """Use bytes today."""
        mailbox.count_bytes(self.person.vault.database, self.today, size, 0)


def long_text(characters: int) -> str:
    """Give a text that hardly gets shorter by squeezing."""
    chance = random.Random(characters)
    return "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(characters // 3))


@pytest.fixture
def carl(met: World) -> Spender:
    """Carl with a bound."""
    return Spender(met.carl)


def test_a_large_letter_waits_and_says_why(met: World, carl: Spender) -> None:
    """It stays queued with its reason while small ones go past it; the other side gets them at once."""
    met.carl.write(long_text(20_000))
    met.carl.write("small")
    report = carl.exchange()
    assert (report.sent, report.held) == (1, 1)
    large, small = met.carl.letters()
    assert (large.state, large.reason) == ("queued", budget.HELD)
    assert (small.state, small.reason) == ("sent", "")
    met.ann.exchange()
    assert met.ann.texts() == ["small"]


def test_the_go_ahead(met: World, carl: Spender) -> None:
    """With a person's word it goes with the next exchange, and arrives before those written after it in order."""
    text = long_text(20_000)
    met.carl.write(text)
    met.carl.write("small")
    carl.exchange()
    report = carl.exchange(everything=True)
    assert (report.sent, report.held) == (1, 0)
    met.settle()
    assert met.ann.texts() == [text, "small"]
    assert [each.reason for each in met.carl.letters()] == ["", ""]


def test_the_go_ahead_outlives_a_lost_line(met: World, carl: Spender) -> None:
    """A word given while there is no line holds: the letter goes by itself once there is one, also after a restart."""
    met.carl.write(long_text(20_000))
    met.carl.line.plan.append(Fault.LOST_REQUEST)
    assert not carl.exchange(everything=True).reachable
    assert met.carl.letters()[0].reason == ""
    met.carl.restart()
    assert Spender(met.carl).exchange().sent == 1


def test_another_day(met: World, carl: Spender) -> None:
    """What waited because little was left of the day goes on the next, and the reason goes at once."""
    carl.use(37_000)
    met.carl.write(long_text(6_500))
    assert carl.exchange().held == 1
    assert LARGE < len(next(outbox.due(met.carl.vault.database, met.carl.clock.now)).envelope) < DAILY // 4
    carl.today = "2027-03-02"
    report = carl.exchange()
    assert (report.sent, report.held) == (1, 0)
    assert met.carl.letters()[0].reason == ""


def test_without_a_bound_everything_goes(met: World) -> None:
    """Zero is no bound, whatever was used; a reason from before is taken away."""
    met.carl.write(long_text(20_000))
    assert Spender(met.carl, 5_000).exchange().held == 1
    free = Spender(met.carl, 0)
    free.use(10**9)
    assert free.exchange().sent == 1
    assert met.carl.letters()[0].reason == ""


def test_when_the_day_is_used_up_letters_come_in_small_rooms(met: World, carl: Spender) -> None:
    """One exchange fetches a few letters and leaves the rest for later ones; a person's word fetches them all."""
    for number in range(40):
        met.ann.write(f"letter {number}")
    met.ann.exchange()
    carl.use(DAILY)
    carl.exchange()
    first = len(met.carl.texts())
    assert 0 < first < 15
    carl.exchange()
    assert first < len(met.carl.texts()) < 40
    carl.exchange(everything=True)
    assert len(met.carl.texts()) == 40


def test_every_letter_comes_in_the_end(met: World, carl: Spender) -> None:
    """However small the rooms, also a letter larger than a room comes, and all are acknowledged and receipted."""
    met.ann.write(long_text(20_000))
    for number in range(20):
        met.ann.write(f"letter {number}")
    met.ann.exchange()
    carl.use(DAILY)
    for _ in range(8):
        carl.exchange()
    met.ann.exchange()
    assert len(met.carl.texts()) == 21
    assert set(met.ann.states()) == {"delivered"}


def test_bytes_are_counted_for_whom_they_were(met: World, carl: Spender) -> None:
    """The day's frames are counted whole, the envelopes in them for their contact, and yesterday's are forgotten."""
    met.carl.write("there")
    met.ann.write("back")
    met.ann.exchange()
    carl.exchange()
    database, contact = met.carl.vault.database, met.carl.contact().id
    shared = mailbox.bytes_by_contact(database, carl.today)
    assert list(shared) == [contact]
    up, down = shared[contact]
    assert 2 * 360 > up >= 360
    assert 2 * 360 > down >= 360
    whole = mailbox.bytes_of(database, carl.today)
    assert (whole[0] > up, whole[1] > down) == (True, True)
    carl.today = "2027-03-02"
    met.carl.write("another day")
    carl.exchange()
    assert mailbox.bytes_by_contact(database, "2027-03-01") == {}
    assert mailbox.bytes_of(database, "2027-03-01") == whole


def test_by_hand_a_large_letter_needs_no_word(met: World, carl: Spender) -> None:
    """A post file is no line: what waits for its size goes into it."""
    met.carl.write(long_text(20_000))
    carl.exchange()
    packed = post.export(met.carl.vault, met.carl.contact())
    assert post.take(met.ann.vault, packed.parts[0]).received == 1


async def test_an_open_line_pauses_when_the_day_is_used_up(met: World, carl: Spender) -> None:
    """After each small room the line that is kept open rests for a minute, and not before the day is used up."""
    slept: list[float] = []
    rested = asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if seconds == SPARING_SECONDS:
            rested.set()
        await (asyncio.sleep(0) if seconds <= 1 else asyncio.Event().wait())

    for number in range(40):
        met.ann.write(f"letter {number}")
    await met.ann.courier.exchange()
    await carl.courier.exchange()
    assert len(met.carl.texts()) == 40
    carl.use(DAILY)
    for number in range(40):
        met.ann.write(f"letter {number}")
    await met.ann.courier.exchange()
    task = asyncio.create_task(Live(carl.courier, lambda: 0.5, sleep).run())
    try:
        await asyncio.wait_for(rested.wait(), 60)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert 40 < len(met.carl.texts()) < 70
