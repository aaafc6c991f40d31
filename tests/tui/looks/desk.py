"""A therapist's desk, for the screens that are held fast."""

from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from tests.tui.caseload import caseload, id_of, put_body
from tests.tui.homes import NOW, make_seat
from tests.tui.looks.scenes import Way, keys
from therapy_tui.core.audit import What
from therapy_tui.core.bodies import Kind
from therapy_tui.core.office import OfficeHours
from therapy_tui.core.people import THERAPIST
from therapy_tui.core.persons import CONSENT, PLACE
from therapy_tui.core.shared import SharedPage
from therapy_tui.services import answering as choices
from therapy_tui.services import appointments, audit, directory, ending, office, persons, retention, snippets
from therapy_tui.services.seat import Seat
from therapy_tui.tui.screens.triage import Triage

DAY = 86_400
TO_THE_PEN = ("home", "down", "enter", "escape", "tab")
"""From the caseload to the pen under the letters of R. M."""


def hours(folder: Path) -> Seat:
    """Seat a therapist who has set hours and goes away."""
    seat = caseload(folder)
    away = (NOW + 30 * DAY, NOW + 44 * DAY, "Dr. Bell answers while I am away.")
    office.keep(seat.open_vault, OfficeHours(2, 31, 540, 1020, "Etc/UTC", *away))
    return seat


def known(folder: Path) -> Seat:
    """Seat a therapist who has written down all that there is about one person, and began an end."""
    seat = caseload(folder)
    vault = seat.open_vault
    person = directory.get(vault, id_of("Sol"))
    persons.add_emergency(vault, person, "Mia Okafor", "sister", "030 901 82 11")
    persons.add_emergency(vault, person, "Dr. Lind", "family doctor", "030 901 82 40")
    persons.note(vault, person, PLACE, "Berlin-Wedding; Europe/Berlin.", "2026-11-02")
    persons.note(vault, person, CONSENT, "Answers on Tuesdays.", "2026-09-02")
    persons.note(vault, person, CONSENT, "Answers on Tuesdays and Fridays, never at night.", "2026-11-02")
    ending.begin(vault, person)
    ending.keep_until(vault, person, "2036-11-30", "ten years, by the rule of the chamber")
    return seat


def recorded(folder: Path) -> Seat:
    """Seat a therapist who has appointments with one person, a rule, a hold, and a log of sixty rows."""
    seat = known(folder)
    vault = seat.open_vault
    person = directory.get(vault, id_of("Sol"))
    for days, words in ((-9, "by video"), (-2, ""), (5, "by video"), (12, "in the practice, room 2"), (19, "")):
        appointments.add(vault, person, NOW // 3_600 * 3_600 + days * DAY, 50, "Etc/UTC", words)
    appointments.add(vault, person, NOW // 3_600 * 3_600 + 26 * DAY, 50, "America/New_York", "by video")
    appointments.cancel(vault, appointments.of(vault, person)[4])
    retention.hold(vault, person, "a case in court, until it is decided")
    with vault.transaction():
        for _ in range(15):
            audit.note(vault, What.OPENED, detail="in the application")
            audit.note(vault, What.SIGNED, person.id, "note 4e1f")
            audit.note(vault, What.CLEARED, id_of("R. M."), "phq9: spoke by telephone; safe until Friday, plan read")
            audit.note(vault, What.EXPORTED, person.id, "record, fhir, markdown, text")
    return seat


def changed(folder: Path) -> Seat:
    """Seat them with a row of the log that somebody changed."""
    seat = recorded(folder)
    with seat.open_vault.transaction() as database:
        database.run("UPDATE audit SET detail = 'another' WHERE number = 30")
    return seat


async def show_hours(pilot: Pilot[int]) -> None:
    """Go to the office hours."""
    await pilot.app.run_action("hours")
    await pilot.pause()


async def show_log(pilot: Pilot[int]) -> None:
    """Go to the audit log, and check it."""
    await pilot.app.run_action("room('audit')")
    await pilot.pause()
    await pilot.press("v")
    await pilot.pause()


async def show_nobody(pilot: Pilot[int]) -> None:
    """Go to a caseload in which nobody is."""
    await pilot.app.push_screen(Triage(pilot.app.seat))  # type: ignore[attr-defined]  # the application has seats
    await pilot.pause()


def answering(folder: Path) -> Seat:
    """Seat a therapist with two snippets and both choices, of whom a question is open."""
    seat = caseload(folder)
    vault = seat.open_vault
    snippets.keep(vault, "Moving an hour", "Dear [name], could we move [day] to [time]? I will be there either way.")
    snippets.keep(vault, "Away", "I am away from [day] until [day], and read again after that.")
    for choice in (choices.BRACKETS, choices.QUESTIONS):
        choices.choose(vault, choice, wanted=True)
    with vault.transaction():
        put_body(vault, "R. M.", Kind.PAGE, NOW - 600, SharedPage("2026-11-17", 0, "", "The mat\n\nNine of them."))
    return seat


DESK: dict[str, tuple[Callable[[Path], Seat], Way]] = {
    "triage": (caseload, keys()),
    "triage, nobody": (lambda folder: make_seat(folder, "Ines Osei", THERAPIST), show_nobody),
    "triage, the last": (caseload, keys("end")),
    "triage, finding": (caseload, keys("/", *"ans")),
    "triage, by when": (caseload, keys("down", "a")),
    "triage, clearing": (caseload, keys("c")),
    "triage, the letters": (hours, keys("down", "enter", "escape")),
    "office hours": (hours, show_hours),
    "a person": (caseload, keys("m")),
    "a person, all of it": (known, keys("m")),
    "appointments": (recorded, keys("m", "a", "down")),
    "appointments, none": (caseload, keys("m", "a")),
    "a record": (recorded, keys("m", "r")),
    "a record, its form": (recorded, keys("m", "r", "enter")),
    "a record, before its time": (known, keys("m", "r", "end", *["down"] * 3, "enter")),
    "the audit log": (recorded, show_log),
    "the audit log, changed": (changed, show_log),
    "an end": (known, keys("m", "x", "down")),
    "an end, the last step": (known, keys("m", "x", *["down"] * 3, "enter")),
    "answering, beside": (answering, keys(*TO_THE_PEN, "ctrl+e", "ctrl+r", "tab", *["pagedown"] * 3)),
    "answering, snippets": (answering, keys(*TO_THE_PEN, "ctrl+v", "down")),
    "answering, no snippets": (caseload, keys(*TO_THE_PEN, "ctrl+v")),
    "answering, a snippet": (answering, keys(*TO_THE_PEN, "ctrl+v", "down", "ctrl+e")),
    "answering, a blank": (answering, keys(*TO_THE_PEN, "ctrl+v", *"hour", "enter", "ctrl+d")),
    "answering, before it goes": (answering, keys(*TO_THE_PEN, *"Yes.", "ctrl+d")),
}
