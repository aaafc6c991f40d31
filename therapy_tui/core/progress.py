"""What questionnaires of one person came to over time: each total beside the one before it and beside the first.

Everything by the one rule that the measure's data name (CLINICAL.md, 2). Nothing is filled in, and totals of another
scale, or of another form of the questionnaire, are never compared. A change is a number; no conclusion is drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from therapy_tui.core.measures import Change, compare
from therapy_tui.core.questionnaire import Band, Measure
from therapy_tui.core.shared import UNANSWERED


class Given(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Answers as a person gave them: the body of kind 17, whose bounds were held when it came (core/shared.py)."""

    measure: str
    at: int
    """When they were given, seconds since 1970, by the clock of who gave them."""
    low: int
    high: int
    """The scale: the lowest and the highest answer."""
    answers: bytes
    """A byte for each item, 255 where nothing was answered; empty once they were taken back."""


_ONE = msgspec.msgpack.Decoder(Given)
_MANY = msgspec.msgpack.Decoder(list[Given])


def read(bodies: Sequence[bytes]) -> list[Given | None]:
    """Read what is kept of answers; None where one cannot be read, or was taken back.

    All are read at once, as one array: one by one, those of a caseload would take three times as long.
    """
    try:
        found: Sequence[Given | None] = _MANY.decode(b"\xdd" + len(bodies).to_bytes(4) + b"".join(bodies))
    except msgspec.MsgspecError:
        found = []
    if len(found) != len(bodies):
        found = [_read_one(each) for each in bodies]
    return [each if each is not None and each.answers else None for each in found]


def _read_one(body: bytes) -> Given | None:
    try:
        return _ONE.decode(body)
    except msgspec.MsgspecError:
        return None


def at_arrival(given: Given, arrived: int) -> Given:
    """Give answers with the time at which they came: for those that say a later one, by a clock that goes wrong."""
    return msgspec.structs.replace(given, at=arrived)


def fits(given: Given, measure: Measure) -> bool:
    """Tell whether the answers are of this form of the measure and of its scale, so that totals can be compared."""
    scale = measure.scoring.item_low, measure.scoring.item_high
    return (given.low, given.high) == scale and len(given.answers) == len(measure.items)


def total_of(given: Given) -> int | None:
    """Add the answers up; None while one is missing."""
    return None if UNANSWERED in given.answers else sum(given.answers)


@dataclass(frozen=True, slots=True)
class Point:
    """One set of answers in a course."""

    at: int
    scale: tuple[int, int]
    answers: tuple[int | None, ...]
    """In the order of the items; None for an item without an answer."""
    total: int | None
    """In its own scale; None while an answer is missing, and where the measure is not known here."""
    is_compared: bool
    """Whether it is of the same form and scale as the measure here. Without it there is no band and no change."""
    band: Band | None = None
    since_last: Change | None = None
    """Against the total before it; None for the first."""
    since_first: Change | None = None

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the items without an answer."""
        return tuple(number for number, each in enumerate(self.answers, start=1) if each is None)


@dataclass(frozen=True, slots=True)
class Course:
    """One measure over time."""

    name: str
    """The measure's id, as it came."""
    measure: Measure | None
    """None when this version does not know it: then there are days, and no totals."""
    points: tuple[Point, ...]
    """The earliest first; at least one."""

    @property
    def compared(self) -> tuple[Point, ...]:
        """Those with a total that can be compared."""
        return tuple(each for each in self.points if each.is_compared and each.total is not None)

    @property
    def short(self) -> str:
        """The name that people use."""
        return self.measure.short if self.measure else self.name


def courses(given: Iterable[Given], known: Sequence[Measure]) -> tuple[Course, ...]:
    """Put what one person answered in order.

    Args:
        given: of one person, in the order in which they were sent; it decides between those of one second. The same
            answers of the same second count once, however often they came.
        known: the measures that this version has; their order is that of the courses, others come behind.

    Returns:
        One course for each measure of which there is something.
    """
    found: dict[str, list[Given]] = {}
    once = {(each.at, each.measure, each.low, each.high, each.answers): each for each in given}
    for each in sorted(once.values(), key=lambda one: one.at):
        found.setdefault(each.measure, []).append(each)
    by_name = {each.id: each for each in known}
    names = [*(name for name in by_name if name in found), *sorted(found.keys() - by_name.keys())]
    return tuple(Course(name, by_name.get(name), _points(found[name], by_name.get(name))) for name in names)


def _points(given: Iterable[Given], measure: Measure | None) -> tuple[Point, ...]:
    points: list[Point] = []
    first = last = None
    for each in given:
        answers = tuple(None if answer == UNANSWERED else answer for answer in each.answers)
        total = total_of(each) if measure is not None else None
        scale = each.low, each.high
        if measure is None or not fits(each, measure):
            points.append(Point(each.at, scale, answers, total, is_compared=False))
            continue
        if total is None:
            points.append(Point(each.at, scale, answers, None, is_compared=True))
            continue
        before = None if last is None else compare(measure, last, total)
        begun = None if first is None else compare(measure, first, total)
        points.append(Point(each.at, scale, answers, total, True, measure.band(total), before, begun))
        first, last = total if first is None else first, total
    return tuple(points)


def safety_answers(measure: Measure, point: Point) -> tuple[tuple[int, int | None], ...]:
    """Give the number and the answer of each item that opens the support screen, for a set of answers that fits."""
    if not point.is_compared:
        return ()
    return tuple((item.number, point.answers[item.number - 1]) for item in measure.items if item.safety)
