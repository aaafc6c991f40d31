"""Answering as a therapist: what lies beside the page, snippets, and what is told before a letter goes."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.quick import quick
from tests.services.people import World
from tests.tui.caseload import caseload, id_of, put_body
from tests.tui.homes import make_seat
from tests.tui.letters import add_letter
from tests.tui.meeting import at, news_on, prose_on, seat_of, words_on
from therapy_tui.core.bodies import Kind
from therapy_tui.core.people import THERAPIST
from therapy_tui.core.shared import Question, SharedPage
from therapy_tui.services import answering, directory, snippets
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.answering import IN_BRACKETS
from therapy_tui.tui.screens.before_sending import QUESTIONS, BeforeSending
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.page import WholePage
from therapy_tui.tui.screens.settings import SettingsScreen
from therapy_tui.tui.screens.snippet_page import SnippetPage
from therapy_tui.tui.screens.snippets import Snippets
from therapy_tui.tui.widgets.pen import Editor

HOUR = "Dear [name], could we move [day] to [time]?"


@pytest.fixture
def desk(tmp_path: Path) -> Seat:
    """A therapist of fourteen, with one snippet; of Sol a question is open."""
    seat = caseload(tmp_path)
    snippets.keep(seat.open_vault, "Moving an hour", HOUR)
    return seat


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and let what they lead to stand."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def letters_with(seat: Seat, name: str) -> Messages:
    """Make the letters with somebody."""
    return Messages(seat, directory.get(seat.open_vault, id_of(name)))


def editor_of(pilot: Pilot[int]) -> Editor:
    """Give the editor that has the focus."""
    assert isinstance(pilot.app.focused, Editor)
    return pilot.app.focused


def sent(person: World) -> list[str]:
    """Give what the therapist has sent."""
    return [each.text for each in person.ann.letters() if each.outgoing]


@pytest.mark.parametrize("size", quick([(140, 40), (100, 30), (80, 24), (60, 20)], (140, 40), (80, 24)))
async def test_what_is_known_lies_under_their_letter(tmp_path: Path, size: tuple[int, int]) -> None:
    """What is due, the check-ins, what was shared and what was asked; read on by tab where it is below the page."""
    seat = caseload(tmp_path)
    with seat.open_vault.transaction():
        put_body(
            seat.open_vault, "R. M.", Kind.PAGE, seat.now() - 500, SharedPage("2026-11-17", 0, "", "The mat\n\n9.")
        )
        put_body(seat.open_vault, "R. M.", Kind.QUESTION, seat.now() - 400, Question("What is in it?"), out=True)
        seat.open_vault.database.run("UPDATE messages SET text = 'What is in it?' WHERE kind = 19")
    async with at(seat, lambda: letters_with(seat, "R. M."), size) as pilot:
        await press(pilot, "ctrl+e")
        if size[0] < 140:
            assert "What is in it?" not in prose_on(pilot)
            await press(pilot, "ctrl+r", "tab")
        told = ""
        for _ in range(12):
            told += words_on(pilot)
            await press(pilot, "down")
        told = " ".join(told.split())
        for words in (
            "you promised by today 09:06, 2 h over",
            "mood 7 to 3 over four weeks ▆",
            "17 Nov The mat",
            "no answer yet",
        ):
            assert words in told
        assert ("to read on" in told) == (size[0] < 140)


async def test_a_clients_page_stays_as_it_is(tmp_path: Path) -> None:
    """No snippets by key, by name or in the help, nothing under the letter of the therapist, and no such choices."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    add_letter(seat.open_vault, "How was it?")
    async with at(seat, size=(140, 40)) as pilot:
        await press(pilot, "ctrl+v", "ctrl+e", "ctrl+v")
        assert isinstance(pilot.app.screen, WholePage)
        assert "snippets" not in words_on(pilot)
        assert "no answer yet" not in words_on(pilot)
        await press(pilot, "f10", *"your snip")
        assert "Nothing here has that" in prose_on(pilot)
        await press(pilot, "escape", "f1")
        assert "how it is meant" in words_on(pilot)
        assert "your own words" not in words_on(pilot)
        await press(pilot, "escape")
        pilot.app.push_screen(SettingsScreen(seat))
        await pilot.pause()
        assert "Brackets for tone" not in words_on(pilot)


@pytest.mark.parametrize("way", quick([(), ("ctrl+e",)], ("ctrl+e",)))
async def test_a_snippet_is_put_in_where_the_cursor_is(desk: Seat, way: tuple[str, ...]) -> None:
    """The name is filled in, the first blank is selected, what is typed next stands in its place, and all is kept."""
    async with at(desk, lambda: letters_with(desk, "Sol")) as pilot:
        await press(pilot, *way, "A", "B", "left", "ctrl+v", *"hour", "enter")
        editor = editor_of(pilot)
        assert (editor.text, editor.selected_text) == ("ADear Sol, could we move [day] to [time]?B", "[day]")
        await press(pilot, *"Monday")
        assert editor.text == "ADear Sol, could we move Monday to [time]?B"
        await press(pilot, "escape")
        assert desk.open_vault.database.value("SELECT text FROM drafts", ()) == editor.text


async def test_none_are_there_at_first_and_one_is_written(tmp_path: Path) -> None:
    """The empty list says what it is for; what was typed becomes the name; esc keeps, and the new one is chosen."""
    seat = make_seat(tmp_path, "Ines Osei", THERAPIST, contact="Sol")
    async with at(seat) as pilot:
        await press(pilot, "ctrl+v")
        assert "nothing is written for you" in prose_on(pilot)
        await press(pilot, *"away", "enter")
        assert isinstance(pilot.app.screen, SnippetPage)
        assert isinstance(pilot.app.focused, Editor)
        await press(pilot, *"Until ", "escape")
        assert isinstance(pilot.app.screen, Snippets)
        (kept,) = snippets.every(seat.open_vault)
        assert (kept.name, kept.text) == ("away", "Until ")
        await press(pilot, "enter")
        assert editor_of(pilot).text == "Until "


async def test_one_is_changed_and_erased(desk: Seat) -> None:
    """Ctrl+e changes it in place, ctrl+k asks first; one of which no word is left is erased."""
    async with at(desk, lambda: letters_with(desk, "Sol")) as pilot:
        await press(pilot, "ctrl+v", "ctrl+e", *" Yes.", "escape")
        assert [each.text for each in snippets.every(desk.open_vault)] == [f"{HOUR} Yes."]
        await press(pilot, "ctrl+k", "enter")
        assert len(snippets.every(desk.open_vault)) == 1
        await press(pilot, "ctrl+k", "down", "enter")
        assert snippets.every(desk.open_vault) == []
        await press(pilot, *"x", "enter", *"y", "escape", "ctrl+e", "backspace", "escape")
        assert snippets.every(desk.open_vault) == []


async def test_locking_keeps_a_snippet_that_is_being_written(desk: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """F9 in the middle of it: its words are in the vault, and none is on the screen."""
    kept: list[str] = []
    lock = Seat.lock

    def look_and_lock(self: Seat) -> None:
        kept.extend(each.text for each in snippets.every(self.open_vault))
        lock(self)

    monkeypatch.setattr(Seat, "lock", look_and_lock)
    async with at(desk, lambda: letters_with(desk, "Sol")) as pilot:
        await press(pilot, "ctrl+v", "ctrl+e", *" Yes.", "f9")
        assert kept == [f"{HOUR} Yes."]
        assert "Yes." not in words_on(pilot)


@pytest.mark.parametrize("way", quick([(), ("ctrl+e",)], ()))
async def test_a_blank_is_told_once_before_the_letter_goes(met: World, way: tuple[str, ...]) -> None:
    """The first ctrl+d says which blank is left; after a change of other words the next one sends it all the same."""
    snippets.keep(met.ann.vault, "Hour", "Is [day] good?")
    async with at(seat_of(met.ann), lambda: Messages(seat_of(met.ann), met.ann.contact())) as pilot:
        await press(pilot, *way, "ctrl+v", "enter", "ctrl+d")
        assert news_on(pilot) == "[day] is still a blank. Fill it in, or send again."
        assert sent(met) == []
        await press(pilot, "end", *" x", "ctrl+d")
        assert sent(met) == ["Is [day] good? x"]
        assert isinstance(pilot.app.screen, Messages)


@pytest.mark.parametrize("way", quick([(), ("ctrl+e",)], ()))
async def test_three_questions_come_once_and_only_by_choice(met: World, way: tuple[str, ...]) -> None:
    """Esc leads back to the words, and then it goes at once; for the next letter they come again, and enter sends."""
    answering.choose(met.ann.vault, answering.QUESTIONS, wanted=True)
    async with at(seat_of(met.ann), lambda: Messages(seat_of(met.ann), met.ann.contact())) as pilot:
        await press(pilot, *way, *"One.", "ctrl+d")
        assert isinstance(pilot.app.screen, BeforeSending)
        assert all(each in words_on(pilot) for each in QUESTIONS)
        await press(pilot, "escape")
        assert (editor_of(pilot).text, sent(met)) == ("One.", [])
        await press(pilot, "ctrl+d")
        assert sent(met) == ["One."]
        await press(pilot, *way, *"Two.", "ctrl+d", "enter")
        assert sent(met) == ["One.", "Two."]
        assert isinstance(pilot.app.screen, Messages)


async def test_a_letter_that_cannot_go_stays_on_the_page(met: World) -> None:
    """Too long a letter is refused after the questions too: the page says why, and keeps the words."""
    answering.choose(met.ann.vault, answering.QUESTIONS, wanted=True)
    async with at(seat_of(met.ann), lambda: Messages(seat_of(met.ann), met.ann.contact())) as pilot:
        await press(pilot, "ctrl+e")
        editor_of(pilot).load("a" * 20_001, 0)
        await press(pilot, "ctrl+d", "enter")
        assert isinstance(pilot.app.screen, WholePage)
        assert "20,000" in news_on(pilot)
        assert len(editor_of(pilot).text) == 20_001


async def test_brackets_for_tone_are_the_first_snippet_by_choice(desk: Seat) -> None:
    """Off at first; chosen in the settings, they put the cursor between them and say what they are for."""
    async with at(desk, lambda: letters_with(desk, "Sol")) as pilot:
        await press(pilot, "ctrl+v")
        assert "how you would say it" not in words_on(pilot)
        await press(pilot, "escape")
        await pilot.app.run_action("room('settings')")
        await pilot.pause()
        await press(pilot, *["down"] * 9, "enter", "down", "enter", "escape")
        assert answering.chosen(desk.open_vault, answering.BRACKETS)
        await press(pilot, "ctrl+v", "enter")
        assert (editor_of(pilot).text, news_on(pilot)) == ("[]", IN_BRACKETS)
        await press(pilot, *"glad")
        assert editor_of(pilot).text == "[glad]"
