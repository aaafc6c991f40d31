"""The notes' record and rules: what a note is, and what of it may be kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from therapy_tui.core.text import check_whole
from therapy_tui.errors import UsageError

LONGEST = 100_000
"""The most characters of a note."""
FREE = "free"
"""The format without parts."""
LONGEST_HOUR = 24 * 60
"""The most minutes of an hour."""
LONGEST_WORDS = 120
"""The most characters of the modality, and of the codes."""


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
    minutes: int = 0
    """How long the hour was; 0 where it is not said."""
    modality: str = ""
    """How the hour was held, in a word of one's own."""
    codes: str = ""
    """Codes of the clinician's own choosing, as they were typed."""
    amends: bytes = b""
    """The id of the signed note that this is an addition to; empty for a note."""
    signed_at: int = 0
    """When it was signed, in seconds since 1970; 0 while it is not."""
    salt: bytes = b""
    """16 random bytes that are signed with it, so that its hash tells nothing once it is erased; empty until then."""


def check_text(text: str) -> None:
    """Refuse what no note holds.

    Raises:
        UsageError: it is too long, or is no whole text.
    """
    if len(text) > LONGEST:
        raise UsageError(f"A note holds {LONGEST:,} characters; this has {len(text):,}. Make two notes of it.")
    check_whole(text)


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


def check_format(text: str, known: Collection[str]) -> str:
    """Give a format that is known.

    Raises:
        UsageError: it is not.
    """
    if text not in known:
        raise UsageError(f"There is no format {text[:40]!r} for notes. There are: {', '.join(known)}.")
    return text


def check_minutes(text: str) -> int:
    """Give the minutes of an hour as a number; nothing is 0.

    Raises:
        UsageError: it is no such number.
    """
    text = text.strip()
    if not text:
        return 0
    if text.isascii() and text.isdigit() and int(text[:9]) <= LONGEST_HOUR:
        return int(text[:9])
    raise UsageError(f"{text[:40]!r} is no length of an hour. Write its minutes, such as 50; at most {LONGEST_HOUR:,}.")


def check_words(text: str, what: str) -> str:
    """Give a line of one's own words as it is kept, such as the modality or the codes.

    Raises:
        UsageError: it is too long, or is no whole text.
    """
    text = " ".join(text.split())
    check_text(text)
    if len(text) > LONGEST_WORDS:
        raise UsageError(f"{what} has {len(text):,} characters, and {LONGEST_WORDS} are kept. Write it shorter.")
    return text
