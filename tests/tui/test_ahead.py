"""What arrives in one moment, as a line brings it that stood still: each key is for where those before it lead."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.homes import app_of, make_seat
from tests.tui.plans import plan_on, seat_with, texts_of
from therapy_tui.services.seat import Seat
from therapy_tui.tui.keys import SOON
from therapy_tui.tui.screens.safety import Safety
from therapy_tui.tui.widgets.twice import Twice


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


@pytest.mark.parametrize("way", [("tab",), ("tab", "tab", "shift+tab")])
async def test_words_on_both_sides_of_a_tab(tmp_path: Path, way: tuple[str, ...]) -> None:
    """Words before a Tab that comes with them stay in their field, and those behind it are in the next."""
    async with app_of(seat_with(tmp_path, "one", "two")).run_test(size=(80, 24)) as pilot:
        await pilot.press("f8", "e")
        fields = plan_on(pilot).fields
        first = [each is pilot.app.focused for each in fields].index(True)
        before = [each.text for each in fields]
        arrive(pilot, *"ab", *way, *"cd")
        await pilot.pause()
        assert sum(each.text != old for each, old in zip(fields, before, strict=True)) == 2
        assert "ab" in fields[first].text
        assert "cd" in fields[first + 1].text


async def test_a_passphrase_and_the_same_again(tmp_path: Path) -> None:
    """Both lines of a new passphrase may come in one moment, each with its Enter."""
    async with app_of(make_seat(tmp_path)).run_test(size=(80, 24)) as pilot:
        twice = Twice(lambda _: None)
        await pilot.app.screen.mount(twice)
        twice.first.focus()
        await pilot.pause()
        arrive(pilot, *"four words", "enter", *"five words")
        await pilot.pause()
        assert (twice.first.value, twice.second.value) == ("four words", "five words")
