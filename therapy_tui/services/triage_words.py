"""Why somebody stands where they stand, in words; and who is meant by what one types to find somebody."""

from collections.abc import Sequence

from therapy_tui.content import measures as shelf
from therapy_tui.core.flags import Flag
from therapy_tui.core.text import safe_name
from therapy_tui.core.triage import DAYS_OF_WEEK, By, Facts, LastMeasure, Rank, Verdict, Week, Why, above
from therapy_tui.services import days, progress
from therapy_tui.services.arranged_words import DAY, moment, over

MOST_NAMED = 3
SPAN = " over four weeks"
LATELY = 28 * DAY
"""A result that is older is told with its day."""
TWICE = 2


def due(verdict: Verdict, now: int) -> str:
    """Say by when something is due: 2 h over, today 17:00, tomorrow 09:00, Thu 15:00; or what else stands there."""
    facts = verdict.facts
    if verdict.is_put_off:
        return f"after {short(facts.not_before, now)}"
    late = now - facts.standing.until
    if facts.standing.until and late > 0:
        return over(late)
    if verdict.rank is Rank.FLAG:
        return "now"
    if facts.standing.until:
        return short(facts.standing.until, now)
    if facts.standing.since:
        since = _past(facts.standing.since, now)
        return "since yesterday" if since.startswith("yesterday") else f"since {since}"
    return "look in" if verdict.needs else "nothing due"


def short(seconds: int, now: int) -> str:
    """Write a moment to come for a margin: today 17:00, tomorrow, Thu 15:00, 3 Dec."""
    said = moment(seconds, now)
    if said.startswith("tomorrow"):
        return "tomorrow"
    words = said.split()
    return " ".join(words[1:-1]) if len(words) > 2 else said  # noqa: PLR2004 - Thu 3 Dec 15:00


def _past(seconds: int, now: int) -> str:
    """Say when something was: 21:14, Tue 08:02, 3 Nov."""
    said = moment(seconds, now)
    if days.day_of(seconds) == days.day_of(now):
        return said.removeprefix("today ")
    return said if now - seconds < (DAYS_OF_WEEK - 1) * DAY else said.rsplit(" ", 1)[0].split(" ", 1)[1]


def reasons(verdict: Verdict, now: int) -> list[str]:
    """Say every reason, the weightiest first."""
    facts = verdict.facts
    said = [_say(each.why, facts, now) for each in verdict.reasons if each.why is not Why.WAITING]
    said += _letters(facts, now)
    return [each for each in said if each]


def _say(why: Why, facts: Facts, now: int) -> str:
    if why in {Why.OVER, Why.PROMISED}:
        return _owed(facts, now)
    if why is Why.SILENT:
        return f"no letter since {_past(facts.heard_at, now)}, and there it said {quoted(facts.worried)}"
    return {
        Why.FLAG: flagged(facts.flag, facts.flags),
        Why.WORDS: f"wrote {quoted(facts.attention)}",
        Why.ASKED: "asked for an answer",
        Why.UNREAD: _unread(facts),
        Why.PAGES: f"shared {'a page' if facts.pages == 1 else f'{facts.pages:,} pages'}, not read yet",
        Why.ANSWERS: f"shared {' and '.join(facts.answers)}, not read yet",
        Why.FIRST: "first letter",
        Why.MEASURE: f"{facts.measure.short if facts.measure else ''} has become worse by its own rule",
        Why.MOOD: f"the mood has fallen{_silence(facts.moods)}",
        Why.KEYS: "the keys have changed; compare the words",
        Why.ENDED: f"ended by {'you' if facts.ended == 'ours' else 'them'}, so no answer can go",
    }.get(why, "")


def _owed(facts: Facts, now: int) -> str:
    standing = facts.standing
    when = moment(standing.until, now)
    if standing.is_said:
        return f"promised by {when}"
    return f"an answer was due {when}" if standing.is_over(now) else f"an answer is due {when}"


def flagged(flag: Flag | None, count: int) -> str:
    """Say what stands first: item 9 answered “several days”, not yet cleared; and how many, where there are more."""
    such = f"{count:,} such answers " if count > 1 else ""
    return f"{flag_words(flag)}, {such}not yet cleared" if flag is not None else ""


def _unread(facts: Facts) -> str:
    said = "a letter not read yet" if facts.unread == 1 else f"{facts.unread:,} letters not read yet"
    return said if facts.ended else f"{said}, though you wrote since"


def flag_words(flag: Flag) -> str:
    """Say which answer stands first: item 9 answered “several days”."""
    measure = shelf.measure(flag.measure)
    answer = next((each.text for each in measure.options if each.score == flag.answer), "") if measure else ""
    told = f"“{answer.lower()}”" if answer else str(flag.answer)
    return f"item {flag.item} answered {told}"


def flag_line(flag: Flag) -> str:
    """Say which answer it is, of what and of which day: PHQ-9, item 9 answered “several days”, 28 November 2026."""
    return f"{progress.short(flag.measure)}, {flag_words(flag)}, {days.day_words(days.day_of(flag.at))}"


def _letters(facts: Facts, now: int) -> list[str]:
    if not facts.waiting:
        return []
    since, many = _past(facts.standing.since, now), facts.waiting > 1
    if facts.just_heard:
        size = f"{facts.words:,} word{'' if facts.words == 1 else 's'}"
        return [f"just to be heard, {size}{f' in {facts.waiting:,} letters, first' if many else ','} {since}"]
    if not many:
        return [f"wrote {since}"]
    times = "twice" if facts.waiting == TWICE else f"{facts.waiting:,} times"
    return [f"wrote {times}{'' if facts.is_first else ' since your last answer'}, first {since}"]


def quoted(words: tuple[str, ...]) -> str:
    """Name a few of the words that ask for attention."""
    named = " and ".join(f"“{each}”" for each in words[:MOST_NAMED])
    return named + (" and more" if len(words) > MOST_NAMED else "")


def stands(verdict: Verdict, below: Verdict | None, now: int) -> str:
    """Say why somebody stands above who comes next: before Wren: an answer was asked for.

    Args:
        verdict: who it is about.
        below: who comes next; None for nobody.
        now: seconds since 1970.

    Returns:
        A few words; empty where nothing is due for the one, or nobody comes next.
    """
    if below is None or verdict.rank is Rank.NOTHING:
        return ""
    return f"before {safe_name(below.facts.name)}: {_lifted(verdict, below, now)}"


def _lifted(verdict: Verdict, below: Verdict, now: int) -> str:
    by = above(verdict, below)
    if by is By.NEEDS:
        return f"they wait until {short(below.facts.not_before, now)}" if below.is_put_off else "nothing is due there"
    if by is By.RANK:
        first = verdict.reasons[0].why
        return _LIFTS.get(first) or _RANKS[verdict.rank]
    return {
        By.DUE: "due sooner" if below.facts.standing.until else "an answer is due here",
        By.REASONS: "there are more reasons",
        By.WAITING: "waits longer" if below.facts.standing.since else "waits for an answer",
    }.get(by, "by name")


_LIFTS = {
    Why.FIRST: "it is a first letter",
    Why.KEYS: "the keys have changed",
    Why.UNREAD: "a letter is not read",
    Why.PAGES: "a shared page is not read",
    Why.ANSWERS: "shared answers are not read",
    Why.ENDED: "they have ended it",
}
_RANKS = {
    Rank.FLAG: "this answer comes first until it is cleared",
    Rank.OVER: "the time has passed",
    Rank.WORDS: "those words ask for attention",
    Rank.SOON: "an answer is due within a day",
    Rank.ASKED: "an answer was asked for",
    Rank.WAITING: "a letter waits",
    Rank.WORSE: "something has become worse",
    Rank.SILENT: "such words, and then silence",
}


def measure(last: LastMeasure | None, now: int) -> str:
    """Say the last questionnaire: PHQ-9 17, up 6; with its day where that is more than four weeks ago."""
    if last is None:
        return ""
    if last.total is None:
        return f"{last.short} not complete"
    way = "up" if (last.difference or 0) > 0 else "down"
    change = f", {way} {abs(last.difference)}" if last.difference else ""
    day = f" on {_past(last.at, now)}" if now - last.at > LATELY else ""
    gap = ", then not complete" if last.has_gap else ""
    return f"{last.short} {last.total}{change}{day}{gap}"


def weeks(moods: Sequence[Week]) -> tuple[float | None, ...]:
    """Give the mean mood of each of the last four weeks, oldest first; None for one without a number."""
    known = {ago: mean for ago, _, mean in moods}
    return tuple(known.get(ago) for ago in range(3, -1, -1))


def mood(moods: Sequence[Week], span: str = "") -> str:
    """Say how the mood went: mood 6 to 3; mood 5; mood 6 to 3, none for 2 weeks. A span stands behind the numbers."""
    known = [round(each) for each in weeks(moods) if each is not None]
    if not known:
        return ""
    said = f"mood {known[0]} to {known[-1]}" if len(known) > 1 else f"mood {known[0]}"
    return said + span + _silence(moods)


def _silence(moods: Sequence[Week]) -> str:
    """Say for how long no number came, where there is none of the last week: , none for 2 weeks."""
    ago = moods[-1][0] if moods else 0
    return {0: "", 1: ", none for a week"}.get(ago, f", none for {ago} weeks")


def fits(verdict: Verdict, words: str, now: int) -> bool:
    """Tell whether somebody is meant: each word begins one of the name, the label, the due time or the reasons."""
    facts = verdict.facts
    said = " ".join([facts.name, facts.label, due(verdict, now), *reasons(verdict, now)]).casefold()
    return all(f" {each}" in f" {said}" for each in words.casefold().split())
