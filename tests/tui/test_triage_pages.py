"""Triage on the screen: pages that were shared."""

from pathlib import Path

import pytest

from tests.tui.caseload import caseload, put_body
from tests.tui.homes import NOW
from tests.tui.meeting import at, front, press, words_on
from therapy_tui.core.bodies import Kind
from therapy_tui.core.shared import SharedPage
from therapy_tui.tui.screens.triage import Triage

pytestmark = pytest.mark.usefixtures("utc")


async def test_beside_the_list_stands_their_page(tmp_path: Path) -> None:
    """A shared page that was not read is a reason, and stands there in place of an older letter."""
    seat = caseload(tmp_path)
    with seat.open_vault.transaction():
        put_body(seat.open_vault, "Yan", Kind.PAGE, NOW, SharedPage("2026-11-18", 4, "", "The heron came back."))
    async with at(seat, size=(140, 40)) as pilot:
        screen = front(pilot)
        assert isinstance(screen, Triage)
        while screen.people.current is None or screen.people.current.facts.name != "Yan":
            await press(pilot, "down")
        assert "The heron came back." in words_on(pilot)
        assert "shared a page, not read yet" in words_on(pilot)
