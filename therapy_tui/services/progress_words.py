"""Measures over time in words: what changed and by which rule, item 9 as it was answered, what is not compared."""

from dataclasses import dataclass
from datetime import date

from therapy_tui.core.caseload import LEAST, Ends, Summary
from therapy_tui.core.measures import Change, Verdict
from therapy_tui.core.progress import Course, Point, safety_answers
from therapy_tui.core.questionnaire import ChangeRule, Measure
from therapy_tui.services.days import day_of

UNKNOWN = "This version does not know the questionnaire. The answers are kept."
NOT_ANSWERED = "not answered"
AS_CHANGE = " as a change"
NOTHING_SHARED, NEITHER = "nothing shared", "neither of these"
_WORDS = {Verdict.LOWER: " fell", Verdict.HIGHER: " rose"}


@dataclass(frozen=True, slots=True)
class Told:
    """A course in sentences."""

    changes: tuple[str, ...]
    """The last total, the changes, the rule by name, response and remission."""
    safety: tuple[str, ...]
    """Item 9 as it was answered last, for a measure that has such an item."""
    is_safety_raised: bool
    """Whether one of those is anything but the lowest answer."""
    apart: tuple[str, ...]
    """What has no total or is not compared, and why."""


def told(course: Course, now: int) -> Told:
    """Say a course; dates of another year than that of `now` carry it."""
    if course.measure is None:
        return Told((), (), False, (UNKNOWN,))
    answered = [each for each in course.points if each.is_compared]
    safety, is_raised = _safety(course.measure, answered[-1]) if answered else ((), False)
    apart = tuple(f"{in_words(each.at, now)}: {why}." for each in course.points if (why := why_apart(each)))
    return Told(tuple(_changes(course, course.measure, now)), safety, is_raised, apart)


def _changes(course: Course, measure: Measure, now: int) -> list[str]:
    compared = course.compared
    if not compared:
        return []
    first, last = compared[0], compared[-1]
    ended = f"{last.total} on {in_words(last.at, now)}"
    scale = f"on a scale of {measure.scoring.total_low} to {measure.scoring.total_high}"
    said = [f"{ended}: {last.band.label}." if last.band else f"{ended}, {scale}."]
    if last.since_last is None or last.since_first is None:
        return said
    parts = [f"{_points(last.since_last)} on {in_words(compared[-2].at, now)}{_counts(last.since_last)}"]
    if len(compared) > 2:  # noqa: PLR2004 - else the first is the one before
        at_first = f"{_points(last.since_first)} at first, {first.total} on {in_words(first.at, now)}"
        parts.append(f"{at_first}{_counts(last.since_first).removesuffix(AS_CHANGE)}")
    said.append(f"It is {'; '.join(parts)}.")
    if measure.rule is not None:
        said.append(f"The rule: {rule_words(measure.rule)}.")
    return said + _outcome(last.since_first)


def _outcome(change: Change) -> list[str]:
    outcome = change.outcome
    if outcome is None:
        return []
    response = f"Response, a fall by {outcome.response_percent} %: {_yes(change.response)}"
    remission = f"remission, below {outcome.remission_below}: {_yes(change.remission)}"
    return [f"{response}; {remission} ({outcome.name})."]


def rule_words(rule: ChangeRule) -> str:
    """Name a rule of change with its points."""
    return f"{rule.points} points or more ({rule.name.replace(' (', ', ').replace(')', '')})"


def why_apart(point: Point) -> str:
    """Say why a set of answers has no total, or is not compared; empty where it is."""
    if not point.is_compared:
        low, high = point.scale
        sum_ = "no total" if point.total is None else str(point.total)
        return f"{sum_}, from {len(point.answers)} items of {low} to {high}; another scale or form, so not compared"
    if point.total is None:
        return f"no total, nothing was answered at {', '.join(map(str, point.missing))}"
    return ""


def _safety(measure: Measure, point: Point) -> tuple[tuple[str, ...], bool]:
    words = {each.score: each.text[:1].lower() + each.text[1:] for each in measure.options}
    found = safety_answers(measure, point)
    said = tuple(f"Item {number}: {NOT_ANSWERED if given is None else words[given]}." for number, given in found)
    return said, any(given is not None and given > measure.scoring.item_low for _, given in found)


def safety_words(measure: Measure, point: Point) -> str:
    """Say item 9 of one set of answers where it is anything but the lowest answer; else nothing."""
    said, is_raised = _safety(measure, point)
    return " ".join(said) if is_raised else ""


def moved(change: Change | None) -> str:
    """Write a change in signs and one word: +6 rose, -2, 0; the word only where the measure's rule counts it."""
    if change is None:
        return ""
    word = _WORDS.get(change.verdict or Verdict.WITHIN, "")
    return (f"{change.difference:+}" if change.difference else "0") + word


def figures_of(measure: Measure, ends: Ends | None) -> str:
    """Write where a measure began and is now: `14 to 20, rose`; the word only where its rule counts the change."""
    if ends is None:
        return ""
    if ends.times < LEAST:
        return f"{ends.last}, once"
    word = _WORDS.get(ends.verdict(measure) or Verdict.WITHIN, "")
    return f"{ends.first} to {ends.last}{',' * bool(word)}{word}"


@dataclass(frozen=True, slots=True)
class InNumbers:
    """A caseload's summary in words."""

    who: str
    """Who is counted, and how many are not."""
    counts: tuple[tuple[str, int, int], ...]
    """What is counted, how many, and of how many."""
    rules: str
    """The lines and the rules, and where they were read."""


def in_numbers(found: Summary, measures: tuple[Measure, ...]) -> InNumbers:
    """Say a caseload's summary; `measures` are the two that are counted."""
    shorts = " and ".join(each.short for each in measures)
    others = f" Not counted, with less than that: {found.left_out}." if found.left_out else ""
    lines = ", ".join(f"{each.short} {each.caseness.at_least} or more" for each in measures if each.caseness)
    rules = ", ".join(f"{each.short} by {each.rule.points} or more" for each in measures if each.rule)
    where = ", ".join(dict.fromkeys(each.partition(" (")[0].partition(" ;")[0] for each in found.sources))
    return InNumbers(
        f"Counted, with {shorts} at least twice: {found.counted}.{others}",
        (
            ("Reliable improvement", found.improved, found.counted),
            ("Caseness at the start", found.caseness, found.counted),
            ("Recovery", found.recovered, found.caseness),
            ("Reliable recovery", found.reliably_recovered, found.caseness),
        ),
        f"As NHS Talking Therapies count ({where}): caseness is {lines}; reliable, fell and rose are {rules}.",
    )


def _points(change: Change) -> str:
    if not change.difference:
        return "the same as"
    return f"{abs(change.difference)} {'lower' if change.difference < 0 else 'higher'} than"


def _counts(change: Change) -> str:
    if change.verdict is None:
        return ""
    return f", which {'does not count' if change.verdict is Verdict.WITHIN else 'counts'}{AS_CHANGE}"


def _yes(is_so: bool | None) -> str:  # noqa: FBT001 - the answer itself
    return "yes" if is_so else "no"


def in_words(at: int, now: int) -> str:
    """Write a day such as 15 November, with its year where that is another."""
    day = day_of(at)
    if not day:
        return "a day unknown"
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B}" + ("" if day[:4] == day_of(now)[:4] else f" {found.year}")
