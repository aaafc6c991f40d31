"""Notes whose key could not be had: why, what opens them, and that the letters work as before."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import make_seat, until, write
from tests.tui.letters import add_letter
from tests.tui.meeting import at, words_on
from tests.tui.noting import front, page_of, texts
from therapy_tui.crypto.slots import Cost, KeyringWay, PassphraseWay, RecoveryWay, recovery_phrase
from therapy_tui.services import access
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.notes_closed import NotesClosed

PASSPHRASE = "correct horse battery"
ENTROPY = bytes(range(32))


def closed(tmp_path: Path) -> Seat:
    """Somebody whose keyring does not answer for the notes; a passphrase and a recovery phrase are ways in too."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    way = KeyringWay({each: ("Rosa M." + each).encode().ljust(32)[:32] for each in access.DATABASES})
    for other in (PassphraseWay(PASSPHRASE, Cost()), RecoveryWay(ENTROPY)):
        access.add_way(seat.folders, way, other, seat.random)
    seat._beside.key = b""
    return seat


async def until_closed(pilot: Pilot[int]) -> None:
    """Let the keyring be asked aside."""
    await until(pilot, lambda: isinstance(pilot.app.screen, NotesClosed))


async def until_opened(pilot: Pilot[int]) -> None:
    """Let the passphrase be stretched aside."""
    await until(pilot, lambda: not isinstance(pilot.app.screen, NotesClosed))


@pytest.mark.parametrize("by", ["passphrase", "recovery"])
async def test_closed_and_opened_by_hand(tmp_path: Path, by: str) -> None:
    """Where the keyring does not give the key the screen says why; a wrong one is told, the right one opens them."""
    seat = closed(tmp_path)
    async with at(seat) as pilot:
        await pilot.press("f5")
        await until_closed(pilot)
        await pilot.pause()
        assert "keyring could not be asked" in words_on(pilot)
        assert "Letters and pages are open as before" in words_on(pilot)
        if by == "recovery":
            await pilot.press("ctrl+k")
        await write(pilot, "wrong" if by == "passphrase" else " ".join(recovery_phrase(bytes(32))))
        await pilot.press("enter")
        await until(pilot, lambda: "does not open" in words_on(pilot))
        await write(pilot, PASSPHRASE if by == "passphrase" else " ".join(recovery_phrase(ENTROPY)))
        await pilot.press("enter")
        await until_opened(pilot)
        await pilot.pause()
        assert "What you want to remember." in words_on(pilot)
        await pilot.press("w", *"kept", "escape")
        await pilot.pause()
        assert texts(seat) == ["kept"]


async def test_left_closed(tmp_path: Path) -> None:
    """Esc leaves the notes closed and leads back to the letters, which work as before."""
    seat = closed(tmp_path)
    async with at(seat) as pilot:
        await pilot.press("f5")
        await until_closed(pilot)
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Messages)
        assert seat.is_open
        assert not seat.notebook.is_open


async def test_a_note_about_a_letter_waits_for_the_key(tmp_path: Path) -> None:
    """A note that was begun from a letter begins when the notes are opened by hand."""
    seat = closed(tmp_path)
    letter = add_letter(seat.open_vault, "A letter.")
    async with at(seat) as pilot:
        await pilot.press("escape", "o")
        await until_closed(pilot)
        await write(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until_opened(pilot)
        await pilot.pause()
        assert page_of(pilot).page.message == letter.id


async def test_locked_while_closed(tmp_path: Path) -> None:
    """A lock on that screen leaves nothing of what was typed, and shows the lock."""
    seat = closed(tmp_path)
    async with at(seat) as pilot:
        await pilot.press("f5")
        await until_closed(pilot)
        screen = front(pilot, NotesClosed)
        await write(pilot, PASSPHRASE)
        await pilot.press("f9")
        await pilot.pause()
        assert screen._field.value == ""  # type: ignore[attr-defined]
        assert "Locked" in words_on(pilot)


async def test_only_the_keyring(tmp_path: Path) -> None:
    """Where the keyring is the only way in there is no field, and a sentence says what to do."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    seat._beside.key = b""
    async with at(seat) as pilot:
        await pilot.press("f5")
        await until_closed(pilot)
        await pilot.pause()
        assert "keys add passphrase" in " ".join(words_on(pilot).split())
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Messages)
