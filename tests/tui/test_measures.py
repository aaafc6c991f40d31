"""Questionnaires on the screen: one question at a time by the instrument's own numbers, and support at once."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.made import begin_answering
from tests.quick import later, quick
from tests.tui.homes import NOW, make_seat
from tests.tui.looks.measuring import put
from tests.tui.meeting import at, front, news_on, words_on
from therapy_tui.config import Settings
from therapy_tui.core.asked import MeasureAsked
from therapy_tui.core.bodies import pack_body
from therapy_tui.services import directory, measures
from therapy_tui.services.seat import Seat
from therapy_tui.store import measures as responses
from therapy_tui.store.measures import Answers
from therapy_tui.tui.screens.measure import Asking
from therapy_tui.tui.screens.measures import Measures, Outcome
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.safety import Safety
from therapy_tui.tui.screens.support import NO_COUNTRY, THANKS, Support


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A client in Britain with a contact."""
    return make_seat(tmp_path, contact="Dr. Osei", settings=Settings(country="GB"))


async def begin(pilot: Pilot[int], name: str) -> Asking:
    """Go to the first question of a measure."""
    await pilot.app.run_action("app.room('measures')")
    await pilot.pause()
    place = [each.id for each in measures.every_measure()].index(name)
    await pilot.press(*["down"] * place, "enter")
    await pilot.pause()
    assert isinstance(pilot.app.screen, Asking)
    return pilot.app.screen


@pytest.mark.parametrize(
    ("name", "keys", "total"),
    [
        ("phq9", "012301230", 12),
        later("phq2", "31", 4),
        later("gad7", "0123012", 9),
        ("k10", "1234512345", 30),
        later("k6", "012340", 10),
    ],
)
async def test_numbers_are_the_instruments_own(seat: Seat, name: str, keys: str, total: int) -> None:
    """Each question takes the form's own number, and the end says the total that one gets by adding them up."""
    async with at(seat) as pilot:
        await begin(pilot, name)
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(pilot.app.screen, Outcome)
        assert f"{total}, on a scale of" in words_on(pilot)
    (taken,) = measures.taken(seat.open_vault)
    assert taken.result.answers == tuple(map(int, keys))


async def test_no_answer_so_far_is_parted(seat: Seat) -> None:
    """The last answers stand whole on one line, as many as it has room for."""
    async with at(seat, size=(80, 24)) as pilot:
        await begin(pilot, "phq9")
        await pilot.press(*"0123")
        await pilot.pause()
        (row,) = [each for each in words_on(pilot).split("\n") if "so far" in each]
        assert row.split("so far")[1].strip() == "3 More than half the days   4 Nearly every day"


async def test_pcl5_to_the_end(seat: Seat) -> None:
    """The longest one, once it is asked for, is answered to the end and gives a number without a band."""
    (person,) = directory.people(seat.open_vault)
    with seat.open_vault.transaction() as database:
        put(database, person.contact.id, pack_body(MeasureAsked("pcl5", 0, 0)), NOW, 23)
    async with at(seat) as pilot:
        await begin(pilot, "pcl5")
        await pilot.press(*"01234" * 4)
        await pilot.pause()
        assert "40, on a scale of 0 to 80." in words_on(pilot)


async def test_pcl5_is_not_begun_alone(seat: Seat) -> None:
    """While no therapist asks for it, the list says so and begins nothing."""
    async with at(seat, size=(80, 24)) as pilot:
        await pilot.app.run_action("app.room('measures')")
        await pilot.pause()
        place = [each.id for each in measures.every_measure()].index("pcl5")
        await pilot.press(*["down"] * place, "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Measures)
        assert news_on(pilot) == "PCL-5 is answered once your therapist asks for it. You can write to them."


async def test_a_number_that_the_form_does_not_have(seat: Seat) -> None:
    """A key that is no answer of this form does nothing."""
    async with at(seat) as pilot:
        screen = await begin(pilot, "phq9")
        await pilot.press("4", "9")
        assert set(screen.answers) == {None}
        assert "1 of 9" in words_on(pilot)


async def test_nothing_is_answered_for_a_person(seat: Seat) -> None:
    """No answer is chosen beforehand, so Enter answers nothing until one was chosen."""
    async with at(seat) as pilot:
        asking = await begin(pilot, "k10")
        await pilot.press("enter", "enter")
        assert set(asking.answers) == {None}
        assert "enter next" not in words_on(pilot)
        await pilot.press("down")
        assert "enter next" in words_on(pilot)
        await pilot.press("enter")
        assert asking.answers[0] is not None


async def test_back_and_forth(seat: Seat) -> None:
    """Backspace goes back to what was answered, enter keeps it, and another number replaces it."""
    async with at(seat) as pilot:
        screen = await begin(pilot, "gad7")
        await pilot.press("1", "2", "backspace", "backspace", "enter", "3")
        assert screen.answers[:3] == (1, 3, None)


async def test_stopped_and_gone_on_with(seat: Seat) -> None:
    """Esc keeps what was answered; the list says so, and the next time begins at the first open question."""
    async with at(seat) as pilot:
        await begin(pilot, "gad7")
        await pilot.press("1", "2", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Measures)
        assert "begun: 2 of 7 answered" in words_on(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "3 of 7" in words_on(pilot)
        assert measures.taken(seat.open_vault) == []


async def test_left_open(seat: Seat) -> None:
    """A question that is left open means that there is no total, and the end says which."""
    async with at(seat) as pilot:
        await begin(pilot, "phq2")
        await pilot.press("1", "tab")
        await pilot.pause()
        assert "No total: nothing was answered at 2." in words_on(pilot)


@pytest.mark.parametrize("answer", quick(["1", "2", "3"], "1"))
async def test_item_nine_opens_support_before_anything_is_kept(seat: Seat, answer: str) -> None:
    """At anything but "Not at all" the numbers stand there at once, and the vault does not hold the answer yet."""
    async with at(seat) as pilot:
        await begin(pilot, "phq9")
        await pilot.press(*"00000000", answer)
        await pilot.pause()
        assert isinstance(pilot.app.screen, Support)
        shown = words_on(pilot)
        assert THANKS in shown
        assert "999" in shown
        assert "116 123" in shown
        assert responses.begun(seat.open_vault.database, "phq9")[8] is None
        assert measures.taken(seat.open_vault) == []
        await pilot.press("down", "down", "enter")
        await pilot.pause()
    (taken,) = measures.taken(seat.open_vault)
    assert (taken.result.answers[8], taken.result.support) == (int(answer), True)


async def test_support_has_numbers_without_a_country_too(tmp_path: Path) -> None:
    """Without a country the numbers that most use stand there with their day; F8 chooses one, and its come instead."""
    seat = make_seat(tmp_path)
    async with at(seat) as pilot:
        await begin(pilot, "phq9")
        await pilot.press(*"00000000", "1")
        await pilot.pause()
        shown = words_on(pilot)
        assert all(each in shown for each in ("112", "911", "999", "000", "111", NO_COUNTRY, "Compiled "))
        await pilot.press("f8", *"irel", "enter", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Support)
        shown = words_on(pilot)
        assert "116 123" in shown
        assert "Ireland, compiled" in shown
        assert NO_COUNTRY not in shown
        assert responses.begun(seat.open_vault.database, "phq9")[8] is None


async def test_item_nine_can_be_answered_otherwise(seat: Seat) -> None:
    """Backspace leads back to item 9 with nothing kept; each answer but "Not at all" opens the numbers again."""
    async with at(seat) as pilot:
        asking = await begin(pilot, "phq9")
        await pilot.press(*"00000000")
        for answer in "12":
            await pilot.press(answer)
            await pilot.pause()
            assert isinstance(pilot.app.screen, Support)
            assert "backspace one back" in words_on(pilot)
            await pilot.press("backspace")
            await pilot.pause()
            assert front(pilot) is asking
            assert "9 of 9" in words_on(pilot)
            assert responses.begun(seat.open_vault.database, "phq9")[8] is None
        await pilot.press("0")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Outcome)
    (taken,) = measures.taken(seat.open_vault)
    assert not taken.result.support


@pytest.mark.parametrize(
    ("left", "keys"),
    [
        later((None, 0, 0, 0, 0, 0, 0, 0, 1), "0\t\t\t\t\t\t\t\t"),
        ((0, 0, None, 0, 0, 0, 0, 0, 3), "\t" * 7),
        later((0, 0, 0, 0, 0, 0, 0, 0, 2), "\t" * 9),
    ],
)
async def test_item_nine_of_another_sitting_opens_support_before_the_end(seat: Seat, left: Answers, keys: str) -> None:
    """An answer to item 9 from another sitting opens the page again before the whole is kept, and it can change."""
    begin_answering(seat.open_vault, "phq9", left)
    async with at(seat) as pilot:
        asking = await begin(pilot, "phq9")
        await pilot.press(*("tab" if each == "\t" else each for each in keys))
        await pilot.pause()
        assert isinstance(pilot.app.screen, Support)
        assert measures.taken(seat.open_vault) == []
        await pilot.press("backspace")
        await pilot.pause()
        assert front(pilot) is asking
        assert "9 of 9" in words_on(pilot)
        assert measures.taken(seat.open_vault) == []
        await pilot.press("tab")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Support)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Outcome)
    (taken,) = measures.taken(seat.open_vault)
    assert taken.result.answers[8] == left[8]


@pytest.mark.parametrize(("answer", "ways_on"), [("0", ()), ("1", ("down", "down", "enter"))])
async def test_item_nine_answered_anew_opens_support_once_at_the_most(
    seat: Seat, answer: str, ways_on: tuple[str, ...]
) -> None:
    """Answered anew, item 9 of another sitting opens the page as that answer asks for it, and not twice."""
    begin_answering(seat.open_vault, "phq9", (*(0,) * 7, None, 2))
    async with at(seat) as pilot:
        await begin(pilot, "phq9")
        await pilot.press("0", answer)
        await pilot.pause()
        assert isinstance(pilot.app.screen, Support) == bool(ways_on)
        await pilot.press(*ways_on)
        await pilot.pause()
        assert isinstance(pilot.app.screen, Outcome)
    (taken,) = measures.taken(seat.open_vault)
    assert taken.result.answers[8] == int(answer)


async def test_item_nine_at_not_at_all(seat: Seat) -> None:
    """At "Not at all" nothing opens."""
    async with at(seat) as pilot:
        await begin(pilot, "phq9")
        await pilot.press(*"000000000")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Outcome)


@pytest.mark.parametrize(
    ("keys", "place"), [(("enter",), Safety), (("down", "enter"), Messages), (("escape",), Measures)]
)
async def test_the_ways_on(seat: Seat, keys: tuple[str, ...], place: type) -> None:
    """From there one key leads to all numbers, to two lines for the other person, or away; the answer is never lost."""
    async with at(seat) as pilot:
        await begin(pilot, "phq9")
        await pilot.press(*"00000000", "1")
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, place)
        if place is Safety:
            await pilot.press("escape", "escape")
            await pilot.pause()
        kept = [*(each.result.answers for each in measures.taken(seat.open_vault))]
        kept.append(responses.begun(seat.open_vault.database, "phq9"))
        assert (0, 0, 0, 0, 0, 0, 0, 0, 1) in kept


@pytest.mark.parametrize("size", quick([(60, 20), (80, 24), (100, 30), (140, 40)], (60, 20)))
async def test_support_is_all_on_one_screen(seat: Seat, size: tuple[int, int]) -> None:
    """The thanks, the numbers and every way on stand on the screen at once, in the smallest window too."""
    async with at(seat, size=size) as pilot:
        await begin(pilot, "phq9")
        await pilot.press(*"00000000", "2")
        await pilot.pause()
        shown = words_on(pilot)
        for words in (THANKS, "999", "116 123", "Open the page", "Write two lines to Dr. Osei", "Go on"):
            assert words in shown


async def test_a_lock_forgets(seat: Seat) -> None:
    """F9 among the questions keeps the answers and leaves no word of them on the screen."""
    async with at(seat) as pilot:
        screen = await begin(pilot, "phq9")
        await pilot.press("3", "f9")
        await pilot.pause()
        assert set(screen.answers) == {None}
        assert "bothered" not in words_on(pilot)
