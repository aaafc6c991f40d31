"""By when an answer comes: what was said, what the client allowed beyond it, or else what is usual."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from therapy_tui.core.fields import Number
from therapy_tui.core.shared import Mark

LONGEST_AHEAD = 366 * 86_400
"""Nothing is promised for later than in about a year."""


class MoreTime(msgspec.Struct, frozen=True, array_like=True):
    """The client gives a promise more time."""

    promise: Mark
    until: Number
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand between a client's letters and the therapist's answer."""

    until: int = 0
    """By when an answer comes, seconds since 1970; 0 when nothing is known or nothing waits."""
    is_said: bool = False
    """Whether it was promised, and is not only usual."""
    promise: bytes = b""
    """The mark of the promise, where it was said."""
    was_extended: bool = False
    """Whether the client has given it more time."""
    since: int = 0
    """When the oldest letter that waits was written; 0 when none does."""

    def is_over(self, now: int) -> bool:
        """Tell whether the time has passed."""
        return 0 < self.until < now


NOTHING_WAITS = Standing()


@dataclass(frozen=True, slots=True)
class Said:
    """A promise that was made since the last answer."""

    mark: bytes
    until: int
    more: int = 0
    """Until when the client has extended it, 0 when not."""


def standing(since: int, said: Said | None, usual: Callable[[int], int]) -> Standing:
    """Give by when an answer comes.

    Args:
        since: when the oldest letter of the client's that waits for an answer was written; 0 when none waits.
        said: the newest promise since the last answer, or None.
        usual: gives by when an answer usually comes to a letter of a moment, 0 when nothing is said of it.
    """
    if not since:
        return NOTHING_WAITS
    if said is None:
        return Standing(usual(since), since=since)
    return Standing(max(said.until, said.more), True, said.mark, said.more > said.until, since)
