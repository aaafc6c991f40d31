"""Notes that are written: begun from letters, kept by every pause, never written over, and closed with the vault."""

from dataclasses import replace

import pytest

from tests.tui.homes import until, write
from tests.tui.letters import add_letter
from tests.tui.meeting import at, news_on, words_on
from tests.tui.noting import add, front, osei, page_of, seat, texts
from therapy_tui import errors
from therapy_tui.core.messages import Draft
from therapy_tui.core.notes import LONGEST
from therapy_tui.services import notes
from therapy_tui.services.seat import Seat
from therapy_tui.store import notes as store
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.note_page import BOTH_KEPT
from therapy_tui.tui.screens.note_read import NoteRead
from therapy_tui.tui.screens.notes import Notes
from therapy_tui.tui.widgets.quiet import rows_of

__all__ = ["seat"]


async def test_the_first_note(seat: Seat) -> None:
    """F5 tells that notes stay here, `w` begins one about whose letters one came from, and esc keeps every word."""
    async with at(seat) as pilot:
        await pilot.press("f5")
        assert "A note never leaves this machine." in words_on(pilot)
        await pilot.press("w", *"Sleep.", "enter", *"Then post.")
        assert "A free note. It never leaves this machine." in words_on(pilot)
        assert "Note · Dr. Osei" in words_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Notes)
        assert "Sleep. Then post." in words_on(pilot)
        (note,) = notes.every(seat.notebook)
        assert (note.text, note.contact, note.message) == ("Sleep.\nThen post.", osei(seat), b"")


async def test_a_note_about_a_letter(seat: Seat) -> None:
    """`o` among the letters begins a note about the chosen one, over that person's notes; from it one goes back."""
    letter = add_letter(seat.open_vault, "How was the bridge?")
    add(seat, "about nobody")
    async with at(seat) as pilot:
        await pilot.press("escape", "o", *"On the bridge.")
        await pilot.pause()
        assert "on their letter" in words_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Notes)
        assert "about Dr. Osei" in words_on(pilot)
        assert "about nobody" not in words_on(pilot)
        note = notes.window(seat.notebook, 0, 1, osei(seat))[0]
        assert (note.message, note.contact) == (letter.id, osei(seat))
        await pilot.press("w", *"Another.", "escape")
        await pilot.pause()
        assert [each.message for each in notes.every(seat.notebook, osei(seat))] == [letter.id, b""]
        await pilot.press("end", "enter", "o")
        await pilot.pause()
        front(pilot, Messages)
        assert "How was the bridge?" in words_on(pilot)


async def test_a_letter_that_is_gone(seat: Seat) -> None:
    """Where the letter is not here any more the note says so, and the key for it stays where it is."""
    add(seat, "On it.", osei(seat), message=b"m" * 16)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "o")
        await pilot.pause()
        assert "no longer here" in words_on(pilot)
        assert "about no letter" in news_on(pilot)
        front(pilot, NoteRead)


async def test_a_pause_keeps_what_is_written(seat: Seat) -> None:
    """Soon after the last key a note is kept, and says when, without any other key."""
    async with at(seat) as pilot:
        await pilot.press("f5", "w", *"kept by itself")
        await until(pilot, lambda: texts(seat) == ["kept by itself"])
        assert "kept " in words_on(pilot)


async def test_nothing_is_kept_of_nothing(seat: Seat) -> None:
    """A note that was opened and closed, or written and emptied again, leaves nothing behind."""
    async with at(seat) as pilot:
        await pilot.press("f5", "w", "escape", "w", "a")
        page_of(pilot).keep()
        assert texts(seat) == ["a"]
        await pilot.press("backspace", "escape")
        await pilot.pause()
        assert texts(seat) == []


async def test_two_windows(seat: Seat) -> None:
    """Where another window changed the note meanwhile nothing is written over: both stand, and the later is told."""
    add(seat, "begun")
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter")
        (note,) = notes.every(seat.notebook)
        notes.keep(seat.notebook, note, replace(note, text="begun there"))
        await pilot.press(*" here")
        page_of(pilot).keep()
        await pilot.pause()
        assert news_on(pilot) == BOTH_KEPT
        assert sorted(texts(seat)) == ["begun here", "begun there"]
        await pilot.press(*" more")
        page_of(pilot).keep()
        assert sorted(texts(seat)) == ["begun here more", "begun there"]


async def test_a_full_disk(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the words stay on the screen and it says so; they are kept once there is room."""
    async with at(seat) as pilot:
        await pilot.press("f5", "w")
        with monkeypatch.context() as patch:
            patch.setattr(store, "add", _full)
            await pilot.press(*"not lost")
            page_of(pilot).keep()
            await pilot.press("escape")
            await pilot.pause()
            assert page_of(pilot).editor.text == "not lost"
            assert "disk is full" in news_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert texts(seat) == ["not lost"]


async def test_what_a_full_disk_did_not_take_is_where_it_was_left(seat: Seat) -> None:
    """A note whose last words are in memory alone opens at the pen, with them, and not as it was kept before."""
    add(seat, "kept")
    (note,) = notes.every(seat.notebook)
    seat.unkept[note.id] = Draft("kept, and more", 0, b"", 14, 0)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter")
        assert page_of(pilot).editor.text == "kept, and more"
        await pilot.press("escape")
        await pilot.pause()
        assert (texts(seat), seat.unkept) == (["kept, and more"], {})
        await pilot.press("enter")
        await pilot.pause()
        front(pilot, NoteRead)


def _full(*_: object) -> None:
    raise errors.DiskFull


async def test_too_long_a_note(seat: Seat) -> None:
    """A note with a character too many says how many it has, and stays on the screen until it is shorter."""
    async with at(seat) as pilot:
        await pilot.press("f5", "w")
        page_of(pilot).editor.load("a" * (LONGEST + 1), LONGEST + 1)
        page_of(pilot).keep()
        await pilot.press("escape")
        await pilot.pause()
        assert "100,001" in news_on(pilot)
        await pilot.press("backspace", "escape")
        await pilot.pause()
        assert [len(text) for text in texts(seat)] == [LONGEST]


async def test_a_lock_keeps_the_note_and_closes_the_file(seat: Seat) -> None:
    """F9 in the middle of a word keeps it; no word of it is left on the screen, and the notes are closed."""
    async with at(seat) as pilot:
        await pilot.press("f5", "w", *"in the middle of a wo")
        page, notebook = page_of(pilot), seat.notebook
        database = notebook.database
        saved = page.keep
        kept: list[str] = []

        def keep() -> None:
            saved()
            if notebook.is_open:  # the clock may call it once more
                kept[:] = [each.text for each in notes.every(notebook)]

        page.keep = keep  # type: ignore[method-assign]
        await pilot.press("f9")
        await pilot.pause()
        assert kept == ["in the middle of a wo"]
        assert "middle" not in words_on(pilot)
        assert page.editor.text == page.page.text == ""
        assert not database.is_open
        assert not notebook.is_open


async def test_a_lock_forgets_what_was_read(seat: Seat) -> None:
    """After a lock neither the list nor the note that was read holds a word."""
    add(seat, "a heron", osei(seat))
    async with at(seat) as pilot:
        await pilot.press("f5", "enter")
        read, listed = pilot.app.screen_stack[-1], pilot.app.screen_stack[-2]
        assert isinstance(read, NoteRead)
        assert isinstance(listed, Notes)
        await pilot.press("f9")
        await pilot.pause()
        assert read.note is None
        assert rows_of(read.text._text, 40) == [(("", False), ("", False))]
        assert (listed.list.current, listed.list._held, listed.list.names) == (None, {}, {})


async def test_about_whom_and_which_hour(seat: Seat) -> None:
    """ctrl+t says whom a note is about, or nobody; ctrl+r takes an hour, and refuses one that is none."""
    add_letter(seat.open_vault, "A letter.")
    async with at(seat) as pilot:
        await pilot.press("escape", "o", *"words", "ctrl+r")
        await write(pilot, "2026-11-13 15:00")
        await pilot.press("enter")
        await pilot.pause()
        assert "hour of Friday 13 November 15:00" in words_on(pilot)
        await pilot.press("ctrl+r")
        await write(pilot, "tomorrow")
        await pilot.press("enter")
        await pilot.pause()
        assert "no day and time" in news_on(pilot)
        await pilot.press("ctrl+t", "up", "enter")
        await pilot.pause()
        (note,) = notes.every(seat.notebook)
        assert (note.contact, note.message, note.hour) == (b"", b"", "2026-11-13 15:00")
        assert "Dr. Osei" not in words_on(pilot)
        await pilot.press("ctrl+t", "down", "enter", "escape")
        await pilot.pause()
        assert next(iter(notes.every(seat.notebook))).contact == osei(seat)
