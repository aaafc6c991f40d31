"""Set-up: from an empty machine to an open vault."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.quick import quick
from tests.tui import homes
from tests.tui.homes import NO_KEYRING, app_of, empty_seat, words_on, write
from therapy_tui import errors
from therapy_tui.config import read_settings
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.keys.keyring import Probe
from therapy_tui.services import making
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.people import People
from therapy_tui.tui.screens.safety import Safety
from therapy_tui.tui.screens.setup import Country, Name, Relay, SetUp, Shared
from therapy_tui.tui.screens.setup_opening import Opening
from therapy_tui.tui.screens.setup_words import Words

PASSPHRASE = "correct horse battery"
SIZE = (100, 30)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase cost the least that is allowed; what it costs is not what is tested here."""
    monkeypatch.setattr(making, "new_cost", Cost)


async def answer(pilot: Pilot[int], *answers: Iterable[str]) -> None:
    """Answer questions one after another, each with words or keys and then enter."""
    for each in answers:
        if isinstance(each, str):
            await write(pilot, each)
        await pilot.press(*(() if isinstance(each, str) else each), "enter")
        await pilot.pause()


async def until(pilot: Pilot[int], kind: type) -> None:
    """Wait until a screen of this kind is in front."""
    await homes.until(pilot, lambda: isinstance(pilot.app.screen, kind))


def words_of(screen: object) -> tuple[str, ...]:
    """Give the recovery words that a screen shows."""
    assert isinstance(screen, Words)
    return screen._words


def shut(seat: Seat) -> None:
    """Be a keyring that does not open after all."""
    del seat
    raise errors.KeyringUnusable("It shut.")


async def test_a_client_with_a_passphrase(tmp_path: Path) -> None:
    """A client on a shared machine answers six questions, gets the words once, proves one of them, and is in."""
    seat = empty_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=SIZE) as pilot:
        assert isinstance(app.screen, SetUp)
        assert "nothing has left this machine" in words_on(pilot)
        await answer(pilot, (), "Rosa", (), "kingd", ())
        assert isinstance(app.screen, Opening)
        assert not (tmp_path / "home").exists()
        await answer(pilot, PASSPHRASE, PASSPHRASE)
        await until(pilot, Words)
        words = words_of(app.screen)
        shown = words_on(pilot)
        assert all(f"{place} {word}" in shown for place, word in enumerate(words, 1))
        await answer(pilot, ())
        asked = words[app.screen._asked]
        assert asked not in words_on(pilot)
        await answer(pilot, "wrong")
        assert "That is not word" in words_on(pilot)
        await answer(pilot, asked.upper())
        await until(pilot, People)
        profile = seat.open_vault.profile
        assert (profile.role, profile.name, profile.relay) == (CLIENT, "Rosa", "")
    settings, _ = read_settings(seat.folders.settings)
    assert (settings.shared_machine, settings.idle_lock_minutes, settings.country) == (True, 2, "GB")
    assert seat.look().kinds == ("passphrase", "recovery")
    seat.lock()
    seat.unlock_by_recovery(" ".join(words))
    seat.lock()


async def test_a_therapist_by_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody else uses the machine and the keyring passed its trial, it is offered first and opens."""
    told = "This machine's keyring works, so your vault opens while you are logged in."
    seat = empty_seat(tmp_path, probe=Probe(usable=True, sentence=told, backend="a"))
    kept: dict[str, bytes] = {}
    monkeypatch.setattr(seat.keyring, "set", kept.update)
    monkeypatch.setattr(Seat, "unlock_by_keyring", shut)
    app = app_of(seat)
    async with app.run_test(size=SIZE) as pilot:
        await answer(pilot, ["down"], "Dr. Osei", ["down"], "germ", "relay.example.org")
        await homes.until(pilot, lambda: told in " ".join(words_on(pilot).split()))
        await answer(pilot, ())
        await until(pilot, Words)
        await answer(pilot, ["down"], ["down"])
        await until(pilot, Lock)
        assert "It shut." in words_on(pilot)
    assert "passphrase" not in seat.look().kinds
    assert len(kept) == 2
    settings, _ = read_settings(seat.folders.settings)
    assert (settings.shared_machine, settings.idle_lock_minutes, settings.country) == (False, 10, "DE")


async def test_without_a_keyring_the_reason_is_told(tmp_path: Path) -> None:
    """Where the trial of the keyring failed, its one sentence is shown and a passphrase is asked for."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=SIZE) as pilot:
        await answer(pilot, (), "Rosa", ["down"], "kingd", ())
        await homes.until(pilot, lambda: NO_KEYRING in " ".join(words_on(pilot).split()))
        assert app.focused is not None
        assert app.focused.id == "first"


async def test_a_passphrase_is_refused_kindly(tmp_path: Path) -> None:
    """A short passphrase, and two that differ, are refused with the reason; nothing is made."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=SIZE) as pilot:
        await answer(pilot, (), "Rosa", (), "kingd", (), "short")
        assert "at least 8 characters" in words_on(pilot)
        await answer(pilot, PASSPHRASE, "another one of them")
        assert "not the same" in words_on(pilot)
        assert isinstance(app.screen, Opening)
    assert not (tmp_path / "home").exists()


async def test_relays_are_looked_at(tmp_path: Path) -> None:
    """A therapist needs a relay, and plain http beyond this machine is refused with its sentence."""
    seat = empty_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=SIZE) as pilot:
        await answer(pilot, ["down"], "Dr. Osei", (), "germ", ())
        assert "needs a relay" in words_on(pilot)
        await answer(pilot, "http://relay.example.org")
        told = " ".join(words_on(pilot).split())
        assert "Plain http shows" in told
        assert "stop here with F10 and set up on the command line: therapy-tui init --allow-plain." in told
        assert "allow this relay with" not in told
        await answer(pilot, "[not a relay")
        assert "A relay is given as" in words_on(pilot)
        await answer(pilot, "https://relay.example.org")
        assert isinstance(app.screen, Opening)
        answers = app.screen.answers
    assert answers.profile().relay == "relay.example.org"
    assert answers.profile().role == THERAPIST


async def test_going_back_loses_nothing(tmp_path: Path) -> None:
    """Esc goes one question back, and what was answered is there when one comes again."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=SIZE) as pilot:
        await answer(pilot, ["down"], "Dr. Osei", ["down"], "germ")
        assert isinstance(app.screen, Relay)
        for kind in (Country, Shared, Name, SetUp, SetUp):
            await pilot.press("escape")
            assert isinstance(app.screen, kind)
        await answer(pilot, ["down"], ())
        assert isinstance(app.screen, Shared)
        assert app.screen.answers.name == "Dr. Osei"
        assert not app.screen.answers.shared
        await answer(pilot, (), ())
        assert app.screen.answers.country == "DE"


async def test_a_name_is_needed(tmp_path: Path) -> None:
    """No name, or one of more than sixty characters, is refused with the reason."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=SIZE) as pilot:
        await answer(pilot, (), " ")
        assert "1 to 60 characters" in words_on(pilot)
        await answer(pilot, "x" * 61)
        assert isinstance(app.screen, Name)


async def test_f8_answers_on_every_page(tmp_path: Path) -> None:
    """The numbers to call are one key away on each question, and esc returns to it."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=SIZE) as pilot:
        for keys in ((), "Rosa", (), "kingd", ()):
            before = app.screen
            await pilot.press("f8")
            assert isinstance(app.screen, Safety)
            await pilot.press("escape")
            assert app.screen is before
            await answer(pilot, keys)
        await pilot.press("f8")
        assert isinstance(app.screen, Safety)


async def test_f10_keeps_nothing(tmp_path: Path) -> None:
    """F10 ends set-up at any question, and nothing of it is on the disk."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=SIZE) as pilot:
        await answer(pilot, (), "Rosa", (), "kingd")
        await pilot.press("f10")
        await pilot.pause()
    assert app.return_code == 0
    assert not (tmp_path / "home").exists()


async def test_a_folder_that_refuses_is_told(tmp_path: Path) -> None:
    """When the profile cannot be made the reason is told, and the question is asked again."""
    app = app_of(empty_seat(tmp_path))
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o777)
    async with app.run_test(size=SIZE) as pilot:
        await answer(pilot, (), "Rosa", (), "kingd", (), PASSPHRASE, PASSPHRASE)
        await homes.until(pilot, lambda: app.screen.notice.text)  # type: ignore[attr-defined]  # every screen of ours has one
        assert "no place for a vault" in app.screen.notice.text  # type: ignore[attr-defined]  # as above
        assert isinstance(app.screen, Opening)


@pytest.mark.parametrize("size", quick([(60, 20), (40, 10), (10, 3)], (40, 10)))
async def test_any_window_will_do(tmp_path: Path, size: tuple[int, int]) -> None:
    """Set-up does not crash in a small window; one that is too small says so, and that F8 works."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=size) as pilot:
        await answer(pilot, (), "Rosa", (), "kingd", ())
        assert isinstance(app.screen, Opening)
        shown = " ".join(words_on(pilot).split())
        assert ("This window is too small" in shown) == (size == (40, 10))
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert "How should it open?" in words_on(pilot)
        assert app.focused is not None
