"""Measures over time on the screen: the chart, its rule by name, item 9 in words; the table; the caseload; asking."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.quick import quick
from tests.tui.homes import NOW, make_seat
from tests.tui.looks.measuring import DAY, answers_to, measure_some, over_weeks, put, put_answers
from tests.tui.meeting import at, news_on, words_on
from therapy_tui.core.asked import MeasureAsked
from therapy_tui.core.bodies import pack_body
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import asked, directory, measures
from therapy_tui.services.seat import Seat
from therapy_tui.store import contacts
from therapy_tui.tui.screens.caseload import Caseload
from therapy_tui.tui.screens.measure import Asking
from therapy_tui.tui.screens.menu import Menu
from therapy_tui.tui.screens.people import People
from therapy_tui.tui.screens.progress import Progress
from therapy_tui.tui.widgets.finder import Finder

SIZES = quick([(60, 20), (80, 24), (100, 30), (140, 40)], (80, 24))


@pytest.fixture
def desk(tmp_path: Path) -> Seat:
    """A therapist who writes with Rosa M."""
    return make_seat(tmp_path, name="Dr. Osei", role=THERAPIST, contact="Rosa M.")


@pytest.fixture
def client(tmp_path: Path) -> Seat:
    """A client who writes with Dr. Osei."""
    return make_seat(tmp_path, contact="Dr. Osei")


async def open_progress(pilot: Pilot[int], name: str = "Rosa M.") -> Progress:
    """Go there from the people."""
    await pilot.press("ctrl+o")
    await pilot.pause()
    people = pilot.app.screen
    assert isinstance(people, People)
    titles = [each.title for each in people.list.choices]
    await pilot.press(*["down"] * titles.index(name), "m")
    await pilot.pause()
    await pilot.pause()
    assert isinstance(pilot.app.screen, Progress)
    return pilot.app.screen


def as_text(pilot: Pilot[int]) -> str:
    """Give what stands there as one line, without the ends of its rows."""
    return " ".join(words_on(pilot).split())


@pytest.mark.parametrize("size", SIZES)
async def test_the_chart(desk: Seat, size: tuple[int, int]) -> None:
    """It opens at what was answered last: numbers between named bands, item 9 in words, the change and its rule."""
    async with at(measure_some(desk), size=size) as pilot:
        await open_progress(pilot)
        shown = words_on(pilot)
        for each in ("PHQ-9", "17", "severe, 20", "moderately severe, 15", "moderate, 10", "mild, 5", "minimal"):
            assert each in shown
        assert "Item 9: not at all." in shown
        said = as_text(pilot)
        assert "17 on 18 November: moderately severe. It is 6 higher than on 4 November, which counts as a" in said
        assert "The rule: 6 points or more (reliable change, NHS Talking Therapies)." in said


async def test_other_measures(desk: Seat) -> None:
    """Left and right go round through what there is; the PCL-5 has its number and no band and no verdict."""
    async with at(measure_some(desk), size=(100, 30)) as pilot:
        await open_progress(pilot)
        await pilot.press("left")
        await pilot.pause()
        said = as_text(pilot)
        assert "38 on 16 November, on a scale of 0 to 80." in said
        assert "moderate" not in said
        assert "The rule" not in said
        await pilot.press("right", "right")
        await pilot.pause()
        assert "GAD-7, 1 of 3" in words_on(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_the_table(desk: Seat, size: tuple[int, int]) -> None:
    """`t` gives the same as a table, a row each, with what has no total; and leads back."""
    async with at(measure_some(desk), size=size) as pilot:
        await open_progress(pilot)
        await pilot.press("t")
        await pilot.pause()
        shown = words_on(pilot)
        assert "18 Nov 2026    17  moderately severe +6 rose   +3" in shown
        assert "15 Nov 2026 no total, nothing was answered at 9" in shown
        assert "t as a chart" in shown
        await pilot.press("t")
        await pilot.pause()
        assert "moderate, 10" in words_on(pilot)


async def test_item_nine_is_told_as_it_was_answered(desk: Seat) -> None:
    """Item 9 stands in words, also where another answer is missing; the table says it beside its day."""
    (person,) = directory.people(desk.open_vault)
    with desk.open_vault.transaction() as database:
        put_answers(database, person.contact.id, "phq9", NOW - 9 * DAY, b"\0" * 9)
        put_answers(database, person.contact.id, "phq9", NOW - DAY, b"\xff" + b"\0" * 7 + b"\2")
    async with at(desk, size=(80, 24)) as pilot:
        await open_progress(pilot)
        assert "Item 9: more than half the days." in words_on(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert words_on(pilot).count("Item 9: more than half the days.") == 2


async def test_nothing_shared(desk: Seat) -> None:
    """Without answers it says what will stand here, and a key asks for a measure."""
    async with at(desk, size=(80, 24)) as pilot:
        await open_progress(pilot)
        assert "Nothing was shared yet." in words_on(pilot)
        assert "m ask for a measure" in words_on(pilot)


async def test_asked_from_there(desk: Seat) -> None:
    """`m` asks which and how often; it stands below the chart; the second time it can be ended."""
    async with at(desk, size=(80, 24)) as pilot:
        await open_progress(pilot)
        names = [each.id for each in measures.every_measure()]
        await pilot.press("m", *["down"] * names.index("phq9"), "enter", "down", "down", "enter")
        await pilot.pause()
        standing = asked.asked_by_us(desk.open_vault)
        assert [(each.name, each.weeks) for each in standing] == [("phq9", 2)]
        assert news_on(pilot).startswith("PHQ-9, every 2 weeks, is asked for.")
        assert "PHQ-9, every 2 weeks, since" in words_on(pilot)
        await pilot.press("m", *["down"] * names.index("phq9"), "enter")
        await pilot.pause()
        await pilot.press("end", *["down"] * 4, "enter")
        await pilot.pause()
        assert asked.asked_by_us(desk.open_vault) == []
        assert news_on(pilot) == "PHQ-9 is no longer asked for."


@pytest.mark.parametrize("size", SIZES)
async def test_the_caseload(desk: Seat, size: tuple[int, int]) -> None:
    """Everybody by name with where both measures began and are now, in words; and how many of how many."""
    async with at(measure_some(desk), size=size) as pilot:
        await pilot.app.run_action("app.room('caseload')")
        await pilot.pause()
        shown = words_on(pilot)
        assert "16 to 8, fell" in shown
        assert "12 to 20, rose  8 to 9" in shown
        said = as_text(pilot).lower()
        assert "counted, with phq-9 and gad-7 at least twice: 3. not counted, with less than that: 2." in said
        for each in ("reliable improvement 2 of 3", "caseness at the start 3 of 3", "reliable recovery 1 of 3"):
            assert each in said
        assert "nct05134103" in said
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Progress)
        assert pilot.app.screen.contact.name == "Ben K."


async def test_a_long_caseload_is_walked(desk: Seat) -> None:
    """Of three hundred people those in view are drawn; keys lead through, and the bar keeps its person."""
    with desk.open_vault.transaction() as database:
        for number in range(300):
            contacts.add(database, number.to_bytes(16), f"Person {number:03}", 1, NOW)
    async with at(desk, size=(80, 24)) as pilot:
        await pilot.app.run_action("app.room('caseload')")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, Caseload)
        for key, name in (
            ("end", "Rosa M."),
            ("up", "Person 299"),
            ("home", "Person 000"),
            ("up", "Person 000"),
            ("down", "Person 001"),
        ):
            await pilot.press(key)
            assert screen.table.chosen is not None
            assert screen.table.chosen.contact.name == name
            await pilot.pause()
            assert name in words_on(pilot)
        await pilot.press("pagedown")
        page = screen.table.chosen
        with desk.open_vault.transaction() as database:
            contacts.add(database, b"first" + bytes(11), "Aaron", 1, NOW)
        screen.read_them()
        assert screen.table.chosen is not None
        assert page is not None
        assert screen.table.chosen.contact.id == page.contact.id


async def test_locked_nothing_stays(desk: Seat) -> None:
    """F9 takes every number and name from both screens."""
    async with at(measure_some(desk), size=(100, 30)) as pilot:
        screen = await open_progress(pilot)
        await pilot.press("f9")
        await pilot.pause()
        assert screen.courses == ()
        assert "moderate" not in words_on(pilot)


@pytest.mark.parametrize(("role", "offered"), [("desk", True), ("client", False)])
async def test_by_name_for_a_therapist(request: pytest.FixtureRequest, role: str, *, offered: bool) -> None:
    """The caseload is in the list by name for a therapist, and `m` among people; a client has neither."""
    seat: Seat = request.getfixturevalue(role)
    async with at(seat, size=(100, 30)) as pilot:
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert ("m measures" in words_on(pilot)) == offered
        await pilot.press("m", "f10")
        await pilot.pause()
        menu = pilot.app.screen
        assert isinstance(menu, Menu)
        titles = [each.title for each in menu.query_one(Finder).list.choices]
        assert ("The caseload in numbers" in titles) == offered


async def test_what_is_asked_stands_on_today(client: Seat) -> None:
    """Today has it with who asks; enter leads to its first question."""
    (person,) = directory.people(client.open_vault)
    with client.open_vault.transaction() as database:
        put(database, person.contact.id, pack_body(MeasureAsked("phq9", 2, 0)), NOW - DAY, 23)
    async with at(client, size=(100, 30)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert "PHQ-9, asked by Dr. Osei" in words_on(pilot)
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Asking)
        assert pilot.app.screen.measure.id == "phq9"
        await pilot.press("escape")
        await pilot.app.run_action("app.room('measures')")
        await pilot.pause()
        assert "9 questions about the last 2 weeks; asked by Dr. Osei" in words_on(pilot)


async def test_two_of_one_name_and_a_name_that_gives_orders(desk: Seat) -> None:
    """Two people of one name stand in two rows, each with their own numbers; a name is shown without its orders."""
    with desk.open_vault.transaction() as database:
        for number, name in enumerate(("Rosa M.", "Eve\x1b[2J")):
            contacts.add(database, bytes([number]) * 16, name, 1, NOW)
            over_weeks(database, bytes([number]) * 16, "gad7", (3 + number, 9))
    async with at(desk, size=(80, 24)) as pilot:
        await pilot.app.run_action("app.room('caseload')")
        await pilot.pause()
        rows = [line for line in words_on(pilot).split("\n") if "Rosa M." in line]
        assert len(rows) == 2
        assert sum("3 to 9" in row for row in rows) == 1
        assert "\x1b" not in words_on(pilot)
        assert answers_to("gad7", 4)[0] == 3
