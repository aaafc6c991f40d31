"""Help, and the page of keys."""

from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.quick import quick
from tests.tui.homes import app_of, empty_seat, make_seat, words_on
from therapy_tui.config import Settings
from therapy_tui.tui.commands import BY_ID, EVERYWHERE, READING, SETTING_UP, TABLE, WRITING
from therapy_tui.tui.grid import EDGE, measure
from therapy_tui.tui.keys_page import page
from therapy_tui.tui.screens.help import WORDS, Help, working
from therapy_tui.tui.screens.messages import Messages


async def test_it_tells_the_keys_of_where_one_is(tmp_path: Path) -> None:
    """Over letters, help has the keys for writing, for reading and for everywhere, and the words of the program."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei"))
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        shown = words_on(pilot)
    for group in (WRITING, READING, EVERYWHERE, "Words you will meet"):
        assert group in shown
    assert SETTING_UP not in shown
    assert all(word in shown for word, _ in WORDS)
    assert "next unread" in shown
    assert "Letters" in shown.splitlines()[0]


async def test_it_works_while_setting_up(tmp_path: Path) -> None:
    """During set-up, help tells the keys of set-up; esc returns to the question."""
    app = app_of(empty_seat(tmp_path))
    async with app.run_test(size=(100, 50)) as pilot:
        before = app.screen
        await pilot.press("f1")
        await pilot.pause()
        assert "stop, nothing is kept" in words_on(pilot)
        await pilot.press("escape")
        assert app.screen is before


@pytest.mark.parametrize("size", quick([(100, 30), (80, 24), (60, 20)], (60, 20)))
async def test_all_of_it_can_be_read(tmp_path: Path, size: tuple[int, int]) -> None:
    """In two columns or in one, going down shows the last line."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        seen = words_on(pilot)
        for _ in range(8):
            await pilot.press("pagedown")
            seen += words_on(pilot)
    assert "esc and a digit do." in " ".join(seen.split())


async def test_below_each_other_both_halves_share_their_columns(tmp_path: Path) -> None:
    """At 80 columns what the keys do begins in one column, here, everywhere and among the words."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei"))
    async with app.run_test(size=(80, 90)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        rows = words_on(pilot).splitlines()
    begins = {
        row.index(told) for told in ("next unread", "lock now", "left this machine") for row in rows if told in row
    }
    assert len(begins) == 1


async def test_it_begins_at_the_edge(tmp_path: Path) -> None:
    """At 100 columns help begins under its own heading; at 80 and 60 at the edge of the text."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f1")
        for width, edge in ((100, EDGE), (80, measure(80).text), (60, measure(60).text)):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            row = next(row for row in words_on(pilot).splitlines() if WRITING in row)
            assert row.index(WRITING) == edge


async def test_help_is_not_stacked(tmp_path: Path) -> None:
    """F1 over help does nothing more, so that one esc leads back."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("f1", "f1")
        assert isinstance(app.screen, Help)
        await pilot.press("escape")
        assert isinstance(app.screen, Messages)


async def test_own_keys_are_shown(tmp_path: Path) -> None:
    """A key that the person changed is shown as changed."""
    app = app_of(make_seat(tmp_path, settings=Settings(keys={"lock": "f12"})))
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("f1")
        await pilot.pause()
        line = next(line for line in words_on(pilot).splitlines() if "lock now" in line)
    assert "F12" in line


async def test_only_the_table_speaks(tmp_path: Path) -> None:
    """Every key that a place and its widgets bind by name is in the table."""
    app = app_of(make_seat(tmp_path, contact="Dr. Osei"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Messages)
        ids = working(app.screen)
    assert ids
    assert ids <= set(BY_ID)


def test_the_page_of_keys_is_up_to_date() -> None:
    """docs/keys.md is what the table makes it."""
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == page()


def test_the_table_holds_together() -> None:
    """Every command has a name of its own, words, and no key that a terminal keeps for itself."""
    assert len({each.id for each in TABLE}) == len(TABLE)
    taken = {f"ctrl+{letter}" for letter in "basqzhijm"}
    for command in TABLE:
        assert command.word
        assert command.title
        assert command.help
        assert not taken & set(command.keys.split(","))
