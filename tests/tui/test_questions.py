"""All questions on the screen: one's own first, written by one key, asked by another, and erased for good."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.quick import quick
from tests.tui.homes import NOW, make_seat, write
from tests.tui.meeting import at, news_on, therapy, words_on
from therapy_tui.core.prompts import LONGEST
from therapy_tui.services import journal, own_prompts, prompts
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts
from therapy_tui.store import journal as entries
from therapy_tui.tui.screens.journal import Journal
from therapy_tui.tui.screens.journal_page import JournalPage
from therapy_tui.tui.screens.questions import Questions

SIZES = [(140, 40), (100, 30), (80, 24), (60, 20)]
SENT = "What do you keep for yourself?"


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Somebody to whom nobody has sent a question, and who has none of their own."""
    return make_seat(tmp_path, contact="Dr. Osei")


@pytest.fixture
def asked(seat: Seat) -> Seat:
    """Somebody with a question of their own, and one that a contact sent."""
    vault = seat.open_vault
    own_prompts.add(vault, "What would I tell a friend?")
    with vault.transaction() as database:
        own_prompts.take_in(database, vault, contacts.every(database)[0].id, b"mark", SENT)
    return seat


async def open_list(pilot: Pilot[int]) -> Questions:
    await pilot.press("f4", "q")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, Questions)
    return screen


def texts(seat: Seat) -> list[str]:
    return [each.text for each in own_prompts.every(seat.open_vault)]


def ids(seat: Seat, day: str) -> tuple[str, ...]:
    return entries.asked_on(seat.open_vault.database, day)


async def test_one_is_written(seat: Seat) -> None:
    """`w` asks for a line and how heavy it is, and then it stands first, chosen, marked as one's own."""
    async with at(seat) as pilot:
        screen = await open_list(pilot)
        await pilot.press("w")
        await pilot.pause()
        await write(pilot, "Where was it quiet?")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        (kept,) = own_prompts.every(seat.open_vault)
        assert (kept.text, kept.weight) == ("Where was it quiet?", "light")
        assert screen.list.current == kept.prompt
        assert "your own" in words_on(pilot)


async def test_what_is_kept(seat: Seat) -> None:
    """Esc on the line, and no word, keep nothing; what is too long stands there again; once kept it stays kept."""
    async with at(seat) as pilot:
        await open_list(pilot)
        for keys in (("w", "escape"), ("w", "enter")):
            for key in keys:
                await pilot.press(key)
                await pilot.pause()
        assert isinstance(pilot.app.screen, Questions)
        await pilot.press("w")
        await pilot.pause()
        await write(pilot, "a" * (LONGEST + 1))
        await pilot.press("enter")
        await pilot.pause()
        assert f"holds {LONGEST} characters" in news_on(pilot)
        await pilot.press("backspace", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        (kept,) = own_prompts.every(seat.open_vault)
        assert (len(kept.text), kept.weight) == (LONGEST, "middle")


async def test_one_begins_a_page(asked: Seat) -> None:
    """Enter begins a page with the chosen question, which says where it is from; it is the question of the day then."""
    async with at(asked) as pilot:
        await open_list(pilot)
        assert "from Dr. Osei" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
        page = pilot.app.screen
        assert isinstance(page, JournalPage)
        assert page.page.question == SENT
        assert "from Dr. Osei" in words_on(pilot)
        await pilot.press(*"A little.", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Journal)
        today = therapy(pilot).today()
        assert prompts.of_today(asked.open_vault, today).text == SENT
        await pilot.press("f2")
        await pilot.pause()
        assert SENT in words_on(pilot)
        assert "from Dr. Osei" in words_on(pilot)
    (kept,) = journal.every(asked.open_vault)
    assert (kept.question, kept.text) == (SENT, "A little.")


async def test_erasing_is_asked(asked: Seat) -> None:
    """`x` asks, the first answer keeps it, the second erases it; the program's own cannot be erased."""
    async with at(asked) as pilot:
        screen = await open_list(pilot)
        await pilot.press("x", "enter")
        await pilot.pause()
        assert SENT in texts(asked)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert texts(asked) == ["What would I tell a friend?"]
        assert SENT not in words_on(pilot)
        await pilot.press("right", "x")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "can be erased" in news_on(pilot)


@pytest.mark.parametrize("size", quick(SIZES, (60, 20)))
async def test_all_are_walked(asked: Seat, size: tuple[int, int]) -> None:
    """Down, and kind by kind with the arrows, the chosen one is always in view with the kind it belongs to."""
    async with at(asked, size=size) as pilot:
        screen = await open_list(pilot)
        known = prompts.all_prompts(asked.open_vault)
        assert screen.list.count == len(known.prompts)
        for _ in range(30):
            await pilot.press("down")
            current = screen.list.current
            assert current is not None
            assert " ".join(current.text.split()[:3]) in words_on(pilot)
        seen = set()
        for _ in range(len(known.approaches)):
            await pilot.press("left")
            assert screen.list.current is not None
            seen.add(screen.list.current.approach)
        assert screen.list.chosen == 0
        for each in known.approaches[2:]:
            await pilot.press("right")
            while screen.list.current is not None and screen.list.current.approach in {"own", "sent"}:
                await pilot.press("right")
            assert screen.list.current is not None
            assert screen.list.current.approach == each.id
            assert each.title[:14] in words_on(pilot)


async def test_one_that_comes_is_shown(seat: Seat) -> None:
    """A question that a contact sends while the list is open stands there at once; a name is made harmless."""
    async with at(seat) as pilot:
        await open_list(pilot)
        vault = seat.open_vault
        with vault.transaction() as database:
            who = b"eve".ljust(16, b"0")
            contacts.add(database, who, "Eve\x1b[31m", 2, NOW)
            own_prompts.take_in(database, vault, who, b"mark", "Where \u202eare you?\x1b[2J")
        await pilot.pause()
        shown = words_on(pilot)
        assert "Where <U+202E>are you?" in shown
        assert "\x1b" not in shown


async def test_a_lock_forgets(asked: Seat) -> None:
    """A lock leaves no word of one's own questions."""
    async with at(asked) as pilot:
        screen = await open_list(pilot)
        await pilot.press("f9")
        await pilot.pause()
        assert screen.list.current is None
        assert "friend" not in words_on(pilot)
