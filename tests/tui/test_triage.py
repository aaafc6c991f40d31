"""Triage on the screen: who needs one and why, in order, and what one key does for whoever is chosen."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.caseload import DAY, HOUR, NAMES, caseload, id_of, put
from tests.tui.homes import NOW, make_seat, write
from tests.tui.meeting import at, front, news_on, press, words_on
from therapy_tui.core.bodies import Kind, Promise, unpack_body
from therapy_tui.core.people import THERAPIST
from therapy_tui.services import conversation, directory, office, promises, triage
from therapy_tui.services.events import MessagesChanged
from therapy_tui.services.seat import Seat
from therapy_tui.services.triage import Caseload
from therapy_tui.tui.screens.messages import Messages
from therapy_tui.tui.screens.triage import Triage

pytestmark = pytest.mark.usefixtures("utc")


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A therapist of fourteen people."""
    return caseload(tmp_path)


def chosen(pilot: Pilot[int]) -> str:
    """Give the name at the bar."""
    screen = front(pilot)
    assert isinstance(screen, Triage)
    assert screen.people.current is not None
    return screen.people.current.facts.name


def in_one_line(pilot: Pilot[int]) -> str:
    """Give the words on the screen without their lines and bars."""
    return " ".join(words_on(pilot).replace("▌", " ").split())


async def test_it_opens_with_who_needs_one_and_why(seat: Seat) -> None:
    """From the start everybody stands there in order, with a reason, and those with nothing due by name."""
    async with at(seat) as pilot:
        shown = words_on(pilot)
        assert "14 people, 7 need you" in shown
        places = [shown.index(each) for each in ("Sol ", "R. M. ", "N. A. ", "K. ", "Wren ", "Otto ", "nothing due")]
        assert places[:2] == sorted(places[:2])
        assert places[-1] == max(places)
        for why in (
            "item 9 answered “several days”, not yet cleared",
            "2 h over",
            "asked for an answer; the mood has fallen",
            "first letter",
            "wrote twice since your last answer",
            "just to be heard, 340 words",
            "the keys have changed",
            "and there it said “hopeless”",
            "mood 7 to 3",
            "A. L. · Bea · Hugo · J. P. · Maj · T. · Yan",
        ):
            assert why in shown, why


async def test_everybody_can_be_chosen(seat: Seat) -> None:
    """Going down from the first passes everybody once, those of the quiet paragraph too."""
    async with at(seat) as pilot:
        met = [chosen(pilot)]
        for _ in range(len(NAMES) - 1):
            await press(pilot, "down")
            met.append(chosen(pilot))
        assert sorted(met) == sorted(NAMES)
        await press(pilot, "tab")
        assert chosen(pilot) == "Sol"


async def test_enter_opens_the_letters_and_esc_or_f3_leads_back(seat: Seat) -> None:
    """The letters of the chosen person open at the pen; from among them esc is the way back, and F3 from anywhere."""
    async with at(seat) as pilot:
        await press(pilot, "down", "enter")
        screen = front(pilot)
        assert isinstance(screen, Messages)
        assert screen.contact.name == "R. M."
        assert "you promised by today 09:06, 2 h over" in words_on(pilot)
        await press(pilot, "p")
        await press(pilot, "escape", "p")
        assert "2 h over; a new promise takes its place." in in_one_line(pilot)
        await press(pilot, "escape", "f3")
        assert isinstance(front(pilot), Triage)
        await press(pilot, "enter", "escape")
        assert "esc triage" in words_on(pilot)
        assert isinstance(front(pilot), Messages)
        await press(pilot, "escape")
        assert isinstance(front(pilot), Triage)


async def test_why_stands_there_in_full_at_the_bar(tmp_path: Path) -> None:
    """Reasons that one line cuts are written out for whoever is chosen, and cut again when the bar goes on."""
    seat = caseload(tmp_path)
    async with at(seat, size=(80, 24)) as pilot:
        assert "the mood has fallen" not in in_one_line(pilot)
        await press(pilot, "down")
        assert "the mood has fallen" in in_one_line(pilot)
        await press(pilot, "down")
        assert "the mood has fallen" not in in_one_line(pilot)


async def test_the_last_of_the_times_is_chosen_with_end(seat: Seat) -> None:
    """`end` goes to the last choice and `home` to the first, so that enter promises nothing that was not meant."""
    async with at(seat) as pilot:
        await press(pilot, "down", "a", "end", "enter")
        assert "Write a day and a time" in in_one_line(pilot)
        await press(pilot, "escape", "a", "end", "home", "enter")
        assert "R. M. is told: an answer by" in news_on(pilot)


async def test_why_one_stands_above_the_next(seat: Seat) -> None:
    """At the bar it is said what lifts a person over who comes next; beside the list it stands in the pane alone."""
    said = []
    async with at(seat, size=(80, 24)) as pilot:
        for _ in range(8):
            said += [each.strip(" ▌") for each in words_on(pilot).splitlines() if "before " in each]
            await press(pilot, "down")
        assert said == [
            "before R. M.: this answer comes first until it is cleared",
            "before N. A.: the time has passed",
            "before K.: it is a first letter",
            "before Wren: waits longer",
            "before Rue: a letter waits",
            "before Otto: the keys have changed",
            "before A. L.: nothing is due there",
        ]
        await pilot.resize_terminal(140, 40)
        await press(pilot, "home")
        assert words_on(pilot).count("before R. M.: this answer comes first until it is cleared") == 1


async def test_finding_nobody_says_so(seat: Seat) -> None:
    """Where nobody fits a sentence says so, and the way back to everybody is named in the list too."""
    async with at(seat) as pilot:
        await press(pilot, "slash", *"zzz")
        assert "Nobody here has that" in words_on(pilot)
        await press(pilot, "enter")
        assert "esc everybody" in words_on(pilot)
        await press(pilot, "escape")
        assert "Nobody here has that" not in words_on(pilot)
        assert "14 people, 7 need you" in words_on(pilot)


async def test_one_key_promises(seat: Seat) -> None:
    """It asks by when, sends the promise for the letters that wait, and marks them read."""
    async with at(seat) as pilot:
        await press(pilot, *["down"] * 3)
        name = chosen(pilot)
        await press(pilot, "a")
        assert "is told that you have read it" in words_on(pilot)
        await press(pilot, "enter")
        assert f"{name} is told: an answer by" in news_on(pilot)
        vault = seat.open_vault
        (sent,) = [each for each in conversation.newest(vault, id_of(name), 9).letters if each.kind == Kind.PROMISE]
        body = unpack_body(sent.kind, sent.raw)
        assert isinstance(body, Promise)
        assert body.until > NOW
        assert body.ids
        assert conversation.first_unread(vault, id_of(name)) is None


async def test_a_time_can_be_written(seat: Seat) -> None:
    """Another time is read as a person writes it; one that cannot be read is asked for again, with its words kept."""
    async with at(seat) as pilot:
        await press(pilot, "down", "a", "end", *["down"] * 9, "enter")
        await write(pilot, "soonish")
        await press(pilot, "enter")
        assert "Write a day and a time" in in_one_line(pilot)
        assert "soonish" in words_on(pilot)
        await write(pilot, "Fri 12:15")
        await press(pilot, "enter")
        standing = promises.standing(seat.open_vault, directory.get(seat.open_vault, id_of("R. M.")))
        assert office.own(seat.open_vault) == office.NOT_SAID
        assert standing.until > NOW
        assert standing.until % HOUR == 15 * 60


async def test_a_flag_is_cleared_with_a_reason_only(seat: Seat) -> None:
    """Without words it stays; with a reason the person is no longer first."""
    async with at(seat) as pilot:
        assert chosen(pilot) == "Sol"
        await press(pilot, "c", "enter")
        assert news_on(pilot) == triage.NO_REASON
        await press(pilot, "c")
        assert "PHQ-9, item 9 answered “several days”, 17 November 2026" in words_on(pilot)
        await write(pilot, "Spoke on the telephone.")
        await press(pilot, "enter")
        assert Caseload(seat.open_vault).order()[0].facts.name == "R. M."
        assert "item 9" not in words_on(pilot)
        while chosen(pilot) != "Sol":
            await press(pilot, "down")
        await press(pilot, "m")
        page = in_one_line(pilot)
        assert "cleared PHQ-9, item 9 answered “several days”, " in page
        assert "Spoke on the telephone." in page


async def test_somebody_is_put_off_and_taken_back(seat: Seat) -> None:
    """The chosen time stands in the margin, and the same key takes it back."""
    async with at(seat) as pilot:
        while chosen(pilot) != "K.":
            await press(pilot, "down")
        await press(pilot, "z", "enter")
        assert "after " in words_on(pilot)
        assert chosen(pilot) == "K."
        await press(pilot, "z")
        assert "after " not in words_on(pilot)


async def test_finding_narrows_and_a_view_keeps_it(seat: Seat) -> None:
    """Words of a name, a label or a reason narrow the list; what was found can be kept under a name; esc shows all."""
    triage.label(seat.open_vault, directory.get(seat.open_vault, id_of("Bea")), "evening group")
    async with at(seat) as pilot:
        await press(pilot, "/")
        await write(pilot, "evening")
        assert "1 found" in words_on(pilot)
        await press(pilot, "enter")
        assert chosen(pilot) == "Bea"
        await press(pilot, "v", "down", "enter")
        await write(pilot, "Evenings")
        await press(pilot, "enter", "escape")
        assert "14 people" in words_on(pilot)
        await press(pilot, "v", "down", "enter")
        assert "1 found" in words_on(pilot)
        await press(pilot, "escape", "l")
        assert "Label" in words_on(pilot)


async def test_a_letter_that_comes_moves_its_writer(seat: Seat) -> None:
    """News is read for its writer alone, and the bar stays with whom it was."""
    async with at(seat) as pilot:
        await press(pilot, "down")
        with seat.open_vault.transaction():
            put(seat.open_vault, "Yan", NOW, "I can't cope any more.")
        seat.events.publish(MessagesChanged(id_of("Yan")))
        await pilot.pause()
        assert "8 need you" in words_on(pilot)
        assert "wrote “can't cope”" in words_on(pilot)
        assert chosen(pilot) == "R. M."


async def test_beside_the_list_stands_their_letter(seat: Seat) -> None:
    """At 140 columns the letter that waits is read beside the list, and goes when another is chosen."""
    async with at(seat, size=(140, 40)) as pilot:
        await press(pilot, "down")
        assert "started this four times" in words_on(pilot)
        await press(pilot, "down")
        assert "started this four times" not in words_on(pilot)
        assert "before we meet" in words_on(pilot)


async def test_locking_drops_every_word(seat: Seat) -> None:
    """Nothing of the caseload is held after a lock."""
    async with at(seat, size=(140, 40)) as pilot:
        screen = front(pilot)
        assert isinstance(screen, Triage)
        screen.forget()
        await pilot.pause()
        assert not any(name in words_on(pilot) for name in ("Sol", "R. M.", "Wren"))


async def test_nobody_yet_says_how_to_begin(tmp_path: Path) -> None:
    """A therapist without anybody is told what the place is for."""
    seat = make_seat(tmp_path, "Ines Osei", THERAPIST)
    async with at(seat, lambda: Triage(seat)) as pilot:
        assert "To begin, invite somebody: ctrl+o, then n." in words_on(pilot)


async def test_office_hours_are_set_and_told_at_the_end(seat: Seat) -> None:
    """Nothing is told before the last line is chosen; then every client with whom letters go is told."""
    async with at(seat) as pilot:
        await pilot.app.run_action("hours")
        await press(pilot, "enter", "down", "enter")
        assert "2 working days" in words_on(pilot)
        assert office.own(seat.open_vault) == office.NOT_SAID
        await press(pilot, *["down"] * 5, "enter")
        assert office.own(seat.open_vault).within == 2
        told = [
            each
            for name in NAMES
            for each in conversation.newest(seat.open_vault, id_of(name), 9).letters
            if each.kind == Kind.OFFICE_HOURS
        ]
        assert len(told) == len(NAMES)


async def test_a_client_has_no_caseload(tmp_path: Path) -> None:
    """F3 leads a client to the letters, and the caseload is a therapist's."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    async with at(seat) as pilot:
        await press(pilot, "f3")
        assert isinstance(front(pilot), Messages)
        await pilot.app.run_action("triage")
        assert "a therapist's" in news_on(pilot)


async def test_the_client_sees_by_when_and_can_give_more_time(tmp_path: Path) -> None:
    """The promise stands over the letters in the client's own time; p gives it more, or begins a letter that asks."""
    seat = make_seat(tmp_path, contact="Dr. Osei")
    vault = seat.open_vault
    (person,) = directory.people(vault)
    conversation.send(vault, person.contact, "I wrote.")
    from tests.tui.letters import add_letter
    from therapy_tui.core.bodies import pack_body

    add_letter(vault, "", kind=Kind.PROMISE, raw=pack_body(Promise(NOW + DAY, ())))
    async with at(seat) as pilot:
        await pilot.pause()
        assert "answers by tomorrow" in words_on(pilot)
        await press(pilot, "escape", "p", "down", "enter", "down", "enter")
        assert "the answer may take until" in news_on(pilot)
        standing = promises.standing(vault, person.contact)
        assert standing.was_extended
        await press(pilot, "escape", "p", "end", "down", "down", "enter")
        assert "I would like an" in words_on(pilot)


async def test_f3_leads_away_from_any_place_and_on(seat: Seat) -> None:
    """From each place over the caseload, also from notes that wait to be opened, F3 leads back and keys go on."""
    for way in (("n", "escape", "ctrl+p"), ("n",), ("m", "x"), ("t",), ("f5", "ctrl+p")):
        async with at(seat) as pilot:
            for key in (*way, "f3"):
                await press(pilot, key)
                await pilot.pause(0.05)
            assert isinstance(front(pilot), Triage), way
            await press(pilot, "enter")
            assert isinstance(front(pilot), Messages), way
            await press(pilot, "f3")
            assert pilot.app.fault == "", way  # type: ignore[attr-defined]  # the application has it


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40)])
async def test_the_field_stands_over_its_list(seat: Seat, size: tuple[int, int]) -> None:
    """What one looks for stands at the edge at which the names stand, also where somebody is beside the list."""
    async with at(seat, size=size) as pilot:
        await press(pilot, "/")
        await write(pilot, "item 9")
        await press(pilot, "enter")
        rows = words_on(pilot).splitlines()
        field = next(row for row in rows if "find" in row and "item 9" in row)
        first = next(row for row in rows if "Sol  " in row)
        assert field.index("item 9") == first.index("Sol")
