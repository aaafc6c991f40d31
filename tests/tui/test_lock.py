"""The lock, and what stands in its place where nothing can be opened."""

from pathlib import Path

import pytest

from tests.tui.homes import app_of, empty_seat, make_seat, until, words_on
from therapy_tui.config import Settings
from therapy_tui.core.people import CLIENT
from therapy_tui.crypto.slots import CommandWay, KeyringWay, RecoveryWay, Way, recovery_phrase
from therapy_tui.keys.command import take_secret
from therapy_tui.services import making
from therapy_tui.services.making import NewProfile
from therapy_tui.services.seat import Seat
from therapy_tui.store import slots
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


async def test_the_way_out_is_named_and_leads_out(tmp_path: Path) -> None:
    """The lock names the key by which one leaves in the smallest window too, and it does."""
    seat = make_seat(tmp_path)
    seat.lock()
    app = app_of(seat)
    async with app.run_test(size=(60, 20)) as pilot:
        assert "F10 to leave" in words_on(pilot).splitlines()[-1]
        await pilot.press("f10", *"leave", "enter")
        await pilot.pause()
        assert app.return_code == 0


ENTROPY = bytes(range(32))


def locked(tmp_path: Path, way: Way) -> Seat:
    """Make a locked vault that this way and a recovery phrase open."""
    seat = empty_seat(tmp_path)
    seat.folders.make()
    ways = [way, RecoveryWay(ENTROPY)]
    making.create(seat.folders, NewProfile(CLIENT, "Rosa"), ways, "0" * 32, seat.random, seat.now)
    return seat


@pytest.mark.parametrize("typed", ["", "recovery phrase"])
async def test_a_command_opens_it_again_by_enter(tmp_path: Path, typed: str) -> None:
    """Where a command opens the vault Enter is enough, and the recovery phrase is one key away, there and back."""
    command = "echo a secret of some length"
    seat = locked(tmp_path, CommandWay(take_secret(command), command))
    app = app_of(seat)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "press enter, your command opens it" in words_on(pilot)
        await pilot.press("ctrl+k")
        await pilot.pause()
        assert "24 words" in words_on(pilot)
        if typed:
            await pilot.press(*recovery_phrase(ENTROPY)[0], "enter")
            await until(pilot, lambda: "and this has 1" in words_on(pilot))
        await pilot.press("ctrl+k", "enter")
        await until(pilot, lambda: seat.is_open)


async def test_a_keyring_that_was_locked_by_key_is_asked_before_24_words(tmp_path: Path) -> None:
    """After F9 a keyring opens the vault by Enter; only when it has failed is the recovery phrase asked for first."""
    seat = locked(tmp_path, KeyringWay({each: each.encode().ljust(32) for each in slots.DATABASES}))
    app = app_of(seat)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "24 words" in words_on(pilot)  # the keyring could not be asked at the start
        assert "ctrl+k the keyring" in words_on(pilot)
        app.only(Lock(seat, "after 10 minutes"))
        await pilot.pause()
        assert "press enter, the keyring opens it" in words_on(pilot)
        assert "ctrl+k recovery phrase" in words_on(pilot)


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
