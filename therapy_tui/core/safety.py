"""The person's own safety plan: six steps in an order that matters, their limits, and one page that holds them all.

The order is part of the method: one's own signs, what one can do alone, who and what takes the mind off it, whom one
can tell, who helps professionally, and surroundings made safer. The words are the person's. It is no contract.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from therapy_tui.core.columns import columns, rows
from therapy_tui.core.text import check_whole, safe_line, safe_text
from therapy_tui.errors import UsageError

LINE = 56
"""A line of so many characters takes one row of the page."""
MOST_NUMBERS = 5
"""The most rows of numbers to call above the steps."""
LONGEST = 4_000
"""The most characters of a step; far more than the page holds."""
PAGE_COLUMNS, PAGE_ROWS = 80, 24
_MARGIN, _GAP = 17, 3
NUMBERS = PAGE_COLUMNS - _MARGIN - _GAP - 2
"""The columns that a number has on the page, with the words beside it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one step asks for."""

    number: int
    label: str
    """In the margin, as the person would say it."""
    about: str
    """Quiet, below the label."""
    hint: str
    """An example, where nothing is written yet."""


STEPS = (
    Asked(1, "I notice", "my own signs", "How it begins: I stop answering, I lie awake at four."),
    Asked(2, "on my own", "what I can do", "What has helped before: a walk, a shower, the radio."),
    Asked(3, "among people", "my mind off it", "Where I need not explain: the library, my cousin's."),
    Asked(4, "I can tell", "how it really is", "Who may know how I am, and when they can be reached."),
    Asked(5, "who will help", "and crisis lines", "My therapist, my doctor, and how to reach them."),
    Asked(6, "safer here", "my surroundings", "What I would put out of reach, and who keeps it for me."),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it stands."""

    number: int
    """1 to 6."""
    text: str
    changed_at: int
    """Seconds since 1970; 0 where it was never written."""
    revision: int
    """Goes up with every change; 0 where it was never written."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a step was before."""

    step: int
    number: int
    """1 is the oldest."""
    kept_at: int
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All six steps, in their order."""

    steps: tuple[Step, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no step has a word."""
        return not self.written

    @property
    def written(self) -> tuple[Step, ...]:
        """The steps that have words."""
        return tuple(step for step in self.steps if lines_of(step.text))

    @property
    def changed_at(self) -> int:
        """When a step was last changed; 0 where none was ever written."""
        return max(step.changed_at for step in self.steps)

    def same_words(self, other: "Plan") -> bool:
        """Tell whether another plan says the same."""
        return [step.text for step in self.steps] == [step.text for step in other.steps]


@dataclass(frozen=True, slots=True)
class Page:
    """The plan on one page."""

    lines: tuple[str, ...]
    """All of it, none wider than 80 columns; at most 24 where nothing is beyond."""
    beyond: tuple[int, int] | None
    """The step and the line of it, from 1, from which on there is no room on the page; None where all fits."""


def plan_of(steps: Iterable[Step]) -> Plan:
    """Make a plan of the steps that were written; the others are empty."""
    known = {step.number: step for step in steps}
    return Plan(tuple(known.get(each.number, Step(each.number, "", 0, 0)) for each in STEPS))


def check_text(text: str) -> None:
    """Refuse what no step holds.

    Raises:
        UsageError: it is too long, or is no whole text.
    """
    if len(text) > LONGEST:
        raise UsageError(f"A step holds {LONGEST:,} characters; this has {len(text):,}. It is not kept as it is.")
    check_whole(text)


def lines_of(text: str) -> list[str]:
    """Give the lines of a step, fit to be drawn; blank ones at the ends say nothing and are left out."""
    lines = [line.rstrip() for line in safe_text(text).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        del lines[0]
    return lines


def rows_of(text: str, width: int = LINE) -> list[tuple[int, str]]:
    """Break a step into rows; each is given with the line it belongs to, from 1."""
    return [(number, row) for number, line in enumerate(lines_of(text), start=1) for row in rows(line, width)]


def room(numbers: int) -> int:
    """Count the rows that the six steps have on a page below so many numbers; 14 at the least."""
    return PAGE_ROWS - 4 - (numbers + 1 if numbers else 0)  # the heading and the foot, each with a blank row


def beyond(plan: Plan, numbers: int) -> tuple[int, int] | None:
    """Name the first line for which a page with so many numbers has no room; None where all fits.

    Returns:
        The number of the step and, from 1, that of the line in it.
    """
    used = 0
    for step in plan.steps:
        for line, _ in rows_of(step.text):
            used += 1
            if used > room(numbers):
                return step.number, line
    return None


def page(plan: Plan, numbers: Sequence[tuple[str, str]], heading: str, foot: str) -> Page:
    """Lay the whole plan on a page of 80 by 24, the numbers to call first.

    Args:
        plan: what the person wrote; steps without a word are left out.
        numbers: (number, words), at most `MOST_NUMBERS`, each pair fitting `NUMBERS` columns beside the others.
        heading: the first line.
        foot: the last line.
    """
    text = [_line("", ""), *_numbers(numbers[:MOST_NUMBERS])]
    for step in plan.written:
        asked = STEPS[step.number - 1]
        notes = [f"{asked.label}  {asked.number}"]
        for _, row in rows_of(step.text):
            text.append(_line(notes.pop() if notes else "", row))
    ends = [f"  {safe_line(each, PAGE_COLUMNS - 4)}".rstrip() for each in (heading, foot)]
    if text[-1]:
        text.append("")
    return Page((ends[0], *text, ends[1]), beyond(plan, len(numbers[:MOST_NUMBERS])))


def _numbers(numbers: Sequence[tuple[str, str]]) -> list[str]:
    if not numbers:
        return []
    widest = max(columns(number) for number, _ in numbers)
    told = []
    for place, (number, words) in enumerate(numbers):
        space = " " * (widest - columns(number) + 2)
        told.append(_line("" if place else "call now", f"{number}{space}{words}"))
    return [*told, ""]


def _line(note: str, text: str) -> str:
    return f"{note:>{_MARGIN}}{' ' * _GAP}{text}".rstrip()
