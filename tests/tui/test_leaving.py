"""Leaving with words that the disk did not take."""

from pathlib import Path

import pytest

from tests.tui.homes import make_seat
from tests.tui.meeting import at, words_on
from therapy_tui import errors
from therapy_tui.services import conversation, directory
from therapy_tui.services.seat import Seat
from therapy_tui.tui.ending import has_unkept
from therapy_tui.tui.screens.ask import Decide
from therapy_tui.tui.screens.messages import Messages


def full(*_: object) -> None:
    """Take nothing."""
    raise errors.DiskFull


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A seat with one contact."""
    return make_seat(tmp_path, contact="Dr. Osei")


async def test_leaving_asks_before_words_are_lost(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that takes nothing the end asks, once; whoever stays keeps the words when there is room again."""
    with monkeypatch.context() as disk:
        disk.setattr(conversation, "keep_draft", full)
        async with at(seat) as pilot:
            await pilot.press(*"not yet kept")
            for _ in range(2):
                await pilot.app.run_action("app.leave")
                await pilot.pause()
            assert isinstance(pilot.app.screen, Decide)
            assert [isinstance(each, Decide) for each in pilot.app.screen_stack].count(True) == 1
            assert "are not kept" in words_on(pilot)
            await pilot.press("enter")
            assert isinstance(pilot.app.screen, Messages)
            assert pilot.app.return_code is None
            disk.undo()
            await pilot.press(*", now it is", "escape")
            (person,) = directory.people(seat.open_vault)
            assert conversation.draft(seat.open_vault, person.contact.id).text == "not yet kept, now it is"
            await pilot.app.run_action("app.leave")
            await pilot.pause()
            assert pilot.app.return_code == 0


async def test_whoever_chooses_so_leaves_without_them(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second answer ends the program, also from the lock, where the words wait in memory."""
    monkeypatch.setattr(conversation, "keep_draft", full)
    async with at(seat) as pilot:
        await pilot.press(*"not kept")
        await pilot.app.run_action("app.lock")
        await pilot.pause()
        assert has_unkept(seat)
        await pilot.app.run_action("app.leave")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert pilot.app.return_code == 0
