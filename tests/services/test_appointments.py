"""Appointments: one moment across every change of clocks, and a calendar that any other program reads."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec import structs

from tests.services.people import World
from tests.utc import in_zone
from therapy_tui import errors
from therapy_tui.core.appointments import Appointment
from therapy_tui.core.audit import What
from therapy_tui.services import appointments, audit, record_words, retention, zones
from therapy_tui.services.appointments import calendar
from therapy_tui.services.vault import Vault
from therapy_tui.store import erasure as rows

BERLIN, NEW_YORK, LORD_HOWE = "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"


@pytest.fixture
def vault(met: World) -> Vault:
    """Ann's vault."""
    return met.ann.vault


@pytest.fixture
def in_london() -> Iterator[None]:
    """Let the machine be in another time zone than the appointments."""
    with in_zone("Europe/London"):
        yield


def read(text: str | bytes) -> Any:
    """Read a calendar as another program would."""
    return Calendar.from_ical(text)


def utc(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"


def add(world: World, day: str, clock: str = "15:00", zone: str = BERLIN, minutes: int = 50) -> Appointment:
    """Keep an appointment of Ann's with Carl."""
    return appointments.add(world.ann.vault, world.ann.contact(), zones.moment(day, clock, zone)[0], minutes, zone)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "wanted"),
    [
        ("2026-12-03", "15:00", BERLIN, "2026-12-03 14:00"),
        ("2026-10-24", "15:00", BERLIN, "2026-10-24 13:00"),
        ("2026-10-25", "15:00", BERLIN, "2026-10-25 14:00"),
        ("2027-03-27", "15:00", BERLIN, "2027-03-27 14:00"),
        ("2027-03-28", "15:00", BERLIN, "2027-03-28 13:00"),
        ("2026-11-01", "09:30", NEW_YORK, "2026-11-01 14:30"),
        ("2026-10-04", "09:00", LORD_HOWE, "2026-10-03 22:00"),
    ],
)
def test_the_same_time_by_the_clock(day: str, clock: str, zone: str, wanted: str) -> None:
    """Three in the afternoon is three in the afternoon, before and after clocks are changed."""
    seconds, is_twice = zones.moment(day, clock, zone)
    assert (utc(seconds), is_twice) == (wanted, False)
    assert f"{zones.local(seconds, zone):%Y-%m-%d %H:%M}" == f"{day} {clock}"


def test_an_hour_in_which_clocks_change(met: World) -> None:
    """An hour that ends by other clocks than it began is told by how long it takes; every other one by its end."""
    told = record_words.hours(add(met, "2026-10-25", "02:30")), record_words.hours(add(met, "2026-10-25", "04:30"))
    assert told == ("02:30, for 50 minutes", "04:30 to 05:20")


def test_hours_that_do_not_come_or_come_twice() -> None:
    """A time that clocks skip is refused with the reason; of one that comes twice the first is meant."""
    with pytest.raises(errors.UsageError, match="put forward"):
        zones.moment("2027-03-28", "02:30", BERLIN)
    seconds, is_twice = zones.moment("2026-10-25", "02:30", BERLIN)
    assert (utc(seconds), is_twice) == ("2026-10-25 00:30", True)
    for day, clock, zone in (
        ("2026-02-30", "15:00", BERLIN),
        ("2026-12-03", "3pm", BERLIN),
        ("2026-12-03", "15:00", "No"),
    ):
        with pytest.raises(errors.UsageError):
            zones.moment(day, clock, zone)
    for name in ("../../etc/passwd", "/etc/localtime", "", "Europe"):
        with pytest.raises(errors.UsageError):
            zones.find(name)


def test_the_machines_own_zone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is that of TZ, else of the link; where neither names one, the person is asked for it."""
    link = tmp_path / "localtime"
    monkeypatch.setattr(zones, "LOCALTIME", link)
    monkeypatch.setenv("TZ", ":Europe/Paris")
    assert zones.own() == "Europe/Paris"
    monkeypatch.setenv("TZ", "CET-1CEST")
    link.symlink_to("/usr/share/zoneinfo/America/New_York")
    assert zones.own() == NEW_YORK
    link.unlink()
    monkeypatch.delenv("TZ")
    with pytest.raises(errors.UsageError, match="--zone"):
        zones.own()


def test_kept_and_cancelled(met: World, vault: Vault) -> None:
    """They are listed by time; two at once are refused, one right after another is not; a cancelled one makes room."""
    second = add(met, "2026-12-03", "16:00")
    first = add(met, "2026-12-03", "15:00", minutes=60)
    assert [each.id for each in appointments.since(vault)] == [first.id, second.id]
    assert appointments.since(vault, second.at) == [second]
    for clock, minutes in (("15:30", 50), ("14:30", 31), ("15:59", 5), ("14:00", 600)):
        with pytest.raises(errors.UsageError, match="another appointment"):
            add(met, "2026-12-03", clock, minutes=minutes)
    add(met, "2026-12-03", "14:30", minutes=30)
    appointments.cancel(vault, first)
    with pytest.raises(errors.UsageError, match="already"):
        appointments.cancel(vault, first)
    assert appointments.find_by_id(vault, first.id.hex()[:8]).cancelled_at == met.ann.clock.now
    add(met, "2026-12-03", "15:30", minutes=30)
    for minutes in (4, 601):
        with pytest.raises(errors.UsageError, match="minutes"):
            add(met, "2026-12-04", minutes=minutes)
    for wrong in ("", "zz", first.id.hex()[:3]):
        with pytest.raises(errors.UsageError):
            appointments.find_by_id(vault, wrong)


@pytest.mark.usefixtures("in_london")
def test_the_calendar(met: World, vault: Vault, tmp_path: Path) -> None:
    """Each is the same moment in the file, named in its own zone, private and without a name; cancelled ones say so."""
    kept = [
        add(met, "2026-10-24"),
        add(met, "2026-10-25", "02:30"),
        add(met, "2026-10-31", "15:00", NEW_YORK),
        add(met, "2026-11-01", "15:00", NEW_YORK),
        add(met, "2026-10-03", "23:45", LORD_HOWE, 180),
    ]
    appointments.cancel(vault, kept[0])
    path = tmp_path / "appointments.ics"
    assert appointments.export(vault, path, names=False) == 5
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text()
    assert "Carl" not in text
    events = {str(each["uid"]): each for each in read(text).walk("VEVENT")}
    for each in kept:
        event = events[f"{each.id.hex()}@therapy-tui"]
        assert int(event["dtstart"].dt.timestamp()) == each.at
        assert int(event["dtstart"].dt.timestamp() + event["duration"].dt.total_seconds()) == each.until
        assert event["dtstart"].params["TZID"] == each.zone
        assert (event["summary"], event["class"]) == ("Appointment", "PRIVATE")
        assert event["status"] == ("CANCELLED" if each.id == kept[0].id else "CONFIRMED")
    with pytest.raises(errors.UsageError):
        appointments.export(vault, path, names=False)
    named = tmp_path / "named.ics"
    appointments.export(vault, named, names=True)
    assert named.read_text().count("Appointment with Carl") == 5


@given(st.integers(1_577_836_800, 2_145_916_800), st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, "Asia/Kathmandu"]))
def test_every_moment_stays_itself(at: int, zone: str) -> None:
    """Whatever the moment and the zone, the definition of the zone in the file says the same as the zone does."""
    wall = zones.local(at - at % 60, zone)
    seconds, is_twice = zones.moment(f"{wall:%Y-%m-%d}", f"{wall:%H:%M}", zone)
    text = calendar([(Appointment(b"i" * 16, b"c", seconds, 50, zone, 0, 0), "Appointment")])
    (event,) = read(text).walk("VEVENT")
    assert int(event["dtstart"].dt.timestamp()) == seconds
    (defined,) = read(text).walk("VTIMEZONE")
    if not is_twice:
        begin = datetime.fromtimestamp(seconds, UTC).astimezone(defined.to_tz())
        assert f"{begin:%Y-%m-%d %H:%M}" == f"{wall:%Y-%m-%d %H:%M}"


def test_an_empty_calendar(vault: Vault, tmp_path: Path) -> None:
    """Without appointments there is a calendar without events."""
    assert appointments.export(vault, tmp_path / "none.ics", names=False) == 0
    assert read((tmp_path / "none.ics").read_text()).walk("VEVENT") == []


def test_names_stay_on_one_line(met: World, vault: Vault, tmp_path: Path) -> None:
    """A name with line ends, commas and colons makes no line of the calendar's own."""
    met.ann.vault.database.run("UPDATE contacts SET name = ?", ("Carl\r\nATTENDEE:mailto:a@example.org;,\\n",))
    add(met, "2026-12-03")
    appointments.export(vault, tmp_path / "a.ics", names=True)
    (event,) = read((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert "attendee" not in event


@pytest.mark.usefixtures("in_london")
def test_they_count_for_the_record(met: World, vault: Vault) -> None:
    """The last day of a record is that of the last appointment that took place; with the record they are erased."""
    contact = met.ann.contact()
    add(met, "2027-01-13")
    late = add(met, "2028-02-03")
    met.pass_time(500 * 86_400)
    assert str(retention.standing(vault, contact, None).last) == "2028-02-03"
    appointments.cancel(vault, late)
    assert str(retention.standing(vault, contact, None).last) == "2027-01-15"
    assert "appointments" in rows.ERASED["vault"]


def test_a_moved_one_is_known_by_its_id(met: World) -> None:
    """It keeps its id, a calendar sees a later version of it, and another stands in no way of itself."""
    vault, contact = met.ann.vault, met.ann.contact()
    made = appointments.add(vault, contact, zones.moment("2027-02-01", "15:00", BERLIN)[0], 50, BERLIN, " in \n Leeds ")
    met.ann.clock.now += 60
    at = zones.moment("2027-02-01", "15:30", BERLIN)[0]
    appointments.move(vault, made, at, 45, BERLIN, "by video")
    (kept,) = appointments.of(vault, contact)
    assert (kept.id, kept.at, kept.minutes, kept.words) == (made.id, at, 45, "by video")
    assert (made.words, kept.moves, kept.moved_at) == ("in Leeds", 1, vault.now())
    appointments.cancel(vault, kept)
    with pytest.raises(errors.UsageError, match="cancelled"):
        appointments.move(vault, kept, at, 45, BERLIN, "")
    (event,) = read(calendar([(each, "x") for each in appointments.of(vault, contact)])).walk("VEVENT")
    assert (event["sequence"], event["status"], str(event["location"])) == (2, "CANCELLED", "by video")


def test_one_is_not_moved_onto_another(met: World) -> None:
    """Where another takes place nothing is changed; nor are words taken that are too long."""
    vault = met.ann.vault
    first, second = add(met, "2027-02-01"), add(met, "2027-02-02")
    with pytest.raises(errors.UsageError, match="another appointment"):
        appointments.move(vault, second, first.at + 600, 50, BERLIN, "")
    with pytest.raises(errors.UsageError, match="too long"):
        appointments.move(vault, second, second.at, 50, BERLIN, "x" * 101)
    assert appointments.since(vault) == [first, second]


def test_words_leave_only_with_names(met: World, tmp_path: Path) -> None:
    """A file without names has no words either; one of a single person has nobody else's hours."""
    vault, contact = met.ann.vault, met.ann.contact()
    appointments.add(vault, contact, zones.moment("2027-02-01", "15:00", BERLIN)[0], 50, BERLIN, "Leeds")
    appointments.export(vault, tmp_path / "a.ics", names=False)
    appointments.export(vault, tmp_path / "b.ics", names=True, contact=contact)
    assert "Leeds" not in (tmp_path / "a.ics").read_text()
    assert "LOCATION:Leeds" in (tmp_path / "b.ics").read_text()
    assert (
        appointments.export(vault, tmp_path / "c.ics", names=True, contact=structs.replace(contact, id=b"nobody00"))
        == 0
    )
    noted = [(each.contact, each.detail) for each in audit.every(vault) if each.what == What.EXPORTED]
    assert noted[:2] == [(b"", "appointments, without names"), (contact.id, "appointments, with names")]
