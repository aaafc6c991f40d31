"""The records of what is kept of a person beside the letters: what was agreed, whom to call, and how it ends."""

from dataclasses import dataclass

CONSENT, PLACE = "consent", "place"
FIELDS = (CONSENT, PLACE)
LONGEST_WORDS = 2_000
"""The most characters of what was agreed, or of where somebody is."""
LONGEST_LINE = 100
"""The most characters of a name, a relation, a telephone number, a reason or a code word."""
MOST_EMERGENCY = 5


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a field."""

    text: str
    """Empty where it was taken out."""
    day: str
    """The day on which it was agreed or said, `YYYY-MM-DD`."""
    at: int
    """When it was written down here, seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Somebody to call about a person."""

    row: int
    contact: bytes
    name: str
    relation: str
    telephone: str
    at: int

    @property
    def line(self) -> str:
        """The name, who that is to them, and the number."""
        who = f"{self.name} ({self.relation})" if self.relation else self.name
        return f"{who}, {self.telephone}"


@dataclass(frozen=True, slots=True)
class Ending:
    """An end that was begun; 0 and empty where a step was not taken."""

    contact: bytes
    begun_at: int
    exported_at: int
    keep_until: str
    keep_why: str
    ended_at: int
