"""What an empty field says, in the quiet colour from its first letter on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import make_seat
from tests.tui.meeting import at, words_on
from therapy_tui.services import directory
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts
from therapy_tui.tui.place import Place
from therapy_tui.tui.screens.invite import NewInvite
from therapy_tui.tui.screens.messages import Messages


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


async def test_where_it_has_ended_nobody_is_told_that_it_will_go(tmp_path: Path) -> None:
    """The pen of a correspondence that the other has ended says that nothing goes."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    vault = seat.open_vault
    with vault.transaction() as database:
        (contact,) = contacts.every(database)
        contacts.set_closed(database, contact.id, "theirs")
    async with at(seat, lambda: Messages(seat, directory.get(vault, contact.id))) as pilot:
        assert "It has ended: nothing goes any more" in words_on(pilot)
        assert "it will go when there is a line" not in words_on(pilot)
