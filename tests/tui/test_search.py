"""Search over everything on the screen: told as one types, and enter goes there."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import NOW, make_seat, write
from tests.tui.letters import DAY, add_letter
from tests.tui.meeting import at, words_on
from tests.tui.noting import add
from therapy_tui.crypto.slots import KeyringWay
from therapy_tui.services import access, checkins, journal, measures, own_prompts, safety
from therapy_tui.services.search import note_that_there_are_notes
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.journal_page import JournalPage
from therapy_tui.tui.screens.measures import Outcome
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.note_read import NoteRead
from therapy_tui.tui.screens.past_checkins import PastCheckIns
from therapy_tui.tui.screens.plan import Plan
from therapy_tui.tui.screens.questions import Questions
from therapy_tui.tui.screens.search import NOTHING, Search

WAY = KeyringWay({each: ("Rosa M." + each).encode().ljust(32)[:32] for each in access.DATABASES})


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Letters and a page that have words in common, and many letters after them."""
    made = make_seat(tmp_path, contact="Dr. Osei")
    add_letter(made.open_vault, "The café by the river was shut.", written_at=NOW - 9 * DAY, arrived_at=NOW - 9 * DAY)
    for number in range(60):
        add_letter(made.open_vault, f"Letter number {number}.", outgoing=True, written_at=NOW - 5 * DAY)
    page = journal.blank(made.open_vault, "2026-01-05")
    journal.keep(made.open_vault, page, replace(page, text="I sat in the cafe for an hour.\n\nThe river was high."))
    return made


async def search(pilot: Pilot[int], text: str) -> None:
    """Open the search and type."""
    await pilot.app.run_action("app.room('search')")
    await pilot.pause()
    assert isinstance(pilot.app.screen, Search)
    await write(pilot, text)
    await pilot.pause()


async def test_both_are_found_accents_folded(seat: Seat) -> None:
    """A word is found in letters and in pages, with and without its accent, each said where it stands."""
    async with at(seat) as pilot:
        await search(pilot, "café")
        shown = words_on(pilot)
        assert "2 found" in shown
        assert "journal" in shown
        assert "from Dr. Osei" in shown


@pytest.mark.parametrize("typed", ["#evening", "evening river", "walk"])
async def test_a_page_is_found_by_its_tags(seat: Seat, typed: str) -> None:
    """A tag finds its page, with # or as a word; the tags stand there, and enter opens the page."""
    (page,) = journal.every(seat.open_vault)
    journal.keep(seat.open_vault, page, replace(page, tags="evening walk\nmother"))
    async with at(seat) as pilot:
        await search(pilot, typed)
        shown = words_on(pilot)
        assert "1 found" in shown
        assert "#evening walk #mother" in shown
        assert "I sat in the cafe" in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, JournalPage)


async def test_enter_opens_the_page(seat: Seat) -> None:
    """Enter on a page opens it."""
    async with at(seat) as pilot:
        await search(pilot, '"river was high"')
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, JournalPage)
        assert "for an hour" in pilot.app.screen.page.text


async def test_enter_goes_to_the_letter(seat: Seat) -> None:
    """Enter on a letter goes to it, also when it lies far above what the correspondence opens with."""
    async with at(seat) as pilot:
        await search(pilot, "shut with:osei")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)
        assert "was shut." in words_on(pilot)
        assert pilot.app.screen.letters.has_focus


async def test_nothing_is_found(seat: Seat) -> None:
    """What nowhere stands is said in a sentence, and enter does nothing; so is a search outside the days."""
    async with at(seat) as pilot:
        for text in ("zebra", "cafe from:2026-02 to:2026-02-28", '"river high"', 'café" OR', "* ^ NEAR("):
            await search(pilot, text)
            assert NOTHING in words_on(pilot)
            await pilot.press("enter", "escape")


@pytest.fixture
def full(seat: Seat) -> Seat:
    """Also a check-in between others, a questionnaire, a step of the plan, a question of one's own, and a note."""
    vault = seat.open_vault
    for number in range(60):
        checkins.add(vault, 5, ("heron",) if number == 10 else (), f"Line {number}.")
    measures.take(vault, measures.find("gad7"), (1,) * 7)
    safety.keep(vault, safety.read(vault).steps[3], "R. and the otter.")
    for number in range(9):
        own_prompts.add(vault, f"Question {number}, {'of the kestrel' if number == 4 else 'of nothing'}?")
    add(seat, "A note on the weasel.")
    return seat


@pytest.mark.parametrize(
    ("typed", "screen", "shown"),
    [
        ("heron", PastCheckIns, "Line 10."),
        ("gad anxiety", Outcome, "on a scale of 0 to 21"),
        ("otter", Plan, "R. and the otter."),
        ("kestrel", Questions, "Question 4, of the kestrel?"),
        ("weasel", NoteRead, "A note on the weasel."),
    ],
)
async def test_enter_goes_to_each_kind(full: Seat, typed: str, screen: type, shown: str) -> None:
    """Enter on what was found goes to where it stands, with the one that was meant chosen or in view."""
    async with at(full, size=(80, 24)) as pilot:
        await search(pilot, typed)
        assert "1 found" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        front = pilot.app.screen
        assert isinstance(front, screen)
        assert shown in words_on(pilot)
        if isinstance(front, PastCheckIns):
            assert front._table.chosen is not None
            assert front._table.chosen.words == ("heron",)
        if isinstance(front, Questions):
            assert front.list.current is not None
            assert front.list.current.text == shown
        if isinstance(front, Plan):
            assert pilot.app.focused is front.fields[3]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Search)


async def test_notes_that_are_closed_are_not_searched(full: Seat) -> None:
    """While the notes are closed nothing of them is found, and who has any is told; opened, they are searched."""
    full.notebook.close()
    full._notebook = None
    full._beside.key = access.keys_by(full.folders, WAY)["notes"]
    async with at(full) as pilot:
        await search(pilot, "weasel")
        assert "notes are closed" not in words_on(pilot)
        note_that_there_are_notes(full.open_vault)
        await search(pilot, "weasels")
        await search(pilot, "weasel")
        assert f"{NOTHING}   notes are closed, F5 opens them" in words_on(pilot)
        await pilot.press("f5")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Search)
        assert "1 found" in words_on(pilot)
        assert "notes are closed" not in words_on(pilot)


async def test_a_lock_forgets(seat: Seat) -> None:
    """A lock leaves no word of what was searched for or found."""
    async with at(seat) as pilot:
        await search(pilot, "river")
        screen = pilot.app.screen
        assert isinstance(screen, Search)
        await pilot.press("f9")
        await pilot.pause()
        assert (screen._hits, screen._field.value) == ([], "")
        assert "river" not in words_on(pilot)
