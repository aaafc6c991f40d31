"""What today's page shows: what is new, how it is, a page for today, and what was begun. Nothing is counted up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from therapy_tui.core.people import CLIENT
from therapy_tui.core.promises import NOTHING_WAITS
from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.text import safe_name
from therapy_tui.core.triage import Verdict
from therapy_tui.services import asked, checkins, directory, measures, own_prompts, promises, prompts, triage_words
from therapy_tui.services.arranged_words import promised
from therapy_tui.services.directory import Person
from therapy_tui.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page."""

    id: str
    note: str
    """What it is, for the margin."""
    title: str
    detail: str
    new: bool = False
    """Whether it is what a person most likely comes for."""


def parts(vault: Vault, today: str, people: Sequence[Verdict] = ()) -> list[Part]:
    """Give the parts of today's page, at most five.

    Args:
        vault: the open vault.
        today: the local day, `YYYY-MM-DD`.
        people: a therapist's caseload, in order.
    """
    found = [*([_needed(people, vault.now())] if people else []), _letters(vault)]
    if vault.profile.role == CLIENT:
        due = asked.due(vault, today)
        found += [_how_it_is(vault, today), _page(vault, today), *_asked(vault, due), *_begun(vault, due)]
    return found


def _letters(vault: Vault) -> Part:
    people = directory.people(vault)
    fresh = [each for each in people if each.unread]
    if not people:
        return Part("letters", "letters", "Nobody to write to yet", "an invite begins it")
    if not fresh:
        names = people[0].contact.name if len(people) == 1 else "anybody"
        return Part("letters", "letters", f"Nothing new from {names}", _promised(vault, people))
    first = fresh[0]
    count = "One new letter" if first.unread == 1 else f"{first.unread:,} new letters"
    others = ", ".join(each.contact.name for each in fresh[1:4])
    return Part(
        "letters", "letters", f"{count} from {first.contact.name}", f"also from {others}" if others else "", new=True
    )


def _needed(people: Sequence[Verdict], now: int) -> Part:
    """Say how many need a therapist, who of them first, and why."""
    count, first = sum(each.needs for each in people), people[0]
    if not count:
        return Part("triage", "triage", "Nobody needs you now", "")
    who = f"{count:,} {'person needs' if count == 1 else 'people need'} you, {safe_name(first.facts.name)} first"
    return Part("triage", "triage", who, "; ".join(triage_words.reasons(first, now)), new=True)


def _promised(vault: Vault, people: list[Person]) -> str:
    """Say by when the first of the answers comes that a client waits for."""
    if vault.profile.role != CLIENT:
        return ""
    found = [promises.standing(vault, each.contact) for each in people]
    first = min((each for each in found if each.until), key=lambda each: each.until, default=NOTHING_WAITS)
    return promised(first, vault.now())


def _how_it_is(vault: Vault, today: str) -> Part:
    latest = checkins.latest(vault)
    said = "1 is very hard, 10 is very good"
    if latest is not None:
        said_on, now = date.fromisoformat(latest.day), date.fromisoformat(today)
        day = f"on {said_on.day} {said_on:%b}" + ("" if said_on.year == now.year else f" {said_on.year}")
        days = (now - said_on).days
        when = {0: "today", 1: "yesterday"}.get(days, day if days > 0 else "")
        said += f" · {when} you said {latest.mood}" if when else ""
    return Part("now", "right now", "How is it?   1  2  3  4  5  6  7  8  9  10", said)


def _page(vault: Vault, today: str) -> Part:
    prompt = prompts.of_today(vault, today)
    return Part("page", "a page", f"“{prompt.text}”", own_prompts.sources(vault).get(prompt.id, ""))


def begun_measure(vault: Vault) -> Measure | None:
    """Give the first questionnaire that was begun and not taken to its end, or None."""
    return next((each for each in measures.every_measure() if _is_begun(vault, each)), None)


def _asked(vault: Vault, due: Sequence[tuple[Measure, str]]) -> list[Part]:
    if not due:
        return []
    (measure, name), *others = due
    more = f"then {', '.join(each.short for each, _ in others)}" if others else ""
    told = [*([_so_far(vault, measure)] if _is_begun(vault, measure) else []), *([more] if more else [])]
    return [Part("asked", "asked for", f"{measure.short}, asked by {name}", " · ".join(told))]


def _begun(vault: Vault, due: Sequence[tuple[Measure, str]]) -> list[Part]:
    measure = begun_measure(vault)
    if measure is None or (due and measure == due[0][0]):
        return []
    return [Part("measure", "begun", f"{measure.short}, {_so_far(vault, measure)}", "")]


def _is_begun(vault: Vault, measure: Measure) -> bool:
    return any(each is not None for each in measures.begun(vault, measure))


def _so_far(vault: Vault, measure: Measure) -> str:
    answered = sum(each is not None for each in measures.begun(vault, measure))
    return f"{answered} of {len(measure.items)} answered"
