"""How the screens look: every row and every style, at three sizes and in three palettes."""

import re
import time
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from tests.quick import quick
from tests.tui.homes import NOW, app_of
from tests.tui.looks.desk import DESK
from tests.tui.looks.picture import picture_of
from tests.tui.looks.scenes import SCENES as SCENES_OF_A_CLIENT
from tests.tui.looks.scenes import client
from tests.tui.looks.years import YEARS
from tests.tui.meeting import therapy
from therapy_tui.tui.app import TherapyApp

SCENES = SCENES_OF_A_CLIENT | DESK | YEARS
Looks = tuple[tuple[tuple[int, int], str], ...]
LOOKS: Looks = (((80, 24), "calm-dark"), ((100, 30), "calm-light"))
"""Every run looks at every fifth scene in one of these, by turns; the campaign at all, also in those below."""
OTHER_LOOKS: Looks = (((60, 20), "calm-dark"), ((100, 30), "calm-dark"), ((100, 30), "monochrome"))


def usual(name: str) -> Looks:
    """Give how every run looks at a scene."""
    return (LOOKS[len(name) % 2],)


def elsewhere(name: str) -> Looks:
    """Give how the campaign does."""
    return (LOOKS[1 - len(name) % 2], *OTHER_LOOKS)


@pytest.fixture(autouse=True)
def _today(utc: None, monkeypatch: pytest.MonkeyPatch) -> None:
    del utc
    monkeypatch.setattr(TherapyApp, "today", lambda _: time.strftime("%Y-%m-%d", time.gmtime(NOW)))


async def show(pilot: Pilot[int], size: tuple[int, int], theme: str) -> str:
    """Give the screen in front at a size, in a palette."""
    await pilot.resize_terminal(*size)
    therapy(pilot).wear(theme)
    await pilot.pause()
    return picture_of(pilot)


@pytest.mark.parametrize("name", quick(list(SCENES), *list(SCENES)[::10]))
async def test_it_looks_as_it_did(name: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """Nothing about a screen changes unless somebody meant it to; then `--snapshot-update` takes the change over.

    With `-m "campaign or not campaign"`, for all windows.
    """
    await compare(name, tmp_path, snapshot, usual(name))


@pytest.mark.campaign
@pytest.mark.parametrize("name", SCENES)
async def test_it_looks_so_elsewhere(name: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """The same in other windows and palettes."""
    await compare(name, tmp_path, snapshot, elsewhere(name))


async def compare(name: str, folder: Path, snapshot: SnapshotAssertion, looks: Looks) -> None:
    """Come to a screen, and compare it in each window and palette."""
    seat, way = SCENES[name][0](folder), SCENES[name][1]
    async with app_of(seat).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await way(pilot)
        for size, theme in looks:
            assert await show(pilot, size, theme) == snapshot(name=f"{size[0]}x{size[1]} {theme}")


async def test_the_letter_that_is_answered_lies_beside(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """At 140 columns the letter that is being answered stands beside the whole page."""
    async with app_of(client(tmp_path)).run_test(size=(140, 40)) as pilot:
        await pilot.press("escape", "r", *"Yes.", "ctrl+e")
        await pilot.pause()
        assert await show(pilot, (140, 40), "calm-dark") == snapshot


async def test_what_a_therapist_knows_lies_beside(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """At 140 columns the letter, and below it what is due and what was shared, stand beside a therapist's page."""
    seat, way = SCENES["answering, a blank"]
    async with app_of(seat(tmp_path)).run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        await way(pilot)
        await pilot.press("ctrl+e")
        await pilot.pause()
        assert await show(pilot, (140, 40), "calm-light") == snapshot


async def test_a_window_that_is_too_small_says_so(tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """Below sixty by twenty there is one sentence, and nothing else."""
    async with app_of(client(tmp_path)).run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert await show(pilot, (50, 15), "calm-dark") == snapshot


@pytest.mark.parametrize("name", quick(["safety", "the plan", "the plan, empty"], "the plan"))
async def test_the_plan_in_a_light_window_of_80_by_24(name: str, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """The whole plan, and the page on which it is written, in the usual small window in daylight."""
    seat, way = SCENES[name][0](tmp_path), SCENES[name][1]
    async with app_of(seat).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await way(pilot)
        assert await show(pilot, (80, 24), "calm-light") == snapshot


def test_no_picture_is_left_over() -> None:
    """Every picture that is kept belongs to a screen and a window of today, and every screen has all its pictures."""
    kept = (Path(__file__).parent / "__snapshots__" / "test_looks.ambr").read_text(encoding="utf-8")
    named = set(re.findall(r"^# name: (test_it_looks_.*)$", kept, re.MULTILINE))
    tests = (("test_it_looks_as_it_did", usual), ("test_it_looks_so_elsewhere", elsewhere))
    assert named == {
        f"{test}[{scene}][{size[0]}x{size[1]} {theme}]"
        for test, looks in tests
        for scene in SCENES
        for size, theme in looks(scene)
    }
