"""What a relay, or whoever speaks in its place, may say and do without taking more than time."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import httpx
import pytest

from tests.services.hostile import (
    Elsewhere,
    Forge,
    Forging,
    Narrow,
    another_client,
    collected,
    meet_line,
    move_to,
    own_refused,
)
from tests.services.office import DirectStore
from tests.services.people import ANN, DAY, HOUR, World
from therapy_tui import errors
from therapy_tui.core.wire import Code, Collected, Delivery, Done, Own, Part, Refused
from therapy_tui.crypto.link import Link
from therapy_tui.services import healing, pairing
from therapy_tui.services.live import Live
from therapy_tui.services.staying import NOTICE_SECONDS
from therapy_tui.store import arrivals, mailbox
from therapy_tui.transport import http

OFTEN = 40
LARGEST = 2**32 - 1
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def put_back(world: World) -> None:
    """Let the relay open the copy that was made of its file."""
    world.relay.end()
    shutil.copy(world.relay.path.with_suffix(".old"), world.relay.path)
    world.relay.store = DirectStore(world.relay.path)
    world.relay.counter = world.relay._counter()


def test_a_relay_that_went_back_eats_no_letters(met: World) -> None:
    """After a relay was put back to an older copy of its file, all that is written arrives, once and in order."""
    met.relay.store.connection.execute("VACUUM INTO ?", (str(met.relay.path.with_suffix(".old")),))
    before = [f"before {number}" for number in range(5)]
    for text in before:
        met.carl.write(text)
        met.settle(1)
    met.settle()
    put_back(met)
    after = [f"after {number}" for number in range(6)]
    for text in after:
        met.carl.write(text)
        met.carl.exchange()
        met.ann.exchange()
    met.settle(6)
    assert met.ann.texts() == before + after
    assert set(met.carl.states()) == {"delivered"}


@pytest.mark.parametrize(
    "detail",
    [(LARGEST << 32, 0), ((LARGEST - 4) << 32, 0), (0, LARGEST), (0, 2**40), ((2**64 - 1), 0), (0, 2**64 - 1)],
)
def test_numbers_beyond_belief(met: World, detail: tuple[int, int]) -> None:
    """One forged record of a relay bricks nothing: with an honest relay letters go on, and the numbers stay small."""
    met.carl.write("one")
    line = Forging(
        met.carl.line, lambda parts, n: own_refused(Refused(Code.BEHIND, detail))(parts, n) if n == 1 else None
    )
    meet_line(met.carl, line)
    met.carl.exchange()
    met.carl.restart()
    met.carl.write("two")
    met.settle()
    met.carl.restart()
    met.carl.write("three")
    met.settle()
    assert met.ann.texts() == ["one", "two", "three"]
    profile = met.carl.vault.profile
    assert max(profile.epoch_count, profile.done, profile.next_slot) < healing.FARTHEST


def test_an_acknowledgement_beyond_belief(met: World) -> None:
    """A relay that says that all sequences were acknowledged does not make the mailbox deaf."""
    meet_line(met.carl, Forging(met.carl.line, collected(lambda _: LARGEST)))
    met.carl.exchange()
    met.carl.restart()
    met.ann.write("heard")
    met.settle()
    assert met.carl.texts() == ["heard"]


def epoch_above(parts: list[Part] | Any, _: int) -> list[Any]:
    """Say that the vault is older, whatever its epoch is."""
    return [
        Refused(Code.BEHIND, (((each.epoch >> 32) + 1) << 32, 0)) if isinstance(each, Own) else Refused(Code.SKIPPED)
        for each in parts
    ]


LOOPS: dict[str, Forge] = {
    "behind, and not older": own_refused(Refused(Code.BEHIND, (0, 0))),
    "behind, again and again": epoch_above,
    "more acknowledged each time": collected(lambda n: n + 5),
    "mailbox denied": own_refused(Refused(Code.DENIED)),
    "clock": own_refused(Refused(Code.CLOCK, (1,))),
}


@pytest.mark.parametrize("loop", LOOPS)
def test_no_answer_is_asked_for_without_end(met: World, loop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a relay repeats, an exchange ends after a few requests, and the vault is healed three times an hour."""
    healed = []
    restore = healing.restore

    def count(*given: Any) -> None:
        healed.append(1)
        restore(*given)

    monkeypatch.setattr(healing, "restore", count)
    line = Forging(met.carl.line, LOOPS[loop])
    meet_line(met.carl, line)
    met.carl.write("waits")
    for _ in range(3):
        before = line.asked
        met.carl.exchange()
        assert line.asked - before <= 12
    assert len(healed) <= 3


def test_a_long_rest_is_a_rest(met: World) -> None:
    """Who is told to slow down for longer than an hour rests for an hour, and does not ask at once again."""
    met.carl.write("slow")
    done = met.carl.vault.profile.done
    line = Forging(
        met.carl.line,
        lambda parts, _: [
            Collected(done, (), more=False) if isinstance(each, Own) else Refused(Code.SLOW_DOWN, (1_000_000,))
            for each in parts
        ],
    )
    meet_line(met.carl, line)
    met.carl.exchange()
    assert line.asked <= 2
    met.carl.exchange()
    assert line.asked <= 3
    met.pass_time(HOUR)
    met.carl.restart()
    met.carl.exchange()
    assert met.carl.states() == ["sent"]


@pytest.mark.parametrize("loop", ["an empty wait", "mailbox denied", "behind, and not older"])
def test_the_living_courier_pauses(met: World, loop: str) -> None:
    """A relay that answers at once and brings nothing is asked less and less often, not at the speed of the line."""
    done = met.carl.vault.profile.done
    line = Forging(met.carl.line, {**LOOPS, "an empty wait": collected(lambda _: done)}[loop])
    meet_line(met.carl, line)
    asleep = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal asleep
        asleep += seconds if seconds > NOTICE_SECONDS else 0
        if line.asked >= OFTEN:
            raise InterruptedError
        await asyncio.sleep(0.001)

    with pytest.raises(ExceptionGroup):
        asyncio.run(Live(met.carl.courier, lambda: 1.0, sleep).run())
    assert asleep > 10 * line.asked


class Drip(httpx.AsyncByteStream):
    """An answer of which a drop comes now and then, for ever."""

    async def __aiter__(self) -> Any:
        """Give the drops."""
        while True:
            await asyncio.sleep(0.02)
            yield b"x"


def test_an_answer_that_drips_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that never stops coming, a byte at a time, is given up in time."""
    monkeypatch.setattr(http, "CONNECT_SECONDS", 0.1)
    monkeypatch.setattr(http, "ANSWER_SECONDS", 0.1)
    line = http.HttpTransport()
    line._kept = httpx.MockTransport(lambda _: httpx.Response(200, stream=Drip()))  # type: ignore[assignment]  # enough

    async def ask() -> None:
        async with asyncio.timeout(60):
            await line.post("relay.example.org", b"frame")

    with pytest.raises(errors.Unreachable):
        asyncio.run(ask())


def rubbish(world: World, slot: int, envelopes: int, size: int) -> Forge:
    """Deliver so many envelopes of random bytes, a few an answer."""
    numbers = iter(range(world.ann.vault.profile.done + 1, 10**6))
    stock = iter(range(envelopes))

    def some() -> Iterator[Delivery]:
        for _, number in zip(range(8), numbers, strict=False):
            if next(stock, None) is None:
                return
            yield Delivery(number, slot, os.urandom(size))

    return lambda parts, _: [
        Collected(world.ann.vault.profile.done, tuple(some()), more=False) if isinstance(each, Own) else Done()
        for each in parts
    ]


def kept(world: World) -> int:
    """Give the bytes in Ann's quarantine."""
    return int(world.ann.vault.database.value("SELECT coalesce(sum(length(envelope)), 0) FROM quarantine"))


def test_rubbish_does_not_fill_the_disk(met: World) -> None:
    """What no key opens and no invite explains is not kept, however much of it a relay delivers."""
    meet_line(met.ann, Forging(met.ann.line, rubbish(met, 77, 100, 100_000)))
    for _ in range(4):
        met.ann.exchange()
    assert met.ann.vault.database.value("SELECT count(*) FROM quarantine") == 100
    assert kept(met) == 0


def test_rubbish_for_an_invite_has_its_share(met: World) -> None:
    """Rubbish in the slot of one open invite takes no room from what comes early for another."""
    first, second = met.invite("one"), met.invite("two")
    meet_line(met.ann, Forging(met.ann.line, rubbish(met, first.slot, 40, 100_000)))
    for _ in range(2):
        met.ann.exchange()
    assert 0 < kept(met) <= arrivals.MOST_SHARE
    assert arrivals.has_room(met.ann.vault.database, b"", second.slot, 100_000)


def test_a_join_whose_relay_is_gone_keeps_nobody_waiting(met: World) -> None:
    """While an invite's relay cannot be reached, letters go both ways; a month after its expiry it is given up."""
    link = Link("dead.example.org", met.carl.clock.now + 3 * DAY, b"x" * 16, b"y" * 16)
    pairing.begin_join(met.carl.vault, link.text)
    met.ann.write("to Carl")
    met.carl.write("to Ann")
    met.settle()
    assert met.carl.texts() == ["to Carl"]
    assert met.ann.texts() == ["to Ann"]
    assert pairing.is_joining(met.carl.vault, link)
    met.pass_time(34 * DAY)
    assert "expired" in met.carl.exchange().refused_joins[0]
    assert not pairing.is_joining(met.carl.vault, link)


def test_a_contact_whose_relay_is_gone_keeps_nobody_waiting(met: World) -> None:
    """A letter for a relay that is away waits; one for another relay goes; the dead one is left alone."""
    dora = another_client(met, "Dora")
    move_to(met, "Carl", met.carl, "dead.example.org")
    move_to(met, "Dora", dora, "other.example.org")
    line = Elsewhere(met.ann.line, "other.example.org")
    meet_line(met.ann, line)
    met.ann.write("waits", "Carl")
    met.ann.write("goes", "Dora")
    for _ in range(5):
        met.ann.exchange()
    assert met.ann.states("Carl") == ["queued"]
    assert met.ann.states("Dora") == ["sent"]
    assert line.asked.count("dead.example.org") == 1
    dora.exchange()
    assert dora.texts(ANN) == ["goes"]


def long_text(seed: int, length: int = 20_000) -> str:
    """Give a text that cannot be squeezed much."""
    return "".join(Random(seed).choices(LETTERS, k=length))


def test_one_letter_too_large_fails_alone(met: World) -> None:
    """Where one letter of several is over the relay's limit, that one fails and the others arrive."""
    met.relay.with_limits(replace(met.relay.limits, envelope=4_000))
    for text in ("first", long_text(1), "last"):
        met.carl.write(text)
    met.settle()
    assert met.carl.states() == ["delivered", "failed", "delivered"]
    assert met.ann.texts() == ["first", "last"]


def test_a_proxy_that_takes_small_requests(met: World) -> None:
    """After HTTP 413 the request is halved until it passes, letters of every size arrive, and it is remembered."""
    texts = [long_text(seed) for seed in range(8)] + ["short"]
    for text in texts:
        met.carl.write(text)
    line = Narrow(met.carl.line, 30_000)
    meet_line(met.carl, line)
    met.carl.exchange()
    assert met.carl.states() == ["sent"] * 9
    refused = line.refused
    met.carl.write("one more")
    for seed in range(4):
        met.carl.write(long_text(seed))
    met.carl.exchange()
    assert line.refused == refused
    met.settle()
    assert met.ann.texts()[:10] == [*texts, "one more"]


def test_a_letter_that_no_proxy_takes(met: World) -> None:
    """A single envelope that is refused again by HTTP 413 has failed and says why; what is smaller goes on."""
    met.carl.write(long_text(1))
    line = Narrow(met.carl.line, 4_000)
    meet_line(met.carl, line)
    assert met.carl.exchange().problem == "The relay takes no request of this size."
    assert met.carl.states() == ["queued"]
    met.carl.write("small")
    met.carl.exchange()
    assert met.carl.states() == ["failed", "sent"]
    assert met.carl.letters()[0].reason == "The relay takes no letter of this size."
    asked = line.refused
    met.carl.exchange()
    assert line.refused == asked


@pytest.mark.parametrize("most", [2**20, 20_000])
def test_many_slots_are_told_in_parts(met: World, most: int) -> None:
    """More slots than one request holds are told in several, each under a greater epoch, and a letter goes as well."""
    vault = met.ann.vault
    with vault.transaction() as database:
        for slot in range(1_000, 1_900):
            mailbox.set_slot(database, mailbox.Slot(slot, b"k" * 32, 0, slot.to_bytes(16), b"o" * 1_500))
    epochs: list[int] = []

    def note(parts: Any, _: int) -> None:
        epochs.extend(each.epoch for each in parts if isinstance(each, Own) and each.changes)

    meet_line(met.ann, Narrow(Forging(met.ann.line, note), most))
    met.ann.write("beside it")
    for _ in range(3):
        met.ann.exchange()
    assert not mailbox.untold(vault.database)
    assert len(epochs) > 1
    assert epochs == sorted(set(epochs))
    assert met.ann.states() == ["sent"]
