"""Notes that are read: their Markdown shown quietly, and a list of any length."""

from dataclasses import replace

import pytest

from tests.quick import quick
from tests.tui.meeting import at, news_on, words_on
from tests.tui.noting import add, front, osei, page_of, seat, texts
from therapy_tui.core.notes import LONGEST
from therapy_tui.services import notes
from therapy_tui.services.access import Beside
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.note_read import NoteRead
from therapy_tui.tui.screens.notes import Notes
from therapy_tui.tui.widgets.quiet import rows_of

__all__ = ["seat"]

SIZES = [(140, 40), (100, 30), (80, 24), (60, 20)]
MARKED = "# Sleep first\n\nThey **stopped** on Wednesday.\n\n- a small question"


async def test_read_quietly_and_written_on(seat: Seat) -> None:
    """A note is read without its marks, headings and strong words strong; enter writes on, in the words themselves."""
    add(seat, MARKED)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter")
        await pilot.pause()
        said = words_on(pilot)
        assert "Sleep first" in said
        assert "#" not in said
        assert "**" not in said
        assert "They stopped on Wednesday." in said
        await pilot.press("enter", *"!")
        assert page_of(pilot).editor.text == MARKED + "!"
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, NoteRead)
        assert "a small question!" in words_on(pilot)
        await pilot.press("e")
        await pilot.pause()
        assert "what this note was before" in words_on(pilot)
        assert "a small question!" not in words_on(pilot)
        assert "a small question" in words_on(pilot)


def test_items_hang() -> None:
    """What wraps stands under the words of its item, strong words stay strong, and no row is too long."""
    rows = rows_of("- one two **three four** five\n# A heading that wraps", 14)
    assert ["".join(text for text, _ in row) for row in rows] == [
        "- one two",
        "  three four",
        "  five",
        "A heading that",
        "wraps",
    ]
    assert [[text for text, is_strong in row if is_strong] for row in rows] == [
        [],
        ["three four"],
        [],
        ["A heading that"],
        ["wraps"],
    ]


async def test_the_longest_note_is_gone_through(seat: Seat) -> None:
    """The longest note is read to its end by keys, and at another width it is wrapped anew."""
    add(seat, "word " * (LONGEST // 5 - 1) + "last")
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "end")
        await pilot.pause()
        assert "last" in words_on(pilot)
        await pilot.press("home")
        await pilot.pause()
        assert "last" not in words_on(pilot)
        await pilot.resize_terminal(60, 20)
        await pilot.press("end")
        await pilot.pause()
        assert "last" in words_on(pilot)


async def test_text_that_gives_orders(seat: Seat) -> None:
    """Markup and controls in a note are shown as what they are, in the list and on the page."""
    add(seat, "[red]not red[/]\x1b[31m\u202e end")
    async with at(seat) as pilot:
        for key in ("f5", "enter"):
            await pilot.press(key)
            await pilot.pause()
            assert "[red]not red[/]" in words_on(pilot)
            assert "\x1b" not in words_on(pilot)
            assert "\u202e" not in words_on(pilot)


# the list


async def test_the_notes_of_one_person(seat: Seat) -> None:
    """`o` shows the notes about the chosen one's person only, and all again; about nobody it says so."""
    add(seat, "about Osei", osei(seat))
    add(seat, "about nobody")
    async with at(seat) as pilot:
        await pilot.press("f5", "o")
        await pilot.pause()
        assert "nobody in particular" in news_on(pilot)
        await pilot.press("down", "o")
        await pilot.pause()
        assert "about nobody" not in words_on(pilot)
        assert "about Osei" in words_on(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert "about nobody" in words_on(pilot)


async def test_erasing_is_asked(seat: Seat) -> None:
    """`x` asks, the first answer keeps the note, and the second erases it."""
    add(seat, "a note")
    async with at(seat) as pilot:
        await pilot.press("f5", "x", "enter")
        await pilot.pause()
        assert texts(seat) == ["a note"]
        await pilot.press("x", "down", "enter")
        await pilot.pause()
        assert texts(seat) == []
        assert "What you want to remember." in words_on(pilot)


async def test_what_another_process_noted(seat: Seat) -> None:
    """A note that another process added comes into the list by itself, and the bar stays where it was."""
    key = seat.notebook.fetch_key()
    add(seat, "mine")
    async with at(seat) as pilot:
        await pilot.press("f5")
        other = Notebook(seat.folders, seat.keyring, Beside(), seat.random, seat.now, seat.events.__class__())
        other.open(key)
        new = notes.blank(other)
        notes.keep(other, new, replace(new, text="theirs"))
        other.close()
        screen = front(pilot, Notes)
        screen._notice_others()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "theirs" in words_on(pilot)


@pytest.mark.parametrize("size", quick(SIZES, (80, 24)))
async def test_the_chosen_note_is_always_seen(seat: Seat, size: tuple[int, int]) -> None:
    """Going down through more notes than fit, and up again, the chosen one is on the screen."""
    for number in range(30):
        add(seat, f"Note number {number}.\n\nand its words", written_at=seat.now() - 86_400 * number)
    async with at(seat, size=size) as pilot:
        await pilot.press("f5")
        for key in ["down"] * 29 + ["up"] * 29 + ["end", "home", "pagedown"]:
            await pilot.press(key)
            current = front(pilot, Notes).list.current  # type: ignore[attr-defined]
            assert current.text.split("\n")[0] in words_on(pilot)
