"""The letters are one place that is turned from person to person: nothing of the one is left with the next."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.caseload import caseload, id_of, put
from tests.tui.homes import NOW
from tests.tui.meeting import at, front, news_on, press, therapy, words_on
from therapy_tui.core.people import CHANGED
from therapy_tui.services import directory
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.changed import Changed
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.messages import Messages

SECRET = "heronsbridge"


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A therapist of fourteen people."""
    return caseload(tmp_path)


def letters(pilot: Pilot[int]) -> Messages:
    """Give the letters, which are in front."""
    screen = front(pilot)
    assert isinstance(screen, Messages)
    return screen


async def test_nothing_of_one_person_is_left_with_the_next(seat: Seat) -> None:
    """A draft, its tone, the news and the letters stay with their person; taking back brings nothing of them either."""
    async with at(seat) as pilot:
        await press(pilot, "enter", *SECRET, "ctrl+t")
        first = letters(pilot)
        first.say(f"News of {SECRET}.")
        name, tone = first.contact.name, first.draft.tone
        await press(pilot, "f3", "down", "enter")
        second = letters(pilot)
        assert second is first
        assert second.contact.name != name
        assert (second.pen.text, second.draft.tone, news_on(pilot)) == ("", 0, "")
        assert second.pen.has_focus
        await press(pilot, "ctrl+underscore")
        shown = words_on(pilot)
        assert SECRET not in shown
        assert name not in shown
        assert second.pen.text == ""
        await press(pilot, "f3", "enter")
        assert (letters(pilot).pen.text, letters(pilot).draft.tone) == (SECRET, tone)


async def test_what_came_meanwhile_is_there_when_one_comes_back(seat: Seat) -> None:
    """A letter that came while triage was in front stands under the others of its person."""
    async with at(seat) as pilot:
        await press(pilot, "enter")
        name = letters(pilot).contact.name
        await press(pilot, "f3")
        with seat.open_vault.transaction():
            put(seat.open_vault, name, NOW - 5, f"We met at {SECRET}.")
        await press(pilot, "enter")
        assert letters(pilot).contact.id == id_of(name)
        assert SECRET in words_on(pilot)


@pytest.mark.parametrize("away", [["f3"], []], ids=["away", "in front"])
async def test_a_lock_keeps_no_letters_for_later(seat: Seat, away: list[str]) -> None:
    """Locked while triage is in front, or the letters themselves, they are emptied and let go of."""
    async with at(seat) as pilot:
        await press(pilot, "enter", *SECRET, *away)
        kept = next(each for each in pilot.app._installed_screens.values() if isinstance(each, Messages))
        await press(pilot, "f9")
        assert isinstance(front(pilot), Lock)
        assert not pilot.app._installed_screens
        assert not kept.is_running
        assert kept.pen.text == ""
        assert kept.letters.selected is None


async def test_they_wear_the_palette_that_was_chosen_while_they_were_away(seat: Seat) -> None:
    """Another palette is theirs as well when one comes back."""
    async with at(seat) as pilot:
        await press(pilot, "enter", "f3")
        therapy(pilot).wear("calm-light")
        await press(pilot, "enter")
        ground = therapy(pilot).get_css_variables()["ground"]
        styles = letters(pilot).letters.get_component_styles("conversation--text")
        assert styles.background.hex.lower() == ground.lower()


async def test_they_fit_a_window_that_was_made_smaller_while_they_were_away(seat: Seat) -> None:
    """Another size of the window is theirs as well when one comes back."""
    async with at(seat) as pilot:
        await press(pilot, "enter", "f3")
        await pilot.resize_terminal(66, 22)
        await press(pilot, "enter")
        shown = letters(pilot)
        assert shown.has_class("-narrow", "-short")
        assert not shown.has_class("-wide")
        assert shown.letters.size.width == 66


async def test_changed_keys_are_told_of_in_letters_that_were_turned(seat: Seat) -> None:
    """The question of somebody's changed keys comes up as in letters that are made anew."""
    async with at(seat) as pilot:
        await press(pilot, "enter", "f3")
        changed = next(each.contact for each in directory.people(seat.open_vault) if each.contact.trust == CHANGED)
        therapy(pilot).show_messages(changed)
        await pilot.pause()
        await pilot.pause()
        assert isinstance(front(pilot), Changed)
        therapy(pilot).pop_screen()
        await pilot.pause()
        assert letters(pilot).contact == changed
