"""What can be drawn into a note by a key: the last result of a questionnaire that a person shared."""

from datetime import date

from therapy_tui.services import days, progress
from therapy_tui.services.vault import Vault


def last_result(vault: Vault, contact: bytes) -> str:
    """Say what somebody's last answers came to, such as `PHQ-9 17 on 15 Nov, up 6`; empty where there are none.

    Only answers that a person shared, and did not take back, are told, and only totals that can be compared. The change
    is against the last total before on the same questionnaire.
    """
    courses = [each for each in progress.results_of(vault, contact) if each.compared]
    if not courses:
        return ""
    course = max(courses, key=lambda each: each.compared[-1].at)
    *earlier, last = course.compared
    said = f"{course.short} {last.total} on {_day(last.at, vault.now())}"
    return f"{said}, {_change((last.total or 0) - (earlier[-1].total or 0))}" if earlier else said


def _change(points: int) -> str:
    return f"{'up' if points > 0 else 'down'} {abs(points)}" if points else "as before"


def _day(at: int, now: int) -> str:
    """Write a day in short, with its year where that is another."""
    day, today = days.day_of(at), days.day_of(now)
    if not day:
        return "a day unknown"
    found = date.fromisoformat(day)
    return f"{found.day} {found:%b}" + ("" if day[:4] == today[:4] else f" {found.year}")
