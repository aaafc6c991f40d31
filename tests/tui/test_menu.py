"""Everything by name."""

from pathlib import Path

import pytest

from tests.tui.caseload import caseload
from tests.tui.homes import app_of, empty_seat, make_seat, write
from therapy_tui.config import Settings
from therapy_tui.core.people import THERAPIST
from therapy_tui.tui.commands import AUDIT, HOURS, PERSON, PROGRESS, TABLE, TRIAGE
from therapy_tui.tui.room import PLACES
from therapy_tui.tui.screens.menu import A_THERAPISTS, Menu
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.people import People
from therapy_tui.tui.screens.safety import Safety
from therapy_tui.tui.screens.settings import SettingsScreen
from therapy_tui.tui.screens.setup import SetUp
from therapy_tui.tui.widgets.finder import Finder


def titles(menu: Menu) -> list[str]:
    """Give what the list shows."""
    return [each.title for each in menu.query_one(Finder).list.choices]


def menu_of(screen: object) -> Menu:
    """Take the screen in front as what it should be."""
    assert isinstance(screen, Menu)
    return screen


@pytest.mark.parametrize("key", ["f10", "ctrl+p"])
async def test_typing_narrows_and_enter_does_it(tmp_path: Path, key: str) -> None:
    """A few letters find a command by its name, and enter runs it in the place one came from."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(key)
        menu = menu_of(app.screen)
        await write(pilot, "how it is m")
        assert titles(menu) == ["Say how it is meant"]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Messages)
        assert app.screen.draft.tone == 1


async def test_arrows_choose_and_esc_returns(tmp_path: Path) -> None:
    """The arrows move in the list while the line keeps the focus; esc goes back and does nothing."""
    app = app_of(make_seat(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f10", "down", "down", "up")
        menu = menu_of(app.screen)
        assert menu.query_one(Finder).list.chosen == 1
        await pilot.press("escape")
        assert isinstance(app.screen, People)


async def test_what_was_used_before_comes_first(tmp_path: Path) -> None:
    """The command that was run last is the first of the list the next time."""
    app = app_of(make_seat(tmp_path, settings=Settings(country="GB")))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f10")
        await write(pilot, "numbers")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, Safety)
        await pilot.press("escape", "f10")
        assert titles(menu_of(app.screen))[0] == "Numbers to call"


@pytest.mark.parametrize(("word", "title"), [("quit", "Leave the program"), ("join", "Take up an invite")])
async def test_what_is_called_otherwise_is_found_too(tmp_path: Path, word: str, title: str) -> None:
    """A word that no title has finds the commands that are named or explained by it."""
    app = app_of(make_seat(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f10")
        await write(pilot, word)
        assert titles(menu_of(app.screen)) == [title]


async def test_nothing_fits(tmp_path: Path) -> None:
    """Words that no command has are answered with a sentence, and enter does nothing."""
    app = app_of(make_seat(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f10")
        await write(pilot, "zzz")
        await pilot.press("enter")
        await pilot.pause()
        assert titles(menu_of(app.screen)) == []
        assert app.screen.query_one(Finder)._nothing.display


THEIRS = {TRIAGE, PERSON, PROGRESS, HOURS, AUDIT}
"""Groups of commands of which a client has none."""


async def test_what_makes_no_sense_is_not_offered(tmp_path: Path) -> None:
    """While setting up only help, numbers, drawing again and leaving are offered; with an open vault all that fits."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        assert isinstance(app.screen, SetUp)
        await pilot.press("ctrl+p")
        wanted = ["Help for where you are", "Numbers to call", "Draw the screen again", "Leave the program"]
        assert titles(menu_of(app.screen)) == wanted


async def test_all_that_is_listed_is_offered_somewhere(tmp_path: Path) -> None:
    """Every listed command but the demo's is offered in the place it is for, and none leads to where one is."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei"))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("f10")
        offered = set(titles(menu_of(app.screen)))
        assert "Read and write letters" not in offered
        await pilot.press("escape", "ctrl+o", "f10")
        offered |= set(titles(menu_of(app.screen)))
        assert "Who you write with" in offered
        for place in PLACES:
            await pilot.press("escape", "escape")
            await app.run_action(f"app.room('{place}')")
            await pilot.press("f10")
            offered |= set(titles(menu_of(app.screen)))
        await pilot.press("escape", "escape", "f4", "w", "a", "f10")
        offered |= set(titles(menu_of(app.screen)))
        await pilot.press("escape", "escape", "f4", "q", "f10")
        offered |= set(titles(menu_of(app.screen)))
        await pilot.press("escape", "escape", "f5", "w", "f10")
        offered |= set(titles(menu_of(app.screen)))
        await write(pilot, "settings")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
    app = app_of(make_seat(tmp_path / "therapist", role=THERAPIST, contact="Rosa M."))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("f5", "w", "f10")
        offered |= set(titles(menu_of(app.screen)))
    listed = {
        each.title
        for each in TABLE
        if each.listed and each.group not in THEIRS and each.id not in A_THERAPISTS | {"progress"}
    }
    # A questionnaire's result can be shared where there is one (tests/tui/test_share.py).
    assert listed - offered == {"Everything by name", "Change seats", "Share this"}


async def test_without_people_nobody_can_be_compared_with(tmp_path: Path) -> None:
    """Among no people, comparing words is not offered."""
    app = app_of(make_seat(tmp_path))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f10")
        assert "Compare the ten words" not in titles(menu_of(app.screen))


async def test_leave_is_there(tmp_path: Path) -> None:
    """The program can be left by name, and the vault is locked then."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f10")
        await write(pilot, "leave")
        await pilot.press("enter")
        await pilot.pause()
    assert app.return_code == 0
    assert not seat.is_open


async def test_a_person_s_own_keys_are_shown(tmp_path: Path) -> None:
    """The key at the right is the one that the person has for it."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei", settings=Settings(keys={"people": "f6"})))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f10")
        await write(pilot, "who you")
        (only,) = menu_of(app.screen).query_one(Finder).list.choices
        assert only.right == "F6"


async def test_what_another_name_leads_to_is_not_offered(tmp_path: Path) -> None:
    """In triage `/` finds somebody and `n` begins a note; what the same keys' acts are called elsewhere is not said."""
    app = app_of(caseload(tmp_path))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("f10")
        offered = titles(menu_of(app.screen))
        assert {"Find somebody", "Begin a note"} <= set(offered)
        assert not {"Find in these letters", "Begin a note about this letter"} & set(offered)
