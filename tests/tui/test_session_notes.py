"""Session notes: parts with their headings in the margin, formats that lose no word, signing, and what is added."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.quick import quick
from tests.tui.homes import make_seat, write
from tests.tui.letters import add_letter
from tests.tui.meeting import at, news_on, prose_on, words_on
from tests.tui.noting import DAP, add, front, opened, osei, parted, texts, therapist
from therapy_tui import errors
from therapy_tui.core import bodies
from therapy_tui.core.note_chain import Word
from therapy_tui.core.shared import SharedAnswers
from therapy_tui.services import audit, note_layouts, note_signing, notes
from therapy_tui.services.seat import Seat
from therapy_tui.store import note_chain
from therapy_tui.store import notes as store
from therapy_tui.tui.screens.addition import Addition
from therapy_tui.tui.screens.note_page import NotePage
from therapy_tui.tui.screens.note_read import NoteRead
from therapy_tui.tui.screens.notes import Notes
from therapy_tui.tui.screens.session_parts import PartsNote


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Seat a therapist with one client and no note."""
    return therapist(tmp_path)


async def test_a_note_in_parts(seat: Seat) -> None:
    """ctrl+f lays a note out in parts, tab goes round them, and what is written is one plain text with its headings."""
    async with at(seat) as pilot:
        await pilot.press("f5", "w", *"Slept.", "ctrl+f", "down", "down", "enter")
        await pilot.pause()
        front(pilot, PartsNote)
        for words in ("Data", "what was said", "Assessment", "Plan", "What was agreed", "not signed", "DAP, "):
            assert words in words_on(pilot)
        await pilot.press(
            "tab", "tab", *"A call.", "tab", *"Yes. ", "tab", *"Tired.", "shift+tab", "end", *"More.", "escape"
        )
        await pilot.pause()
        front(pilot, Notes)
        (note,) = notes.every(seat.notebook)
        assert note.format == "dap"
        assert note.text == "## Data\n\nSlept.Yes. More.\n\n## Assessment\n\nTired.\n\n## Plan\n\nA call."
        assert "DAP   not signed" in words_on(pilot)
        await pilot.press("w")
        await pilot.pause()
        front(pilot, PartsNote)


async def test_what_is_written_stays_where_it_is(seat: Seat) -> None:
    """The parts begin at the top, so that a new line moves none of what stands above it."""
    parted(seat)
    async with at(seat, size=(100, 30)) as pilot:
        await pilot.press("f5", "enter", "enter", "shift+tab")
        await pilot.pause()
        page = front(pilot, PartsNote)
        assert isinstance(page, PartsNote)
        above = page.fields[0].region.y
        await pilot.press("end", *["enter"] * 5, *"more")
        await pilot.pause()
        assert page.fields[0].region.y == above < 5


async def test_where_one_begins_and_how_arrows_lead_on(seat: Seat) -> None:
    """One begins in the first empty part; the arrows lead out of a part at its ends, and not beyond the last."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter")
        page = front(pilot, PartsNote)
        assert isinstance(page, PartsNote)
        headings = []
        for key in ("", "up", "up", "down", "down", "down", "down"):
            if key:
                await pilot.press(key)
            headings.append(page.editor.part.heading)  # type: ignore[attr-defined]
        assert headings == ["Assessment", "Data", "Data", "Assessment", "Plan", "Plan", "Plan"]


async def test_looking_changes_nothing(seat: Seat) -> None:
    """A note that was not written in order is shown in its parts, and stays as it is until one of them is changed."""
    text = "## Plan\n\nA call.\n\n\n## Other\nwords\n## Data\nSlept."
    parted(seat, text)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", "tab", "tab", "escape")
        await pilot.pause()
        assert texts(seat) == [text]
        await pilot.press("enter", "x", "backspace", "escape")
        await pilot.pause()
        assert texts(seat) == [text]
        await pilot.press("enter", *"Rest.", "escape")
        await pilot.pause()
        assert texts(seat) == ["## Data\n\nSlept.\n\n## Assessment\n\nRest.\n\n## Plan\n\nA call.\n\n\n## Other\nwords"]


async def test_what_is_said_of_the_hour(seat: Seat) -> None:
    """ctrl+e takes the hour, its minutes, how it was held and codes; what is no number is said, and esc keeps none."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", "ctrl+e")
        for text in ("2026-11-13 15:00", "an hour", "in writing", "90834, F32.1"):
            await write(pilot, text)
            await pilot.press("tab")
        await pilot.press("enter")
        await pilot.pause()
        assert "no length of an hour" in news_on(pilot)
        await pilot.press("tab")
        await write(pilot, "50")
        await pilot.press("enter")
        await pilot.pause()
        assert "50 minutes   in writing   90834, F32.1" in words_on(pilot)
        assert "DAP, hour of Friday 13 November 15:00" in words_on(pilot)
        await pilot.press("ctrl+e", "x", "escape", "escape")
        await pilot.pause()
        (note,) = notes.every(seat.notebook)
        assert (note.hour, note.minutes) == ("2026-11-13 15:00", 50)
        assert (note.modality, note.codes) == ("in writing", "90834, F32.1")
        assert "90834, F32.1" in words_on(pilot)


async def test_signed_by_key(seat: Seat) -> None:
    """ctrl+d asks, the first answer leaves the note open, and the second signs it; then it is read, and added to."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", *"Rest.", "ctrl+d", "enter")
        await pilot.pause()
        front(pilot, PartsNote)
        assert note_signing.verify(seat.notebook) == []
        written = words_on(pilot)
        await pilot.press("ctrl+d", "down", "enter")
        await pilot.pause()
        front(pilot, NoteRead)
        assert news_on(pilot) == "Signed."
        count = re.search(r"\d+ words", words_on(pilot))
        assert count is not None
        assert count[0] in written, "headings are no words, neither while writing nor while reading"
        assert "signed 18 Nov" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "a adds to it" in news_on(pilot)
        await pilot.press("a", *"It was the Tuesday.", "escape")
        await pilot.pause()
        assert "Added, not signed" in words_on(pilot)
        await pilot.press("a")
        await pilot.pause()
        front(pilot, Addition)
        assert "It was the Tuesday." in words_on(pilot)
        await pilot.press("ctrl+d", "down", "enter")
        await pilot.pause()
        assert "Added, signed 18 Nov" in words_on(pilot)
        assert [each.word for each in note_signing.verify(seat.notebook)] == [Word.AS_SIGNED] * 2
        assert len(texts(seat)) == 1
    (note,) = notes.every(seat.notebook)
    signed = [each.detail for each in audit.every(seat.open_vault) if each.what == "signed"]
    assert signed == [f"note {note.id[:6].hex()}", f"addition to note {note.id[:6].hex()}"]


async def test_what_is_not_signed_takes_no_addition(seat: Seat) -> None:
    """`a` on a note that is not signed says that it can be changed itself; an empty page has nothing to sign."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "a")
        await pilot.pause()
        assert "not signed, so nothing is added" in news_on(pilot)
        await pilot.press("escape", "w", "ctrl+d")
        await pilot.pause()
        assert news_on(pilot) == "There is nothing to sign yet."


async def test_two_windows_sign(seat: Seat) -> None:
    """A note that another window signed meanwhile stays; what was written here is kept as a note of its own."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter")
        (note,) = notes.every(seat.notebook)
        note_signing.sign(seat.notebook, note)
        await pilot.press("ctrl+d", "down", "enter")
        await pilot.pause()
        assert "signed, so it stays as it is" in news_on(pilot)
        await pilot.press(*"Rest.", "escape")
        await pilot.pause()
        assert sorted(texts(seat)) == sorted([DAP, DAP.replace("\n\n## Plan", "\n\n## Assessment\n\nRest.\n\n## Plan")])
        assert [each.word for each in note_signing.verify(seat.notebook)] == [Word.AS_SIGNED]


async def test_a_full_disk_signs_nothing(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the page stays, says so, and signs once there is room."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter")
        with monkeypatch.context() as patch:
            patch.setattr(note_chain, "add", _full)
            await pilot.press("ctrl+d", "down", "enter")
            await pilot.pause()
            assert "disk is full" in news_on(pilot)
        front(pilot, PartsNote)
        assert note_signing.verify(seat.notebook) == []
        await pilot.press("ctrl+d", "down", "enter")
        await pilot.pause()
        assert news_on(pilot) == "Signed."


def _full(*_: object) -> None:
    raise errors.DiskFull


async def test_a_full_disk_keeps_the_format(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another format cannot be kept the note stays in its own, on the screen too."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter")
        with monkeypatch.context() as patch:
            patch.setattr(store, "change", _full)
            await pilot.press("ctrl+f", "down", "enter")
            await pilot.pause()
            assert "disk is full" in news_on(pilot)
            assert "Behaviour" not in words_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert texts(seat) == [DAP]


async def test_what_was_altered_is_told_on_the_note(seat: Seat) -> None:
    """A signed note that was altered in its file says so above its words, and nothing is changed back."""
    parted(seat)
    (note,) = notes.every(seat.notebook)
    note_signing.sign(seat.notebook, note)
    seat.notebook.database.run("UPDATE notes SET text = 'other'")
    async with at(seat) as pilot:
        await pilot.press("f5", "enter")
        await pilot.pause()
        assert "This note is not as it was signed on 18 Nov. Nothing was changed back." in prose_on(pilot)
        assert "other" in words_on(pilot)
    assert texts(seat) == ["other"]


async def test_erasing_a_signed_note_says_what_stays(seat: Seat) -> None:
    """A signed note offers to erase its words, and says that its being signed is kept; the chain still agrees."""
    parted(seat)
    (note,) = notes.every(seat.notebook)
    note_signing.sign(seat.notebook, note)
    add(seat, "not signed", osei(seat), format="dap")
    async with at(seat, size=(140, 40)) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        assert "x erase   " in words_on(pilot)
        await pilot.press("down")
        await pilot.pause()
        assert "x erase its words" in words_on(pilot)
        await pilot.press("x")
        await pilot.pause()
        assert "It is signed: that it was, and that it was erased today, is kept" in prose_on(pilot)
        assert "what was added to it" in prose_on(pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert texts(seat) == ["not signed"]
        assert [each.word for each in note_signing.verify(seat.notebook)] == [Word.ERASED]


async def test_their_last_result_at_the_cursor(seat: Seat) -> None:
    """ctrl+r writes the last shared result with its change where the cursor is; without one it says so."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", "ctrl+r")
        await pilot.pause()
        assert "shared no result" in news_on(pilot)
        for days, answers in ((30, "000112101"), (1, "221112111")):
            body = SharedAnswers("phq9", seat.now() - days * 86_400, 0, 3, bytes(map(int, answers)))
            raw = bodies.pack_body(body)
            add_letter(seat.open_vault, "", kind=int(bodies.Kind.ANSWERS), raw=raw)
        await pilot.press(*"See", "ctrl+r", *".", "escape")
        await pilot.pause()
        assert "See PHQ-9 12 on 17 Nov, up 6." in texts(seat)[0]


async def test_a_result_needs_a_person(seat: Seat) -> None:
    """In a note about nobody ctrl+r says whom to name first."""
    add(seat, "words")
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", "ctrl+r")
        await pilot.pause()
        assert news_on(pilot) == "Say first whom this note is about."


async def test_a_lock_forgets_every_part(seat: Seat) -> None:
    """F9 in the middle of a word keeps it, and leaves no word in any part or line."""
    parted(seat)
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter", *"Re")
        page = front(pilot, PartsNote)
        assert isinstance(page, PartsNote)
        await pilot.press("f9")
        await pilot.pause()
        assert [each.text for each in page.fields] == ["", "", ""]
        assert (page.page.text, page._read) == ("", ({}, ""))
        assert "Slept" not in words_on(pilot)


async def test_a_client_has_a_free_note(tmp_path: Path) -> None:
    """A client's page is what it was: no format, no signing, and ctrl+r asks for the hour."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    add(seat, "words")
    async with at(seat) as pilot:
        await pilot.press("f5", "enter", "enter")
        assert type(front(pilot, NotePage)) is NotePage
        assert "signed" not in words_on(pilot)
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "The day and time of the hour it belongs to" in prose_on(pilot)


@pytest.mark.parametrize("size", quick([(140, 40), (100, 30), (80, 24), (60, 20)], (80, 24)))
async def test_the_cursor_is_always_seen(seat: Seat, size: tuple[int, int]) -> None:
    """However long the parts are, the row in which one writes is on the screen."""
    new = note_layouts.in_format(
        replace(notes.blank(opened(seat)), text="a\n" * 30 + "\n## Plan\n" + "b\n" * 30), "dap"
    )
    notes.keep(seat.notebook, new, new)
    async with at(seat, size=size) as pilot:
        await pilot.press("f5", "enter", "enter", *"here")
        for _ in range(3):
            await pilot.press("tab", "X")
            await pilot.pause()
            assert "X" in words_on(pilot)
            await pilot.press("backspace")
