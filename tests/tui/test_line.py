"""How the line is told and chosen: the heading, the news after sending, ctrl+n and ctrl+f, and the settings."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.services.people import Person, World
from tests.tui.homes import PATIENCE, app_of, make_seat, until
from tests.tui.meeting import at, news_on, prose_on, seat_of, words_on
from therapy_tui.config import Settings, read_settings
from therapy_tui.services.carrier import Report
from therapy_tui.services.courier import courier_lock
from therapy_tui.services.events import LineChanged
from therapy_tui.services.seat import Seat
from therapy_tui.store import mailbox
from therapy_tui.tui.app import TherapyApp
from therapy_tui.tui.line_words import exchanged_words, held_words, line_words
from therapy_tui.tui.times import clock


class StandInLine:
    """Stands in for whoever stays at the line."""

    def __init__(self, next_at: int = 0) -> None:
        self.next_at = next_at


def heading_on(pilot: Pilot[int]) -> str:
    """Give the first row of the screen in front."""
    return words_on(pilot).splitlines()[0]


def connected(person: Person, settings: Settings) -> Seat:
    """Seat a person whose courier goes to the world's relay."""
    seat = seat_of(person, settings)
    seat.transport = lambda settings: person.line  # noqa: ARG005 - the seat's own shape
    return seat


async def wait_for_news(pilot: Pilot[int], words: str) -> None:
    """Wait until the line of news says something."""
    await until(pilot, lambda: words in news_on(pilot))


@pytest.mark.parametrize(
    ("way", "known", "said"),
    [
        ("live", None, ""),
        ("live", True, "connected"),
        ("live", False, "no line since {since}"),
        ("gentle", None, "gentle · next {next}"),
        ("gentle", True, "gentle · next {next}"),
        ("gentle", False, "no line since {since} · next {next}"),
        ("by hand", None, "by hand"),
        ("by hand", True, "by hand"),
        ("by hand", False, "by hand · no line since {since}"),
    ],
)
def test_the_words_of_the_heading(tmp_path: Path, way: str, known: bool | None, said: str) -> None:
    """Each way and each state of the line has its words, and before the first try nothing is claimed."""
    seat = make_seat(tmp_path, settings=Settings(line=way))
    now = seat.now()
    seat.line.connected, seat.line.since = known, now - 600
    seat.line.staying = StandInLine(now + 300 if way == "gentle" else 0)  # type: ignore[assignment]  # only its time is asked
    assert line_words(seat) == said.format(since=clock(now - 600), next=clock(now + 300))


async def test_the_line_is_told_when_it_is_known(met: World) -> None:
    """That there is no line stands in the heading as soon as it is known, without a key or another screen."""
    seat = seat_of(met.carl)
    async with at(seat) as pilot:
        await until(pilot, lambda: seat.line.staying is not None)
        seat.line.connected = None
        for known, said in ((True, "connected"), (False, "no line since")):
            seat.events.publish(LineChanged(known))
            await pilot.pause()
            assert said in heading_on(pilot)


async def test_the_bytes_of_the_day_stand_in_every_heading(met: World) -> None:
    """Today's bytes, and the bound where there is one; where it is narrow the bytes go first, then the rest."""
    seat = seat_of(met.carl, Settings(line="by hand", daily_bytes=50_000))
    async with at(seat) as pilot:
        app = pilot.app
        assert isinstance(app, TherapyApp)
        mailbox.count_bytes(seat.open_vault.database, app.today(), 1_000, 1_100)
        app.screen.show_line()  # type: ignore[attr-defined]  # it is a place
        await pilot.pause()
        assert heading_on(pilot).endswith("by hand · 2.1 KB of 50 KB today")
        await pilot.resize_terminal(62, 24)
        await pilot.pause()
        assert heading_on(pilot).endswith("by hand")


@pytest.mark.parametrize(
    ("way", "said"), [("gentle", "It is queued and goes"), ("by hand", "when you say so: ctrl+n exchange")]
)
async def test_a_letter_that_waits_says_when_it_goes(met: World, way: str, said: str) -> None:
    """After sending on a line that is not kept open, the news says when the letter goes and by which key."""
    async with at(connected(met.carl, Settings(line=way))) as pilot:
        await pilot.press(*"later", "ctrl+d")
        await pilot.pause()
        assert said in news_on(pilot)
        assert "ctrl+n exchange now" in news_on(pilot)
        assert met.carl.states() == ["queued"]


async def test_exchange_now(met: World) -> None:
    """ctrl+n, also with the pen in hand, sends and fetches, and says what came of it."""
    met.ann.write("for you")
    await met.ann.courier.exchange()
    async with at(connected(met.carl, Settings(line="by hand"))) as pilot:
        await pilot.press(*"now", "ctrl+d")
        await pilot.pause(0.1)
        await pilot.press("ctrl+n")
        await wait_for_news(pilot, "1 letter went, 1 letter came.")
        assert met.carl.states() == ["sent"]
        assert "for you" in words_on(pilot)


async def test_by_hand_another_process_may_carry(met: World) -> None:
    """While the application is open by hand, `sync` in another terminal can carry; while it does, ctrl+n says so."""
    seat = connected(met.carl, Settings(line="by hand"))
    async with at(seat) as pilot:
        await pilot.pause(0.1)
        with courier_lock(seat.folders.state / "courier"):
            await pilot.press("ctrl+n")
            await wait_for_news(pilot, "Another process carries the letters")
        await pilot.press("ctrl+n")
        await wait_for_news(pilot, "No letter went")


async def test_without_a_line_it_is_said(met: World) -> None:
    """ctrl+n where no relay answers says so, and that everything waits."""
    async with at(seat_of(met.carl, Settings(line="by hand"))) as pilot:
        await pilot.pause(0.1)
        await pilot.press("ctrl+n")
        await wait_for_news(pilot, "Everything waits here.")


async def test_a_large_letter_and_the_go_ahead(met: World) -> None:
    """On a small bound a large letter says that it waits and for which key; ctrl+f lets it go."""
    text = "".join(chr(0x4E00 + place * 7919 % 20_000) for place in range(4_000))
    async with at(connected(met.carl, Settings(line="by hand", daily_bytes=20_000)), size=(100, 40)) as pilot:
        from therapy_tui.tui.screens.messages import Messages

        assert isinstance(pilot.app.screen, Messages)
        pilot.app.screen.pen.load(text, 0)
        await pilot.press("ctrl+d")
        await wait_for_news(pilot, "A large letter waits for the go-ahead: ctrl+f send now.")
        await pilot.press("ctrl+n")
        await wait_for_news(pilot, "No letter went, no letter came. A large letter waits for the go-ahead")
        await pilot.pause()
        assert "it waits for the go-ahead, or for another day." in prose_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "ctrl+f send now" in words_on(pilot).splitlines()[-1]
        await pilot.press("ctrl+f")
        await wait_for_news(pilot, "1 letter went")
        assert met.carl.states() == ["sent"]


async def test_locking_stops_an_exchange(met: World) -> None:
    """An exchange that is under way when the vault is locked ends quietly."""
    hangs = asyncio.Event()

    class Mute:
        async def post(self, relay: str, body: bytes, wait: float = 0.0) -> bytes:
            del relay, body, wait
            hangs.set()
            await asyncio.Event().wait()
            return b""

        async def close(self) -> None:
            """Have nothing to close."""

    seat = seat_of(met.carl, Settings(line="by hand"))
    seat.transport = lambda settings: Mute()  # noqa: ARG005 - the seat's own shape
    async with at(seat) as pilot:
        await pilot.pause(0.1)
        await pilot.press("ctrl+n")
        await asyncio.wait_for(hangs.wait(), PATIENCE)
        await pilot.press("f9")
        await until(pilot, lambda: not seat.is_open)
        assert not isinstance(pilot.app, TherapyApp) or not pilot.app.fault


async def test_the_settings(tmp_path: Path) -> None:
    """The way and the bound are chosen from lists that begin at those of now, and are kept at once."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.action_room("settings")
        await pilot.pause()
        await pilot.press(*["down"] * 6, "enter")
        await pilot.pause()
        assert "11 KB an hour" in words_on(pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "more than a quarter" in prose_on(pilot)
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        kept = read_settings(seat.folders.settings)[0]
        assert (kept.line, kept.daily_bytes) == ("gentle", 100_000)
        assert "100 KB" in words_on(pilot)
        assert "every quarter of an hour" in words_on(pilot)


def test_the_words_of_an_exchange() -> None:
    """What went, what came, what is amiss and what waits, each in its sentence."""
    assert exchanged_words(None, 0) == "Another process carries the letters of this vault now."
    assert exchanged_words(Report(sent=2), 0) == "2 letters went, no letter came."
    assert exchanged_words(Report(problem="The mailbox is full."), 1) == (
        "No letter went, 1 letter came. The mailbox is full."
    )
    assert exchanged_words(Report(reachable=False, problem="No way."), 0) == "No way. Everything waits here."
    assert held_words(0, "ctrl+f", "send now") == ""
    assert held_words(3, "ctrl+f", "send now") == "3 large letters wait for the go-ahead: ctrl+f send now."
