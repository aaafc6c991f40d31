"""The letters with one contact, and the pen."""

from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from tests.quick import quick
from tests.services.people import World
from tests.tui.homes import make_seat
from tests.tui.letters import add_letter
from tests.tui.meeting import at, news_on, prose_on, seat_of, words_on
from therapy_tui.core.delivery import State
from therapy_tui.core.messages import Draft
from therapy_tui.services import conversation, directory
from therapy_tui.services.events import VaultChanged
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.people import People
from therapy_tui.tui.screens.writing import BOTH_STAND, MOVED_ON


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A seat with one contact."""
    return make_seat(tmp_path, contact="Dr. Osei")


def draft_of(seat: Seat) -> str:
    (person,) = directory.people(seat.open_vault)
    return conversation.draft(seat.open_vault, person.contact.id).text


async def test_sending_is_committed_before_anything_leaves(met: World) -> None:
    """Ctrl+d: the letter is in the vault as queued, stands on the screen with that word, and the pen is empty."""
    async with at(seat_of(met.carl)) as pilot:
        await pilot.press(*"First line.", "ctrl+d")
        await pilot.pause()
        assert met.carl.letters()[-1].state is State.QUEUED
        assert "queued" in words_on(pilot)
        assert draft_of(seat_of(met.carl)) == ""


async def test_esc_keeps_the_draft_and_goes_to_the_letters(seat: Seat) -> None:
    """What was typed is in the vault at once, and the footer names the keys that work among letters."""
    add_letter(seat.open_vault, "Hello.")
    async with at(seat) as pilot:
        await pilot.press(*"not yet", "escape")
        await pilot.pause()
        assert draft_of(seat) == "not yet"
        assert "write" in words_on(pilot).splitlines()[-1]
        assert "ctrl+d" not in words_on(pilot).splitlines()[-1]


def elsewhere(seat: Seat, text: str) -> None:
    """Keep a draft as another window of the same person does, which knows what is kept now."""
    (person,) = directory.people(seat.open_vault)
    conversation.keep_draft(seat.open_vault, person.contact.id, Draft(text, 0, b"", len(text), 0), draft_of(seat))


async def test_two_windows_show_one_draft(seat: Seat) -> None:
    """What another window keeps of a draft stands here too, and what it empties, or sends, is gone here."""
    async with at(seat) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Messages)
        for text in ("Dear O., I walked.", "Dear O.", ""):
            elsewhere(seat, text)
            screen.take(VaultChanged())
            await pilot.pause()
            assert screen.pen.text == text
        await pilot.press(*"mine")
        assert (screen.pen.text, news_on(pilot)) == ("mine", "")


async def test_two_windows_write_on_one_draft(seat: Seat) -> None:
    """Two that write at the same time lose no word, and it is said; what nobody has read yet is not sent."""
    async with at(seat) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, Messages)
        await pilot.press(*"Dear O. ")
        screen.keep()
        await pilot.press(*"mine")
        elsewhere(seat, f"My {draft_of(seat)}")
        screen.pen.insert("!")
        screen.on_text_area_changed(TextArea.Changed(screen.pen))
        screen.take(VaultChanged())
        assert screen.pen.text == "Dear O. mine!"
        screen.keep()
        await pilot.pause()
        assert (draft_of(seat), screen.pen.text) == ("My Dear O. mine!",) * 2
        assert news_on(pilot) == BOTH_STAND
        elsewhere(seat, "My Dear O. mine! theirs")
        screen.action_send()
        await pilot.pause()
        assert (draft_of(seat), screen.pen.text) == ("My Dear O. mine! theirs",) * 2
        assert news_on(pilot) == MOVED_ON


async def test_letters_that_were_seen_are_read(seat: Seat) -> None:
    """What stands on the screen is kept as shown; the rule above it stays while one is here."""
    add_letter(seat.open_vault, "Read me.", state=State.RECEIVED)
    async with at(seat) as pilot:
        await pilot.pause()
        (person,) = directory.people(seat.open_vault)
        assert person.unread == 0
        assert "new since you were here" in words_on(pilot)


async def test_what_came_while_another_screen_was_in_front_is_shown_on_return(seat: Seat) -> None:
    """Facts are told to the screen in front only, so the letters are read again when they come back."""
    add_letter(seat.open_vault, "Old.")
    async with at(seat) as pilot:
        await pilot.press("f8")
        await pilot.pause()
        add_letter(seat.open_vault, "It came meanwhile.")
        await pilot.press("escape")
        await pilot.pause()
        assert "It came meanwhile." in words_on(pilot)


async def test_answering_takes_the_id_and_no_words(met: World) -> None:
    """R on a letter of theirs: the next one answers it, and the letter shows the beginning of what it answers."""
    met.ann.write("How was the bridge?")
    await met.ann.courier.exchange()
    await met.carl.courier.exchange()
    async with at(seat_of(met.carl)) as pilot:
        await pilot.press("escape", "r")
        await pilot.pause()
        await pilot.press(*"Good.", "ctrl+d")
        await pilot.pause()
        sent = met.carl.letters()[-1]
        assert sent.answers == met.carl.letters()[-2].id[:8]
        assert sent.text == "Good."
        assert "answers: How was the bridge?" in prose_on(pilot)


async def test_a_failed_letter_says_why_and_can_be_sent_again(seat: Seat) -> None:
    """It stands whole with its reason, and the footer offers to try again."""
    add_letter(seat.open_vault, "My words.", outgoing=True, state=State.FAILED)
    async with at(seat) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert "This letter did not go." in words_on(pilot)
        assert "try again" in words_on(pilot).splitlines()[-1]


async def test_nothing_unread_is_said(seat: Seat) -> None:
    """N with nothing unread says so in the line of news."""
    add_letter(seat.open_vault, "Hello.")
    async with at(seat) as pilot:
        await pilot.press("escape", "n")
        assert news_on(pilot) == "Nothing is unread."


async def test_a_renamed_contact_is_renamed_among_the_letters(seat: Seat) -> None:
    """The margin beside the letters has the name of now."""
    add_letter(seat.open_vault, "Hello.")
    async with at(seat) as pilot:
        (person,) = directory.people(seat.open_vault)
        directory.rename(seat.open_vault, person.contact, "Abena")
        await pilot.pause()
        assert "Dr. Osei" not in words_on(pilot)
        assert words_on(pilot).count("Abena") == 2


async def test_people_and_back(seat: Seat) -> None:
    """Ctrl+o shows everyone; enter leads back to the letters."""
    async with at(seat) as pilot:
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, People)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)


@pytest.mark.parametrize("size", quick([(40, 10), (10, 3), (300, 90)], (10, 3)))
async def test_no_size_is_an_error(seat: Seat, size: tuple[int, int]) -> None:
    """Far too small and very large windows are drawn, and the pen keeps what is typed."""
    for number in range(5):
        add_letter(seat.open_vault, f"{number} word " * 30)
    async with at(seat, size=size) as pilot:
        await pilot.press(*"words")
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert "words" in words_on(pilot)


async def test_what_is_typed_ahead_of_the_pen_is_written(seat: Seat) -> None:
    """Keys that arrive in one moment with the one that leads to the pen are written there, and are no commands."""
    add_letter(seat.open_vault, "Hello.")
    async with at(seat) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        for key in "irgn":
            pilot.app.post_message(events.Key(key, key))
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, Messages)
        assert screen.pen.text == "rgn"


async def test_what_is_typed_right_after_esc_is_no_letter_of_the_draft(seat: Seat) -> None:
    """A key that arrives in one moment with esc is a command where esc leads, in the pen and on the whole page."""
    add_letter(seat.open_vault, "Hello.")
    async with at(seat) as pilot:
        await pilot.press(*"so")
        for key in ("escape", "k", "n", "i", "!"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, Messages)
        assert screen.pen.text == "so!"
        await pilot.press("ctrl+e")
        await pilot.pause()
        for key in ("escape", "escape", "n"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        assert pilot.app.screen is screen
        assert screen.pen.text == "so!"
        assert not screen.pen.has_focus
