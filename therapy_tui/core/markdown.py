"""Markdown as it is shown quietly: headings and what is marked strong, lists that hang; all else as it stands."""

import re
from dataclasses import dataclass

from therapy_tui.core.journal import heading_of

_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*")
_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,3}[.)])[ \t]+(.*)")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*(.*)")
_ALIVE = re.compile(r"[\\<\[]")
"""What begins a link, a picture or HTML, and what would undo a backslash before it."""
_STRONG = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)")
_STEP = 2
"""How far an item stands in, and one below it farther."""
_DEEPEST = 5
_TAB = 4
_LOOKED_AT = 600
"""So many characters hold whatever a list shows of a text."""

Piece = tuple[str, bool]
"""A stretch of text, and whether it is strong."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text as it is shown; where it is wrapped, the rest hangs under the beginning of its words."""

    pieces: tuple[Piece, ...]
    indent: int = 0
    mark: str = ""
    """What stands before the words of an item."""

    @property
    def plain(self) -> str:
        """The words alone."""
        return "".join(text for text, _ in self.pieces)


def inert(text: str) -> str:
    """Write a text for a Markdown file so that no program fetches, links or runs anything for it; its words stay."""
    return _ALIVE.sub(r"\\\g<0>", text)


def read(text: str) -> list[Paragraph]:
    """Read a text line by line; the lines stay those that were written, and between fences nothing is looked at.

    A fence itself is not shown, but for words that stand beside it.
    """
    paragraphs = []
    is_fenced = False
    depth: list[int] = []
    for line in text.split("\n"):
        fence = _FENCE.fullmatch(line)
        if fence:
            is_fenced = not is_fenced
            if fence[1]:
                paragraphs.append(Paragraph(((fence[1], False),), _STEP))
            continue
        if is_fenced:
            paragraphs.append(Paragraph(((line, False),), _STEP))
            continue
        found = _ITEM.fullmatch(line)
        if not found:
            depth = depth if not line.strip() or line[:1] in " \t" else []
            paragraphs.append(_plain(line, depth))
            continue
        column = len(found[1].expandtabs(_TAB))
        depth = [each for each in depth if each < column] + [column]
        paragraphs.append(Paragraph(strong(found[3]), _STEP * min(len(depth) - 1, _DEEPEST), f"{found[2]} "))
    return paragraphs


def _plain(line: str, depth: list[int]) -> Paragraph:
    heading = _HEADING.fullmatch(line)
    if heading:
        return Paragraph(((heading[1], True),))
    if depth and line.strip():  # what goes on with an item stands under its words
        return Paragraph(strong(line.strip()), _STEP * min(len(depth), _DEEPEST))
    return Paragraph(strong(line.rstrip()))


def strong(text: str) -> tuple[Piece, ...]:
    """Part a line into what is marked as strong and what is not; the marks go."""
    pieces: list[Piece] = []
    last = 0
    for found in _STRONG.finditer(text):
        if found.start() > last:
            pieces.append((text[last : found.start()], False))
        pieces.append((found[1] or found[2], True))
        last = found.end()
    if last < len(text) or not pieces:
        pieces.append((text[last:], False))
    return tuple(pieces)


def beginning_of(text: str) -> tuple[str, str]:
    """Give (heading, first words below it) for a list, without any marks; see `core.journal.heading_of`."""
    text = text[:_LOOKED_AT].strip()
    first, _, rest = text.partition("\n")
    heading = _HEADING.fullmatch(first.strip())
    if heading:
        return heading[1], " ".join(_unmarked(rest).split())
    return heading_of(_unmarked(text))


def _unmarked(text: str) -> str:
    return "\n".join(each.mark + each.plain for each in read(text))
