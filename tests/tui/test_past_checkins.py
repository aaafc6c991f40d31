"""Looking back at check-ins: the charts, the table, and one that is changed or erased."""

from pathlib import Path

import pytest

from tests.quick import quick
from tests.tui.checkins import SIZES, form_of, made, put
from tests.tui.homes import make_seat
from tests.tui.meeting import at, front, news_on, prose_on, words_on
from therapy_tui.core.checkins import CheckIn
from therapy_tui.services import checkins
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import Vault
from therapy_tui.tui.screens.checkins import NO_NUMBER, CheckIns
from therapy_tui.tui.screens.past_checkins import NONE, ChangeCheckIn, PastCheckIns
from therapy_tui.tui.widgets.ledger import Ledger


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Somebody who writes with somebody, and has no check-in yet."""
    return make_seat(tmp_path, contact="Dr. Osei")


@pytest.mark.parametrize("size", quick(SIZES, (60, 20)))
async def test_dots_stand_at_their_numbers(seat: Seat, size: tuple[int, int]) -> None:
    """At every size a higher number stands higher, four weeks and their sentence are whole, and nothing is cut."""
    for back, mood in ((27, 1), (14, 5), (0, 10)):
        put(seat.open_vault, back, mood)
    async with at(seat, size=size) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        rows = words_on(pilot).splitlines()
        shown = prose_on(pilot)
    found = [
        (number, row) for number, row in enumerate(rows) if any(dot in row[-60:] for dot in "●▀▄") and "▌" not in row
    ]
    assert len(found) == 3
    columns = [max(row.find(dot) for dot in "●▀▄") for _, row in found]
    assert columns == sorted(columns, reverse=True)
    assert "1 to 10 over four weeks; lowest 1 on Thu 22 Oct, highest 10 on Wed 18 Nov." in shown


@pytest.mark.campaign
async def test_a_day_of_several_numbers(seat: Seat) -> None:
    """Such a day has its mean, and its lowest and highest beside it; what they are is said."""
    for mood, hours in ((2, 0), (8, 1), (5, 2)):
        put(seat.open_vault, 3, mood, hours=hours)
    async with at(seat) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        shown = words_on(pilot)
    assert (shown.count("●"), shown.count("○")) == (1, 3)  # two in the chart, one where it is said what they are
    assert "○ a day's lowest and highest" in shown


@pytest.mark.campaign
async def test_without_a_number_nobody_is_scolded(seat: Seat) -> None:
    """An empty chart says that there is none, that this is nothing, and has its guide."""
    async with at(seat) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        assert f"No number over four weeks. {NO_NUMBER}" in prose_on(pilot)
        assert "5 · · · ·" in words_on(pilot)


@pytest.mark.campaign
async def test_the_chart_hears_of_others(seat: Seat) -> None:
    """A check-in that another part or process keeps is a dot at once."""
    async with at(seat) as pilot:
        await pilot.press("f6")
        checkins.add(seat.open_vault, 4)
        await pilot.pause()
        assert "4 on Wed 18 Nov, the only number over four weeks." in prose_on(pilot)


@pytest.mark.campaign
@pytest.mark.parametrize("size", quick(SIZES, (80, 24)))
async def test_twelve_weeks(seat: Seat, size: tuple[int, int]) -> None:
    """One key shows twelve weeks, each with its numbers on the scale and in words, whole at every size."""
    for back, mood in ((80, 1), (79, 4), (40, 6), (0, 10)):
        put(seat.open_vault, back, mood)
    async with at(seat, size=size) as pilot:
        await pilot.press("f6", "l")
        await pilot.pause()
        shown = words_on(pilot)
        prose = prose_on(pilot)
    assert "27 Aug  ─────●────  ·" in shown
    assert "2.5   1 to 4" in shown
    assert " 10.0   10" in shown
    assert shown.count("●") == 3
    assert "1 to 10 over twelve weeks; lowest 1 on Sun 30 Aug, highest 10 on Wed 18 Nov." in prose


async def test_going_back_and_forth(seat: Seat) -> None:
    """The arrows go twelve weeks back as long as there are numbers, and no further than today."""
    put(seat.open_vault, 100, 3)
    put(seat.open_vault, 0, 8)
    async with at(seat) as pilot:
        await pilot.press("f6", "l", "right")
        assert news_on(pilot) == "These are the latest weeks."
        await pilot.press("left")
        await pilot.pause()
        assert "3 on Mon 10 Aug, the only number over twelve weeks." in prose_on(pilot)
        await pilot.press("left")
        assert news_on(pilot) == "There is none before these weeks."
        await pilot.press("right")
        await pilot.pause()
        assert "8 on Wed 18 Nov, the only number over twelve weeks." in prose_on(pilot)


@pytest.mark.campaign
async def test_no_check_in_to_look_back_at(seat: Seat) -> None:
    """Without any, both the chart and the table say what one is, and the keys do nothing."""
    async with at(seat) as pilot:
        for key in ("l", "t"):
            await pilot.press("f6", key)
            await pilot.pause()
            assert NONE in prose_on(pilot)
            await pilot.press("left", "x", "enter", "escape", "escape")
        await pilot.press("f6", "e")
        assert news_on(pilot) == "There is no check-in yet."


# the table


@pytest.mark.parametrize("size", quick(SIZES, (80, 24)))
async def test_all_of_them_as_a_table(seat: Seat, size: tuple[int, int]) -> None:
    """One key shows them a row each, the newest first, with day, time, number, words and line."""
    put(seat.open_vault, 400, 2, (), "long ago")
    put(seat.open_vault, 1, 6, ("sad", "on edge"), "the walk")
    async with at(seat, size=size) as pilot:
        await pilot.press("f6", "t")
        await pilot.pause()
        shown = prose_on(pilot)
    assert shown.index("Tue 17 Nov") < shown.index("14 Oct 2025")
    assert "6 sad, on edge the walk" in shown
    assert "2 long ago" in shown


@pytest.mark.campaign
async def test_a_long_table_is_read_as_it_is_seen(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a thousand only those in view are read, at either end."""
    for number in range(1_000):
        put(seat.open_vault, number, 1 + number % 10, (), f"number {number}.")
    most = 0
    real = checkins.window

    def counted(vault: Vault, skip: int, limit: int) -> list[CheckIn]:
        nonlocal most
        most = max(most, limit)
        return real(vault, skip, limit)

    monkeypatch.setattr(checkins, "window", counted)
    async with at(seat) as pilot:
        await pilot.press("f6", "t", "end")
        await pilot.pause()
        assert "number 999." in words_on(pilot)
        await pilot.press("pageup", "up", "home", "down")
        await pilot.pause()
        assert "number 0." in words_on(pilot)
        assert front(pilot).query_one(Ledger).chosen is not None
        assert most <= 30


async def test_one_of_the_table_is_changed(seat: Seat) -> None:
    """Enter opens the chosen one; its number, words and line are changed, its time stays."""
    put(seat.open_vault, 1, 5)
    before = put(seat.open_vault, 2, 6, ("sad",), "the walk")
    async with at(seat) as pilot:
        await pilot.press("f6", "t", "down", "enter")
        await pilot.pause()
        assert isinstance(front(pilot), ChangeCheckIn)
        await pilot.press("8", "tab", *" home", "enter")
        await pilot.pause()
        assert isinstance(front(pilot), PastCheckIns)
        assert "8 sad the walk home" in prose_on(pilot)
    after = checkins.get(seat.open_vault, before.id)
    assert after is not None
    assert (after.at, after.day, after.mood, after.text) == (before.at, before.day, 8, "the walk home")


async def test_the_last_one_is_changed_by_a_key(seat: Seat) -> None:
    """E among the numbers opens the last one, and a change is kept by going back too."""
    put(seat.open_vault, 0, 6)
    async with at(seat) as pilot:
        await pilot.press("f6", "e", "9", "escape")
        await pilot.pause()
        assert isinstance(front(pilot), CheckIns)
    assert made(seat) == [(9, (), "")]


@pytest.mark.campaign
async def test_a_line_of_several_lines_is_not_flattened(seat: Seat) -> None:
    """What came with line ends keeps them as long as nobody writes in it."""
    put(seat.open_vault, 0, 6, (), "one\ntwo")
    async with at(seat) as pilot:
        await pilot.press("f6", "e", "9", "enter")
        await pilot.pause()
        assert made(seat) == [(9, (), "one\ntwo")]
        await pilot.press("e", "tab", "end", *" three", "enter")
        await pilot.pause()
        assert made(seat) == [(9, (), "one two three")]


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_what_another_window_changed_is_not_written_over(seat: Seat, key: str) -> None:
    """The later of two windows is told, and what it holds stays on the screen until one goes back after that."""
    before = put(seat.open_vault, 0, 6)
    async with at(seat) as pilot:
        await pilot.press("f6", "e")
        checkins.change(seat.open_vault, before, 3, (), "theirs")
        await pilot.press("9", key)
        assert "Nothing was written over" in news_on(pilot)
        assert form_of(pilot).moods.chosen == 9
        await pilot.press("escape")
        assert isinstance(front(pilot), CheckIns)
    assert made(seat) == [(3, (), "theirs")]


async def test_erasing_asks_and_keeping_comes_first(seat: Seat) -> None:
    """X asks; the first answer keeps it, the second erases it."""
    put(seat.open_vault, 0, 6, (), "the walk")
    async with at(seat) as pilot:
        await pilot.press("f6", "t", "x", "enter")
        assert len(made(seat)) == 1
        await pilot.press("x", "down", "enter")
        await pilot.pause()
        assert made(seat) == []
        assert NONE in prose_on(pilot)


async def test_text_gives_no_orders(seat: Seat) -> None:
    """Words and lines with orders, overrides and markup are drawn as harmless text on all three screens."""
    put(seat.open_vault, 0, 6, ("a\x1b[2J", "[bold]b[/]"), "c\u202ed [@click=app.quit]e[/]")
    async with at(seat) as pilot:
        await pilot.press("f6", "t")
        await pilot.pause()
        shown = words_on(pilot)
        await pilot.press("enter", "w")
        await pilot.pause()
        shown += words_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        shown += words_on(pilot)
    assert "[bold]b[/]" in shown
    assert "[@click=app.quit]e[/]" in shown
    assert not any(each in shown for each in ("\x1b", "\u202e"))
