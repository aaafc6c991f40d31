"""The notes' record and rules: what a note is, and what of it may be kept."""

from dataclasses import dataclass
from datetime import datetime

from therapy_tui.errors import UsageError

LONGEST = 100_000
"""The most characters of a note."""
FREE = "free"
FORMATS = (FREE,)
"""How a note may be laid out."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note."""

    row: int
    id: bytes
    """16 random bytes."""
    written_at: int
    """When it was begun, in seconds since 1970."""
    changed_at: int
    contact: bytes
    """Whom it is about, by the id of the contact; empty for nobody in particular."""
    message: bytes
    """The id of the letter that it is about, or empty."""
    hour: str
    """The local day and time of the hour that it belongs to, `YYYY-MM-DD HH:MM`, or empty."""
    format: str
    text: str
    revision: int
    """Goes up with every change."""
    versions: int
    """How many earlier ones are kept."""


def check_text(text: str) -> None:
    """Refuse what no note holds.

    Raises:
        UsageError: it is too long, or holds half a character, which no file could keep.
    """
    if len(text) > LONGEST:
        raise UsageError(f"A note holds {LONGEST:,} characters; this has {len(text):,}. Make two notes of it.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"Character {error.start + 1} of the text is half a character, so it cannot be kept."
        ) from None


def check_hour(text: str) -> str:
    """Give the day and time of an hour as it is kept; nothing stays nothing.

    Raises:
        UsageError: there is no such day or time.
    """
    text = " ".join(text.split())
    if not text:
        return ""
    try:
        hour = datetime.fromisoformat(text)
        if hour.tzinfo is None and hour.isoformat(" ", "minutes") == text:
            return text
    except ValueError:
        pass
    raise UsageError(f"{text[:40]!r} is no day and time. Write them like 2026-11-13 15:00.")


def check_format(text: str) -> str:
    """Give a format that is known.

    Raises:
        UsageError: it is not.
    """
    if text not in FORMATS:
        raise UsageError(f"There is no format {text[:40]!r} for notes. There is: {', '.join(FORMATS)}.")
    return text
