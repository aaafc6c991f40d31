"""A short list to choose from."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.homes import make_seat
from tests.tui.meeting import at, words_on
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.ask import Decide
from therapy_tui.tui.widgets.choices import Choice, Choices

ANSWERS = (
    Choice("a", "The first", "a quiet word"),
    Choice("b", "The second", "its detail stands below and is long enough to be wrapped when it is narrow", below=True),
    Choice("c", "[bold]The third[/]", right="F8"),
)


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Any seat."""
    return make_seat(tmp_path)


def decide(seat: Seat) -> tuple[Decide, Choices]:
    place = Decide(seat, "Place", "who", "What is told.", ANSWERS)
    return place, place._answers


async def test_the_first_is_chosen_and_arrows_stop_at_both_ends(seat: Seat) -> None:
    """The bar begins at the first and never goes round, for the first is the safest."""
    place, choices = decide(seat)
    async with at(seat, lambda: place) as pilot:
        assert choices.chosen == 0
        await pilot.press("up")
        assert choices.chosen == 0
        await pilot.press(*["down"] * 5)
        assert choices.chosen == 2


async def test_enter_gives_the_chosen_one_back(seat: Seat) -> None:
    """The screen ends with the id of the choice."""
    place, _ = decide(seat)
    given: list[str | None] = []
    async with at(seat) as pilot:
        pilot.app.push_screen(place, given.append)
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
    assert given == ["b"]


async def test_markup_in_a_title_is_only_text(seat: Seat) -> None:
    """What looks like markup is drawn as it is: names come from elsewhere."""
    place, _ = decide(seat)
    async with at(seat, lambda: place) as pilot:
        assert "[bold]The third[/]" in words_on(pilot)


async def test_a_changed_list_stays_on_the_same_choice(seat: Seat) -> None:
    """When the list changes the bar stays with what it stood on, or goes to the nearest."""
    place, choices = decide(seat)
    async with at(seat, lambda: place) as pilot:
        await pilot.press("down")
        choices.set_choices([Choice("z", "Before"), *ANSWERS])
        assert choices.current is not None
        assert choices.current.id == "b"
        choices.set_choices(ANSWERS[:1])
        assert choices.current is not None
        assert choices.current.id == "a"
        choices.set_choices(())
        assert choices.current is None
        await pilot.press("enter", "down", "up")


@pytest.mark.parametrize("width", [20, 44, 72])
def test_no_line_is_wider_than_the_list(width: int) -> None:
    """Titles are cut and details wrapped by cells, at any width."""
    wide = (*ANSWERS, Choice("d", "好" * 50, "也" * 50, below=True), Choice("e", "好" * 50, right="F10"))
    for block in Choices(wide)._lines(width):
        assert all(cell_len(line.plain) <= width + 2 for line in block)
