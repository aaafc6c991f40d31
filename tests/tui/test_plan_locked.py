"""The safety plan while locked."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from tests.quick import quick
from tests.tui.homes import app_of, words_on
from tests.tui.plans import BRITAIN, plan_on, seat_with, settle
from therapy_tui.services import open_plan, safety
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.plan import IN_CLEAR, NOTHING
from therapy_tui.tui.screens.safety import NOT_READ, Safety


async def choose(pilot: Pilot[int]) -> None:
    """Go to the choice and take the second answer."""
    await pilot.press("f8", "e")
    await pilot.pause()
    plan_on(pilot).locked.focus()
    await pilot.pause()
    await pilot.press("down", "enter")
    await pilot.pause()


async def test_never_by_itself(tmp_path: Path) -> None:
    """A plan that was written is not shown while locked, and nothing says that there is one."""
    seat = seat_with(tmp_path, "I lie awake.")
    async with app_of(seat).run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await pilot.press("f8")
        await pilot.pause()
        shown = words_on(pilot)
        assert "116 123" in shown
        assert "I lie awake." not in shown
        assert "plan" not in shown.casefold()


async def test_chosen_and_taken_back(tmp_path: Path) -> None:
    """The consequence is said beside the choice; then F8 shows it while locked, until it is taken back."""
    seat = seat_with(tmp_path, "I lie awake.")
    async with app_of(seat).run_test(size=(100, 30)) as pilot:
        await choose(pilot)
        assert IN_CLEAR in words_on(pilot)
        await pilot.press("f9", "f8")
        await pilot.pause()
        shown = words_on(pilot)
        assert shown.index("116 123") < shown.index("I lie awake.")
        await pilot.press("e", "p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Safety)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, Lock)


async def test_taken_back(tmp_path: Path) -> None:
    """The first answer takes it away at once."""
    seat = seat_with(tmp_path, "I lie awake.")
    async with app_of(seat).run_test(size=(100, 30)) as pilot:
        await choose(pilot)
        assert open_plan.is_chosen(seat.folders)
        await pilot.press("up", "enter")
        await pilot.pause()
        assert not open_plan.is_chosen(seat.folders)


async def test_it_follows_what_is_written(tmp_path: Path) -> None:
    """What is written afterwards is readable while locked too; an emptied plan is not."""
    seat = seat_with(tmp_path, "I lie awake.")
    async with app_of(seat).run_test(size=(100, 30)) as pilot:
        await choose(pilot)
        page = plan_on(pilot)
        page.fields[1].focus()
        await pilot.press(*"Walk")
        await settle(pilot)
        kept = open_plan.read(seat.folders)
        assert kept is not None
        assert kept.steps[1].text == "Walk"
        for field in page.fields:
            field.text = ""
        await pilot.pause()
        await settle(pilot)
        assert not open_plan.is_chosen(seat.folders)


async def test_nothing_to_read(tmp_path: Path) -> None:
    """An empty plan makes no copy, and that is said."""
    seat = seat_with(tmp_path)
    async with app_of(seat).run_test(size=(100, 30)) as pilot:
        await choose(pilot)
        assert NOTHING in words_on(pilot)
        assert not open_plan.is_chosen(seat.folders)


async def test_a_machine_that_others_use(tmp_path: Path) -> None:
    """There it is not offered; and a copy that lies there all the same is not shown."""
    seat = seat_with(tmp_path, "I lie awake.", settings=replace(BRITAIN, shared_machine=True))
    open_plan.write(seat.folders, safety.read(seat.open_vault))
    async with app_of(seat).run_test(size=(100, 30)) as pilot:
        await pilot.press("f9", "f8")
        await pilot.pause()
        assert "116 123" in words_on(pilot)
        assert "I lie awake." not in words_on(pilot)
    seat = seat_with(tmp_path / "other", "I lie awake.", settings=replace(BRITAIN, shared_machine=True))
    async with app_of(seat).run_test(size=(100, 30)) as pilot:
        await pilot.press("f8", "e")
        await pilot.pause()
        assert "while locked" not in words_on(pilot)


@pytest.mark.parametrize("kind", quick(["link", "mode", "form"], "link", "mode"))
async def test_a_copy_that_is_not_ours(tmp_path: Path, kind: str) -> None:
    """A link, a file open to others or something else in its place is not shown; the numbers are."""
    seat = seat_with(tmp_path, "I lie awake.")
    open_plan.write(seat.folders, safety.read(seat.open_vault))
    path = seat.folders.open_plan
    if kind == "link":
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")
    elif kind == "mode":
        path.chmod(0o640)
    else:
        path.write_text("I lie awake.")
    async with app_of(seat).run_test(size=(80, 24)) as pilot:
        await pilot.press("f9", "f8")
        await pilot.pause()
        shown = words_on(pilot)
        assert "116 123" in shown
        assert NOT_READ in shown
        assert "I lie awake." not in shown


async def test_an_empty_copy(tmp_path: Path) -> None:
    """A copy without a word shows the numbers as they are without a plan."""
    seat = seat_with(tmp_path)
    open_plan.write(seat.folders, safety.read(seat.open_vault))
    async with app_of(seat).run_test(size=(80, 24)) as pilot:
        await pilot.press("f9", "f8")
        await pilot.pause()
        assert "24/7, English" in words_on(pilot)
