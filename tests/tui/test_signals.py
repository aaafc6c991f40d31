"""What ends the program from outside."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.tui.homes import PATIENCE, app_of, make_seat
from therapy_tui import errors
from therapy_tui.core.people import Contact
from therapy_tui.services import conversation, directory
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import Vault
from therapy_tui.tui import signals
from therapy_tui.tui.screens.messages import Messages


def contact_of(vault: Vault) -> Contact:
    """Give the one contact."""
    (person,) = directory.people(vault)
    return person.contact


@pytest.mark.parametrize("number", signals.ENDINGS, ids=lambda each: each.name)
async def test_an_end_keeps_and_locks(tmp_path: Path, number: signal.Signals, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal keeps the draft, closes the vault and ends the program with the code that shells expect."""
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)  # it stands ready for a terminal that takes nothing more
    monkeypatch.setattr(signals, "PATIENCE", 60.0)
    seat = make_seat(tmp_path, contact="Dr Osei")
    kept: list[str] = []
    _note_drafts(kept, monkeypatch)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Messages)
        await pilot.press(*"so it was")
        os.kill(os.getpid(), number)
        async with asyncio.timeout(PATIENCE):
            while app.return_code is None:  # noqa: ASYNC110 - it is a number, which nobody tells of
                await asyncio.sleep(0.01)
    assert app.return_code == 128 + number
    assert not seat.is_open
    assert kept[-1] == "so it was"
    assert ended == []


def _note_drafts(kept: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Note the draft that is in the vault when a seat locks it."""
    lock = Seat.lock

    def noting(self: Seat) -> None:
        if self.is_open:
            kept.append(conversation.draft(self.open_vault, contact_of(self.open_vault).id).text)
        lock(self)

    monkeypatch.setattr(Seat, "lock", noting)


@pytest.mark.parametrize("has_ended", [True, False])
async def test_the_vault_is_locked_once_the_end_has_begun(tmp_path: Path, *, has_ended: bool) -> None:
    """A screen that reaches for the locked vault is no fault once the end has begun, and is one before."""
    app = app_of(make_seat(tmp_path))
    app._exit = has_ended
    app._return_code = 143
    app._handle_exception(errors.VaultLocked())
    assert (app.return_code, bool(app.fault)) == ((143, False) if has_ended else (70, True))
