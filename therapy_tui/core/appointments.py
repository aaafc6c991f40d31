"""An appointment: a moment with somebody, and the time zone in which it was agreed."""

from dataclasses import dataclass

from therapy_tui.errors import UsageError

SHORTEST, LONGEST = 5, 600
"""Minutes."""
LONGEST_WORDS = 100
"""Characters."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment."""

    id: bytes
    """16 random bytes."""
    contact: bytes
    at: int
    """When it begins, seconds since 1970: that is one moment, whatever clocks do."""
    minutes: int
    zone: str
    """The IANA name of the time zone in which it was agreed, such as `Europe/Berlin`."""
    made_at: int
    cancelled_at: int
    """0 while it stands."""
    words: str = ""
    """Where, or how it is held: one line of the therapist's own."""
    moved_at: int = 0
    """When it was last changed; 0 where it is as it was made."""
    moves: int = 0
    """How often it was changed."""

    @property
    def until(self) -> int:
        """When it ends."""
        return self.at + 60 * self.minutes

    def is_to_come(self, now: int) -> bool:
        """Tell whether it stands and is not over."""
        return not self.cancelled_at and self.until > now


def check_minutes(minutes: int) -> int:
    """Give a length that is possible.

    Raises:
        UsageError: it is not.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise UsageError(f"An appointment takes {SHORTEST} to {LONGEST} minutes; write the number alone.")
    return minutes
