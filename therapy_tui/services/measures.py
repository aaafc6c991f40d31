"""Measures: begun, kept after each answer, scored by their own rule, and never more than that."""

from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.content import measures as shelf
from therapy_tui.core import measures as rules
from therapy_tui.core.measures import Change, Result, Verdict
from therapy_tui.core.questionnaire import Measure
from therapy_tui.services.events import RoomChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import measures as responses
from therapy_tui.store.measures import Answers, Response

CHANGED = RoomChanged("measures")
SHORTEST_ID = 4


class FinishedElsewhere(errors.UsageError):
    """Another window answered this to the end. What it came to is kept."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One answered measure with what it comes to."""

    id: bytes
    at: int
    measure: Measure
    result: Result


def every_measure() -> tuple[Measure, ...]:
    """Give all measures there are."""
    return shelf.measures()


def find(name: str) -> Measure:
    """Find a measure by its id.

    Raises:
        UsageError: there is none.
    """
    found = shelf.measure(name.lower())
    if found is None:
        known = ", ".join(each.id for each in shelf.measures())
        raise errors.UsageError(f"There is no measure {name[:40]!r}. There are: {known}.")
    return found


def begun(vault: Vault, measure: Measure) -> Answers:
    """Give how far a measure was answered before it was left, an answer or None for each item."""
    kept = responses.begun(vault.database, measure.id)
    return kept if len(kept) == len(measure.items) else (None,) * len(measure.items)


def answer(vault: Vault, measure: Measure, item: int, score: int, seen: Answers) -> Answers:
    """Keep one answer, beside those that another window gave meanwhile.

    Args:
        vault: whose.
        measure: what is being answered.
        item: the place of the question.
        score: the answer.
        seen: the answers as they lay there when the window looked last.

    Returns:
        All answers that lie there now.

    Raises:
        FinishedElsewhere: there were answers, and they are a whole now.
    """
    with vault.transaction() as database:
        there = look_again(vault, measure, seen)
        given = (*there[:item], score, *there[item + 1 :])
        responses.keep_begun(database, measure.id, given, vault.now())
    return given


def look_again(vault: Vault, measure: Measure, seen: Answers) -> Answers:
    """Read again how far a measure was answered.

    Raises:
        FinishedElsewhere: there were answers when the window looked last, and there are none now.
    """
    there = begun(vault, measure)
    if any(each is not None for each in seen) and all(each is None for each in there):
        raise FinishedElsewhere
    return there


def needs_support(measure: Measure, answers: Answers) -> bool:
    """Tell whether an answer is one for which the support page opens, before anything is kept."""
    return rules.score(measure, answers).support


def take(vault: Vault, measure: Measure, answers: Answers) -> Taken:
    """Keep a measure that was answered, and forget that it was begun.

    Raises:
        UsageError: the answers do not fit the measure; nothing was kept.
    """
    result = rules.score(measure, answers, _earlier(vault, measure))
    low, high = result.scale
    response = Response(
        row=0,
        id=vault.random_bytes(16),
        at=vault.now(),
        measure=measure.id,
        low=low,
        high=high,
        answers=responses.pack(answers),
        total=result.total,
        support=result.support,
    )
    with vault.transaction() as database:
        responses.add(database, response)
        responses.drop_begun(database, measure.id)
        vault.tell(CHANGED)
    return Taken(response.id, response.at, measure, result)


def kept(vault: Vault) -> list[Response]:
    """Read what was answered as it lies in the vault, the oldest first; nothing of it is scored anew."""
    return responses.every(vault.database)


def told(response: Response) -> str:
    """Say in a line what was answered and what it came to; empty for a measure, or a scale, that is not known here."""
    measure = shelf.measure(response.measure)
    if measure is None or (response.low, response.high) != (measure.scoring.item_low, measure.scoring.item_high):
        return ""
    outcome = "no total" if response.total is None else _total(measure, response.total)
    return f"{measure.short}, {measure.title}: {outcome}."


def taken(vault: Vault, name: str = "") -> list[Taken]:
    """Read what was answered, oldest first, each compared with the one before; of what is not known nothing is told."""
    known = {each.id: each for each in shelf.measures()}
    before: dict[str, Result] = {}
    found = []
    for each in responses.every(vault.database, name):
        measure = known.get(each.measure)
        if measure is None:
            continue
        try:
            earlier = before.get(measure.id)
            result = rules.score(measure, responses.unpack(each.answers), earlier)
        except errors.UsageError:
            continue
        if (each.low, each.high) != result.scale:
            continue
        if result.total is not None:
            before[measure.id] = result
        found.append(Taken(each.id, each.at, measure, result))
    return found


def find_taken(vault: Vault, text: str) -> Taken:
    """Find what was answered by its id, or by how that begins.

    Raises:
        UsageError: there is none, or there are two.
    """
    found = [each for each in taken(vault) if each.id.hex().startswith(text.lower())]
    if len(found) == 1 and len(text) >= SHORTEST_ID:
        return found[0]
    told = "Two have an id that begins so. Give more of it." if len(found) > 1 else "Nothing was answered with that id."
    raise errors.UsageError(f"{told} `therapy-tui --json measure list` shows them.")


def _earlier(vault: Vault, measure: Measure) -> Result | None:
    low, high = measure.scoring.item_low, measure.scoring.item_high
    last = responses.last(vault.database, measure.id, low, high)
    return None if last is None else rules.score(measure, responses.unpack(last.answers))


def sentences(taken: Taken) -> list[str]:
    """Say what answers come to: the total, its band, the change with its rule by name; never a conclusion."""
    measure, result = taken.measure, taken.result
    if result.total is None:
        missing = ", ".join(map(str, result.missing))
        return [f"No total: nothing was answered at {missing}."]
    said = [f"{_total(measure, result.total)}."]
    if result.change is not None:
        said.append(_change(result.change))
    return said


def _total(measure: Measure, total: int) -> str:
    scoring, band = measure.scoring, measure.band(total)
    told = f"{total}, on a scale of {scoring.total_low} to {scoring.total_high}"
    return f"{told}: {band.label}" if band else told


def _change(change: Change) -> str:
    moved = abs(change.difference)
    points = f"{moved} point{'' if moved == 1 else 's'}"
    way = "as before" if not moved else f"{points} {'lower' if change.difference < 0 else 'higher'}"
    said = f"{change.earlier} before, so {way}."
    if change.rule is None or change.verdict is None:
        return said
    counts = "counts as a change" if change.verdict is not Verdict.WITHIN else "does not count as a change"
    name = change.rule.name.replace(" (", ", ").replace(")", "")
    return f"{said} By the rule of {change.rule.points} points ({name}) that {counts}."
