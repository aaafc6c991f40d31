"""What arrives in one moment, as a line brings it that stood still: each key is for where those before it lead."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.homes import app_of
from tests.tui.plans import plan_on, seat_with, texts_of
from therapy_tui.services.seat import Seat
from therapy_tui.tui.keys import SOON
from therapy_tui.tui.screens.safety import Safety


def arrive(pilot: Pilot[int], *keys: str) -> None:
    """Let keys come in one read."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.mark.parametrize("pressed", [0, 1])
async def test_the_way_to_a_field_and_words(tmp_path: Path, pressed: int) -> None:
    """Keys that lead to a field lead there, and what came with them is written: none is lost, none is swapped."""
    way = ("f8", "e")
    async with app_of(seat_with(tmp_path, "one")).run_test(size=(80, 24)) as pilot:
        await pilot.press(*way[:pressed])
        arrive(pilot, *way[pressed:], *"secret")
        pilot.app.post_message(events.Paste(" words"))
        await pilot.pause()
        assert plan_on(pilot).fields[1].text == "secret words"


async def test_words_and_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that came with the way to their field, and with F9 behind them, are kept."""
    seat = seat_with(tmp_path, "one")
    kept: list[str] = []
    lock = Seat.lock

    def read_and_lock(seat: Seat) -> None:
        kept.extend(texts_of(seat))
        lock(seat)

    monkeypatch.setattr(Seat, "lock", read_and_lock)
    async with app_of(seat).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        arrive(pilot, "f8", "e", *"secret", "f9")
        await pilot.pause()
        assert not seat.is_open
    assert kept[:2] == ["one", "secret"]


@pytest.mark.parametrize(("seconds", "is_one_key"), [(SOON / 2, True), (SOON * 2, False)])
async def test_esc_and_a_digit(tmp_path: Path, seconds: float, is_one_key: bool) -> None:
    """Whether Esc and a digit are an F-key is a matter of when they were typed, and not of when they are looked at."""
    async with app_of(seat_with(tmp_path, "one")).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        escape, digit = events.Key("escape", None), events.Key("8", "8")
        digit.time = escape.time + seconds
        pilot.app.post_message(escape)
        pilot.app.post_message(digit)
        await pilot.pause()
        assert isinstance(pilot.app.screen, Safety) == is_one_key
