"""A screen as text that a diff can show: each row, and under it which columns are drawn how."""

from collections.abc import Iterator

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot


def picture_of(pilot: Pilot[int]) -> str:
    """Give all rows that show anything, with their numbers and the runs of styles in them."""
    ground = ""
    lines = []
    for number, strip in enumerate(pilot.app.screen._compositor.render_strips()):
        segments = [segment for segment in strip if not segment.control]
        text = "".join(segment.text for segment in segments)
        ground = ground or _look(segments[-1].style)
        runs = [f"{first}-{last} {look}" for first, last, look in _runs(segments) if look != ground]
        if text.strip() or runs:
            lines += [f"{number:02} {text.rstrip()}", *([f"   {' · '.join(runs)}"] if runs else [])]
    return "\n".join([f"all else: {ground}", *lines])


def _runs(segments: list[Segment]) -> Iterator[tuple[int, int, str]]:
    """Give the first and last column of each stretch that is drawn alike, blanks told by their ground only."""
    begin, column, before = 0, 0, ""
    for segment in segments:
        look = _look(segment.style, is_blank=not segment.text.strip())
        if look != before and column > begin:
            yield begin, column - 1, before
            begin = column
        before = look
        column += segment.cell_length
    yield begin, column - 1, before


def _look(style: Style | None, *, is_blank: bool = True) -> str:
    if style is None:
        return "plain"
    marks = [name for name in ("bold", "underline", "reverse") if getattr(style, name) and not is_blank]
    ink = [] if is_blank else [_name(style.color)]
    return " ".join([*ink, "on", _name(style.bgcolor), *marks])


def _name(colour: Color | None) -> str:
    if colour is None or colour.is_default:
        return "own"
    return colour.triplet.hex if colour.triplet else colour.name
