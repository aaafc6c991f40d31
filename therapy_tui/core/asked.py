"""A measure that is asked for: its record, its form as bytes (docs/protocol.md, 6), and when it is due."""

from datetime import date, timedelta
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from therapy_tui.errors import Malformed

MOST_WEEKS: Final = 52


class MeasureAsked(msgspec.Struct, frozen=True, array_like=True):
    """The writer asks the reader to answer a measure, or no longer does. The latest of a measure holds."""

    measure: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,32}$")]
    """Its id; one that is not known here is kept and said to be."""
    weeks: Annotated[int, Meta(ge=0, le=MOST_WEEKS)]
    """Every so many weeks; 0 for once."""
    stop: Annotated[int, Meta(ge=0, le=1)]
    """1 when it is no longer asked for; then `weeks` is 0."""


def check(body: MeasureAsked) -> None:
    """Refuse what its types alone do not: an end that asks for more.

    Raises:
        Malformed: it is one.
    """
    if body.stop and body.weeks:
        raise Malformed


def due_day(weeks: int, asked: str, answered: str) -> str:
    """Give the day from which an asked measure is due: the day it came, then so many weeks after each answer.

    Args:
        weeks: every so many, or 0 for once.
        asked: the person's own day on which it came, `YYYY-MM-DD`.
        answered: the day of the last answer since it came, or empty.

    Returns:
        The day; empty when nothing more is asked, or where the calendar ends before.
    """
    if not answered:
        return asked
    if not weeks:
        return ""
    try:
        return (date.fromisoformat(answered) + timedelta(weeks=weeks)).isoformat()
    except OverflowError:
        return ""
