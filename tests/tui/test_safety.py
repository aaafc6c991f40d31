"""The numbers to call."""

from pathlib import Path

import pytest

from tests.quick import quick
from tests.tui.homes import app_of, empty_seat, make_seat, words_on, write
from tests.tui.plans import seat_with
from therapy_tui.config import Settings, read_settings
from therapy_tui.content import crisis
from therapy_tui.tui import countries
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.safety import NOT_CALLED, Safety
from therapy_tui.tui.widgets.numbers import column, emergency_numbers, line_numbers, number_lines

BRITAIN = Settings(country="GB")


async def test_the_emergency_number_comes_first(tmp_path: Path) -> None:
    """F8 shows the chosen country: first the emergency number, then who can be talked to, and the day."""
    app = app_of(make_seat(tmp_path, settings=BRITAIN))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        shown = words_on(pilot)
    assert "United Kingdom" in shown
    assert shown.index("999") < shown.index("116 123") < shown.index("SHOUT to 85258")
    assert "24/7, English" in shown
    assert NOT_CALLED in shown
    assert f"compiled {crisis.compiled().day} " in shown


async def test_it_answers_while_locked_and_esc_returns(tmp_path: Path) -> None:
    """The numbers are one key away on the locked screen, and esc leads back to it."""
    seat = make_seat(tmp_path, settings=BRITAIN)
    seat.lock()
    app = app_of(seat)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f8")
        assert isinstance(app.screen, Safety)
        await pilot.press("escape")
        assert isinstance(app.screen, Lock)


async def test_esc_and_eight_is_f8(tmp_path: Path) -> None:
    """Where a terminal has no F-keys, esc and then 8 shows the numbers too."""
    app = app_of(make_seat(tmp_path, settings=BRITAIN))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("escape", "8")
        assert isinstance(app.screen, Safety)


async def test_a_country_is_chosen_once(tmp_path: Path) -> None:
    """Without a country the numbers stand beside the names; the one chosen is kept, and c takes another."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        assert "911" in words_on(pilot)
        await write(pilot, "kingd")
        await pilot.press("enter")
        await pilot.pause()
        assert "116 123" in words_on(pilot)
        assert read_settings(seat.folders.settings)[0].country == "GB"
        await pilot.press("c")
        await write(pilot, "irel")
        await pilot.press("enter")
        await pilot.pause()
        assert "Ireland" in words_on(pilot)
    assert read_settings(seat.folders.settings)[0].country == "IE"


def test_enter_alone_chooses_no_country_by_its_letter() -> None:
    """Where no country is likely, the first answer is the numbers that hold in many, and every country follows."""
    ids = [each.id for each in countries.search("")("")]
    assert ids[0] == crisis.ELSEWHERE
    assert sorted(ids[1:]) == sorted(each.code for each in crisis.countries())
    assert countries.search("GB")("")[0].id == "GB"
    assert [each.id for each in countries.search("")("argen")] == ["AR", crisis.ELSEWHERE]


async def test_before_there_is_a_profile_nothing_is_written(tmp_path: Path) -> None:
    """During set-up a country is remembered for the run, and no file is made for it."""
    seat = empty_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f8")
        await write(pilot, "kingd")
        await pilot.press("enter")
        await pilot.pause()
        assert "116 123" in words_on(pilot)
    assert seat.settings.country == "GB"
    assert not (tmp_path / "home").exists()


async def test_a_country_that_is_not_here(tmp_path: Path) -> None:
    """Whoever is in a country without numbers gets those that most countries use, from then on, and is told so."""
    seat = make_seat(tmp_path)
    app = app_of(seat)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f8")
        await write(pilot, "atlantis")
        await pilot.press("enter")
        await pilot.pause()
        shown = words_on(pilot)
        assert all(each in shown for each in ("112", "911", "999", "000", "111", "No crisis line was verified"))
        await pilot.press("escape", "f8")
        await pilot.pause()
        assert "No crisis line was verified" in words_on(pilot)
        await pilot.press("c", *"irel", "enter")
        await pilot.pause()
        assert "Ireland" in words_on(pilot)
    assert read_settings(seat.folders.settings)[0].country == "IE"


@pytest.mark.parametrize("size", quick([(60, 20), (40, 10), (10, 3)], (40, 10)))
async def test_it_works_in_any_window(tmp_path: Path, size: tuple[int, int]) -> None:
    """However small the window is, the emergency number is shown and nothing crashes."""
    app = app_of(make_seat(tmp_path, settings=BRITAIN))
    async with app.run_test(size=size) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        if size[1] > 6:
            assert "999" in words_on(pilot)
        await pilot.press("down", "pagedown", "end", "escape")
        assert not isinstance(app.screen, Safety)


@pytest.mark.parametrize("width", [8, 24, 56, 72])
def test_every_country_can_be_drawn(width: int) -> None:
    """At every width all numbers of all countries are there, whole."""
    for country in crisis.countries():
        blocks = [emergency_numbers(country), *map(line_numbers, country.lines)]
        for block in blocks:
            left = column(blocks)
            lines = number_lines(block, left, width)
            assert all(line.cell_length <= width for line in lines)
            beside = width - left >= 20
            drawn = "".join(line.plain[:left] if beside else line.plain for line in lines).replace(" ", "")
            for each in block:
                assert each.number.replace(" ", "") in drawn


def test_a_number_of_one_source_says_so() -> None:
    """Where only one source carries a number, the words beside it say so."""
    for country in crisis.countries():
        assert ("one source" in emergency_numbers(country)[0].words[0]) == country.one_source
        for line in country.lines:
            said = any(each.endswith("one source") for each in line_numbers(line)[0].words)
            assert said == line.one_source


def test_the_likely_country() -> None:
    """The country that was chosen comes first, else the one of the locale, else none."""
    assert countries.likely("GB", {"LANG": "de_DE.UTF-8"}) == "GB"
    assert countries.likely("", {"LANG": "de_DE.UTF-8"}) == "DE"
    assert countries.likely("", {"LC_ALL": "en_IE.UTF-8", "LANG": "de_DE.UTF-8"}) == "IE"
    assert countries.likely("", {"LANG": "C.UTF-8"}) == ""
    assert countries.likely("", {"LANG": "la_VA"}) == ""
    assert countries.search("DE")("")[0].id == "DE"
    assert countries.search("")("gb")[0].id == "GB"
    assert [each.id for each in countries.search("")("nowhere at all")] == [crisis.ELSEWHERE]


async def test_a_plan_whose_file_cannot_be_made(tmp_path: Path) -> None:
    """The name stays in the line, with the reason over it, until it can be made or esc is pressed."""
    wrong = str(tmp_path / "nowhere" / "mine.txt")
    async with app_of(seat_with(tmp_path, "I lie awake.")).run_test(size=(80, 24)) as pilot:
        await pilot.press("f8", "p")
        await pilot.pause()
        pilot.app.focused.value = wrong  # type: ignore[union-attr]  # the field of the question
        await pilot.press("enter")
        await pilot.pause()
        assert "No such file or directory" in " ".join(words_on(pilot).split())
        assert pilot.app.focused.value == wrong  # type: ignore[union-attr]  # as above
        await pilot.press("escape")
        await pilot.pause()
        assert "I lie awake." in words_on(pilot)
