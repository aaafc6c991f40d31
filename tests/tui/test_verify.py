"""Comparing the ten words."""

import pytest

from tests.quick import quick
from tests.services.people import Person, World
from tests.tui.meeting import at, news_on, prose_on, seat_of, words_on
from therapy_tui.services import pairing
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.different import Different
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.verify import Verify
from therapy_tui.tui.widgets.choices import Choices
from therapy_tui.tui.widgets.code import Code


def verify_of(person: Person) -> tuple[Seat, Verify]:
    seat = seat_of(person)
    return seat, Verify(seat, person.contact())


@pytest.mark.parametrize(("who", "mine"), [("carl", "odd"), ("ann", "even")])
async def test_both_screens_show_the_same_ten_words_and_say_who_reads_which(met: World, who: str, mine: str) -> None:
    """The client reads the odd ones, the therapist the even ones, and both see the client's words."""
    seat, place = verify_of(getattr(met, who))
    async with at(seat, lambda: place) as pilot:
        shown = words_on(pilot)
        assert f"you the {mine} ones" in prose_on(pilot)
    assert all(word in shown for word in pairing.words(met.carl.vault, met.carl.contact()).words)


async def test_a_key_pressed_too_soon_vouches_for_nobody(met: World) -> None:
    """The answer that is chosen at first is Not today: enter goes back and changes nothing."""
    seat, place = verify_of(met.carl)
    async with at(seat, lambda: place) as pilot:
        await pilot.press("enter")
        assert not isinstance(pilot.app.screen, Verify)
        assert met.carl.contact().trust == "unverified"


async def test_the_same_words_make_a_contact_verified(met: World) -> None:
    """They are the same: it is kept, the letters are in front again, and a line says so."""
    seat, place = verify_of(met.carl)
    async with at(seat, lambda: place) as pilot:
        await pilot.press("up", "up", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Messages)
        assert "verified" in news_on(pilot)
        assert met.carl.contact().trust == "verified"


async def test_a_different_word_stops_nothing_by_itself(met: World) -> None:
    """What it can mean, what is safe and what to do are told; the first answer goes back and changes nothing."""
    seat, place = verify_of(met.carl)
    async with at(seat, lambda: place) as pilot:
        await pilot.press("up", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Different)
        for part in ("what it can mean", "what is safe", "what to do"):
            assert part in prose_on(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, Messages)
        assert met.carl.contact().may_be_written_to


async def test_a_different_word_is_told_from_the_top(met: World) -> None:
    """In the smallest window, the title, all that is told and all answers are seen at once."""
    seat = seat_of(met.carl)
    async with at(seat, lambda: Different(seat, met.carl.contact()), (60, 20)) as pilot:
        await pilot.pause()
        shown = prose_on(pilot)
        for part in ("The words are not the same.", "what to do", "▌ Back", "End this correspondence"):
            assert part in shown


async def test_a_different_word_can_end_the_correspondence(met: World) -> None:
    """Ending it is asked once more, with leaving everything first."""
    seat, place = verify_of(met.carl)
    async with at(seat, lambda: place) as pilot:
        await pilot.press("up", "enter")
        await pilot.pause()
        await pilot.press("down", "down", "enter", "enter")
        await pilot.pause()
        assert met.carl.contact().closed == ""
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert met.carl.contact().closed == "ours"


@pytest.mark.parametrize("size", quick([(100, 30), (80, 24), (60, 20)], (60, 20)))
async def test_the_code_is_seen_whole(met: World, size: tuple[int, int]) -> None:
    """At every size the code fits; q leads there and back and says so; what cannot be seen cannot be chosen."""
    seat, place = verify_of(met.carl)
    async with at(seat, lambda: place, size) as pilot:
        await pilot.press("q")
        await pilot.pause()
        code = place.query_one(Code)
        assert code.region.height == len(code.rows)
        assert place.region.contains_region(code.region)
        assert code.region.bottom <= size[1] - 2
        footer = words_on(pilot).splitlines()[-1]
        assert "q as words" in footer
        answers = place.query_one(Choices)
        shown = prose_on(pilot)
        assert ("They are the same" in shown) == ("Not today" in shown) == ("enter choose" in footer) == (size[1] >= 24)
        if size[1] < 24:
            await pilot.press("up", "up", "enter")
            assert pilot.app.screen is place
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.focused is answers
        assert "q as a QR code" in words_on(pilot).splitlines()[-1]
        assert "Both screens must show" in prose_on(pilot)


async def test_a_verified_contact_is_shown_since_when(met: World) -> None:
    """Whoever was compared before is told since when."""
    pairing.confirm(met.carl.vault, met.carl.contact(), pairing.words(met.carl.vault, met.carl.contact()).code)
    seat, place = verify_of(met.carl)
    async with at(seat, lambda: place) as pilot:
        assert "verified since " in words_on(pilot)


async def test_an_ended_correspondence_has_nothing_to_compare(met: World) -> None:
    """A sentence stands where the words were, and esc goes back."""
    pairing.remove(met.carl.vault, met.carl.contact())
    await met.carl.courier.exchange()
    seat, place = verify_of(met.carl)
    async with at(seat, lambda: place) as pilot:
        assert "nothing to compare" in prose_on(pilot)
        await pilot.press("escape")
        assert not isinstance(pilot.app.screen, Verify)
