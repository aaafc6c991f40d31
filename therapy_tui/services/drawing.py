"""What can be drawn into a note by a key: the last result that a person shared, and the words of a letter."""

from datetime import date

from therapy_tui.core.messages import LETTER
from therapy_tui.services import conversation, days, progress
from therapy_tui.services.vault import Vault

MOST_LOOKED_AT = 50
"""Among so many of the newest messages their newest letter is looked for."""


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


def letter(vault: Vault, contact: bytes, message: bytes = b"") -> str:
    """Give the words of the letter that a note is about, else of their newest, as a quotation; empty without one.

    Args:
        vault: the open vault.
        contact: whom the note is about.
        message: the id of the letter that it is about; empty for none in particular.
    """
    found = conversation.get(vault, contact, message) if message else None
    if found is None:
        newest = conversation.newest(vault, contact, MOST_LOOKED_AT).letters
        theirs = [each for each in newest if each.kind == LETTER and not each.outgoing]
        found = theirs[-1] if theirs else None
    if found is None or not found.text.strip():
        return ""
    words = "\n".join(f"> {line}".rstrip() for line in found.text.strip().split("\n"))
    return f"{'My' if found.outgoing else 'Their'} letter of {_day(found.written_at, vault.now())}:\n\n{words}\n"


def _change(points: int) -> str:
    return f"{'up' if points > 0 else 'down'} {abs(points)}" if points else "as before"


def _day(at: int, now: int) -> str:
    """Write a day in short, with its year where that is another."""
    day, today = days.day_of(at), days.day_of(now)
    if not day:
        return "a day unknown"
    found = date.fromisoformat(day)
    return f"{found.day} {found:%b}" + ("" if day[:4] == today[:4] else f" {found.year}")
