"""What is typed while a passphrase is tried: never in a letter, and not lost where it cannot be a passphrase."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.homes import app_of, make_seat, until, words_on
from tests.tui.test_ahead import arrive
from therapy_tui import errors
from therapy_tui.services.access import Found
from therapy_tui.services.seat import Seat
from therapy_tui.tui.ahead import PAUSE
from therapy_tui.tui.app import DROPPED
from therapy_tui.tui.screens.journal import Journal
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.safety import Safety

RIGHT = "four quiet words"


class Work:
    """The stretching of a passphrase, which takes as long as a test wants."""

    def __init__(self, seat: Seat) -> None:
        self.may_end = threading.Event()
        self.tried: list[str] = []
        self._seat, self._vault = seat, seat.vault
        seat.vault = None

    def __call__(self, typed: str) -> None:
        """Open the vault in a while, if this is its passphrase."""
        self.tried.append(typed)
        self.may_end.wait(30)
        if typed != RIGHT:
            raise errors.KeySlotError("That passphrase does not open this vault.")
        self._seat.vault = self._vault


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    """Give somebody at the lock, and the work that their passphrase makes."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    work = Work(seat)
    monkeypatch.setattr(Seat, "look", lambda _: Found(exists=True, kinds=("passphrase",)))
    monkeypatch.setattr(Seat, "unlock_by_passphrase", lambda _, typed: work(typed))
    return work


async def try_it(pilot: Pilot[int], work: Work, passphrase: str, *behind: str) -> None:
    """Type a passphrase with keys right behind it, and let it be worked on until all of them came."""
    arrive(pilot, *passphrase, "enter", *behind)
    await until(pilot, lambda: work.tried)
    await pilot.pause()


def written(pilot: Pilot[int]) -> str:
    """Give what stands in the field for a letter."""
    assert isinstance(pilot.app.screen, Messages)
    return pilot.app.screen.pen.text


async def opened(pilot: Pilot[int], work: Work, shows: Callable[[], bool]) -> None:
    """Let the work end, and wait for what it shows."""
    work.may_end.set()
    await until(pilot, shows)


async def test_a_second_passphrase_never_stands_in_a_letter(work: Work) -> None:
    """What is typed behind the first is dropped, also what goes on among the letters; after a pause one writes."""
    app = app_of(work._seat)
    async with app.run_test(size=(80, 24)) as pilot:
        await try_it(pilot, work, RIGHT, *"four qui")
        await opened(pilot, work, lambda: isinstance(pilot.app.screen, Messages))
        assert DROPPED in words_on(pilot)
        typed = app.typed_meanwhile._last
        for each in (*(events.Key(key, key) for key in "et words"), events.Key("enter", None), events.Paste("x")):
            typed = each.time = typed + PAUSE / 2
            app.post_message(each)
        await pilot.pause()
        assert written(pilot) == ""
        later = events.Key("h", "h")
        later.time = typed + PAUSE * 1.5
        app.post_message(later)
        await until(pilot, lambda: written(pilot) == "h")
        assert DROPPED not in words_on(pilot)


async def test_a_way_and_words_are_for_the_place_that_it_leads_to(work: Work) -> None:
    """F-keys behind the passphrase lead where they lead once it is open, and words behind them stand there alone."""
    async with app_of(work._seat).run_test(size=(80, 24)) as pilot:
        await try_it(pilot, work, RIGHT, *"four", "f4", "f3", *"words")
        await opened(pilot, work, lambda: isinstance(pilot.app.screen, Messages) and written(pilot) == "words")


async def test_after_a_wrong_one_nothing_is_left(work: Work) -> None:
    """A wrong passphrase takes away all that was typed behind it, and no way leads anywhere."""
    async with app_of(work._seat).run_test(size=(80, 24)) as pilot:
        await try_it(pilot, work, "four", "f4", *"words")
        await opened(pilot, work, lambda: "does not open" in words_on(pilot))
        assert isinstance(pilot.app.screen, Lock)
        assert pilot.app.screen._field.value == ""
        work.tried.clear()
        await try_it(pilot, work, RIGHT)
        await until(pilot, lambda: isinstance(pilot.app.screen, Messages))
        assert written(pilot) == ""


async def test_the_numbers_stay_in_front(work: Work) -> None:
    """F8 answers while the passphrase is tried, and is not taken away when the vault opens; Esc then leads in."""
    async with app_of(work._seat).run_test(size=(80, 24)) as pilot:
        await try_it(pilot, work, RIGHT, "f4", "f8")
        await until(pilot, lambda: isinstance(pilot.app.screen, Safety))
        await opened(pilot, work, lambda: work._seat.is_open)
        await pilot.pause()
        assert isinstance(pilot.app.screen, Safety)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, Messages))
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(pilot.app.screen, Journal))
