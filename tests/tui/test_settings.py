"""Settings, kept at once."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import app_of, empty_seat, make_seat, until, words_on, write
from tests.tui.meeting import prose_on
from therapy_tui import errors
from therapy_tui.config import Settings, read_settings
from therapy_tui.core.people import CLIENT
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.services import conversation, making
from therapy_tui.services.seat import Seat
from therapy_tui.tui.app import TherapyApp
from therapy_tui.tui.look import choose
from therapy_tui.tui.remarks import SEVERAL
from therapy_tui.tui.screens.settings import SettingsScreen

OLD, NEW = "correct horse battery", "another staple of them"


def kept(seat: Seat) -> Settings:
    """Read what is on the disk."""
    return read_settings(seat.folders.settings)[0]


async def wait_for(pilot: Pilot[int], words: str) -> None:
    """Wait until words stand on the screen."""
    await until(pilot, lambda: words in words_on(pilot))


async def begin(pilot: Pilot[int], row: int) -> None:
    """Open the settings and press enter on a row."""
    assert isinstance(pilot.app, TherapyApp)
    await pilot.app.action_room("settings")
    await pilot.pause()
    assert isinstance(pilot.app.screen, SettingsScreen)
    await pilot.press(*["down"] * row, "enter")
    await pilot.pause()


async def test_colours_change_at_once(tmp_path: Path) -> None:
    """Moving over a palette wears it, esc wears the old one again, and enter keeps it."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot, 0)
        await pilot.press("down", "down")
        assert app.theme == "calm-light"
        await pilot.press("escape")
        await pilot.pause()
        assert app.theme == "calm-dark"
        assert kept(seat).theme == ""
        await pilot.press("enter", "down", "down", "enter")
        await pilot.pause()
        assert app.theme == "calm-light"
        assert kept(seat).theme == "calm-light"
        assert "calm light" in words_on(pilot)


async def test_every_palette_can_be_worn(tmp_path: Path) -> None:
    """Going over all palettes, those that use the terminal's own colours too, draws each without a fault."""
    app = app_of(make_seat(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot, 0)
        seen = set()
        for _ in app.look.load_all()[0]:
            await pilot.press("down")
            await pilot.pause()
            seen.add(app.theme)
            assert app.ansi_color == app.look.is_ansi
        assert seen == set(app.look.load_all()[0])


async def test_a_broken_theme_is_told(tmp_path: Path) -> None:
    """A theme file that cannot be read is told in the settings, and the program starts all the same."""
    seat = make_seat(tmp_path)
    seat.folders.themes.mkdir()
    (seat.folders.themes / "mine.toml").write_text("roles = [bold red]x[/]")
    environment = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    app = TherapyApp([seat], choose("", seat.folders.themes, environment))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("f10")
        await write(pilot, "settings")
        await pilot.press("enter")
        await pilot.pause()
        assert "mine.toml" in words_on(pilot)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('colour = "red"\n', ["default.toml: 'colour' is not a setting of this version; it was left there."]),
        ("", []),
        (
            'colour = "red"\n[keys]\nsend = "f9"\n',
            ["'colour' is not a setting", "send cannot be F9: that key always means lock."],
        ),
    ],
)
async def test_what_could_not_be_taken_is_told_once(tmp_path: Path, text: str, told: list[str]) -> None:
    """What is amiss in the settings file is told over the letters once, whole or as a number, and in the settings."""
    seat = make_seat(tmp_path)
    seat.folders.settings.write_text(text)
    seat.settings, _ = read_settings(seat.folders.settings)
    app = app_of(seat)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        news = {0: "", 1: told[0] if told else "", 2: SEVERAL.format(2, "F10")}[len(told)]
        assert app.screen.notice.text == news  # type: ignore[attr-defined]  # it is a place
        await pilot.press("f10")
        await write(pilot, "settings")
        await pilot.press("enter")
        await pilot.pause()
        assert all(each in prose_on(pilot) for each in told)
        app.go_in()
        await pilot.pause()
        assert app.screen.notice.text == ""  # type: ignore[attr-defined]  # as above


async def test_nothing_is_told_while_locked(tmp_path: Path) -> None:
    """The lock says nothing of the settings; what could not be taken is told behind it."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    seat.folders.settings.write_text('colour = "red"\n')
    seat.lock()
    async with app_of(seat).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "colour" not in words_on(pilot)


async def test_when_it_locks(tmp_path: Path) -> None:
    """The minutes are kept at once, and the list begins at those of now."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot, 2)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert kept(seat).idle_lock_minutes == 30
        assert "after 30 minutes" in words_on(pilot)


async def test_a_shared_machine_locks_soon(tmp_path: Path) -> None:
    """Saying that others use the machine shortens the lock; where the keyring opens the vault, that is told."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot, 3)
        await pilot.press("up", "enter")
        await pilot.pause()
        assert kept(seat).shared_machine
        assert kept(seat).idle_lock_minutes == 2
        assert "keyring still opens it" in words_on(pilot)


async def test_receipts(tmp_path: Path) -> None:
    """Receipts for reading can be given up and allowed again."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot, 4)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert not conversation.read_receipts(seat.open_vault)
        await pilot.press("enter", "up", "enter")
        await pilot.pause()
        assert conversation.read_receipts(seat.open_vault)


async def test_the_country_is_kept(tmp_path: Path) -> None:
    """The country of the numbers can be chosen here too."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot, 1)
        await write(pilot, "irel")
        await pilot.press("enter")
        await pilot.pause()
        assert kept(seat).country == "IE"
        await pilot.press("escape")
        await pilot.pause()
        assert "Ireland" in words_on(pilot)


async def test_the_passphrase_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong present passphrase changes nothing and is told; the right one gives way to the new one."""
    monkeypatch.setattr(making, "new_cost", Cost)
    seat = empty_seat(tmp_path)
    seat.create(making.NewProfile(CLIENT, "Rosa"), OLD, Settings())
    seat.unlock_by_passphrase(OLD)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot, 5)
        for each in ("not that one", NEW, NEW):
            await write(pilot, each)
            await pilot.press("enter")
        await wait_for(pilot, "Nothing was changed.")
        await pilot.pause()  # the words stand there before the line has the focus
        await write(pilot, OLD)
        await pilot.press("enter", "enter", "enter")
        await wait_for(pilot, "The passphrase is changed.")
        assert isinstance(app.screen, SettingsScreen)
    seat.lock()
    with pytest.raises(errors.WrongPassphrase):
        seat.unlock_by_passphrase(OLD)
    seat.unlock_by_passphrase(NEW)
    seat.lock()


async def test_where_no_passphrase_opens_it(tmp_path: Path) -> None:
    """Without a passphrase there is none to change, and how to add one is told."""
    app = app_of(make_seat(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await begin(pilot, 5)
        assert "keys add passphrase" in words_on(pilot)


async def test_what_is_told(tmp_path: Path) -> None:
    """One's name and role, the relay and where things are kept stand below, and what is amiss in the settings."""
    seat = make_seat(tmp_path, "Rosa [b]M.", settings=Settings(keys={"nonsense": "f6"}))
    app = app_of(seat)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("f10")
        await write(pilot, "settings")
        await pilot.press("enter")
        await pilot.pause()
        shown = words_on(pilot)
    assert "Rosa [b]M., client" in shown
    assert "'nonsense' in the keys" in shown
    assert "settings in" in shown
