"""The numbers of a country in a few lines, for a page that has other things to say too; nothing of a number is cut."""

from therapy_tui.content.crisis import ONE_SOURCE, Country, Line
from therapy_tui.core.columns import columns, rows

Pair = tuple[str, str]
"""A number, or how to write to it, and the words beside it."""
_GAP = 2


def brief(country: Country, most: int, width: int) -> list[Pair]:
    """Give the numbers for danger of life, then who can be talked to, one line each.

    Args:
        country: whose numbers.
        most: how many lines there may be; lines for everybody come before those for some.
        width: the columns of a line, with two between number and words.
    """
    found = [*_emergency(country), *_lines(country)][:most]
    room = width - _GAP - max(columns(number) for number, _, _ in found)
    return [(number, fitting(name, facts, room)) for number, name, facts in found]


def fitting(name: str, facts: tuple[str, ...], room: int) -> str:
    """Write words within some columns: hours go first, then the end of the name; `one source` always stays."""
    told = [fact for fact in facts if fact]
    while told and told[0] != ONE_SOURCE and columns(", ".join([name, *told])) > room:
        del told[0]
    rest = "".join(f", {fact}" for fact in told)
    if columns(name + rest) <= room:
        return name + rest
    return rows(name.replace(" ", "\xa0"), room - columns(rest) - 1)[0].replace("\xa0", " ").rstrip() + "…" + rest


_Told = tuple[str, str, tuple[str, ...]]


def _emergency(country: Country) -> list[_Told]:
    source = ONE_SOURCE if country.one_source else ""
    numbers: dict[str, list[str]] = {}
    for each in country.emergency:
        numbers.setdefault(each.use, []).append(each.number)
    told: list[_Told] = []
    for place, (use, same) in enumerate(numbers.items()):
        name = "life in danger, now" if place == 0 else use
        told.append((" or ".join(same), name, (use if place == 0 else "", source)))
    return told


def _lines(country: Country) -> list[_Told]:
    first: list[_Told] = []
    others: list[_Told] = []
    for line in sorted(country.lines, key=lambda each: bool(each.audience)):
        phone, text = _ways(line)
        facts = (f"for {line.audience}" if line.audience else "", line.hours, ONE_SOURCE if line.one_source else "")
        first.append((phone or text, line.name, facts))
        if phone and text:
            others.append((text, f"{line.name}, in writing", facts[2:]))
    return first + others


def _ways(line: Line) -> Pair:
    is_told = not line.text or (line.text[:1].isalpha() and " to " not in line.text)
    return line.phone, line.text if is_told else f"text {line.text}"
