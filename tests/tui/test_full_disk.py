"""The application on a disk without any room: it opens, reads, keeps words in memory, and keeps them once it can."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import made
from tests.full_disk import fill
from tests.quick import quick
from tests.small_disk import small_disk
from tests.tui.homes import NOW, until
from tests.tui.looks.scenes import client, therapist
from tests.tui.meeting import at, front, news_on, press, words_on
from therapy_tui import errors
from therapy_tui.core.audit import What
from therapy_tui.services import audit, conversation, directory, unlocking
from therapy_tui.services.making import NewProfile
from therapy_tui.services.seat import Seat
from therapy_tui.tui.commands import TABLE
from therapy_tui.tui.ending import has_unkept
from therapy_tui.tui.line_words import FULL
from therapy_tui.tui.screens.ask import Decide
from therapy_tui.tui.screens.settings import SettingsScreen
from therapy_tui.tui.travel import FOR_READING
from therapy_tui.tui.widgets.letters import NOT_KEPT

ENDINGS = frozenset({"leave", "lock"})


class Full:
    """A seat whose disk is full."""

    def __init__(self, seat: Seat, disk: Path) -> None:
        self.seat = seat
        profile = seat.open_vault.profile
        self._way = made.way_of(NewProfile(profile.role, profile.name))
        seat.lock()
        for reserve in disk.rglob("reserve"):
            reserve.unlink()
        self._ballast = fill(disk)
        self.open()

    def open(self) -> None:
        """Open the vault with what opens it."""
        seat = self.seat
        seat._open(lambda: unlocking.open_vault(seat.folders, self._way, seat.random, seat.now, beside=seat._beside))

    def make_room(self) -> None:
        """Take away what fills the disk."""
        self._ballast.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk."""
    with small_disk(tmp_path / "small", "3m") as folder:
        yield folder


async def test_it_opens_and_keeps_later(disk: Path) -> None:
    """Letters are there; what is typed says "not kept", also after a lock, and is kept by itself once there is room."""
    full = Full(client(disk), disk)
    seat = full.seat
    try:
        async with at(seat) as pilot:
            assert news_on(pilot) == FOR_READING
            assert FULL in words_on(pilot)
            assert "How was the bridge?" in words_on(pilot)
            await press(pilot, *"words")
            await until(pilot, lambda: NOT_KEPT in words_on(pilot))
            await press(pilot, "f9")
            assert "Locked" in words_on(pilot)
            full.open()
            pilot.app.go_in()  # type: ignore[attr-defined]  # it is ours
            await until(pilot, lambda: NOT_KEPT in words_on(pilot))
            assert "words" in words_on(pilot)
            full.make_room()
            await until(pilot, lambda: not has_unkept(seat))
            (person,) = directory.people(seat.open_vault)
            assert conversation.draft(seat.open_vault, person.contact.id).text == "words"
            await until(pilot, lambda: FULL not in words_on(pilot))
            assert NOT_KEPT not in words_on(pilot)
    finally:
        seat.lock()


async def test_room_is_noticed_without_a_key(disk: Path) -> None:
    """Once there is room the vault opens for writing though nobody types, and letters travel."""
    full = Full(client(disk), disk)
    try:
        async with at(full.seat) as pilot:
            full.make_room()
            await until(pilot, lambda: full.seat.line.staying is not None)
            assert not full.seat.open_vault.is_for_reading
    finally:
        full.seat.lock()


async def test_a_therapists_opening_is_noted_late(disk: Path) -> None:
    """What was opened on a full disk is in the log as soon as there is room, with when it was."""
    full = Full(therapist(disk), disk)
    try:
        vault = full.seat.open_vault
        before = audit.count(vault)
        full.make_room()
        vault.find_room()
        (last,) = audit.window(vault, 0, audit.count(vault) - before)
        assert (last.what, last.at) == (What.OPENED, NOW)
        assert last.detail.startswith("in the application; noted late: the disk was full at 2026-11-18")
    finally:
        full.seat.lock()


@pytest.mark.parametrize("make", quick([client, therapist], therapist))
async def test_no_command_ends_it(disk: Path, make: Callable[[Path], Seat]) -> None:
    """Whatever a person does on a full disk, the application goes on, and what cannot be done is told."""
    full = Full(make(disk), disk)
    try:
        async with at(full.seat) as pilot:
            for command in TABLE:
                if command.id not in ENDINGS:
                    await pilot.app.run_action(command.action)
                    await pilot.pause()
            for keys in (
                ("f4", "w", *"page", "escape"),
                ("f5", "w", *"note", "escape"),
                ("f6", "5"),
                ("f8", "e", *"step"),
            ):
                await press(pilot, *keys)
            assert full.seat.is_open
            assert not pilot.app.fault  # type: ignore[attr-defined]  # it is ours
            assert front(pilot).is_running
    finally:
        full.seat.lock()


@pytest.mark.parametrize("row", [4, 8])
async def test_no_choice_ends_it(disk: Path, row: int) -> None:
    """A choice from a list that cannot be kept is told where it was made, and the application goes on."""
    full = Full(client(disk), disk)
    try:
        async with at(full.seat) as pilot:
            await pilot.app.run_action("app.room('settings')")
            await press(pilot, *["down"] * row, "enter", "down", "enter")
            assert news_on(pilot) == str(errors.DiskFull())
            assert not pilot.app.fault  # type: ignore[attr-defined]  # it is ours
    finally:
        full.seat.lock()


async def test_a_place_outlives_what_it_could_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what a list asks for finds no room, that is told, and the same place does the next thing."""
    seat = client(tmp_path)
    async with at(seat, lambda: SettingsScreen(seat)) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(SettingsScreen, "_ask_minutes", full_disk)
            await press(pilot, "down", "down", "enter")
        assert news_on(pilot) == str(errors.DiskFull())
        await press(pilot, "enter")
        assert isinstance(front(pilot), Decide)


def full_disk(_: object) -> None:
    """Take nothing."""
    raise errors.DiskFull
