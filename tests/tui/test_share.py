"""Sharing on the screen: what goes is seen before it goes, and what is shared can be taken back."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from tests.made import begin_answering
from tests.tui.checkins import put
from tests.tui.homes import make_seat
from tests.tui.meeting import at, news_on, therapy, words_on
from therapy_tui import errors
from therapy_tui.core.journal import Entry
from therapy_tui.core.shared import Copy, Numbers
from therapy_tui.services import checkins_shared, conversation, directory, journal, measures, sharing
from therapy_tui.services.seat import Seat
from therapy_tui.services.shown import GONE
from therapy_tui.tui.place import ONLY_HERE
from therapy_tui.tui.screens.measure import Asking
from therapy_tui.tui.screens.measures import Outcome
from therapy_tui.tui.screens.share import NOBODY, OFFERS, SHARED_NOW, TAKEN_BACK, Share

TEXT = "The heron stood by the river."
ABOUT = "a page of 12 November 2026, mood 4 of 10"


@pytest.fixture
def seat(tmp_path_factory: pytest.TempPathFactory) -> Seat:
    """A client who writes with one therapist."""
    return make_seat(tmp_path_factory.mktemp("home"), contact="Dr. Osei")


def page(seat: Seat, text: str = TEXT) -> Entry:
    """Keep a page."""
    blank = replace(journal.blank(seat.open_vault, "2026-11-12"), mood=4, question="What did you see?")
    return journal.keep(seat.open_vault, blank, replace(blank, text=text))


def copies(seat: Seat, item: bytes) -> list[Copy]:
    """Give the copies of something."""
    return sharing.copies_of(seat.open_vault, item)


async def open_it(pilot: Pilot[int], *keys: str) -> None:
    """Open what would go."""
    await pilot.press(*keys)
    await pilot.pause()
    assert isinstance(pilot.app.screen, Share)


async def test_from_the_list_there_and_back(seat: Seat) -> None:
    """Exactly what goes is shown; Enter shares it, and it can be taken back there."""
    entry = page(seat)
    async with at(seat, size=(100, 30)) as pilot:
        await open_it(pilot, "f4", "s")
        shown = words_on(pilot)
        assert all(each in shown for each in (TEXT, ABOUT, "What did you see?", "Exactly this goes to Dr. Osei"))
        assert copies(seat, entry.id) == []
        await pilot.press("enter")
        await pilot.pause()
        assert news_on(pilot) == SHARED_NOW
        assert "queued" in words_on(pilot)
        assert "enter" not in words_on(pilot).splitlines()[-1]
        await pilot.press("enter")
        await pilot.pause()
        assert "just as it stands" in news_on(pilot)
        assert len(copies(seat, entry.id)) == 1
        await pilot.press("t", "enter")
        await pilot.pause()
        assert not copies(seat, entry.id)[0].taken_back_at
        await pilot.press("t", "down", "enter")
        await pilot.pause()
        assert news_on(pilot) == TAKEN_BACK
        assert "the news is on its way" in words_on(pilot)
        assert copies(seat, entry.id)[0].taken_back_at


async def test_no_screen_says_that_it_is_only_here(seat: Seat) -> None:
    """Where a copy is with somebody the journal, the page and the question before erasing say so, until it is back."""
    entry = page(seat)
    (person,) = directory.people(seat.open_vault)
    sharing.share(seat.open_vault, person.contact, entry)
    async with at(seat, size=(100, 30)) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        assert "1 page · 1 shared" in words_on(pilot)
        await pilot.press("x")
        await pilot.pause()
        assert "Somebody has a copy" in words_on(pilot)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert "a copy is shared" in words_on(pilot)
        sharing.take_back(seat.open_vault, copies(seat, entry.id)[0])
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert ONLY_HERE in words_on(pilot)


async def test_from_the_page(seat: Seat) -> None:
    """What was typed a moment ago is kept first, and goes with it."""
    entry = page(seat)
    async with at(seat, size=(100, 30)) as pilot:
        await pilot.press("f4", "enter")
        await pilot.pause()
        await pilot.press(*" It flew", "ctrl+d")
        await pilot.pause()
        assert f"{TEXT} It flew" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
    (copy,) = copies(seat, entry.id)
    sent = conversation.get(seat.open_vault, copy.contact, copy.message)
    assert sent is not None
    assert sent.text == f"{TEXT} It flew"


async def test_from_the_letters(seat: Seat) -> None:
    """Among the letters a shared page says what it is, and the key that takes it back asks first."""
    entry = page(seat)
    (person,) = directory.people(seat.open_vault)
    sharing.share(seat.open_vault, person.contact, entry)
    async with at(seat, size=(100, 30)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert ABOUT in words_on(pilot)
        assert "take back" in words_on(pilot).splitlines()[-1]
        await pilot.press("t", "down", "enter")
        await pilot.pause()
        shown = words_on(pilot)
        assert TEXT not in shown
        assert GONE in shown
        assert "taken back: a page of 12 November 2026" in shown


async def test_answers(seat: Seat) -> None:
    """From what answers come to, one key shows what would go of them."""
    measure = measures.find("gad7")
    begin_answering(seat.open_vault, measure.id, (1, 2, 0, 3, 1, 0, None))
    async with at(seat, size=(100, 30)) as pilot:
        therapy(pilot).push_screen(Asking(seat, measure))
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert OFFERS.split(".")[0] in " ".join(words_on(pilot).split())
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Share)
        await pilot.press("enter")
        await pilot.pause()
        assert news_on(pilot) == SHARED_NOW
    assert sharing.offers(seat.open_vault) == "yes"


@pytest.mark.parametrize("choice", ["yes", "no"])
async def test_answers_at_the_end(seat: Seat, choice: str) -> None:
    """Where it was chosen, what would go is shown at the end; nothing goes without Enter, and it is not asked again."""
    sharing.keep_offers(seat.open_vault, choice)
    measure = measures.find("phq2")
    async with at(seat, size=(100, 30)) as pilot:
        therapy(pilot).push_screen(Asking(seat, measure))
        await pilot.pause()
        await pilot.press("1", "1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Outcome)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Share) is (choice == "yes")
    assert sharing.every_copy(seat.open_vault) == []


async def test_a_question(seat: Seat) -> None:
    """A question is written under the letters and goes as one; an empty one goes nowhere."""
    async with at(seat, size=(100, 30)) as pilot:
        await pilot.press("escape", "q", "enter")
        await pilot.press("q", *"Why", "enter")
        await pilot.pause()
        assert words_on(pilot).count("a question for the journal") == 1


async def test_a_question_that_cannot_go_keeps_its_words(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter says that it sends; where that fails the reason stands over the words, and a later Enter sends them."""

    def full(*_: object) -> None:
        raise errors.DiskFull

    async with at(seat, size=(100, 30)) as pilot:
        with monkeypatch.context() as disk:
            disk.setattr(sharing, "ask", full)
            await pilot.press("escape", "q", *"Why", "enter")
            await pilot.pause()
            assert "disk is full" in words_on(pilot)
            assert "Why" in words_on(pilot)
            assert "enter send it" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert words_on(pilot).count("a question for the journal") == 1


async def test_nobody_to_share_with(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Who has no contact yet is told where to find people."""
    alone = make_seat(tmp_path_factory.mktemp("alone"))
    page(alone)
    async with at(alone, size=(100, 30)) as pilot:
        await pilot.press("f4", "s")
        await pilot.pause()
        assert news_on(pilot) == NOBODY


async def test_a_lock_shows_no_word_of_it(seat: Seat) -> None:
    """After a lock no word of what would have gone is left."""
    page(seat)
    async with at(seat, size=(100, 30)) as pilot:
        await open_it(pilot, "f4", "s")
        await pilot.press("f9")
        await pilot.pause()
        assert "heron" not in words_on(pilot)


async def test_the_numbers_of_check_ins(seat: Seat) -> None:
    """Among the numbers s shows those of four weeks before they go, or lets each new one go until it is taken back."""
    (person,) = directory.people(seat.open_vault)
    put(seat.open_vault, 2, 4, ("sad",), "a line that stays")
    async with at(seat, size=(100, 30)) as pilot:
        await pilot.press("f6", "s")
        await pilot.pause()
        assert "no word and no line of a check-in ever goes" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Share)
        assert "a line that stays" not in words_on(pilot)
        assert copies(seat, Numbers(()).id) == []
        await pilot.press("enter")
        await pilot.pause()
        assert len(copies(seat, Numbers(()).id)) == 1
        await pilot.press("escape", "s", "down", "enter")
        await pilot.pause()
        assert checkins_shared.goes_along(seat.open_vault, person.contact.id)
        assert "each number goes to Dr. Osei" in words_on(pilot)
        await pilot.press("s", "down", "enter")
        await pilot.pause()
        assert not checkins_shared.goes_along(seat.open_vault, person.contact.id)
