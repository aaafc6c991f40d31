"""Notes on the screen: begun from letters, kept by every pause, read quietly, and closed with the vault."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import make_seat, write
from tests.tui.letters import add_letter
from tests.tui.meeting import at, news_on, words_on
from therapy_tui import errors
from therapy_tui.core.notes import LONGEST, Note
from therapy_tui.crypto.slots import Cost, KeyringWay, PassphraseWay, RecoveryWay, recovery_phrase
from therapy_tui.services import access, notes
from therapy_tui.services.access import Beside
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts
from therapy_tui.store import notes as store
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.note_page import BOTH_KEPT, NotePage
from therapy_tui.tui.screens.note_read import NoteRead
from therapy_tui.tui.screens.notes import Notes
from therapy_tui.tui.screens.notes_closed import NotesClosed
from therapy_tui.tui.screens.writing import KEEP_SECONDS
from therapy_tui.tui.widgets.quiet import rows_of

SIZES = [(140, 40), (100, 30), (80, 24), (60, 20)]
PASSPHRASE = "correct horse battery"
ENTROPY = bytes(range(32))
MARKED = "# Sleep first\n\nThey **stopped** on Wednesday.\n\n- a small question"


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Somebody with one contact and no note; the key of the notes came with the vault's."""
    return make_seat(tmp_path, contact="Dr. Osei")


def opened(seat: Seat) -> Notebook:
    """Give the notes, open."""
    if not seat.notebook.is_open:
        seat.notebook.open(seat.notebook.fetch_key())
    return seat.notebook


def add(seat: Seat, text: str, contact: bytes = b"", **other: int | bytes | str) -> Note:
    new = notes.blank(opened(seat), contact)
    return notes.keep(seat.notebook, new, replace(new, text=text, **other))  # type: ignore[arg-type]


def osei(seat: Seat) -> bytes:
    return contacts.every(seat.open_vault.database)[0].id


def texts(seat: Seat) -> list[str]:
    return [each.text for each in notes.every(opened(seat))]


def front(pilot: Pilot[int], kind: type) -> object:
    assert isinstance(pilot.app.screen, kind), pilot.app.screen
    return pilot.app.screen


def page_of(pilot: Pilot[int]) -> NotePage:
    screen = pilot.app.screen
    assert isinstance(screen, NotePage)
    return screen


# writing


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
        await pilot.pause(2 * KEEP_SECONDS)
        assert texts(seat) == ["kept by itself"]
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
        await pilot.press("f5", "enter", "enter", *" here")
        (note,) = notes.every(seat.notebook)
        notes.keep(seat.notebook, note, replace(note, text="begun there"))
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
        await pilot.press("f5", "w", *"not lost")
        with monkeypatch.context() as patch:
            patch.setattr(store, "add", _full)
            page_of(pilot).keep()
            await pilot.press("escape")
            await pilot.pause()
            assert page_of(pilot).editor.text == "not lost"
            assert "disk is full" in news_on(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert texts(seat) == ["not lost"]


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
            kept.extend(each.text for each in notes.every(notebook))

        page.keep = keep  # type: ignore[method-assign]
        await pilot.press("f9")
        await pilot.pause()
        assert kept == ["in the middle of a wo"]
        assert "middle" not in words_on(pilot)
        assert page.editor.text == page.note.text == ""
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


# reading


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


@pytest.mark.parametrize("size", SIZES)
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


# the key


def closed(tmp_path: Path) -> Seat:
    """Somebody whose keyring does not answer for the notes; a passphrase and a recovery phrase are ways in too."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    way = KeyringWay({each: ("Rosa M." + each).encode().ljust(32)[:32] for each in access.DATABASES})
    for other in (PassphraseWay(PASSPHRASE, Cost()), RecoveryWay(ENTROPY)):
        access.add_way(seat.folders, way, other, seat.random)
    seat._beside.key = b""
    return seat


async def until_closed(pilot: Pilot[int]) -> None:
    """Let the keyring be asked aside."""
    for _ in range(100):
        if isinstance(pilot.app.screen, NotesClosed):
            return
        await pilot.pause(0.02)


async def until_opened(pilot: Pilot[int]) -> None:
    """Let the passphrase be stretched aside."""
    for _ in range(500):
        if not isinstance(pilot.app.screen, NotesClosed):
            return
        await pilot.pause(0.02)


@pytest.mark.parametrize("by", ["passphrase", "recovery"])
async def test_closed_and_opened_by_hand(tmp_path: Path, by: str) -> None:
    """Where the keyring does not give the key the screen says why; a wrong one is told, the right one opens them."""
    seat = closed(tmp_path)
    async with at(seat) as pilot:
        await pilot.press("f5")
        await until_closed(pilot)
        await pilot.pause()
        assert "keyring could not be asked" in words_on(pilot)
        assert "letters and pages are open as before" in words_on(pilot)
        if by == "recovery":
            await pilot.press("ctrl+k")
        await write(pilot, "wrong" if by == "passphrase" else " ".join(recovery_phrase(bytes(32))))
        await pilot.press("enter")
        for _ in range(500):
            if "does not open" in words_on(pilot):
                break
            await pilot.pause(0.02)
        assert "does not open" in words_on(pilot)
        await write(pilot, PASSPHRASE if by == "passphrase" else " ".join(recovery_phrase(ENTROPY)))
        await pilot.press("enter")
        await until_opened(pilot)
        await pilot.pause()
        assert "What you want to remember." in words_on(pilot)
        await pilot.press("w", *"kept", "escape")
        await pilot.pause()
        assert texts(seat) == ["kept"]


async def test_left_closed(tmp_path: Path) -> None:
    """Esc leaves the notes closed and leads back to the letters, which work as before."""
    seat = closed(tmp_path)
    async with at(seat) as pilot:
        await pilot.press("f5")
        await until_closed(pilot)
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Messages)
        assert seat.is_open
        assert not seat.notebook.is_open


async def test_a_note_about_a_letter_waits_for_the_key(tmp_path: Path) -> None:
    """A note that was begun from a letter begins when the notes are opened by hand."""
    seat = closed(tmp_path)
    letter = add_letter(seat.open_vault, "A letter.")
    async with at(seat) as pilot:
        await pilot.press("escape", "o")
        await until_closed(pilot)
        await write(pilot, PASSPHRASE)
        await pilot.press("enter")
        await until_opened(pilot)
        await pilot.pause()
        assert page_of(pilot).note.message == letter.id


async def test_locked_while_closed(tmp_path: Path) -> None:
    """A lock on that screen leaves nothing of what was typed, and shows the lock."""
    seat = closed(tmp_path)
    async with at(seat) as pilot:
        await pilot.press("f5")
        await until_closed(pilot)
        screen = front(pilot, NotesClosed)
        await write(pilot, PASSPHRASE)
        await pilot.press("f9")
        await pilot.pause()
        assert screen._field.value == ""  # type: ignore[attr-defined]
        assert "Locked" in words_on(pilot)


async def test_only_the_keyring(tmp_path: Path) -> None:
    """Where the keyring is the only way in there is no field, and a sentence says what to do."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    seat._beside.key = b""
    async with at(seat) as pilot:
        await pilot.press("f5")
        await until_closed(pilot)
        await pilot.pause()
        assert "keys add passphrase" in " ".join(words_on(pilot).split())
        await pilot.press("escape")
        await pilot.pause()
        front(pilot, Messages)
