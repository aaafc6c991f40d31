"""What a client is told when the time of an answer has passed."""

from pathlib import Path

import pytest

from tests.tui.homes import NOW, make_seat
from tests.tui.letters import add_letter
from tests.tui.meeting import at, front, news_on, press, words_on
from therapy_tui.core.bodies import Kind, Promise, pack_body
from therapy_tui.core.people import CLIENT
from therapy_tui.tui.screens.messages import Messages

pytestmark = pytest.mark.usefixtures("utc")


async def test_what_happens_next_is_told_when_the_time_has_passed(tmp_path: Path) -> None:
    """Once a promise has passed a client is told where they stand, once, and which key asks."""
    seat = make_seat(tmp_path, "Kit", CLIENT, contact="Dr. Osei")
    vault = seat.open_vault
    add_letter(vault, "Are you there?", outgoing=True)
    add_letter(vault, "", kind=Kind.PROMISE, raw=pack_body(Promise(NOW + 60, ())))
    next_ = (
        "It is at the front of Dr. Osei's list, and stays there until you are answered. Among the letters p gives it"
    )
    async with at(seat) as pilot:
        await pilot.pause()
        page = front(pilot)
        assert isinstance(page, Messages)
        assert "answers by" in words_on(pilot)
        assert news_on(pilot) == ""
        page.seat.now = lambda: NOW + 120  # a clock that goes on
        page.show_promise()
        await pilot.pause()
        assert "an answer was due" in words_on(pilot)
        assert next_ in " ".join(words_on(pilot).replace("▌", " ").split())
        await press(pilot, "escape")
        assert "p by when" in words_on(pilot)
        page.show_promise()
        await pilot.pause()
        assert news_on(pilot) == "", "it is told once"
