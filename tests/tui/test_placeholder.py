"""What an empty field says, in the quiet colour from its first letter on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import make_seat
from tests.tui.meeting import at
from therapy_tui.services.seat import Seat
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.invite import NewInvite


def inks(pilot: Pilot[int], word: str) -> list[str]:
    """Give the ink of each letter of the first row that holds a word, from the word on."""
    for strip in pilot.app.screen._compositor.render_strips():
        text = "".join(segment.text for segment in strip)
        if word in text:
            cells = [str(segment.style and segment.style.color) for segment in strip for _ in segment.text]
            return cells[text.index(word) : text.index(word) + len(word)]
    return []


@pytest.mark.parametrize(("make", "told"), [(None, "Write, and it"), (NewInvite, "a name, for")])
async def test_it_is_quiet_from_its_first_letter_on(
    tmp_path: Path, make: Callable[[Seat], Place] | None, told: str
) -> None:
    """The letter under the terminal's cursor is quiet as the others are; what is written has the ink of text."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    async with at(seat, (lambda: make(seat)) if make else None) as pilot:
        (quiet,) = set(inks(pilot, told))
        for written, same in (("ab", False), ("", True)):
            await pilot.press(*(["a", "b", "left"] if written else ["backspace", "delete"]))
            await pilot.pause()
            assert (set(inks(pilot, written or told)) == {quiet}) == same
            assert len(set(inks(pilot, written or told))) == 1
