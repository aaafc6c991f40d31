"""Scenes of this day in other years."""

from dataclasses import replace
from pathlib import Path

from tests.tui.looks.scenes import diary, keys
from therapy_tui.services import journal
from therapy_tui.services.seat import Seat


def years(path: Path) -> Seat:
    """Seat somebody who wrote on this day in other years, and not yet today."""
    seat = diary(path)
    for day, text in (("2024-11-18", "The first frost."), ("2021-11-18", "We moved the table.")):
        page = journal.blank(seat.open_vault, day)
        journal.keep(seat.open_vault, page, replace(page, text=text))
    return seat


YEARS = {
    "journal, other years": (years, keys("f4")),
    "journal, today in other years": (years, keys("f4", "o")),
    "today, other years": (years, keys("f2")),
}
