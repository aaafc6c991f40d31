"""The journal on the screen: a month that is walked, pages that every pause keeps, and what goes wrong around them."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.quick import quick
from tests.tui.homes import make_seat, until
from tests.tui.meeting import at, news_on, therapy, words_on
from therapy_tui import errors
from therapy_tui.core.journal import Entry
from therapy_tui.services import journal
from therapy_tui.services.seat import Seat
from therapy_tui.store import journal as entries
from therapy_tui.tui.screens.journal import Journal
from therapy_tui.tui.screens.journal_form import FormPage
from therapy_tui.tui.screens.journal_page import BOTH_KEPT, JournalPage

SIZES = [(140, 40), (100, 30), (80, 24), (60, 20)]


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Somebody without a page."""
    return make_seat(tmp_path, contact="Dr. Osei")


def add(seat: Seat, day: str, text: str, mood: int = 0) -> Entry:
    new = journal.blank(seat.open_vault, day)
    return journal.keep(seat.open_vault, new, replace(new, text=text, mood=mood))


def texts(seat: Seat) -> list[str]:
    return [each.text for each in journal.every(seat.open_vault)]


def page_of(pilot: Pilot[int]) -> JournalPage:
    screen = pilot.app.screen
    assert isinstance(screen, JournalPage)
    return screen


async def begin(pilot: Pilot[int], *keys: str) -> JournalPage:
    """Press keys that lead to a page, and wait until it stands there."""
    await pilot.press(*keys)
    while not isinstance(pilot.app.screen, JournalPage) or pilot.app.focused is not pilot.app.screen.editor:
        await pilot.pause(0.02)
    return pilot.app.screen


def today(pilot: Pilot[int]) -> str:
    return pilot.app.today()  # type: ignore[attr-defined,no-any-return]  # it is ours


async def test_the_first_page(seat: Seat) -> None:
    """F4 tells what pages are for, `w` begins one, and esc closes it with every word kept on today's date."""
    async with at(seat) as pilot:
        await pilot.press("f4")
        assert "Nobody reads them unless you send one." in words_on(pilot)
        await begin(pilot, "w")
        await pilot.press(*"Slept.", "enter", *"Truly.", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Journal)
        (page,) = journal.every(seat.open_vault)
        assert (page.text, page.day) == ("Slept.\nTruly.", today(pilot))
        assert "Slept." in words_on(pilot)


async def test_a_pause_keeps_what_is_written(seat: Seat) -> None:
    """Soon after the last key a page is kept, and says when, without any other key."""
    async with at(seat) as pilot:
        await begin(pilot, "f4", "w")
        await pilot.press(*"kept by itself")
        await until(pilot, lambda: texts(seat) == ["kept by itself"])
        assert "kept " in words_on(pilot)


async def test_nothing_is_kept_of_nothing(seat: Seat) -> None:
    """A page that was opened and closed, or written and emptied again, leaves nothing behind."""
    async with at(seat) as pilot:
        await begin(pilot, "f4", "w")
        await pilot.press("escape")
        await begin(pilot, "w")
        await pilot.press("a")
        page_of(pilot).keep()
        assert texts(seat) == ["a"]
        await pilot.press("backspace", "escape")
        await pilot.pause()
        assert texts(seat) == []


async def test_what_was_emptied_later_can_be_read(seat: Seat) -> None:
    """A page that is emptied in another sitting stays in its place, says so, and still has what it was."""
    add(seat, "2026-11-01", "a")
    async with at(seat) as pilot:
        await pilot.press("f4", "left")
        await begin(pilot, "enter")
        await pilot.press("backspace", "escape")
        await pilot.pause()
        assert "nothing stands here now" in words_on(pilot)
    (page,) = journal.every(seat.open_vault)
    assert [each.text for each in journal.versions(seat.open_vault, page)] == ["a"]


async def test_earlier_versions(seat: Seat) -> None:
    """What a page was before it was opened and changed is kept once a sitting, and ctrl+e shows it."""
    add(seat, "2026-11-01", "first")
    async with at(seat) as pilot:
        await pilot.press("f4")
        if not isinstance(pilot.app.screen, Journal) or pilot.app.screen.pages.current is None:
            await pilot.press("left")
        await begin(pilot, "enter")
        await pilot.press(*" second")
        await until(pilot, lambda: texts(seat) == ["first second"])
        await pilot.press(*" third", "ctrl+e")
        await pilot.pause()
        assert "first" in words_on(pilot)
        assert "second" not in words_on(pilot)
    (page,) = journal.every(seat.open_vault)
    assert page.text == "first second third"
    assert [each.text for each in journal.versions(seat.open_vault, page)] == ["first"]


async def test_two_windows(seat: Seat) -> None:
    """Where another window changed the page meanwhile, nothing is written over: both stand, and it is told."""
    add(seat, "2026-11-01", "begun")
    async with at(seat) as pilot:
        await pilot.press("f4", "left")
        await begin(pilot, "enter")
        (page,) = journal.every(seat.open_vault)
        journal.keep(seat.open_vault, page, replace(page, text="begun there"))
        await pilot.press(*" here")
        await pilot.press("escape")
        await pilot.pause()
        assert sorted(texts(seat)) == ["begun here", "begun there"]


async def test_two_windows_are_told(seat: Seat) -> None:
    """The window that comes later says that both are kept."""
    add(seat, "2026-11-01", "begun")
    async with at(seat) as pilot:
        await pilot.press("f4", "left")
        await begin(pilot, "enter")
        (page,) = journal.every(seat.open_vault)
        journal.keep(seat.open_vault, page, replace(page, text="begun there"))
        await pilot.press(*" here")
        page_of(pilot).keep()
        await pilot.pause()
        assert news_on(pilot) == BOTH_KEPT


async def test_a_full_disk(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the words stay on the screen and it says so; they are kept once there is room."""
    async with at(seat) as pilot:
        await begin(pilot, "f4", "w")
        with monkeypatch.context() as patch:
            patch.setattr(entries, "add", _full)
            await pilot.press(*"not lost")
            page_of(pilot).keep()
            await pilot.press("escape")
            await pilot.pause()
            assert page_of(pilot).editor.text == "not lost"
            assert "disk is full" in news_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert texts(seat) == ["not lost"]


def _full(*_: object) -> bool:
    raise errors.DiskFull


async def test_a_lock_keeps_the_page_and_shows_no_word_of_it(seat: Seat) -> None:
    """F9 in the middle of a word keeps it, and nothing of the page is left on the screen or in its widgets."""
    async with at(seat) as pilot:
        await begin(pilot, "f4", "w")
        await pilot.press(*"in the middle of a wo")
        page = page_of(pilot)
        vault = seat.open_vault
        await pilot.press("f9")
        await pilot.pause()
        assert "middle" not in words_on(pilot)
        assert page.editor.text == ""
        assert not vault.is_open


async def test_the_months_are_walked(seat: Seat) -> None:
    """← and → go to the months that have a page, whatever lies between, and `t` comes back."""
    for day in ("1660-01-11", "2024-02-29", "2026-11-02"):
        add(seat, day, f"of {day}")
    async with at(seat) as pilot:
        await pilot.press("f4", "t")
        seen = []
        for key in ("left", "left", "left", "left", "right", "right"):
            await pilot.press(key)
            await pilot.pause()
            current = pilot.app.screen.pages.current  # type: ignore[attr-defined]  # the journal's
            seen.append(current.day if current else "")
        begin = seen.index("2024-02-29")
        assert seen[begin : begin + 2] == ["2024-02-29", "1660-01-11"]
        assert seen[-1] in {"2024-02-29", "2026-11-02"}


async def test_on_this_day(seat: Seat) -> None:
    """`y` shows the pages of the chosen page's day in earlier years only, and again the month."""
    for day in ("2024-11-02", "2025-11-02", "2025-11-03", "2026-11-02"):
        add(seat, day, f"of {day}")
    async with at(seat) as pilot:
        await pilot.press("f4", "left", "right")
        screen = pilot.app.screen
        assert isinstance(screen, Journal)
        while screen.pages.current is None or screen.pages.current.day != "2026-11-02":
            await pilot.press("left")
        await pilot.press("y")
        await pilot.pause()
        assert "of 2025-11-02" in words_on(pilot)
        assert "of 2024-11-02" in words_on(pilot)
        assert "of 2025-11-03" not in words_on(pilot)


async def test_today_in_other_years(seat: Seat) -> None:
    """`o` shows today's day in other years whichever page is chosen, and again the month, which says so."""
    async with at(seat) as pilot:
        today = therapy(pilot).today()
        add(seat, f"{today[:8]}01", "of another day")
        await pilot.press("f4", "o")
        await pilot.pause()
        assert "There is no page of this day" in news_on(pilot)
        assert "today, other years" not in words_on(pilot)
        add(seat, f"2024{today[4:]}", "of today, before")
        await pilot.press("t")
        await pilot.pause()
        assert "o: today, other years" in words_on(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert "of today, before" in words_on(pilot)
        assert "of another day" not in words_on(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert "of another day" in words_on(pilot)


async def test_a_question_begins(seat: Seat) -> None:
    """`p` lets the question of the day begin; another is one key away; the page remembers the one that it answers."""
    async with at(seat) as pilot:
        await begin(pilot, "f4", "p")
        first = page_of(pilot).page.question
        assert first.split()[0] in words_on(pilot)
        await pilot.press("ctrl+r")
        await pilot.pause()
        second = page_of(pilot).page.question
        assert second != first
        await pilot.press(*"An answer.", "escape")
        await pilot.pause()
    (page,) = journal.every(seat.open_vault)
    assert (page.question, page.text) == (second, "An answer.")


async def test_mood_and_tags(seat: Seat) -> None:
    """ctrl+t takes a number and tags in one line and keeps them; a number of no mood is told and changes nothing."""
    add(seat, "2026-11-01", "a page")
    async with at(seat) as pilot:
        await pilot.press("f4", "left")
        await begin(pilot, "enter")
        await pilot.press("ctrl+t")
        await pilot.pause()
        await pilot.press(*"6 walk, mother", "enter")
        await pilot.pause()
        assert (page_of(pilot).page.mood, page_of(pilot).page.tag_list) == (6, ("walk", "mother"))
        await pilot.press("ctrl+t")
        await pilot.pause()
        await pilot.press("ctrl+u", *"11", "enter")
        await pilot.pause()
        assert "from 1 to 10" in news_on(pilot)
    (page,) = journal.every(seat.open_vault)
    assert (page.mood, page.tag_list) == (6, ("walk", "mother"))


async def test_erasing_is_asked(seat: Seat) -> None:
    """`x` asks, the first answer keeps the page, and the second erases it."""
    add(seat, "2026-11-01", "a page")
    async with at(seat) as pilot:
        await pilot.press("f4", "left", "x")
        await pilot.pause()
        assert "The page of Sunday 1 November, 2 words" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert texts(seat) == ["a page"]
        await pilot.press("x", "down", "enter")
        await pilot.pause()
        assert texts(seat) == []


@pytest.mark.parametrize("size", quick(SIZES, (80, 24)))
async def test_the_chosen_page_is_always_seen(seat: Seat, size: tuple[int, int]) -> None:
    """Going down through more pages than fit, and up again, the chosen one is on the screen."""
    for day in range(1, 29):
        add(seat, f"2026-10-{day:02}", f"Day number {day}\n\nand its words")
    async with at(seat, size=size) as pilot:
        await pilot.press("f4", "left")
        for key in ["down"] * 27 + ["up"] * 27:
            await pilot.press(key)
            current = pilot.app.screen.pages.current  # type: ignore[attr-defined]  # the journal's
            assert f"Day number {int(current.day[8:])}" in words_on(pilot)


async def test_along_a_form(seat: Seat) -> None:
    """`f` leads through a form part by part; it is kept as plain text with headings, and opens as a form again."""
    async with at(seat) as pilot:
        await pilot.press("f4", "f", "enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, FormPage)
        first, second = screen.form.fields[:2]
        assert first.heading in words_on(pilot)
        await pilot.press(*"one", "tab")
        assert second.heading in words_on(pilot)
        await pilot.press(*"two", "escape")
        await pilot.pause()
        (page,) = journal.every(seat.open_vault)
        assert page.text == f"# {screen.form.title}\n\n## {first.heading}\n\none\n\n## {second.heading}\n\ntwo"
        await pilot.press("enter")
        await pilot.pause()
        again = pilot.app.screen
        assert isinstance(again, FormPage)
        assert again.form.fields[2].heading in words_on(pilot)
        await pilot.press("shift+tab")
        assert again.editor.text == "two"


async def test_a_form_of_which_nothing_is_filled_in(seat: Seat) -> None:
    """A form that was only looked through leaves no page."""
    async with at(seat) as pilot:
        await pilot.press("f4", "f", "enter", "tab", "tab", "escape")
        await pilot.pause()
        assert texts(seat) == []
