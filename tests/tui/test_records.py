"""Appointments, a record and the audit log of a therapist, on the screen."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from tests.tui.caseload import caseload, id_of
from tests.tui.homes import make_seat, write
from tests.tui.meeting import at, front, news_on, press, prose_on, words_on
from therapy_tui.core.audit import What
from therapy_tui.core.people import CLIENT, THERAPIST, Contact
from therapy_tui.services import appointments, audit, directory, note_signing, notes, retention
from therapy_tui.services.seat import Seat
from therapy_tui.services.vault import Vault
from therapy_tui.tui.screens.appointments import Appointments
from therapy_tui.tui.screens.audit import AuditLog
from therapy_tui.tui.screens.person import Person
from therapy_tui.tui.screens.record import RecordPage
from therapy_tui.tui.screens.triage import Triage

pytestmark = pytest.mark.usefixtures("utc")


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """A therapist of fourteen people; Sol stands first."""
    return caseload(tmp_path)


def sol(seat: Seat) -> Contact:
    """Give Sol as they are now."""
    return directory.get(seat.open_vault, id_of("Sol"))


async def answer(pilot: Pilot[int], *lines: str) -> None:
    """Write a line in place of what stands there, and the next, each on its own screen."""
    for each in lines:
        await write(pilot, each)
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


# appointments


async def test_an_appointment_is_added_moved_and_cancelled(seat: Seat) -> None:
    """Three lines add it; enter moves it with what stood there; x asks first; the person's page says which is next."""
    async with at(seat) as pilot:
        await press(pilot, "m", "a")
        assert isinstance(front(pilot), Appointments)
        assert "no appointment with them yet" in prose_on(pilot)
        await press(pilot, "a")
        assert "by the clocks in Etc/UTC" in prose_on(pilot)
        await answer(pilot, "2026-12-03 15:00", "50", "by video")
        assert "Thu 3 Dec 2026, 15:00 to 15:50" in words_on(pilot)
        assert "by video" in words_on(pilot)
        await press(pilot, "enter")
        await answer(pilot, "2026-12-04 15:30")
        await press(pilot, "enter", "enter")
        (kept,) = appointments.of(seat.open_vault, sol(seat))
        assert (kept.minutes, kept.words, kept.moves) == (50, "by video", 1)
        await press(pilot, "escape")
        assert "Fri 4 Dec 2026, 15:30 to 16:20, by video" in words_on(pilot)
        await press(pilot, "a", "x", "enter")
        assert appointments.of(seat.open_vault, sol(seat))[0].cancelled_at == 0
        await press(pilot, "x", "down", "enter")
        assert "cancelled" in words_on(pilot)
        await press(pilot, "enter")
        assert "does not stand any more" in news_on(pilot)


async def test_what_is_no_time_is_asked_for_again(seat: Seat) -> None:
    """The reason stands over the field with what was written; another at that time is refused in words."""
    appointments.add(seat.open_vault, directory.get(seat.open_vault, id_of("K.")), 1_796_310_000, 50, "Etc/UTC")
    async with at(seat, lambda: Appointments(seat, sol(seat))) as pilot:
        await press(pilot, "a")
        await answer(pilot, "next week")
        assert "Write the day and the time like" in prose_on(pilot)
        assert "next week" in words_on(pilot)
        await answer(pilot, "2026-12-03 15:00", "four", "50", "")
        assert "There is another appointment at that time" in prose_on(pilot)
        assert appointments.of(seat.open_vault, sol(seat)) == []


async def test_a_file_for_a_calendar(seat: Seat, tmp_path: Path) -> None:
    """The first answer is theirs without names; the news says where it is and how many."""
    vault = seat.open_vault
    for name, hour in (("Sol", 0), ("K.", 9)):
        appointments.add(vault, directory.get(vault, id_of(name)), 1_796_310_000 + 3_600 * hour, 50, "Etc/UTC", "Leeds")
    async with at(seat, lambda: Appointments(seat, sol(seat))) as pilot:
        await press(pilot, "f", "enter")
        await answer(pilot, str(tmp_path / "a.ics"))
        assert "1 appointment." in news_on(pilot)
        text = (tmp_path / "a.ics").read_text()
        assert text.count("BEGIN:VEVENT") == 1
        assert "Leeds" not in text
        await press(pilot, "f", "end", *["down"] * 3, "enter")
        await answer(pilot, str(tmp_path / "b.ics"))
        assert "Appointment with K." in (tmp_path / "b.ics").read_text()


# the record


async def test_a_record_is_written_out(seat: Seat, tmp_path: Path) -> None:
    """The form is asked, then the folder; where it went stands on the page, and the log has one row more."""
    vault = seat.open_vault
    async with at(seat) as pilot:
        await press(pilot, "m", "r")
        assert isinstance(front(pilot), RecordPage)
        await press(pilot, "enter", "down", "enter")
        await answer(pilot, str(tmp_path / "out"))
        told = f"In {tmp_path / 'out'}: 3 letters, 1 questionnaire"
        assert told.replace(" ", "") in prose_on(pilot).replace(" ", "")  # a long path is parted at any letter
        assert json.loads((tmp_path / "out" / "record.fhir.json").read_text())["resourceType"] == "Bundle"
        assert not (tmp_path / "out" / "record.md").exists()
        noted = [(each.contact, each.detail) for each in audit.every(vault) if each.what == What.EXPORTED]
        assert noted == [(id_of("Sol"), "record, fhir")]
        await press(pilot, "enter", "enter")
        await answer(pilot, str(tmp_path / "out"))
        assert "Give a folder that is not there" in prose_on(pilot)


async def test_what_is_not_as_it_was_signed_is_said(seat: Seat, tmp_path: Path) -> None:
    """Where a signed note was altered the record is written, the news says so, and the page names the note."""
    notebook = seat.notebook
    notebook.open(notebook.fetch_key())
    blank = notes.blank(notebook, id_of("Sol"))
    signed = note_signing.sign(notebook, notes.keep(notebook, blank, replace(blank, text="About sleep.")))
    notebook.database.run("UPDATE notes SET text = 'Altered.'")
    async with at(seat, lambda: RecordPage(seat, sol(seat))) as pilot:
        await press(pilot, "enter", "enter")
        await answer(pilot, str(tmp_path / "out"))
        assert "not all of it is as it was signed" in news_on(pilot)
        assert f"{signed.id.hex()[:12]}: This note is not as it was signed on 2026-11-18." in prose_on(pilot)
    assert "> Altered." in (tmp_path / "out" / "record.md").read_text()


async def test_notes_that_stay_closed_are_said(seat: Seat, tmp_path: Path) -> None:
    """Where the key of the notes is not at hand, the safest is to open them; without them the record says so."""
    seat.notebook._beside.key = b""
    async with at(seat, lambda: RecordPage(seat, sol(seat))) as pilot:
        await press(pilot, "enter", "enter")
        await answer(pilot, str(tmp_path / "out"))
        assert "can be written without session notes" in prose_on(pilot)
        assert not (tmp_path / "out").exists()
        await press(pilot, "down", "enter")
        assert "Session notes are not in it" in prose_on(pilot)
        assert (tmp_path / "out" / "record.md").exists()


async def test_how_long_and_a_hold(seat: Seat) -> None:
    """Years and a reason are asked for again where they cannot be; the person's page says both."""
    vault = seat.open_vault
    async with at(seat) as pilot:
        await press(pilot, "m", "r", "down", "enter")
        await answer(pilot, "seven")
        assert "Give a number of years" in prose_on(pilot)
        await answer(pilot, "7")
        assert "kept for 7 years after the last day, so until" in prose_on(pilot)
        await press(pilot, "down", "enter")
        await answer(pilot, " ")
        assert "Give a reason" in prose_on(pilot)
        await answer(pilot, "a case in court")
        assert retention.standing(vault, sol(seat), None).hold is not None
        await press(pilot, "down", "enter")
        assert "It is held, so it is not erased." in news_on(pilot)
        await press(pilot, "escape")
        assert "held since 18 November 2026: a case in court" in prose_on(pilot)
        await press(pilot, "r", "down", "down", "enter")
        await answer(pilot, "it is over")
        assert retention.standing(vault, sol(seat), None).hold is None


async def test_erasing_asks_for_all_that_the_command_does(seat: Seat, tmp_path: Path) -> None:
    """Before its time: a reason, a folder, what would go; leaving it is first, and then the receipt is there."""
    vault = seat.open_vault
    async with at(seat) as pilot:
        await press(pilot, "m", "r", "down", "down", "down", "enter")
        assert "Its time has not come: no rule is set" in prose_on(pilot)
        await answer(pilot, "", "asked for", str(tmp_path))
        assert "is there already" in prose_on(pilot)
        await answer(pilot, str(tmp_path / "receipt"))
        assert "Of Sol: 2 letters, 1 questionnaire," in prose_on(pilot)
        await press(pilot, "enter")
        assert isinstance(front(pilot), RecordPage)
        assert not (tmp_path / "receipt").exists()
        await press(pilot, "enter")
        await answer(pilot, "asked for", str(tmp_path / "receipt"))
        await press(pilot, "down", "enter")
        await pilot.pause()
        assert isinstance(front(pilot), Triage)
        assert "The receipt is in" in news_on(pilot)
        assert "Sol" not in words_on(pilot)
        receipt = json.loads((tmp_path / "receipt" / "receipt.json").read_text())
        assert receipt["erased"]["letters"] == 2
        assert sol(seat).name == "erased 2026-11-18"
        assert audit.verify(vault).fault is None


async def test_an_erasing_needs_the_notes(seat: Seat) -> None:
    """Where nothing at hand opens the notes, the field that opens them is shown before anything is asked."""
    seat.notebook._beside.key = b""
    async with at(seat, lambda: RecordPage(seat, sol(seat))) as pilot:
        await press(pilot, "down", "down", "down", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "Nothing is erased before they are open" in prose_on(pilot)
        await press(pilot, "escape")
        assert isinstance(front(pilot), RecordPage)


# the audit log


async def test_the_log_is_read_and_checked(seat: Seat) -> None:
    """By name and from the settings; the newest first; v says that all agree, and after a change which row does not."""
    vault = seat.open_vault
    retention.hold(vault, sol(seat), "a case in court")
    for number in range(40):
        retention.set_years(vault, number + 1)
    async with at(seat) as pilot:
        await pilot.app.run_action("room('settings')")
        await pilot.pause()
        await press(pilot, "end", *["down"] * 20, "enter")
        assert isinstance(front(pilot), AuditLog)
        shown = words_on(pilot)
        assert "40 years" in shown
        assert "a case in court" not in shown
        await press(pilot, "v")
        assert "rows, and all agree." in prose_on(pilot)
        await press(pilot, "end")
        assert "Sol, a case in court" in words_on(pilot)
        number = next(each.number for each in audit.every(vault) if each.what == What.HELD)
        with vault.transaction() as database:
            database.run("UPDATE audit SET detail = 'another' WHERE number = ?", (number,))
        await press(pilot, "home", "v")
        assert f"does not agree at row {number}. It was changed after it was written." in prose_on(pilot)
        assert "Sol, another" in words_on(pilot)
        with vault.transaction() as database:
            database.run("DELETE FROM audit WHERE number = ?", (number,))
        await press(pilot, "home", "v")
        assert f"does not agree at row {number}. There is no row of this number" in prose_on(pilot)


def a_long_log(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """Give the vault with a log whose check, row by row, takes a while."""
    monkeypatch.setattr(audit, "AT_ONCE", 1)
    vault = seat.open_vault
    with vault.transaction():
        for number in range(5_000):
            audit.note(vault, What.RETENTION, detail=f"{number} years")
    return vault


async def test_a_check_goes_beside_the_keys_and_esc_stops_it(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a long log is checked it says so and takes keys; esc stops it and stays, and the next esc leads back."""
    vault = a_long_log(seat, monkeypatch)
    async with at(seat) as pilot:
        await pilot.app.run_action("room('audit')")
        await pilot.pause()
        place = front(pilot)
        assert isinstance(place, AuditLog)
        place.action_verify()
        await until(lambda: "rows agree so far." in prose_on(pilot))
        assert ("esc", "stop the check") in place.hints.hints
        pilot.app.post_message(Key("down", None))
        await until(lambda: place.table.chosen is not None and place.table.chosen.number == audit.count(vault) - 1)
        assert place._is_checking
        pilot.app.post_message(Key("escape", None))
        await until(lambda: not place._is_checking)
        await pilot.pause()
        assert front(pilot) is place
        assert news_on(pilot) == "The check was stopped, so it says nothing of the log."
        assert "agree" not in prose_on(pilot)
        place.action_verify()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "rows, and all agree." in prose_on(pilot)
        await press(pilot, "escape")
        assert isinstance(front(pilot), Triage)


async def test_a_lock_ends_a_check(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """F9 in the middle of a check locks at once, and nothing of the log stays on the screen."""
    a_long_log(seat, monkeypatch)
    async with at(seat, lambda: AuditLog(seat)) as pilot:
        place = front(pilot)
        assert isinstance(place, AuditLog)
        place.action_verify()
        await until(lambda: str(place._verdict.render()) != "")
        assert place._is_checking
        await press(pilot, "f9")
        await pilot.app.workers.wait_for_complete()
        assert not seat.is_open
        assert not place._is_checking
        assert str(place._verdict.render()) == ""


async def until(holds: Callable[[], bool]) -> None:
    """Let everything else go on, turn by turn of the loop, until something holds."""
    for _ in range(1_000):
        if holds():
            return
        await asyncio.sleep(0)
    raise AssertionError


async def test_the_log_reads_what_is_in_view(seat: Seat) -> None:
    """Of a thousand rows only as many are read as there are lines."""
    vault = seat.open_vault
    with vault.transaction():
        for number in range(1_000):
            audit.note(vault, What.RETENTION, detail=f"{number} years")
    async with at(seat, lambda: AuditLog(seat)) as pilot:
        place = front(pilot)
        assert isinstance(place, AuditLog)
        assert 10 < len(place.table._rows) < 30
        assert place.heading.fact.startswith("1,00")
        await press(pilot, "end")
        assert len(place.table._rows) < 30
        place.forget()
        await pilot.pause()
        assert "begun" not in words_on(pilot)


async def test_a_client_has_none_of_it(tmp_path: Path) -> None:
    """The keys of a therapist do nothing on a client's page, and the list by name has no audit log."""
    seat = make_seat(tmp_path, "Kit", CLIENT, contact="Dr. Osei")
    (person,) = directory.people(seat.open_vault)
    assert person.contact.role == THERAPIST
    async with at(seat, lambda: Person(seat, person.contact)) as pilot:
        await press(pilot, "a", "r")
        assert isinstance(front(pilot), Person)
        assert "record" not in words_on(pilot)
        await press(pilot, "f10", *"audit")
        assert "Audit log" not in words_on(pilot)
        assert "The audit log" not in words_on(pilot)
