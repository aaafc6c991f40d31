"""Two windows on one vault: an unfinished letter loses no word, a sent one does not go twice, and F9 locks both."""

from pathlib import Path

import pytest

from tests.tui.homes import make_seat
from tests.tui.meeting import at, news_on
from therapy_tui import errors
from therapy_tui.core.messages import Draft
from therapy_tui.services import conversation, directory, presence
from therapy_tui.services.events import VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.page import WholePage
from therapy_tui.tui.screens.writing import BOTH_STAND, MOVED_ON
from therapy_tui.tui.travel import OTHERS_OPEN


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A seat with one contact."""
    return make_seat(tmp_path, contact="Dr. Osei")


def lies(seat: Seat) -> str:
    """Give the unfinished letter as it lies in the vault."""
    (person,) = directory.people(seat.open_vault)
    return conversation.draft(seat.open_vault, person.contact.id).text


def write_elsewhere(seat: Seat, text: str) -> None:
    """Let another window make this of the letter."""
    (person,) = directory.people(seat.open_vault)
    conversation.keep_draft(seat.open_vault, person.contact.id, Draft(text, 0, b"", len(text), 0))


@pytest.mark.parametrize(
    ("known", "there", "new", "kept"),
    [
        ("", "", "mine", "mine"),
        ("begun", "begun", "begun, mine", "begun, mine"),
        ("", "theirs", "mine", "theirs\n\nmine"),
        ("begun", "begun, theirs", "begun, mine", "begun, theirs, mine"),
        ("begun", "", "begun, mine", ", mine"),
        ("begun", "the same", "the same", "the same"),
    ],
)
def test_no_window_overwrites_the_other(seat: Seat, known: str, there: str, new: str, kept: str) -> None:
    """What lies there and was not seen stays beside what is kept, and the cursor stays where it was among its words."""
    (person,) = directory.people(seat.open_vault)
    write_elsewhere(seat, there)
    wanted = Draft(new, 0, b"", len(new) - 1, 0)
    found = conversation.keep_draft(seat.open_vault, person.contact.id, wanted, known)
    assert found.text == kept == lies(seat)
    assert found.cursor == len(kept) - 1


async def test_a_resting_window_shows_what_the_other_writes(seat: Seat) -> None:
    """The pen follows the other window, also when that one has sent the letter, and goes on from there."""
    async with at(seat) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Messages)
        write_elsewhere(seat, "From the other window.")
        screen.take(VaultChanged())
        assert screen.pen.text == "From the other window."
        await pilot.press(*" And", "escape")
        screen.keep()
        assert lies(seat) == "From the other window. And"
        write_elsewhere(seat, "")
        screen.take(VaultChanged())
        assert screen.pen.text == ""


async def test_a_letter_does_not_go_twice(seat: Seat) -> None:
    """What the other window sent a moment ago is not sent here again, before this window has heard of it."""
    write_elsewhere(seat, "Once.")
    async with at(seat) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Messages)
        for before in ((), ("ctrl+e",)):
            assert screen.pen.text == "Once."
            await pilot.press(*before)
            await pilot.pause()
            write_elsewhere(seat, "")
            await pilot.press("ctrl+d")
            await pilot.pause()
            assert news_on(pilot) == MOVED_ON
            assert conversation.waiting(seat.open_vault) == []
            write_elsewhere(seat, "Once.")
            screen.take(VaultChanged())


async def test_both_at_once_lose_nothing_and_nothing_goes_unseen(seat: Seat) -> None:
    """Where both write in one moment all words stand, it is told, and a letter that was to go waits to be looked at."""
    async with at(seat) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Messages)
        screen.pen.load("mine", 4)
        write_elsewhere(seat, "theirs")
        await pilot.press("ctrl+d")
        await pilot.pause()
        assert screen.pen.text == lies(seat) == "theirs\n\nmine"
        assert news_on(pilot) == BOTH_STAND
        assert conversation.waiting(seat.open_vault) == []


async def test_the_whole_page_loses_nothing_either(seat: Seat) -> None:
    """On the whole page the other window's words come in as well, with what was being written."""
    async with at(seat) as pilot:
        await pilot.press("ctrl+e")
        await pilot.pause()
        page = pilot.app.screen
        assert isinstance(page, WholePage)
        page.editor.load("mine", 4)
        write_elsewhere(seat, "theirs")
        page.take(VaultChanged())
        assert page.editor.text == lies(seat) == "theirs\n\nmine"
        assert news_on(pilot) == BOTH_STAND
        write_elsewhere(seat, "theirs, and more")
        page.take(VaultChanged())
        assert page.editor.text == "theirs, and more"


async def test_lock_now_locks_the_other_window(seat: Seat) -> None:
    """F9 asks every process that has the vault open to lock, as the command does."""
    async with at(seat) as pilot:
        with presence.present(seat.folders.state) as other:
            assert not other.is_lock_asked()
            await pilot.press("f9")
            await pilot.pause()
            assert other.is_lock_asked()
        assert not seat.is_open


async def test_lock_now_locks_where_nobody_can_be_told(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the others cannot be told, this window locks all the same and says so."""

    def refuse(_: Path) -> None:
        raise errors.VaultError

    async with at(seat) as pilot:
        monkeypatch.setattr(presence, "ask_everyone", refuse)
        await pilot.press("f9")
        await pilot.pause()
        assert not seat.is_open
        assert news_on(pilot) == OTHERS_OPEN
