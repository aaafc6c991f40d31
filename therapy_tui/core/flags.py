"""The record of a flag: an answer that stands first until a therapist has cleared it with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    """An answer for which the client's support page was opened."""

    message: bytes
    """The id of the message that brought the answers."""
    contact: bytes
    at: int
    """When they were given, seconds since 1970."""
    measure: str
    item: int
    answer: int
    cleared_at: int
    """0 while it stands."""
    reason: str
    """Why it was cleared."""


def gravest(flags: Iterable[Flag]) -> Flag | None:
    """Give the one with the highest answer, of equals the newest; None where there is none."""
    return max(flags, key=lambda flag: (flag.answer, flag.at), default=None)
