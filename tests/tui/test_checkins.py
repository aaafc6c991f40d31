"""Check-ins: by key from anywhere, kept through everything, and looked back at."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.quick import quick
from tests.tui.checkins import SIZES, form_of, made, put
from tests.tui.homes import NOW, make_seat, until
from tests.tui.meeting import at, front, news_on, prose_on, words_on
from therapy_tui import errors
from therapy_tui.core.checkins import Unfinished
from therapy_tui.services import checkins
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import Vault
from therapy_tui.tui.screens.checkin_form import CHOOSE
from therapy_tui.tui.screens.checkin_parts import FULL
from therapy_tui.tui.screens.checkins import CheckIns
from therapy_tui.tui.screens.feelings import Words
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.writing import KEEP_SECONDS


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Somebody who writes with somebody, and has no check-in yet."""
    return make_seat(tmp_path, contact="Dr. Osei")


@pytest.mark.parametrize("mood", quick(range(1, 11), 1, 10))
async def test_three_keys_from_anywhere(seat: Seat, mood: int) -> None:
    """F6, a digit and enter are a check-in, from the middle of a letter, and the letter is as it was."""
    async with at(seat) as pilot:
        await pilot.press(*"Dear", "f6", str(mood % 10), "enter")
        assert made(seat) == [(mood, (), "")]
        assert news_on(pilot).startswith(f"{mood} kept at ")
        await pilot.press("escape")
        await pilot.pause()
        assert "Dear" in prose_on(pilot)


async def test_keys_that_come_together(seat: Seat) -> None:
    """On a line that stood still the three keys arrive at once: nothing of them goes into a letter, none is lost."""
    async with at(seat) as pilot:
        await pilot.press(*"Dear")
        for key, letter in (("f6", None), ("7", "7"), ("enter", "\r")):
            pilot.app.post_message(events.Key(key, letter))
        await pilot.pause()
        await pilot.pause()
        assert made(seat) == [(7, (), "")]
        await pilot.press("escape")
        screen = front(pilot)
        assert isinstance(screen, Messages)
        assert screen.pen.text == "Dear"


async def test_one_and_nought_are_ten(seat: Seat) -> None:
    """Whoever types 10 as it is written has chosen ten."""
    async with at(seat) as pilot:
        await pilot.press("f6", "1", "0")
        assert form_of(pilot).moods.chosen == 10


@pytest.mark.parametrize("arrow", quick(["left", "right"], "right"))
async def test_arrows_choose_too(seat: Seat, arrow: str) -> None:
    """The arrows begin in the middle, go by one, and stop at both ends."""
    async with at(seat) as pilot:
        await pilot.press("f6", arrow)
        assert form_of(pilot).moods.chosen == 5
        for keys, mood in (("1", "left"), 1), (("0", "right"), 10), (("4", "left", "left", "right"), 3):
            await pilot.press(*keys)
            assert form_of(pilot).moods.chosen == mood


async def test_nothing_is_chosen_for_anybody(seat: Seat) -> None:
    """Enter without a number keeps nothing and asks for one; so it does again after a check-in was kept."""
    async with at(seat) as pilot:
        await pilot.press("f6", "enter")
        assert news_on(pilot) in CHOOSE
        assert made(seat) == []
        await pilot.press("6", "enter", "enter")
        assert made(seat) == [(6, (), "")]


async def test_a_line_is_one_tab_away(seat: Seat) -> None:
    """Tab leads to the line, in which digits and letters are text, and enter keeps both."""
    async with at(seat) as pilot:
        await pilot.press("f6", "6", "tab", *"w 4 t", "enter")
        assert made(seat) == [(6, (), "w 4 t")]
        assert form_of(pilot).line.value == ""
        assert form_of(pilot).moods.has_focus


async def test_a_line_without_a_number_waits(seat: Seat) -> None:
    """Enter in the line without a number goes to the numbers, says so, and the line is still there."""
    async with at(seat) as pilot:
        await pilot.press("f6", "tab", *"tired", "enter")
        assert news_on(pilot) == CHOOSE
        await pilot.press("3", "enter")
        assert made(seat) == [(3, (), "tired")]


async def test_words_are_one_key_away(seat: Seat) -> None:
    """Among the words the arrows walk, enter takes and leaves, and what is taken is kept with the number."""
    async with at(seat) as pilot:
        await pilot.press("f6", "w")
        assert isinstance(front(pilot), Words)
        await pilot.press("enter", "right", "space", "down", "enter", "up", "left", "enter")
        await pilot.pause()
        first, *_ = form_of_words(pilot)
        assert first == "down"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("2", "enter")
        await pilot.pause()
        assert [(mood, words[0]) for mood, words, _ in made(seat)] == [(2, "down")]
        assert len(made(seat)[0][1]) == 2


def form_of_words(pilot: Pilot[int]) -> tuple[str, ...]:
    screen = front(pilot)
    assert isinstance(screen, Words)
    return screen._form.words


async def test_no_more_than_twelve_words(seat: Seat) -> None:
    """A thirteenth word is refused with a sentence, and the twelve stay."""
    async with at(seat) as pilot:
        await pilot.press("f6", "w", *["enter", "right"] * 13)
        await pilot.press("left", "enter")
        assert "at most 12 words" in news_on(pilot)
        assert len(form_of_words(pilot)) == 12


@pytest.mark.parametrize("size", quick(SIZES, (60, 20)))
async def test_every_word_can_be_reached(seat: Seat, size: tuple[int, int]) -> None:
    """Walking to the right reaches the last word, walking down the last row, and both are seen in any window."""
    async with at(seat, size=size) as pilot:
        await pilot.press("f6", "w", *["down"] * 30)
        await pilot.pause()
        assert "alive" in words_on(pilot)
        await pilot.press(*["right"] * 12)
        screen = front(pilot)
        assert isinstance(screen, Words)
        assert screen.grid_of_words.at == 63
        await pilot.press(*["up"] * 30)
        await pilot.pause()
        assert "sad" in words_on(pilot)


# kept


@pytest.mark.parametrize("key", quick(["escape", "f3", "f8"], "f8"))
async def test_what_is_not_done_is_kept(seat: Seat, key: str) -> None:
    """Number, words and line are there again after one went away."""
    async with at(seat) as pilot:
        await pilot.press("f6", "w", "enter", "escape", "7", "tab", *"not yet", key)
        if key == "escape":
            assert not isinstance(front(pilot), CheckIns)
        await pilot.press("f6")
        await pilot.pause()
        assert form_of(pilot).unfinished == Unfinished("", 7, ("sad",), "not yet")
        assert made(seat) == []


async def test_it_is_kept_without_a_key(seat: Seat) -> None:
    """In less than a second what was typed is in the vault."""
    async with at(seat) as pilot:
        await pilot.press("f6", "7", "tab", *"not yet")
        written = Unfinished(checkins.local_day(NOW), 7, (), "not yet")
        await until(pilot, lambda: checkins.draft(seat.open_vault) == written)
        assert KEEP_SECONDS < 1


async def test_a_number_of_another_day_says_nothing_of_today(seat: Seat) -> None:
    """A line that was begun yesterday is there today, but the number of yesterday is not chosen."""
    checkins.keep_draft(seat.open_vault, Unfinished("2026-11-17", 2, ("sad",), "begun"))
    async with at(seat) as pilot:
        await pilot.press("f6")
        assert form_of(pilot).unfinished == Unfinished("", 0, ("sad",), "begun")


async def test_locking_keeps_it_and_drops_it_from_the_screen(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """F9 keeps what is not done, and nothing of it or of the chart is on the screens then."""
    put(seat.open_vault, 1, 3, ("small",), "yesterday")
    kept = []
    lock = Seat.lock

    def look_and_lock(self: Seat) -> None:
        kept.append(checkins.draft(self.open_vault))
        lock(self)

    monkeypatch.setattr(Seat, "lock", look_and_lock)
    async with at(seat) as pilot:
        await pilot.press("f6", "7", "tab", *"not yet")
        await pilot.pause()
        here = form_of(pilot)
        assert isinstance(here, CheckIns)
        await pilot.press("f9")
        assert kept == [Unfinished(checkins.local_day(NOW), 7, (), "not yet")]
        assert here.unfinished == Unfinished("")
        assert here._dots.shown is None
        assert str(here._sentence.content) == ""


async def test_a_full_disk_is_told_and_the_line_stays(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing can be written it is said, number and line stay on the screen and over a lock, and go in later."""
    real = checkins.add

    def full(*_: object) -> None:
        raise errors.DiskFull

    monkeypatch.setattr(checkins, "add", full)
    monkeypatch.setattr(checkins, "keep_draft", full)
    async with at(seat) as pilot:
        await pilot.press("f6", "7", "tab", *"not yet", "enter")
        assert str(errors.DiskFull()) in news_on(pilot)
        assert form_of(pilot).unfinished == Unfinished("", 7, (), "not yet")
        assert seat.unkept_check_in == Unfinished(checkins.local_day(NOW), 7, (), "not yet")
        monkeypatch.undo()
        monkeypatch.setattr(checkins, "add", real)
        await pilot.press("escape", "f6", "enter")
        assert made(seat) == [(7, (), "not yet")]
        assert seat.unkept_check_in is None


async def test_the_reserve_is_given_to_a_full_disk(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full takes what is being written after the reserve was given back, and it is said."""
    real, tried = checkins.keep_draft, []

    def full_once(vault: Vault, unfinished: Unfinished, seen: Unfinished) -> Unfinished:
        tried.append(unfinished)
        if len(tried) == 1:
            raise errors.DiskFull
        return real(vault, unfinished, seen)

    monkeypatch.setattr(checkins, "keep_draft", full_once)
    monkeypatch.setattr(Seat, "give_room", lambda self: True)  # noqa: ARG005 - the seat's own shape
    async with at(seat) as pilot:
        await pilot.press("f6", "7")
        form_of(pilot).keep()
        assert news_on(pilot) == FULL
        assert checkins.draft(seat.open_vault) == Unfinished(checkins.local_day(NOW), 7)


# from anywhere


async def test_esc_and_six_is_f6(seat: Seat) -> None:
    """Where a terminal has no F-keys, esc and then 6 leads here."""
    async with at(seat) as pilot:
        await pilot.press("escape", "6")
        await pilot.pause()
        assert isinstance(front(pilot), CheckIns)


async def test_while_locked_there_is_none(seat: Seat) -> None:
    """On the lock F6 shows nothing, and everything by name does not offer it."""
    seat.lock()
    async with at(seat) as pilot:
        before = words_on(pilot)
        await pilot.press("f6")
        await pilot.pause()
        assert words_on(pilot) == before
        await pilot.press("f10")
        await pilot.pause()
        assert "Say how it is" not in words_on(pilot)


@pytest.mark.parametrize("size", quick(SIZES, (60, 20)))
async def test_keys_of_the_footer_are_those_that_work(seat: Seat, size: tuple[int, int]) -> None:
    """Beside the numbers the footer names digits, in the line no key that would type a letter."""
    async with at(seat, size=size) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        numbers = words_on(pilot).splitlines()[-1]
        await pilot.press("tab")
        await pilot.pause()
        line = words_on(pilot).splitlines()[-1]
    assert "1-9, 0 choose" in numbers
    assert "enter keep" in numbers
    assert ("t as a table" in numbers) == (size[0] >= 80)
    assert "enter keep" in line
    assert not any(f" {key} " in line for key in "wlte")
