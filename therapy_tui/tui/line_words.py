"""What is known of the line, in the words of the heading and of the news."""

from typing import TYPE_CHECKING

from therapy_tui.config import BY_HAND, GENTLE
from therapy_tui.tui import times

if TYPE_CHECKING:
    from therapy_tui.services.carrier import Report
    from therapy_tui.services.seat import Seat

PARTED = " · "
FULL = "disk full, for reading only"


def line_words(seat: "Seat") -> str:
    """Say what is known of the line: connected, no line since, when letters travel next, or by hand.

    On a full disk nothing travels, and that is said instead.
    """
    if not seat.is_open:
        return ""
    if seat.open_vault.is_for_reading:
        return FULL
    line, way = seat.line, seat.settings.line
    lost = ""
    if line.connected is False:
        lost = f"no line since {times.near(line.since, seat.now())}" if line.since else "no line"
    if way == BY_HAND:
        return PARTED.join(each for each in (BY_HAND, lost) if each)
    if way == GENTLE:
        soon = f"next {times.clock(line.next_at)}" if line.next_at > seat.now() else ""
        return PARTED.join(each for each in (lost or GENTLE, soon) if each)
    return lost or ("connected" if line.connected else "")


def bytes_words(used: int, daily: int) -> str:
    """Say how many bytes went over the line today, and of how many, where the person has set a bound."""
    return f"{times.amount(used)} of {times.amount(daily)} today" if daily else f"{times.amount(used)} today"


def exchanged_words(report: "Report | None", came: int) -> str:
    """Say what an exchange that was asked for has come to; `came` counts letters."""
    if report is None:
        return "Another process carries the letters of this vault now."
    if not report.reachable:
        return f"{report.problem} Everything waits here."
    went, arrived = _count(report.sent), _count(came)
    words = [f"{went[0].upper()}{went[1:]} went, {arrived} came."]
    if report.problem:
        words.append(report.problem)
    return " ".join(words)


def held_words(held: int, key: str, word: str) -> str:
    """Say that large letters wait, and which key lets them go; empty when there are none."""
    if not held:
        return ""
    what = "A large letter waits" if held == 1 else f"{held:,} large letters wait"
    return f"{what} for the go-ahead: {key} {word}."


def waiting_words(seat: "Seat", key: str, word: str) -> str:
    """Say when a letter that was just written goes, where it does not go at once."""
    if seat.settings.line == BY_HAND:
        return f"It is queued and goes when you say so: {key} {word}."
    if seat.settings.line == GENTLE:
        at = f"at {times.clock(seat.line.next_at)}" if seat.line.next_at > seat.now() else "with the next round"
        return f"It is queued and goes {at}; {key} {word}."
    return ""


def _count(number: int) -> str:
    return {0: "no letter", 1: "1 letter"}.get(number, f"{number:,} letters")
