"""The month of the journal: days with a page, and how it was on them, by pages and by check-ins."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.homes import NOW, make_seat
from tests.tui.meeting import at, therapy, words_on
from therapy_tui.core.checkins import CheckIn
from therapy_tui.services import checkins, journal
from therapy_tui.services.seat import Seat
from therapy_tui.store import checkins as store
from therapy_tui.tui.widgets.month import Shown, month_rows


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    """Somebody without a page."""
    return make_seat(tmp_path)


def test_a_month_is_drawn() -> None:
    """Days with a page are underlined, a mood stands below its day, and every day of the month is there once."""
    rows = month_rows(Shown(2024, 2, {29: 7, 1: 0}, chosen=29, today=3))
    drawn = "\n".join(row.plain for row in rows)
    numbers = [int(word) for row in rows[3::2] for word in row.plain.split() if word.isdecimal()]
    assert numbers[:29] == list(range(1, 30))
    assert "below it: the mood" in drawn
    underlined = [span for row in rows for span in row.spans if "underline" in str(span.style)]
    assert len(underlined) == 1


def test_check_ins_stand_in_the_month() -> None:
    """A page's own mood comes first, without a dot; other days have what their check-ins come to, with one."""
    rows = [row.plain for row in month_rows(Shown(2024, 2, {29: 7, 1: 0}, {29: 3, 1: 10, 4: 2}))]
    days, moods = rows[3::2], rows[4::2]
    under = {
        int(days[week][place : place + 2]): moods[week][place : place + 3].strip()
        for week in range(5)
        for place in range(0, 21, 3)
        if days[week][place : place + 2].strip() and moods[week][place : place + 3].strip()
    }
    assert under == {1: "10·", 4: "2·", 29: "7"}
    assert "·: from check-ins" in rows
    assert "·: from check-ins" not in [row.plain for row in month_rows(Shown(2024, 2, {29: 7}))]


async def test_a_check_in_is_seen_in_the_month(seat: Seat) -> None:
    """The month has the mean of a day's check-ins, also of a day without a page, and one that is made meanwhile."""
    async with at(seat) as pilot:
        day = therapy(pilot).today()
        new = journal.blank(seat.open_vault, day)
        journal.keep(seat.open_vault, new, replace(new, text="a page"))
        with seat.open_vault.transaction() as database:
            for number, mood in enumerate((4, 4, 7)):
                store.add(database, CheckIn(bytes([number]), NOW, day, mood, (), ""))
        await pilot.press("f4")
        await pilot.pause()
        assert "5·" in words_on(pilot)
        with seat.open_vault.transaction() as database:
            store.add(database, CheckIn(b"more", NOW, day, 10, (), ""))
            seat.open_vault.tell(checkins.CHANGED)
        await pilot.pause()
        assert "6·" in words_on(pilot)
