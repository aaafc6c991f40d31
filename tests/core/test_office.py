"""By when an answer usually comes: working days, away, other time zones, a change of clocks."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapy_tui import errors
from therapy_tui.core import bodies, office
from therapy_tui.core.office import OfficeHours, usual_answer

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = 31
HOURS = OfficeHours(2, WEEKDAYS, 9 * 60, 17 * 60, "Europe/London")


def at(text: str, zone: ZoneInfo = LONDON) -> int:
    """Give the moment of a local time."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


@pytest.mark.parametrize(
    ("written", "comes"),
    [
        ("2026-11-16 10:00", "2026-11-18 17:00"),  # Monday: two working days on
        ("2026-11-16 17:00", "2026-11-18 17:00"),  # at closing it is still there that day
        ("2026-11-16 17:01", "2026-11-19 17:00"),  # after closing it is Tuesday's
        ("2026-11-19 10:00", "2026-11-23 17:00"),  # over the weekend
        ("2026-11-21 10:00", "2026-11-25 17:00"),  # a Saturday's is there on Monday
        ("2026-10-23 10:00", "2026-10-27 17:00"),  # the clocks go back between: still 17:00 by the clock
        ("2026-03-27 10:00", "2026-03-31 17:00"),  # and forward
    ],
)
def test_the_usual_answer_comes_at_closing_time(written: str, comes: str) -> None:
    """The answer is due at closing time by the therapist's own clock, so many working days on."""
    assert usual_answer(HOURS, at(written), LONDON) == at(comes)


def test_days_away_are_no_working_days() -> None:
    """A letter written in a time away is there on the first working day after it."""
    away = OfficeHours(1, WEEKDAYS, 540, 1020, "", at("2026-12-21 00:00"), at("2027-01-04 00:00"))
    assert usual_answer(away, at("2026-12-18 10:00"), LONDON) == at("2027-01-04 17:00")
    assert usual_answer(away, at("2026-12-24 10:00"), LONDON) == at("2027-01-05 17:00")


def test_an_away_that_has_ended_changes_nothing() -> None:
    """A time away in the past is passed over."""
    past = OfficeHours(2, WEEKDAYS, 540, 1020, "", 1, at("2026-11-01 00:00"))
    assert usual_answer(past, at("2026-11-16 10:00"), LONDON) == at("2026-11-18 17:00")


def test_both_sides_reckon_the_same_moment() -> None:
    """The zone is the therapist's wherever the reader is, so that the moment is one."""
    tokyo = OfficeHours(1, WEEKDAYS, 540, 1020, "Asia/Tokyo")
    zone = ZoneInfo("Asia/Tokyo")
    assert usual_answer(tokyo, at("2026-11-16 07:30"), zone) == at("2026-11-17 17:00", zone)


def test_nothing_said_is_nothing_due() -> None:
    """Without an answer time, or without a working day, there is no moment."""
    assert usual_answer(OfficeHours(0, WEEKDAYS, 0, 60, ""), at("2026-11-16 10:00"), LONDON) == 0
    assert usual_answer(OfficeHours(2, 0, 0, 60, ""), at("2026-11-16 10:00"), LONDON) == 0


@given(
    st.integers(0, 2**63 - 1),
    st.integers(1, 30),
    st.integers(1, 127),
    st.integers(0, 1440),
    st.tuples(st.integers(0, 2**40), st.integers(0, 2**40)).map(sorted),
)
def test_it_is_always_later_and_never_fails(since: int, within: int, week: int, closes: int, away: list[int]) -> None:
    """Whatever was told, the moment is none or is later than the letter, on a working day and not in a time away."""
    hours = OfficeHours(within, week, 0, closes, "", away[0], away[1])
    comes = usual_answer(hours, since, UTC)
    if comes:
        there = datetime.fromtimestamp(comes, UTC)
        assert comes > since
        assert not hours.is_away(comes)
        day = there.weekday() if closes < office.DAY_MINUTES else (there.weekday() - 1) % 7
        assert week >> day & 1


@pytest.mark.parametrize(
    "hours",
    [
        OfficeHours(1, 31, 700, 600, ""),
        OfficeHours(1, 31, 0, 60, "", 5, 4),
        OfficeHours(31, 31, 0, 60, ""),
        OfficeHours(1, 128, 0, 60, ""),
        OfficeHours(1, 31, 0, 1441, ""),
        OfficeHours(1, 31, 0, 60, "../../etc/passwd"),
        OfficeHours(1, 31, 0, 60, "", 0, 0, "x" * 281),
    ],
)
def test_hours_that_cannot_be_are_refused(hours: OfficeHours) -> None:
    """A body with hours, days, a zone or a line that cannot be is malformed."""
    with pytest.raises(errors.Malformed):
        bodies.unpack_body(bodies.Kind.OFFICE_HOURS, bodies.pack_body(hours))
