"""What commands print: rows as text that is safe in any terminal, or as one JSON object a line, in ASCII."""

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from therapy_tui.core.text import safe_line, safe_text
from therapy_tui.errors import OutputFull


@dataclass(frozen=True, slots=True)
class Output:
    """Where and how a command speaks."""

    as_json: bool
    plain: bool

    def row(self, fields: Mapping[str, Any], text: str) -> None:
        """Print one row: the fields as JSON, or the text."""
        if self.as_json:
            _print(json.dumps(dict(fields), ensure_ascii=True))
        else:
            _print(safe_text(text))

    def say(self, sentence: str) -> None:
        """Print a sentence for a person; nothing in JSON."""
        if not self.as_json:
            _print(safe_text(sentence))

    def aside(self, sentence: str) -> None:
        """Print a sentence on standard error, where it disturbs no script."""
        print(safe_line(sentence, 2_000), file=sys.stderr)  # noqa: T201 - beside what commands print

    def picture(self, text: str) -> None:
        """Draw a QR code on the terminal, beside the text itself, black on white."""
        from therapy_tui.services.codes import rows_of  # only when there is something to draw

        white, reset = "\x1b[38;5;16;48;5;231m", "\x1b[0m"
        for cells in rows_of(text.upper(), 4):
            print(f"{white}{cells}{reset}", file=sys.stderr)  # noqa: T201 - a picture is not part of the output


def _print(text: str) -> None:
    try:
        print(text)  # noqa: T201 - this is where commands print
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFull from error


def stamp(seconds: int) -> str | None:
    """Write a time as RFC 3339 in UTC, or None for 0."""
    if not seconds:
        return None
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        return None


def day(seconds: int) -> str:
    """Write a day for a person: 13 Nov 2026, local."""
    try:
        parts = time.localtime(seconds)
    except (ValueError, OverflowError, OSError):
        return "a day unknown"
    return f"{parts.tm_mday} {time.strftime('%b %Y', parts)}"


def near(seconds: int) -> str:
    """Write a time for a person: local, 24 hours."""
    try:
        return time.strftime("%a %d %b %Y %H:%M", time.localtime(seconds)) if seconds else ""
    except (ValueError, OverflowError, OSError):
        return ""
