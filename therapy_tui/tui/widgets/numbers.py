"""Numbers to call, each beside what answers there: the number in strong, the words in full text weight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from therapy_tui.content.crisis import ONE_SOURCE, Country, Line

_GAP = 2
_WIDEST, _NARROWEST = 22, 18
"""How much of a row the numbers take at most, and the room that the words beside them need."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number, or one way to write, and the lines of words beside it."""

    number: str
    words: tuple[str, ...]


class Numbers(Widget):
    """A block of numbers in two columns, or with the words below where it is narrow.

    Args:
        numbers: at least one.
        left: how wide the numbers' own column is; see `column`.
    """

    DEFAULT_CSS = "Numbers { height: auto; width: 100%; }"

    def __init__(self, numbers: Sequence[Number], left: int) -> None:
        super().__init__()
        self.numbers = tuple(numbers)
        self._left = left

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at this width."""
        del container, viewport
        return len(number_lines(self.numbers, self._left, width))

    def render(self) -> Content:
        """Draw all numbers."""
        return Content("\n").join(number_lines(self.numbers, self._left, self.size.width))


def number_lines(numbers: Iterable[Number], left: int, width: int) -> list[Content]:
    """Draw numbers as lines.

    Args:
        numbers: what is drawn.
        left: how wide the numbers' own column is.
        width: the columns of a line; where it is narrow the words stand below.
    """
    room = width - left - _GAP
    lines: list[Content] = []
    for each in numbers:
        number = Content.styled(each.number, "bold $strong")
        if room < _NARROWEST:
            lines += number.wrap(max(1, width))
            lines += _wrapped(each.words, max(1, width))
            continue
        words = _wrapped(each.words, room)
        begins = number.wrap(left)
        for place in range(max(len(words), len(begins))):
            begin = begins[place] if place < len(begins) else Content("")
            space = " " * (left + _GAP - begin.cell_length)
            lines.append(Content.assemble(begin, space, words[place] if place < len(words) else ""))
    return lines


def _wrapped(words: Iterable[str], room: int) -> list[Content]:
    return [line for text in words for line in Content.styled(text, "$text").wrap(room)]


def column(blocks: Iterable[Sequence[Number]]) -> int:
    """Give the width of the numbers' column over several blocks, so that all words begin at one edge."""
    return min(_WIDEST, max(cell_len(each.number) for block in blocks for each in block))


def emergency_numbers(country: Country) -> list[Number]:
    """Give the numbers for danger of life."""
    source = (ONE_SOURCE,) if country.one_source else ()
    uses = [each.use for each in country.emergency]
    told = []
    for place, each in enumerate(country.emergency):
        # Two numbers for the same: said once, so that nobody looks for a difference.
        use = "the same" if each.use in uses[:place] else each.use
        first = ("life in danger, now",) if place == 0 else ()
        told.append(Number(each.number, (", ".join((*first, use, *source)),)))
    return told


def line_numbers(line: Line) -> list[Number]:
    """Give a crisis line: its number, then how to write to it, with all that is known of it."""
    facts = [line.hours, ", ".join(line.languages)]
    words = [line.name]
    if line.audience:
        words.append(f"for {line.audience}")
    words.append(", ".join(each for each in (*facts, ONE_SOURCE if line.one_source else "") if each))
    words += [line.note, line.web.removeprefix("https://").removeprefix("http://").rstrip("/")]
    ways = [line.phone, *line.also] if line.phone else []
    if line.text:
        ways.append(_written(line.text))
    told = tuple(each for each in words if each)
    return [Number(ways[0], told), *[Number(each, ("the same line",)) for each in ways[1:]]]


def _written(text: str) -> str:
    """Say how to write: a bare number gets its verb."""
    return text if " to " in text or text[:1].isalpha() else f"text {text}"
