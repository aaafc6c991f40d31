"""The last wall before the terminal: no text, wherever it came from, may carry a control character out.

Text from elsewhere is made safe where it enters the program; most of Textual's widgets would pass what slipped through
straight to the terminal. All drawing goes through `Strip.render`, so this stands there.
"""

import re

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from therapy_tui.core.text import safe_line

_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_ORDER = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HEAP = re.compile(f"({_MARK}{{4}}){_MARK}+")
"""Marks heaped on one letter: more of them than any language writes have crashed terminals. They have no width."""
_HOSTILE = re.compile(f"{_ORDER.pattern}|{_HEAP.pattern}")
_rendered = Strip.render


def _clean(segment: Segment) -> Segment:
    if segment.control or not _HOSTILE.search(segment.text):
        return segment
    # They were measured as having no width, so nothing moves when they are gone.
    shown = _ORDER.sub("", segment.text)
    return Segment(_HEAP.sub(r"\1", shown), segment.style)


def _render(strip: Strip, console: Console) -> str:
    if any(not segment.control and _HOSTILE.search(segment.text) for segment in strip):
        strip = Strip([_clean(segment) for segment in strip])
    return _rendered(strip, console)


def stand_guard() -> None:
    """Put the wall up, once for the process."""
    Strip.render = _render  # type: ignore[method-assign, assignment]  # the one place every cell goes through


def plain(text: str) -> str:
    """Make one line of any text safe to draw, for what comes from this machine, such as file names."""
    return safe_line(text)
