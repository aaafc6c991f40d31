"""Writing on the whole page."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.quick import later, quick
from tests.services.people import World
from tests.tui.homes import make_seat, until
from tests.tui.letters import add_letter
from tests.tui.meeting import at, prose_on, seat_of, therapy, words_on
from therapy_tui.core.messages import Draft
from therapy_tui.services import conversation, directory
from therapy_tui.services.events import VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.lock import Lock
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.page import LIMIT, NEAR, WholePage
from therapy_tui.tui.screens.writing import BOTH_STAND, KEEP_SECONDS
from therapy_tui.tui.widgets.pen import Editor


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A seat with one letter of theirs."""
    made = make_seat(tmp_path, contact="Dr. Osei")
    add_letter(made.open_vault, "I read that twice. " * 12)
    return made


def page_of(pilot: Pilot[int]) -> WholePage:
    screen = pilot.app.screen
    assert isinstance(screen, WholePage)
    return screen


def draft_of(seat: Seat) -> str:
    (person,) = directory.people(seat.open_vault)
    return conversation.draft(seat.open_vault, person.contact.id).text


async def test_another_window_writes_on_the_same_draft(seat: Seat) -> None:
    """The whole page follows what another window keeps, puts its own words into that, and sends nothing unread."""
    (person,) = directory.people(seat.open_vault)

    def elsewhere(first: str) -> None:
        text = first + draft_of(seat)
        conversation.keep_draft(seat.open_vault, person.contact.id, Draft(text, 0, b"", len(text), 0))

    async with at(seat) as pilot:
        await pilot.press(*"dear O. ", "ctrl+e")
        page = page_of(pilot)
        page.keep()
        elsewhere("My ")
        page.take(VaultChanged())
        assert page.editor.text == "My dear O. "
        await pilot.press(*"mine")
        elsewhere("Yes, ")
        page.take(VaultChanged())
        assert (page.editor.text, draft_of(seat)) == ("Yes, My dear O. mine",) * 2
        page.editor.insert("!")
        elsewhere("And ")
        page.action_send()
        await pilot.pause()
        assert (page_of(pilot).editor.text, draft_of(seat)) == ("And Yes, My dear O. mine!",) * 2
        assert page.notice.text == BOTH_STAND


@pytest.mark.parametrize("size", quick([(140, 40), (100, 30), (80, 24), (60, 20)], (80, 24)))
async def test_the_words_do_not_jump(seat: Seat, size: tuple[int, int]) -> None:
    """A word stands in the same column at the pen, on the whole page, and with their letter beside or below it."""
    async with at(seat, size=size) as pilot:
        await pilot.press(*"once")
        columns = {row.index("once") for row in words_on(pilot).splitlines() if "once" in row}
        await pilot.press("ctrl+e")
        for _ in range(2):
            await pilot.pause()
            columns |= {row.index("once") for row in words_on(pilot).splitlines() if "once" in row}
            await pilot.press("ctrl+r")
        assert len(columns) == 1


@pytest.mark.parametrize("size", quick([(140, 40), (100, 30), (80, 24), (60, 20)], (80, 24)))
async def test_the_cursor_is_at_the_end_of_what_was_written_before_any_key(seat: Seat, size: tuple[int, int]) -> None:
    """A draft of several rows: at the pen, on the whole page, and in another window, the cursor follows its end."""
    (person,) = directory.people(seat.open_vault)
    text = "The bridge again. " * 14 + "And then home."
    conversation.keep_draft(seat.open_vault, person.contact.id, Draft(text, 0, b"", len(text), 0))
    async with at(seat, size=size) as pilot:
        for key in ("", "ctrl+e", "resize"):
            if key == "resize":
                await pilot.resize_terminal(size[0] + 7, size[1])
            elif key:
                await pilot.press(key)
            await pilot.pause()
            await pilot.pause()
            editor = pilot.app.focused
            assert isinstance(editor, Editor)
            x, y = editor.cursor_screen_offset
            assert words_on(pilot).splitlines()[y][:x].endswith("home.")
            assert key == "resize" or pilot.app.cursor_position == (x, y)


async def test_what_is_written_is_the_pens(seat: Seat) -> None:
    """What the pen holds is on the page, with the cursor where it was; what the page holds is the pen's afterwards."""
    async with at(seat) as pilot:
        await pilot.press(*"one three", *["left"] * 5, "ctrl+e")
        await pilot.pause()
        await pilot.press(*"two ", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)
        assert pilot.app.screen.pen.text == "one two three"
        assert pilot.app.screen.pen.cursor_index == 8
        assert draft_of(seat) == "one two three"


async def test_it_is_kept_without_a_key(seat: Seat) -> None:
    """In less than a second what was typed is in the vault, and the margin counts the words."""
    async with at(seat) as pilot:
        await pilot.press("ctrl+e")
        await pilot.pause()
        await pilot.press(*"one two")
        await until(pilot, lambda: draft_of(seat) == "one two")
        assert KEEP_SECONDS < 1
        assert "2 words" in prose_on(pilot)
        assert "kept " in prose_on(pilot)


async def test_locking_keeps_the_newest_words(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """F9 on the page: the words of the page are kept, not the older ones that the pen still had."""
    kept = []
    lock = Seat.lock

    def look_and_lock(self: Seat) -> None:
        kept.append(draft_of(self))
        lock(self)

    monkeypatch.setattr(Seat, "lock", look_and_lock)
    async with at(seat) as pilot:
        await pilot.press(*"old", "ctrl+e")
        await pilot.pause()
        await pilot.press(*" and new", "f9")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Lock)
        assert kept == ["old and new"]


async def test_sending_goes_back_to_the_letters(met: World) -> None:
    """Ctrl+d commits what the page holds, and the letter is the newest among the letters."""
    async with at(seat_of(met.carl)) as pilot:
        await pilot.press("ctrl+e")
        await pilot.pause()
        await pilot.press(*"From the page.", "ctrl+d")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)
        assert pilot.app.screen.pen.text == ""
        assert met.carl.letters()[-1].text == "From the page."
        assert draft_of(therapy(pilot).seat) == ""


async def test_an_empty_page_is_not_sent(seat: Seat) -> None:
    """Ctrl+d with nothing written says so and stays."""
    async with at(seat) as pilot:
        await pilot.press("ctrl+e")
        await pilot.pause()
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert page_of(pilot).notice.text == "There is nothing written yet."


async def test_how_it_is_meant_is_in_the_margin(seat: Seat) -> None:
    """Ctrl+t goes round, and the word stands in the margin."""
    async with at(seat) as pilot:
        await pilot.press("ctrl+e")
        await pilot.pause()
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert "just to be heard" in prose_on(pilot)


@pytest.mark.parametrize(("size", "at_first"), [((140, 40), True), later((100, 30), False), ((60, 20), False)])
async def test_their_letter_lies_beside_or_is_one_key_away(seat: Seat, size: tuple[int, int], at_first: bool) -> None:
    """At 140 columns it is there at once, narrower after ctrl+r; the same key puts it away."""
    async with at(seat, size=size) as pilot:
        await pilot.press("ctrl+e")
        for shown in (at_first, not at_first, at_first):
            await pilot.pause()
            assert ("I read that twice." in prose_on(pilot)) == shown
            assert ("ctrl+r", "put it away" if shown else "their letter") in page_of(pilot).hints.hints
            await pilot.press("ctrl+r")


async def test_the_limit_is_told_when_it_is_near(seat: Seat) -> None:
    """From 18,000 characters on it is told how many are left, and past 20,000 how many are too many; nothing is cut."""
    async with at(seat) as pilot:
        await pilot.press("ctrl+e")
        await pilot.pause()
        page = page_of(pilot)
        for count, told in ((NEAR - 1, ""), (NEAR, "2,000 characters left"), (LIMIT + 5, "5 characters too many")):
            page.editor.load("a" * count, count)
            page.keep()
            note = str(page._note.content)
            assert (told in note) if told else ("characters" not in note)
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert "up to 20,000 characters" in page.notice.text
        assert len(draft_of(seat)) == LIMIT + 5


async def test_the_note_is_never_cut(seat: Seat) -> None:
    """In one row, a note that has no room goes whole, the least needed first; thousands have their comma everywhere."""
    async with at(seat, size=(60, 20)) as pilot:
        await pilot.press("escape", "r", "ctrl+t", "ctrl+t", "ctrl+e")
        await pilot.pause()
        page = page_of(pilot)
        for text, told in (
            ("word " * 80, "to Dr. Osei   I would like an answer   80 words"),
            ("word " * 3_604, "to Dr. Osei   1,980 characters left"),
            ("a " * 2_000, "to Dr. Osei   I would like an answer   2,000 words"),
        ):
            page.editor.load(text, 0)
            page.keep()
            await pilot.pause()
            assert words_on(pilot).splitlines()[1] == f"  {told}"
        await pilot.press("escape")
        await pilot.pause()
        rows = words_on(pilot).splitlines()
        assert next(row for row in rows if row.startswith("  You")).startswith(
            "  You   I would like an answer   an answer"
        )
