"""Notes in parts: headings as lines of one plain text, from which the parts are read again without a word lost."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_MARK = "## "
_CURSOR = "\0"
_HEADING = re.compile(r"(\\*)## (.*?)[^\S\n]*")
_BLANK_START = re.compile(r"\A(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a note."""

    heading: str
    """One line, each once in a format. Texts are read by it, so it stays as it is."""
    hint: str
    """A few words for the margin."""
    asks: str
    """A sentence that stands where nothing is written yet."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a note may be laid out."""

    id: str
    name: str
    parts: tuple[Part, ...]
    """Empty for a free note."""

    @property
    def headings(self) -> frozenset[str]:
        """The headings of its parts."""
        return frozenset(each.heading for each in self.parts)


def tidy(text: str) -> str:
    """Make a part as `parse` gives it back: newlines only, no blank lines around it, no spaces at its end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_START.sub("", text).rstrip()


def parse(layout: Format, text: str) -> dict[str, str]:
    """Read the parts out of any text, also one that was written in another format or by hand.

    No word gets lost: what stands above the first heading belongs to the first part, an unknown heading is a line of
    the part in which it stands, and under a heading that comes twice stands one part.

    Returns:
        The words under every heading of the format, `tidy`, empty where there are none. For a text of `render` they
        are those that it was made from.
    """
    found: dict[str, list[str]] = {each.heading: [] for each in layout.parts}
    current = found[layout.parts[0].heading]
    for line in tidy(text).split("\n"):
        heading, is_escaped = _read(line)
        if heading not in found:
            current.append(line)
        elif is_escaped:
            current.append(line[1:])
        else:
            current = found[heading]
    return {heading: tidy("\n".join(lines)) for heading, lines in found.items()}


def render(layout: Format, answers: Mapping[str, str]) -> str:
    r"""Write the parts as one plain text: each heading behind `## `, its words below it; an empty part is not there.

    A line of the words that would be read as a heading of this format gets a backslash in front.

    Args:
        layout: which format.
        answers: by heading; one that is missing is empty.
    """
    own = layout.headings
    pieces: list[str] = []
    for each in layout.parts:
        words = tidy(answers.get(each.heading, ""))
        if words:
            lines = ("\\" + line if _read(line)[0] in own else line for line in words.split("\n"))
            pieces += [_MARK + each.heading, "\n".join(lines)]
    return "\n\n".join(pieces)


def carry(before: Format, after: Format, text: str, known: Collection[str]) -> str:
    """Write a text of one format in another, every word of it.

    Parts of the same heading stay; another stays a line, `## Objective`, in the part before it, or in the first. So the
    way back leads to the same text.

    Args:
        before: the format in which it was written.
        after: the one in which it is to stand.
        text: what stands in it.
        known: the headings of all formats; a part that begins with one of them needs none of its own.
    """
    if not after.parts:
        return text
    if not before.parts:
        return render(after, parse(after, text))
    pieces: list[str] = []
    for heading, words in parse(before, text).items():
        if not words:
            continue
        lines = [_kept_apart(line, before, after) for line in words.split("\n")]
        first, is_escaped = _read(lines[0])
        leads = not is_escaped and first in known
        pieces += ["\n".join(lines)] if leads else [_MARK + heading, "\n".join(lines)]
    return render(after, parse(after, "\n\n".join(pieces)))


def marked(text: str, place: int) -> str:
    """Write a character that nobody types where the cursor is, to be carried along into another format.

    On the line of a heading it goes below it, so that the heading stays one. A text that holds the character already is
    given as it is.
    """
    if _CURSOR in text:
        return text
    begin = text.rfind("\n", 0, place) + 1
    end = len(text) if (found := text.find("\n", place)) < 0 else found
    if _read(text[begin:end])[0]:
        return f"{text[:end]}\n{_CURSOR}{text[end:]}"
    return text[:place] + _CURSOR + text[place:]


def cursor_in(text: str) -> int:
    """Give where `marked` put its character, or -1 where there is none, or several."""
    return text.index(_CURSOR) if text.count(_CURSOR) == 1 else -1


def _kept_apart(line: str, before: Format, after: Format) -> str:
    """Give a line so that what was no heading before is none afterwards."""
    heading, _ = _read(line)
    return "\\" + line if heading in before.headings & after.headings else line


def _read(line: str) -> tuple[str, bool]:
    """Give what a line is as a heading, or nothing, and whether a backslash says that it is none."""
    found = _HEADING.fullmatch(line)
    return (found[2], bool(found[1])) if found else ("", False)
