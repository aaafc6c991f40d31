"""What can be drawn into a note by a key: the last result of a questionnaire that a person shared."""

from collections import defaultdict
from datetime import date

from therapy_tui import errors
from therapy_tui.core import bodies
from therapy_tui.core.measures import score
from therapy_tui.core.shared import UNANSWERED, SharedAnswers
from therapy_tui.services import days, measures
from therapy_tui.services.vault import Vault
from therapy_tui.store import shared


def last_result(vault: Vault, contact: bytes) -> str:
    """Say what somebody's last answers came to, such as `PHQ-9 17 on 15 Nov, up 6`; empty where there are none.

    Only answers that a person shared, and did not take back, are told, and only totals. The change is against the last
    total before on the same questionnaire.
    """
    totals: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for raw in shared.answers_of(vault.database, contact):
        found = _total(raw)
        if found is not None:
            totals[found[0]].append(found[1:])
    if not totals:
        return ""
    name, told = max(totals.items(), key=lambda each: max(each[1]))
    *earlier, (at, total) = sorted(told)
    said = f"{name} {total} on {_day(at, vault.now())}"
    return f"{said}, {_change(total - earlier[-1][1])}" if earlier else said


def _total(raw: bytes) -> tuple[str, int, int] | None:
    """Give the questionnaire's name, when it was answered and the total; None for what has none or is not known."""
    try:
        body = bodies.unpack_body(bodies.Kind.ANSWERS, raw)
        if not isinstance(body, SharedAnswers) or not body.answers:
            return None
        measure = measures.find(body.measure)
        if (body.low, body.high) != (measure.scoring.item_low, measure.scoring.item_high):
            return None
        total = score(measure, tuple(None if each == UNANSWERED else each for each in body.answers)).total
    except (errors.Malformed, errors.UsageError):
        return None
    return None if total is None else (measure.short, body.at, total)


def _change(points: int) -> str:
    return f"{'up' if points > 0 else 'down'} {abs(points)}" if points else "as before"


def _day(at: int, now: int) -> str:
    day, today = days.day_of(at), days.day_of(now)
    if not day:
        return "a day unknown"
    found = date.fromisoformat(day)
    return f"{found.day} {found:%b}" if day[:4] == today[:4] else f"{found.day} {found:%b} {found.year}"
