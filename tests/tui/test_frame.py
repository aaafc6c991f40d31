"""The first and the last rows of every screen."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.tui.homes import make_seat
from tests.tui.meeting import at, words_on
from therapy_tui.config import Settings
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.people import People


@pytest.fixture
def people(tmp_path: Path) -> tuple[Seat, People]:
    """A plain screen."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    return seat, People(seat)


@pytest.mark.parametrize(("width", "has_fact", "has_line"), [(100, True, True), (70, True, False), (44, False, False)])
async def test_the_heading_drops_its_right_end_first(
    people: tuple[Seat, People], width: int, has_fact: bool, has_line: bool
) -> None:
    """When it is narrow, what is known of the line goes first, then the quiet fact; the place stays."""
    seat, place = people
    async with at(seat, lambda: place, (100, 24)) as pilot:
        place.heading.styles.width = width
        place.heading.place, place.heading.who = "Letters", "Dr. Osei"
        place.heading.fact, place.heading.right = "f" * 36, "no line since 21:10"
        await pilot.pause()
        first = words_on(pilot).splitlines()[0]
        assert first.startswith("  Letters   Dr. Osei")
        assert ("fff" in first, "no line" in first) == (has_fact, has_line)


async def test_a_long_name_is_cut_and_not_dropped(people: tuple[Seat, People]) -> None:
    """To whom one writes is seen in a narrow heading as far as there is room, and the quiet fact goes before it."""
    seat, place = people
    async with at(seat, lambda: place, (60, 20)) as pilot:
        place.heading.place, place.heading.who, place.heading.fact = "Letters", "Dr. Osei " * 7, "keys changed"
        await pilot.pause()
        first = words_on(pilot).splitlines()[0]
        assert first.startswith("  Letters   Dr. Osei Dr. Osei")
        assert first.endswith("…")
        assert len(first) <= 58


async def test_hints_are_dropped_from_the_end_and_never_cut(people: tuple[Seat, People]) -> None:
    """A hint is there whole or not at all, six at most, and help stays at the right edge."""
    seat, place = people
    async with at(seat, lambda: place, (60, 20)) as pilot:
        place.hints.hints = tuple((f"F{number}", "a few words") for number in range(9))
        await pilot.pause()
        last = words_on(pilot).splitlines()[-1]
        assert last.endswith("F1 help")
        assert last.count("a few words") == last.count("F") - 1 == 2


async def test_the_way_back_is_always_named(people: tuple[Seat, People]) -> None:
    """However narrow it is, the way back stays in the footer; the others go first, and then what is at the right."""
    seat, place = people
    async with at(seat, lambda: place, (60, 20)) as pilot:
        place.hints.hints = (("F2", "a few words"), ("F3", "a few words"), ("F4", "a few words"), ("esc", "back"))
        for width, told in ((60, ("F2 a few words", "F3 a", "F1 help")), (40, ("F2 a", "F1 help")), (16, ())):
            place.hints.styles.width = width
            await pilot.pause()
            last = words_on(pilot).splitlines()[-1]
            assert "esc back" in last
            assert all(each in last for each in told)
            assert len(last) <= width


async def test_the_letters_the_page_and_the_numbers_name_the_way_back(tmp_path: Path) -> None:
    """At the pen, on the whole page and beside the numbers, also in the smallest window they have."""
    seat = make_seat(tmp_path, contact="Dr. Osei", settings=Settings(country="GB"))
    async with at(seat, size=(60, 20)) as pilot:
        for keys, told in (((), "esc to the letters"), (("ctrl+e",), "esc back, it is kept"), (("f8",), "esc back")):
            await pilot.press(*keys)
            await pilot.pause()
            assert told in words_on(pilot).splitlines()[-1]
        await pilot.resize_terminal(30, 8)
        await pilot.pause()
        assert "esc back" in words_on(pilot).splitlines()[-1]


async def test_news_stands_above_the_footer_until_a_key(people: tuple[Seat, People]) -> None:
    """News stands in the row that is otherwise empty, and goes with the next key."""
    seat, place = people
    async with at(seat, lambda: place, (80, 24)) as pilot:
        before = words_on(pilot)
        place.say("A letter came.")
        await pilot.pause()
        *rest, row, _ = words_on(pilot).splitlines()
        assert row == "▌ A letter came."
        assert rest == before.splitlines()[:-2]
        await pilot.press("down")
        await pilot.pause()
        assert words_on(pilot) == before


async def test_long_news_is_told_to_its_end(people: tuple[Seat, People]) -> None:
    """A sentence that needs more than a line gets it from the middle, and gives it back with the next key."""
    seat, place = people
    told = (
        "This vault has no recovery phrase, and only that opens a backup. Make one with therapy-tui keys add recovery,"
        " and write it on paper."
    )
    async with at(seat, lambda: place, (60, 20)) as pilot:
        before = words_on(pilot)
        place.say(told, failed=True)
        await pilot.pause()
        rows = words_on(pilot).splitlines()
        news = rows[-4:-1]
        assert " ".join(row.removeprefix("▌").strip() for row in news) == told
        assert all(row.startswith("▌ ") and cell_len(row) <= 58 for row in news)
        assert rows[-1] == before.splitlines()[-1]
        await pilot.press("down")
        await pilot.pause()
        assert words_on(pilot) == before


async def test_news_without_an_end_is_cut(people: tuple[Seat, People]) -> None:
    """More than four lines are never taken; the ellipsis says that there was more."""
    seat, place = people
    async with at(seat, lambda: place, (80, 24)) as pilot:
        place.say("A letter came. " * 60)
        await pilot.pause()
        news = [row for row in words_on(pilot).splitlines() if row.startswith("▌ ")]
        assert len(news) == 4
        assert news[-1].endswith("…")
        assert all(cell_len(row) <= 80 for row in news)
