"""The drawer of process notes at the application: made by key, asked for each time, and apart from everything else."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui import homes
from tests.tui.homes import make_seat, write
from tests.tui.meeting import at, news_on, prose_on, words_on
from tests.tui.noting import add, front, osei, texts, therapist
from therapy_tui.crypto.slots import Cost, KeyringWay, PassphraseWay
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import access, audit, directory, drawer, making, process, retention
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.drawer_new import NewDrawer
from therapy_tui.tui.screens.menu import Menu
from therapy_tui.tui.screens.notes import Notes
from therapy_tui.tui.screens.notes_closed import NotesClosed
from therapy_tui.tui.screens.process_notes import ProcessNotes
from therapy_tui.tui.screens.process_page import ProcessPage
from therapy_tui.tui.screens.session_note import SessionNote

PASSPHRASE = "correct horse battery"


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seat:
    """Seat a therapist with a passphrase and one client."""
    monkeypatch.setattr(making, "new_cost", Cost)
    seat = therapist(tmp_path)
    way = KeyringWay({each: ("Dr. Osei" + each).encode().ljust(32)[:32] for each in access.DATABASES})
    access.add_way(seat.folders, way, PassphraseWay(PASSPHRASE, Cost()), seat.random)
    return seat


async def until(pilot: Pilot[int], kind: type) -> None:
    """Let a passphrase be stretched aside."""
    await homes.until(pilot, lambda: isinstance(pilot.app.screen, kind))


def thoughts(seat: Seat) -> list[str]:
    return [each.text for each in process.every(seat.drawer)]


def think(seat: Seat, text: str, contact: bytes = b"") -> None:
    """Make the drawer, where there is none, and keep a thought in it."""
    if not seat.drawer.exists:
        seat.drawer.open(drawer.make(seat.folders, seat.keyring, PASSPHRASE, seat.random))
    new = process.blank(seat.drawer, contact)
    process.keep(seat.drawer, new, replace(new, text=text))


def closed_with(seat: Seat, text: str) -> None:
    """Keep a thought in the drawer, and close it by a lock."""
    think(seat, text)
    seat.lock()
    seat.unlock_by_passphrase(PASSPHRASE)


async def open_it(pilot: Pilot[int]) -> None:
    """Open the drawer from the notes by the passphrase."""
    await pilot.press("ctrl+p")
    await until(pilot, NotesClosed)
    await write(pilot, PASSPHRASE)
    await pilot.press("enter")
    await until(pilot, ProcessNotes)
    await pilot.pause()


async def test_made_and_written_in(seat: Seat) -> None:
    """ctrl+p from the notes makes the drawer by the passphrase; a wrong one makes none; thoughts are kept there."""
    add(seat, "a note", osei(seat))
    async with at(seat) as pilot:
        await pilot.press("f5", "ctrl+p")
        await until(pilot, NewDrawer)
        for words in ("own thoughts", "under a third key", "results of tests", "it is lost with your passphrase"):
            assert words.removeprefix("it ") in prose_on(pilot)
        await write(pilot, "another one")
        await pilot.press("enter")
        await homes.until(pilot, lambda: "does not open" in prose_on(pilot))
        assert not seat.drawer.exists
        await write(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until(pilot, ProcessNotes)
        assert news_on(pilot) == "The drawer is made."
        await pilot.press("w", *"I was tired.")
        page = front(pilot, ProcessPage)
        assert "Words, and whom they are about" in prose_on(pilot)
        await pilot.press("ctrl+t", "down", "enter", "escape")
        await pilot.pause()
        assert page is not pilot.app.screen
        assert thoughts(seat) == ["I was tired."]
        assert "I was tired." in words_on(pilot)
        assert texts(seat) == ["a note"]
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Notes)


async def test_not_made(seat: Seat) -> None:
    """Who leaves the question is back among the notes, and there is no drawer."""
    async with at(seat) as pilot:
        await pilot.press("f5", "ctrl+p")
        await until(pilot, NewDrawer)
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Notes)
        assert not seat.drawer.exists


async def test_asked_for_each_time(seat: Seat) -> None:
    """After a lock the notes open with the letters and the drawer is asked for; left closed, one is back."""
    closed_with(seat, "a heron")
    async with at(seat) as pilot:
        await pilot.press("f5", "ctrl+p")
        await until(pilot, NotesClosed)
        assert "opened by itself, each time" in prose_on(pilot)
        assert "Nothing of the process notes was changed" in prose_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Notes)
        await open_it(pilot)
        assert "a heron" in words_on(pilot)
        await pilot.press("enter", *"!", "escape", "x", "down", "enter")
        await pilot.pause()
        assert thoughts(seat) == []
        assert "Thoughts for yourself alone." in words_on(pilot)


async def test_from_a_note_that_is_being_written(seat: Seat) -> None:
    """ctrl+p on a session note keeps it and goes to the drawer; a thought begun there is about the same person."""
    seat.drawer.open(drawer.make(seat.folders, seat.keyring, PASSPHRASE, seat.random))
    add(seat, "a note", osei(seat))
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", *" more", "ctrl+p", "w", *"A thought.", "escape")
        await pilot.pause()
        front(pilot, ProcessNotes)
        assert next(process.every(seat.drawer)).contact == osei(seat)
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, SessionNote)
        assert texts(seat) == ["a note more"]


async def test_a_lock_closes_and_forgets(seat: Seat) -> None:
    """F9 in the middle of a thought keeps it, closes the drawer and leaves no word on any screen."""
    seat.drawer.open(drawer.make(seat.folders, seat.keyring, PASSPHRASE, seat.random))
    opened = seat.drawer
    async with at(seat) as pilot:
        await pilot.press("f5", "ctrl+p", "w", *"a her")
        page = front(pilot, ProcessPage)
        assert isinstance(page, ProcessPage)
        await pilot.press("f9")
        await pilot.pause()
        assert not opened.is_open
        assert (page.editor.text, page.page.text) == ("", "")
        assert "a her" not in words_on(pilot)
    seat.unlock_by_passphrase(PASSPHRASE)
    seat.drawer.open(seat.drawer.key_by_passphrase(PASSPHRASE))
    assert thoughts(seat) == ["a her"]


async def test_that_it_was_opened_is_in_the_log(seat: Seat) -> None:
    """Each time the drawer is opened the audit log says so once, and not where it is open already or stays closed."""
    closed_with(seat, "a heron")

    def noted() -> int:
        return [each.detail for each in audit.every(seat.open_vault)].count("process notes, in the application")

    async with at(seat) as pilot:
        await pilot.press("f5", "ctrl+p")
        await until(pilot, NotesClosed)
        await pilot.press("escape")
        await pilot.pause()
        assert noted() == 0
        await open_it(pilot)
        await pilot.press("escape", "ctrl+p")
        await pilot.pause()
        front(pilot, ProcessNotes)
        assert noted() == 1


async def test_under_a_hold_a_thought_stays_as_it_is(seat: Seat) -> None:
    """What is in the drawer of a record that is held is read, and neither erased nor written over; more may come."""
    think(seat, "a heron", osei(seat))
    retention.hold(seat.open_vault, directory.get(seat.open_vault, osei(seat)), "a case in court")
    async with at(seat) as pilot:
        await pilot.press("f5", "ctrl+p", "x")
        await pilot.pause()
        assert "is held, so this note is not erased" in news_on(pilot)
        await pilot.press("enter", "backspace", *"ab", "ctrl+u", "ctrl+k", "ctrl+w", "delete")
        await pilot.pause()
        assert "a heron" in words_on(pilot)
        assert "A new process note takes what is to be said now." in prose_on(pilot)
        await pilot.press("ctrl+t")
        await pilot.pause()
        front(pilot, ProcessPage)
        await pilot.press("escape", "w", *"More.", "escape")
        await pilot.pause()
        assert thoughts(seat) == ["a heron", "More."]


async def test_it_is_in_no_search(seat: Seat) -> None:
    """A word that stands in the open drawer alone is found by no search."""
    think(seat, "a heron")
    add(seat, "a kingfisher", osei(seat))
    async with at(seat) as pilot:
        await pilot.app.run_action("app.room('search')")
        for word, found in (("kingfisher", True), ("heron", False)):
            await write(pilot, word)
            await pilot.pause()
            assert ("Nothing has that." not in words_on(pilot)) == found


async def test_by_a_keyring(tmp_path: Path) -> None:
    """Where a keyring opens the vault it is asked once; the first answer makes nothing."""
    seat = therapist(tmp_path)
    seat.keyring = MemoryKeyring()
    async with at(seat) as pilot:
        await pilot.press("f5", "ctrl+p")
        await until(pilot, NewDrawer)
        await pilot.press("enter")
        await pilot.pause()
        assert not seat.drawer.exists
        await pilot.press("ctrl+p")
        await until(pilot, NewDrawer)
        await pilot.press("down", "enter")
        await until(pilot, ProcessNotes)
        assert seat.drawer.is_open
        assert seat.drawer.kinds == ("keyring",)


async def test_a_client_has_no_drawer(tmp_path: Path) -> None:
    """At a client's notes ctrl+p is what it is everywhere."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    async with at(seat) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        assert "process" not in words_on(pilot)
        await pilot.press("ctrl+p")
        await pilot.pause()
        front(pilot, Menu)
