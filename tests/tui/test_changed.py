"""A contact whose keys changed."""

from pathlib import Path

import pytest

from tests.quick import quick
from tests.services.people import Person, World
from tests.tui.meeting import at, news_on, prose_on, seat_of
from therapy_tui.core.people import CLIENT
from therapy_tui.services import conversation, directory, pairing
from therapy_tui.tui.screens.changed import Changed, waiting_words
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.verify import Verify


@pytest.fixture
def changed(met: World, tmp_path: Path) -> World:
    """Carl has a new machine, and joined an invite that renews his keys; one letter of Ann's waits."""
    pairing.confirm(met.ann.vault, met.ann.contact(), pairing.words(met.ann.vault, met.ann.contact()).code)
    made = met.invite(contact=met.ann.contact().id)
    new = Person(tmp_path / "new", CLIENT, "Carl", met.relay).make()
    pairing.begin_join(new.vault, made.link)
    new.exchange()
    met.ann.exchange()
    met.ann.write("This waits.")
    new.lock()
    assert met.ann.contact().trust == "changed"
    return met


async def test_the_letters_open_with_what_happened(changed: World) -> None:
    """In front of the letters: what happened, what is safe, what to do; comparing comes first."""
    async with at(seat_of(changed.ann)) as pilot:
        assert isinstance(pilot.app.screen, Changed)
        shown = prose_on(pilot)
        assert "keys are not the ones you verified." in shown
        assert "One letter waits here and leaves only when you say so." in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Verify)


async def test_comparing_ends_it(changed: World) -> None:
    """The words are the same: the new keys are verified, and the letters are in front with a line that says so."""
    async with at(seat_of(changed.ann)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("up", "up", "enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)
        assert "verified" in news_on(pilot)
        assert changed.ann.contact().trust == "verified"
        assert "pending" not in str(conversation.waiting(changed.ann.vault))


@pytest.mark.parametrize(
    ("downs", "trust", "news"), [(2, "unverified", "not yet verified"), (3, "verified", "old keys")]
)
async def test_going_on_and_keeping_the_old_keys_are_asked_once_more(
    changed: World, downs: int, trust: str, news: str
) -> None:
    """The first enter only asks, with stopping chosen; the second answer does it, and a line says what was done."""
    async with at(seat_of(changed.ann)) as pilot:
        await pilot.press(*["down"] * downs, "enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert changed.ann.contact().trust == "changed"
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.pause()
        assert changed.ann.contact().trust == trust
        assert isinstance(pilot.app.screen, Messages)
        assert news in news_on(pilot)


async def test_leaving_it_for_today_changes_nothing(changed: World) -> None:
    """Sending stays stopped, and the letters can be read."""
    async with at(seat_of(changed.ann)) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)
        assert directory.get(changed.ann.vault, changed.ann.contact().id).trust == "changed"


NAMES = ["Dr. Osei", "Somebody whose name is longer than most other names"]


@pytest.mark.parametrize("name", quick(NAMES, NAMES[1]))
async def test_it_opens_at_its_top(changed: World, name: str) -> None:
    """In the smallest window, the title and the chosen answer are both seen at once, whatever the name."""
    directory.rename(changed.ann.vault, changed.ann.contact(), name)
    async with at(seat_of(changed.ann), size=(60, 20)) as pilot:
        await pilot.pause()
        shown = prose_on(pilot)
        assert f"{name}'s keys are not the ones you verified." in shown
        assert "▌ Compare the words now" in shown
        await pilot.press("down", "down", "down")
        await pilot.pause()
        assert "▌ Keep the old keys" in prose_on(pilot)
        await pilot.press("up", "up", "up")
        await pilot.pause()
        assert "keys are not the ones you verified." in prose_on(pilot)


def test_the_count_of_what_waits_is_prose() -> None:
    """None, one, two and many letters are told in whole sentences."""
    assert waiting_words(0).startswith("No letter of yours waits")
    assert waiting_words(1) == "One letter waits here and leaves only when you say so."
    assert waiting_words(2) == "Two letters wait here and leave only when you say so."
    assert waiting_words(40).startswith("40 letters wait")
