"""Finding words in letters."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.pilot import Pilot

from tests.quick import quick
from tests.tui.homes import NOW, make_seat
from tests.tui.letters import add_letter
from tests.tui.meeting import at, prose_on, therapy, words_on
from therapy_tui.services import directory
from therapy_tui.services.seat import Seat
from therapy_tui.tui import times
from therapy_tui.tui.screens.find import Find
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.widgets.conversation import Conversation
from therapy_tui.tui.widgets.found import passage, spans_of


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A seat with a few letters."""
    made = make_seat(tmp_path, contact="Dr. Osei")
    for number in range(12):
        add_letter(made.open_vault, f"Letter {number} about the bridge and the café.", outgoing=number % 2 == 0)
    add_letter(made.open_vault, "The water under it was cold.")
    return made


def find_of(seat: Seat) -> Find:
    (person,) = directory.people(seat.open_vault)
    return Find(seat, person.contact)


def surface_ends(pilot: Pilot[int], words: str) -> int:
    """Give the column where the surface under the first row that begins with these words ends."""
    for strip in pilot.app.screen._compositor.render_strips():
        grounds = [segment.style and segment.style.bgcolor for segment in strip for _ in segment.text]
        text = "".join(segment.text for segment in strip)
        if text.partition("▌")[2].strip().startswith(words):
            surface = grounds[text.index(words)]
            return max(place for place, each in enumerate(grounds) if each == surface)
    return -1


async def test_letters_are_found_as_one_types(seat: Seat) -> None:
    """One character finds nothing yet; from two on the letters stand below, newest first, with who wrote them."""
    async with at(seat, lambda: find_of(seat)) as pilot:
        await pilot.press("b")
        await pilot.pause()
        assert "Letter" not in words_on(pilot)
        await pilot.press("r")
        await pilot.pause()
        shown = prose_on(pilot)
        assert "12 letters, the newest first" in shown
        assert shown.index("Letter 11") < shown.index("Letter 10")
        assert "Dr. Osei" in shown


@pytest.mark.parametrize("size", quick([(140, 40), (80, 24), (60, 20)], (80, 24)))
async def test_who_stands_over_when_as_among_the_letters(seat: Seat, size: tuple[int, int]) -> None:
    """The name comes first and the time after it, in the margin and in the row above the text."""
    async with at(seat, lambda: find_of(seat), size) as pilot:
        await pilot.press(*"water")
        await pilot.pause()
        rows = words_on(pilot).splitlines()
        first = next(
            number for number, row in enumerate(rows) if row.split("▌")[0].strip() == "Dr. Osei" or "▌ Dr." in row
        )
        assert times.clock(NOW) in (rows[first] if size[0] < 70 else rows[first + 1])
        field, found = (surface_ends(pilot, word) for word in ("water", "The water"))
        assert field == found


async def test_nothing_found_is_said(seat: Seat) -> None:
    """Words that no letter has are told so, and enter does nothing."""
    place = find_of(seat)
    async with at(seat, lambda: place) as pilot:
        await pilot.press(*"xylophone", "enter")
        await pilot.pause()
        assert "No letter has that." in prose_on(pilot)
        assert pilot.app.screen is place


async def test_no_sign_is_an_error(seat: Seat) -> None:
    """Signs that a search engine would take for its own language are only signs."""
    place = find_of(seat)
    async with at(seat, lambda: place):
        for typed in ('"', "'-", "a* OR b", "NEAR(", "\\%", "()", "col:um", "^a"):
            place._search(typed)


async def test_enter_leads_to_the_letter(seat: Seat) -> None:
    """From the letters: find, choose with the arrows, enter; the letter is in view and chosen."""
    async with at(seat) as pilot:
        await pilot.press("escape", "slash", *"bri", "down", "down", "down", "enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)
        chosen = therapy(pilot).screen.query_one(Conversation).selected
        assert chosen is not None
        assert chosen.text.startswith("Letter 8 ")
        assert "Letter 8 " in words_on(pilot)


@pytest.mark.parametrize("size", quick([(140, 40), (60, 20)], (60, 20)))
async def test_the_chosen_one_is_always_in_view(seat: Seat, size: tuple[int, int]) -> None:
    """Down to the last result and up again, the chosen one is on the screen."""
    place = find_of(seat)
    async with at(seat, lambda: place, size) as pilot:
        await pilot.press(*"bridge")
        for key, count in (("down", 14), ("up", 14)):
            for _ in range(count):
                await pilot.press(key)
            await pilot.pause()
            assert place.found.chosen is not None
            assert place.found.chosen.text in prose_on(pilot)


def test_accents_and_case_do_not_matter() -> None:
    """What the search finds is what is shown in strong: beginnings of words, without regard to case and accents."""
    assert spans_of("Café, a cafeteria; decaf", "CAFÉ") == [(0, 4), (8, 12)]
    assert spans_of("İstanbul ﬁn", "is") == [(0, 2)]
    assert spans_of("anything", "*") == []


@given(text=st.text(max_size=400), wanted=st.text(max_size=8), room=st.integers(8, 72))
def test_a_passage_fits_its_two_rows(text: str, wanted: str, room: int) -> None:
    """Whatever is in a letter and whatever is sought, the passage is at most two rows of the column's width."""
    rows = passage(" ".join(text.split()), wanted, room)
    assert len(rows) <= 2
    for row in rows:
        assert cell_len("".join(piece for piece, _ in row)) <= room
