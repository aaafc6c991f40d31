"""A disk that takes nothing: the margin says "not kept", Esc tries again, and nobody's words are mixed up."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.homes import make_seat
from tests.tui.meeting import at, front, news_on, words_on
from tests.tui.noting import therapist
from therapy_tui import errors
from therapy_tui.config import Settings
from therapy_tui.content.forms import forms
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.services import conversation, directory, notes, safety, snippets
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts
from therapy_tui.store import journal as entries
from therapy_tui.store import notes as store
from therapy_tui.tui.ending import has_unkept
from therapy_tui.tui.screens.journal_form import FormPage
from therapy_tui.tui.screens.kept_page import AGAIN, KeptPage
from therapy_tui.tui.screens.note_page import NotePage
from therapy_tui.tui.screens.page import WholePage
from therapy_tui.tui.screens.plan_keeping import Keeping
from therapy_tui.tui.screens.snippet_page import SnippetPage
from therapy_tui.tui.screens.writing import Writing
from therapy_tui.tui.widgets.letters import NOT_KEPT


def full(*_: object, **__: object) -> bool:
    """Take nothing."""
    raise errors.DiskFull


def keep(pilot: Pilot[int]) -> None:
    """Keep what is being written, as the clock does from time to time."""
    screen = front(pilot)
    assert isinstance(screen, Writing | WholePage | KeptPage | Keeping)
    screen.keep()


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A seat with one contact."""
    return make_seat(tmp_path, contact="Dr. Osei")


@pytest.mark.parametrize("size", [(100, 30), (60, 20)])
@pytest.mark.parametrize(
    ("keys", "where", "name"),
    [
        (("f4", "w"), entries, "add"),
        (("f5", "w"), store, "add"),
        ((), conversation, "keep_draft"),
        (("ctrl+e",), conversation, "keep_draft"),
        (("f8", "e"), safety, "keep"),
    ],
)
async def test_the_margin_does_not_lie(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    keys: tuple[str, ...],
    where: object,
    name: str,
) -> None:
    """Wherever one writes, words that the disk did not take are "not kept", and what it takes later is kept again."""
    seat = make_seat(tmp_path, contact="Dr. Osei", settings=Settings(country="GB"))
    async with at(seat, size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        with monkeypatch.context() as patch:
            patch.setattr(where, name, full)
            await pilot.press(*"words")
            keep(pilot)
            await pilot.pause()
            assert NOT_KEPT in words_on(pilot)
            assert has_unkept(seat)
        await pilot.press("x")
        keep(pilot)
        await pilot.pause()
        assert NOT_KEPT not in words_on(pilot)
        assert not has_unkept(seat)


@pytest.mark.parametrize(("keys", "where", "name"), [(("f4", "w"), entries, "add"), ((), conversation, "keep_draft")])
async def test_what_is_over_is_not_told_any_more(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], where: object, name: str
) -> None:
    """When the words are kept after all, without a key, the news of the failure goes."""
    async with at(seat) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        with monkeypatch.context() as patch:
            patch.setattr(where, name, full)
            await pilot.press(*"words")
            keep(pilot)
            assert news_on(pilot) == str(errors.DiskFull())
        keep(pilot)
        assert news_on(pilot) == ""


async def test_the_way_back_tries_again(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a page is not kept the footer does not say that leaving keeps it; an emptied page leaves nothing behind."""
    async with at(seat) as pilot:
        await pilot.press("f4", "w")
        await pilot.pause()
        monkeypatch.setattr(entries, "add", full)
        await pilot.press(*"word", "escape")
        await pilot.pause()
        last = words_on(pilot).splitlines()[-1]
        assert f"esc {AGAIN}" in last
        assert "it is kept" not in last
        await pilot.press(*["backspace"] * 4, "escape")
        await pilot.pause()
        assert not has_unkept(seat)


async def test_words_about_one_stay_with_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits to be kept about one person does not come up in a new note about another, and comes up in theirs."""
    seat = therapist(tmp_path)
    with seat.open_vault.transaction() as database:
        contacts.add(database, seat.random(16), "Zora", CLIENT, seat.now())
    one, other = (each.contact.id for each in directory.people(seat.open_vault))
    async with at(seat) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        monkeypatch.setattr(store, "add", full)
        for contact, typed, shown in ((one, "about one", "about one"), (other, "", ""), (one, "", "about one")):
            page = NotePage(seat, notes.blank(seat.notebook, contact))
            await pilot.app.push_screen(page)
            await pilot.press(*typed)
            page.keep()
            assert page.editor.text == shown
            pilot.app.pop_screen()
            await pilot.pause()


async def test_a_form_takes_no_page_for_its_own(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that waits to be kept is not lost in a form that is begun meanwhile."""
    async with at(seat) as pilot:
        await pilot.press("f4", "w")
        await pilot.pause()
        with monkeypatch.context() as patch:
            patch.setattr(entries, "add", full)
            await pilot.press(*"words", "escape", "f4", "f", "enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, FormPage)
            assert pilot.app.screen.form in forms()
            await pilot.press(*"filled in", "escape")
        await pilot.press("escape", "w")
        await pilot.pause()
        assert "words" in words_on(pilot)


async def test_a_snippet_waits_over_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snippet that the disk did not take waits in memory with its name, and is kept once it does."""
    seat = make_seat(tmp_path, role=THERAPIST)
    async with at(seat, lambda: SnippetPage(seat, None, "Moving an hour")) as pilot:
        with monkeypatch.context() as patch:
            patch.setattr(snippets, "keep", full)
            await pilot.press(*"Words.")
            page = pilot.app.screen
            assert isinstance(page, SnippetPage)
            page.keep()
            await pilot.pause()
            assert NOT_KEPT in words_on(pilot)
            assert has_unkept(seat)
            await pilot.app.pop_screen()  # as over a lock, so that its own clock does not keep it too
        again = SnippetPage(seat, None, "")
        await pilot.app.push_screen(again)
        again.keep()
        (kept,) = snippets.every(seat.open_vault)
        assert (kept.name, kept.text) == ("Moving an hour", "Words.")
        assert not has_unkept(seat)
