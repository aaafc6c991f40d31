"""The page of a person, and an end in four steps, on the screen."""

from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.caseload import caseload, id_of
from tests.tui.homes import make_seat
from tests.tui.meeting import at, front, news_on, press, prose_on, words_on
from therapy_tui.core.people import CLIENT
from therapy_tui.services import directory, ending, persons
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.ending import End
from therapy_tui.tui.screens.hour_notes import HourNotes
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.person import Person
from therapy_tui.tui.screens.progress import Progress
from therapy_tui.tui.screens.record import RecordPage
from therapy_tui.tui.screens.triage import Triage

pytestmark = pytest.mark.usefixtures("utc")


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A therapist of fourteen people; Sol stands first, with a flag."""
    return caseload(tmp_path)


async def write(pilot: Pilot[int], text: str) -> None:
    """Write a line in place of what stands there."""
    await pilot.press("ctrl+u", *text, "enter")
    await pilot.pause()


async def test_whom_to_call_is_one_key_from_triage(seat: Seat) -> None:
    """M shows the page with whom to call; e writes somebody down in three lines, and takes them out again."""
    async with at(seat) as pilot:
        await press(pilot, "m")
        assert isinstance(front(pilot), Person)
        assert "nobody is written down" in words_on(pilot)
        assert "PHQ-9 12; mood 5 to 5 over four weeks" in words_on(pilot)
        assert "PHQ-9, item 9 answered “several days”, 17 November 2026: not" in words_on(pilot)
        await press(pilot, "e", "enter")
        for line in ("Mia", "sister", "030 123"):
            await write(pilot, line)
        assert "Mia (sister), 030 123" in words_on(pilot)
        await press(pilot, "e", "down", "enter")
        assert "Mia" not in words_on(pilot)
        assert persons.emergency(seat.open_vault, id_of("Sol")) == ()
        await press(pilot, "escape")
        assert isinstance(front(pilot), Triage)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Sol", "enter letters e to call a appointments esc back ↓ further F1 help"),
        ("Maj", "enter letters a appointments r record e to call esc back F1 help"),
        ("N. A.", "enter letters v ten words a appointments r record esc back F1 help"),
    ],
)
async def test_the_footer_at_80_columns_has_what_matters_now(seat: Seat, name: str, shown: str) -> None:
    """Appointments and the record have room; before them whom to call beside a flag, or the words not yet compared."""
    contact = directory.get(seat.open_vault, id_of(name))
    async with at(seat, lambda: Person(seat, contact), size=(80, 24)) as pilot:
        assert " ".join(words_on(pilot).splitlines()[-1].split()) == shown


async def test_whom_to_call_stands_beside_a_flag(seat: Seat) -> None:
    """Beside the list stands whom to call about somebody who is flagged, and about nobody else."""
    vault = seat.open_vault
    for name in ("Sol", "R. M."):
        persons.add_emergency(vault, directory.get(vault, id_of(name)), f"Kin of {name}", "sister", "030 1")
    async with at(seat, size=(140, 40)) as pilot:
        assert "to call Kin of Sol (sister), 030 1" in prose_on(pilot)
        await press(pilot, "down")
        assert "Kin of R. M." not in prose_on(pilot)


async def test_what_was_agreed_is_written_with_its_day(seat: Seat) -> None:
    """C asks for the words and then the day; t shows what stood there before; the label and the place are kept too."""
    async with at(seat) as pilot:
        await press(pilot, "m", "c")
        await write(pilot, "Answers on Tuesdays.")
        await write(pilot, "2026-11-02")
        assert "agreed on 2 November 2026" in words_on(pilot)
        assert "t earlier" not in words_on(pilot)
        await press(pilot, "c")
        await write(pilot, "And on Fridays.")
        await press(pilot, "enter")
        assert "1 earlier version" in words_on(pilot)
        await press(pilot, "t")
        assert "agreed, 2026-11-02: Answers on Tuesdays." in prose_on(pilot)
        await press(pilot, "escape", "w")
        await write(pilot, "Leeds")
        await write(pilot, "no day")
        assert "Write the day like" in news_on(pilot)
        await press(pilot, "l")
        await write(pilot, "evening group")
        assert "evening group" in words_on(pilot)


async def test_a_flag_says_where_it_is_cleared(seat: Seat) -> None:
    """Under what stands first it says where a reason clears it; a page without a flag says nothing of it."""
    for name, said in (("Sol", True), ("R. M.", False)):
        person = directory.get(seat.open_vault, id_of(name))
        async with at(seat, partial(Person, seat, person)) as pilot:
            assert ("a reason clears it, where you see who needs you" in prose_on(pilot)) == said


async def test_measures_are_a_key_away(seat: Seat) -> None:
    """M again shows the measures over time of the same person, and esc leads back to the page."""
    async with at(seat) as pilot:
        await press(pilot, "m", "m")
        place = front(pilot)
        assert isinstance(place, Progress)
        assert place.contact.name == "Sol"
        await press(pilot, "escape")
        assert isinstance(front(pilot), Person)


async def test_their_notes_have_the_drawer(seat: Seat) -> None:
    """N shows a therapist's notes about them, with the way to the drawer of process notes."""
    async with at(seat) as pilot:
        await press(pilot, "m", "n")
        assert isinstance(front(pilot), HourNotes)
        assert "ctrl+p process notes" in words_on(pilot)


async def test_changed_keys_stand_on_the_page(seat: Seat) -> None:
    """A client who changed keys: the page says that sending has stopped and what helps."""
    person = directory.get(seat.open_vault, id_of("Rue"))
    async with at(seat, lambda: Person(seat, person)) as pilot:
        assert "Sending has stopped until you compare the ten words." in prose_on(pilot)


async def test_a_lock_forgets_the_words(seat: Seat) -> None:
    """Once locked, nothing of the page is left on the screen in front or below it."""
    person = directory.get(seat.open_vault, id_of("Sol"))
    place = Person(seat, person)
    async with at(seat, lambda: place) as pilot:
        place.forget()
        await pilot.pause()
        assert "Sol" not in words_on(pilot)
        assert "verified" not in words_on(pilot)


async def test_an_end_is_taken_in_steps(seat: Seat, tmp_path: Path) -> None:
    """The letter opens the letters; later the record, how long, and the end: leaving it is the first answer."""
    vault = seat.open_vault
    person = directory.get(vault, id_of("Sol"))
    async with at(seat) as pilot:
        await press(pilot, "m", "x", "enter")
        assert isinstance(front(pilot), Messages)
        assert ending.standing(vault, person) is not None
        await press(pilot, "f3", "m", "x")
        assert isinstance(front(pilot), End)
        await press(pilot, "down", "enter", "enter", "enter")
        await write(pilot, str(tmp_path / "record"))
        await pilot.app.workers.wait_for_complete()
        assert isinstance(front(pilot), RecordPage)
        await press(pilot, "escape")
        assert "written out on" in words_on(pilot)
        assert (tmp_path / "record" / "record.md").exists()
        await press(pilot, "down", "enter")
        await write(pilot, "2034-01-31")
        await write(pilot, "the law")
        assert "until 31 January 2034: the law" in words_on(pilot)
        await press(pilot, "down", "enter", "enter")
        assert directory.get(vault, person.id).closed == ""
        await press(pilot, "enter")
        assert "Sol is told that it has ended." in prose_on(pilot)
        await press(pilot, "down", "enter")
        assert directory.get(vault, person.id).closed == "ours"
        assert isinstance(front(pilot), Person)
        assert "by you on" in words_on(pilot)
        assert "x end it" not in words_on(pilot)


async def test_a_client_writes_the_letters_out(tmp_path: Path) -> None:
    """At an end a client is asked for the folder at once; there is no record, and what is written are the letters."""
    seat = make_seat(tmp_path, "Kit", CLIENT, contact="Dr. Osei")
    (person,) = directory.people(seat.open_vault)
    async with at(seat, lambda: End(seat, person.contact)) as pilot:
        await press(pilot, "down", "enter")
        await write(pilot, str(tmp_path / "letters"))
        assert "Written into" in news_on(pilot)
        assert (tmp_path / "letters" / "letters.md").exists()


async def test_going_on_after_all_forgets_what_was_begun(seat: Seat) -> None:
    """The last line is there only while an end is begun, and takes it back."""
    person = directory.get(seat.open_vault, id_of("Sol"))
    async with at(seat, lambda: End(seat, person)) as pilot:
        assert "Go on after all" not in words_on(pilot)
        ending.begin(seat.open_vault, person)
        await pilot.pause()
        await press(pilot, *["down"] * 4, "enter")
        assert ending.standing(seat.open_vault, person) is None
        assert "Go on after all" not in words_on(pilot)


async def test_a_clients_page_of_their_therapist(tmp_path: Path) -> None:
    """P among people shows since when and what is agreed; whom to call, where and label are not a client's."""
    seat = make_seat(tmp_path, "Kit", CLIENT, contact="Dr. Osei")
    async with at(seat) as pilot:
        await pilot.app.run_action("people")
        await pilot.pause()
        await press(pilot, "p")
        assert isinstance(front(pilot), Person)
        shown = words_on(pilot)
        assert "since" in shown
        assert "agreed" in shown
        assert all(each not in shown for each in ("to call", "where", "label"))
        await press(pilot, "e")
        assert isinstance(front(pilot), Person)
