"""Which row of the caseload shows whom: who needs a therapist in rows of their own, the rest in a paragraph of names.

Where not all of it fits, the last row says how many stand above and below what is seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from therapy_tui.core.text import safe_name
from therapy_tui.core.triage import Rank, Verdict

PARTED = " · "
NAMES, BLANK, WHO, REST = -1, -2, -3, -4
"""What stands for a place in a row of names, a blank one, one that tells of a chosen name, and the last one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows that are seen."""

    rows: tuple[tuple[int, int], ...]
    """From the top: whose, and which of their lines."""
    names: tuple[tuple[tuple[int, int, int], ...], ...]
    """The rows of names: of each its place in the list, and from which cell to which it goes."""
    top: int
    """How many rows are above."""
    rest: str
    """How many people are not seen; empty where all are."""


def first_quiet(verdicts: Sequence[Verdict]) -> int:
    """Give the first place of those for whom nothing is due."""
    return next((place for place, each in enumerate(verdicts) if is_quiet(each)), len(verdicts))


def is_quiet(verdict: Verdict) -> bool:
    """Tell whether somebody is one of the paragraph of names."""
    return verdict.rank is Rank.NOTHING and not verdict.is_put_off


def lay(verdicts: Sequence[Verdict], chosen: int, size: tuple[int, int], top: int, lines: tuple[int, int]) -> Layout:
    """Lay people out in rows.

    Args:
        verdicts: everybody, in order.
        chosen: the place of whom the bar is at; their row is seen.
        size: the cells of a row, and how many rows there is room for.
        top: how many rows were above before.
        lines: how many lines somebody takes, and how many the chosen one; a chosen name takes what is more.
    """
    room, tall = size
    quiet, (plain, whole) = first_quiet(verdicts), lines
    names = _wrap(verdicts, quiet, room)
    rows: list[tuple[int, int]] = []
    for place in range(quiet):
        rows += [(place, line) for line in range(whole if place == chosen else plain)] + [(BLANK, 0)]
    for number, row in enumerate(names):
        rows.append((NAMES, number))
        if any(place == chosen for place, _, _ in row):
            rows += [(WHO, line) for line in range(whole - plain)]
    if rows and rows[-1] == (BLANK, 0):
        rows.pop()
    seen = tall if len(rows) <= tall else max(1, tall - 1)
    begins = _begins(rows, names)
    first = begins.get(chosen, 0)
    top = max(0, min(top, first, len(rows) - seen), first + (whole if chosen < quiet else 1 + whole - plain) - seen)
    if seen == tall:
        return Layout(tuple(rows), tuple(map(tuple, names)), 0, "")
    shown = _whole(rows, top, seen)
    seen_here = _begins(shown, names)
    above = [place for place, row in begins.items() if row < top and place not in seen_here]
    below = [place for place, row in begins.items() if row >= top and place not in seen_here]
    return Layout((*shown, (REST, 0)), tuple(map(tuple, names)), top, _rest(verdicts, above, below))


def _whole(rows: Sequence[tuple[int, int]], top: int, seen: int) -> list[tuple[int, int]]:
    """Give the rows that are seen, without a person of whom a part would stand there alone."""
    shown = list(rows[top : top + seen])
    for number, (place, line) in enumerate(shown):
        if place < 0 or line == 0:
            break
        shown[number] = (BLANK, 0)
    place = rows[top + seen][0] if top + seen < len(rows) else BLANK
    if place >= 0 and place == shown[-1][0]:
        shown = [(BLANK, 0) if row[0] == place else row for row in shown]
    return shown


def _begins(rows: Sequence[tuple[int, int]], names: Sequence[Sequence[tuple[int, int, int]]]) -> dict[int, int]:
    """Give in which row each person begins."""
    found: dict[int, int] = {}
    for number, (place, line) in enumerate(rows):
        for each in (name for name, _, _ in names[line]) if place == NAMES else (place,):
            if each >= 0:
                found.setdefault(each, number)
    return found


def _rest(verdicts: Sequence[Verdict], above: Sequence[int], below: Sequence[int]) -> str:
    """Say how many of those who are not seen need one, and where; or how many people those are."""
    sides = ((above, "above"), (below, "below"))
    needed = [(sum(verdicts[place].needs for place in places), where) for places, where in sides]
    said = [f"{count:,} {where}" for count, where in needed if count]
    if said:
        return f"{' and '.join(said)} need{'s' if sum(count for count, _ in needed) == 1 else ''} you"
    return " and ".join(f"{len(places):,} {where}" for places, where in sides if places)


def _wrap(verdicts: Sequence[Verdict], first: int, room: int) -> list[list[tuple[int, int, int]]]:
    """Lay names into rows: for each its place in the list, and from which cell to which it goes."""
    rows: list[list[tuple[int, int, int]]] = []
    for place in range(first, len(verdicts)):
        size = min(room, cell_len(safe_name(verdicts[place].facts.name)))
        begin = rows[-1][-1][2] + len(PARTED) if rows else room + 1
        if begin + size > room:
            rows.append([])
            begin = 0
        rows[-1].append((place, begin, begin + size))
    return rows
