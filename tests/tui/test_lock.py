"""The lock, and what stands in its place where nothing can be opened."""

from pathlib import Path

from tests.tui.homes import app_of, empty_seat, make_seat, words_on
from therapy_tui.config import Settings
from therapy_tui.tui.app import HOW_TO_STOP, TherapyApp
from therapy_tui.tui.look import choose
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.safety import Safety
from therapy_tui.tui.screens.shut import Shut


async def test_the_other_way_in_begins_without_the_reason_of_the_first(tmp_path: Path) -> None:
    """After a wrong passphrase, the field for the recovery phrase says nothing of a passphrase."""
    seat = make_seat(tmp_path)
    seat.lock()
    app = app_of(seat)
    async with app.run_test(size=(80, 24)) as pilot:
        lock = app.screen
        assert isinstance(lock, Lock)
        lock._kinds = ("passphrase", "recovery")
        lock._told.update("That passphrase does not open this vault.")
        await pilot.press("ctrl+k")
        await pilot.pause()
        assert "recovery phrase, 24 words" in words_on(pilot)
        assert "That passphrase" not in words_on(pilot)


async def test_help_says_nothing_of_letters_while_locked(tmp_path: Path) -> None:
    """F1 at the lock names only what works there, and nothing that tells what the program is for.

    There is no recovery phrase here, so its key is not named.
    """
    seat = make_seat(tmp_path, contact="Dr. Osei")
    seat.lock()
    app = app_of(seat)
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        shown = words_on(pilot)
        assert "numbers to call" in shown
        for word in ("letter", "journal", "relay", "invite", "write with", "ctrl+k"):
            assert word not in shown


async def test_how_to_leave_is_true_where_one_is(tmp_path: Path) -> None:
    """Ctrl+C says what the keys do at each place: set-up keeps nothing, and what is locked is not locked again."""
    app = app_of(empty_seat(tmp_path / "new"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert HOW_TO_STOP in words_on(pilot)
    seat = make_seat(tmp_path / "old")
    seat.lock()
    app = app_of(seat)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "F10 then Leave closes the program." in words_on(pilot)
        assert "F9" not in words_on(pilot)


async def test_settings_that_cannot_be_read_keep_no_numbers_away(tmp_path: Path) -> None:
    """The reason stands there with what to do; F8 shows the numbers, and nothing else leads in."""
    seat = make_seat(tmp_path, settings=Settings(country="GB"))
    seat.lock()
    app = TherapyApp([seat], choose(""), "In default.toml, thin should be true or false.")
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, Shut)
        assert "thin should be true or false" in " ".join(words_on(pilot).split())
        assert "Mend that file" in " ".join(words_on(pilot).split())
        await pilot.press("f3", "f4", "enter")
        assert isinstance(app.screen, Shut)
        assert not seat.is_open
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, Safety)
        assert "116 123" in words_on(pilot)


async def test_keys_that_cannot_be_read_keep_no_numbers_away(tmp_path: Path) -> None:
    """Damaged key slots are told on the screen; F8, another country, F1 and Ctrl+C work all the same."""
    seat = make_seat(tmp_path)
    seat.lock()
    seat.folders.slots.write_text("x")
    app = app_of(seat)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "damaged" in words_on(pilot)
        await pilot.press("ctrl+c", "f1", "escape", "f8", *"germany", "enter")
        await pilot.pause()
        assert "0800 111 0 111" in words_on(pilot)
    assert seat.folders.slots.read_text() == "x"
