"""The rules of notes: what may be kept, and how an hour is written."""

import pytest

from therapy_tui.core.notes import LONGEST, check_format, check_hour, check_text
from therapy_tui.errors import UsageError


def test_the_longest_note() -> None:
    """A note of the most characters is kept, one more is refused with both numbers."""
    check_text("é" * LONGEST)
    with pytest.raises(UsageError, match=r"100,000 characters; this has 100,001"):
        check_text("é" * (LONGEST + 1))


def test_half_a_character() -> None:
    """What no file could hold is refused, by its place."""
    with pytest.raises(UsageError, match="Character 3"):
        check_text("ab\ud800c")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2026-11-13 15:00", "2026-11-13 15:00"), ("  2026-11-13   08:05 ", "2026-11-13 08:05"), ("", ""), (" ", "")],
)
def test_an_hour(typed: str, kept: str) -> None:
    """A day and a time are kept as they are, without blanks too many; nothing stays nothing."""
    assert check_hour(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-13",
        "15:00",
        "2026-02-30 15:00",
        "2026-11-13 24:00",
        "2026-11-13 15:60",
        "2026-W46-5 15:00",
        "2026-11-13T15:00",
        "2026-11-13 15:00:00",
        "2026-11-13 15:00+01:00",
        "٢٠٢٦-11-13 15:00",
        "13 November, three",
    ],
)
def test_no_hour(typed: str) -> None:
    """Anything else is refused, and shown how it is written."""
    with pytest.raises(UsageError, match="2026-11-13 15:00"):
        check_hour(typed)


def test_formats() -> None:
    """A format that is known is given, and for another those that there are are named."""
    assert check_format("free", ("free", "soap")) == "free"
    with pytest.raises(UsageError, match="free, soap"):
        check_format("dap", ("free", "soap"))
