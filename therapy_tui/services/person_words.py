"""What the page of a person says, in words: the same on the screen and on the command line."""

from collections.abc import Iterator
from dataclasses import dataclass

from therapy_tui.core.flags import Flag
from therapy_tui.core.people import CHANGED, VERIFIED
from therapy_tui.core.persons import Ending, Version
from therapy_tui.core.retention import Standing
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.services import days
from therapy_tui.services import record_words as records
from therapy_tui.services.arranged_words import owed, promised, whole_moment
from therapy_tui.services.days import day_words
from therapy_tui.services.persons import About
from therapy_tui.services.triage_words import SPAN, flag_line, measure, mood

ASK_FOR = (
    "Ask for the code word: {word}. You say its first half, they say the rest. If they cannot, end it with them and"
    " make a new invite."
)
CLEARED_WHERE = "a reason clears it, where you see who needs you"
NOBODY = "nobody is written down"
NOTHING = "nothing is written down"
ROWS = (
    *(
        "first",
        "letters",
        "ended",
        "shared",
        "next hour",
        "to call",
        "place",
        "keys",
        "same name",
        "code word",
        "invite",
        "cleared",
    ),
    *("label", "agreed", "record", "the end"),
)
"""Every row that a page can have, in order."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page."""

    note: str
    """What it is about: one of `ROWS`."""
    text: str
    more: str = ""
    """Quiet, below."""
    style: str = ""
    """`crisis`, `strong`, `quiet` or nothing."""


def since(about: About) -> str:
    """Say since when two write here."""
    return f"since {day_words(days.day_of(about.contact.made_at))}"


def lines(about: About, now: int, *, is_therapist: bool) -> list[Line]:
    """Say all of a page; a client's leaves out what only a therapist keeps."""
    flags = [Line("first", "\n".join(map(_flag, about.flags)), CLEARED_WHERE, style="crisis")] if about.flags else []
    said = [*flags, *_standing(about, now, is_therapist=is_therapist)]
    if is_therapist:
        said.append(_shared(about, now))
        said.append(Line("next hour", *records.coming(about.coming), style="" if about.coming else "quiet"))
        called = [safe_line(each.line, 400) for each in about.emergency]
        said.append(Line("to call", "\n".join(called)) if called else Line("to call", NOBODY, style="quiet"))
        said.append(_versions("place", about.place, "said on"))
    said += [*_keys(about), *_came(about)]
    if about.cleared:
        said.append(Line("cleared", "\n".join(map(_cleared, about.cleared))))
    if is_therapist:
        said.append(Line("label", safe_line(about.label)) if about.label else Line("label", "none", style="quiet"))
    said.append(_versions("agreed", about.consent, "agreed on"))
    if about.record is not None:
        said.append(_record(about.record, about.years))
    if about.ending is not None:
        is_told = about.record is not None and about.record.is_kept_longer
        said.append(Line("the end", *_ending(about.ending, is_told=is_told)))
    return said


def _flag(flag: Flag) -> str:
    return f"{flag_line(flag)}: not yet cleared"


def _cleared(flag: Flag) -> str:
    return f"{flag_line(flag)}; {whole_moment(flag.cleared_at)}: {safe_line(flag.reason, 500)}"


def _standing(about: About, now: int, *, is_therapist: bool) -> Iterator[Line]:
    count = about.waiting
    wait = ""
    if count:
        whose = "" if is_therapist else " of yours"
        wait = (
            f"{count:,} letter{whose} waits for an answer"
            if count == 1
            else (f"{count:,} letters{whose} wait for an answer")
        )
    due = (owed if is_therapist else promised)(about.standing, now)
    late = is_therapist and about.standing.is_over(now)
    going = "" if not about.queued else f"{about.queued:,} of yours not sent yet"
    first = due[:1].upper() + due[1:] or wait[:1].upper() + wait[1:]
    more = ", ".join(each for each in (wait if due else "", going) if each)
    yield Line(
        "letters", first or "Nothing waits for an answer", more, style=("crisis" if late else "strong") if first else ""
    )
    if about.contact.closed:
        when = f" on {day_words(days.day_of(about.ending.ended_at))}" if about.ending and about.ending.ended_at else ""
        yield Line("ended", f"{'by you' if about.contact.closed == 'ours' else 'by them'}{when}; what is here stays")


def _shared(about: About, now: int) -> Line:
    measured, moods = measure(about.measure, now), mood(about.moods, SPAN)
    told = (measured or "no questionnaire yet", moods or "no check-in in four weeks")
    return Line("shared", "; ".join(told), style="" if measured or moods else "quiet")


def _keys(about: About) -> Iterator[Line]:
    contact = about.contact
    on = day_words(days.day_of(contact.trust_at))
    if contact.trust == CHANGED:
        yield Line(
            "keys", f"They changed on {on}. Sending has stopped until you compare the ten words.", style="crisis"
        )
    elif contact.trust == VERIFIED:
        yield Line("keys", f"verified on {on}")
    else:
        yield Line("keys", "not yet verified", "compare the ten words, by telephone or in the room")
    if about.alike:
        names = " and ".join(f"{safe_name(each.name)} ({each.id.hex()})" for each in about.alike)
        yield Line(
            "same name", f"{names} may be taken for this one. Make sure who it is.", f"this one is {contact.id.hex()}"
        )


def _came(about: About) -> Iterator[Line]:
    made = about.invite
    if made is None:
        return
    if made.word and about.contact.trust == VERIFIED:
        yield Line("code word", safe_line(made.word))
    elif made.word:
        yield Line("code word", ASK_FOR.format(word=safe_line(made.word)), style="strong")
    label = f"for {safe_name(made.label)}" if made.label else "for nobody by name"
    used = f", used {whole_moment(made.used_at)}" if made.used_at else ""
    yield Line("invite", f"{label}{used}")


def _versions(what: str, versions: tuple[Version, ...], said: str) -> Line:
    if not versions or not versions[0].text:
        return Line(what, NOTHING, _earlier(len(versions)), style="quiet")
    newest = versions[0]
    facts = [f"{said} {day_words(newest.day)}", _earlier(len(versions) - 1)]
    return Line(what, safe_line(newest.text, 4_000), ", ".join(each for each in facts if each))


def _earlier(count: int) -> str:
    return f"{count} earlier version{'' if count == 1 else 's'}" if count > 0 else ""


def _record(record: Standing, years: int) -> Line:
    held, kept = records.held(record), records.kept(record, years)
    if held:
        return Line("record", held, kept, style="strong")
    return Line("record", kept, style="" if record.due else "quiet")


def _ending(ending: Ending, *, is_told: bool) -> tuple[str, str]:
    facts = [f"begun on {day_words(days.day_of(ending.begun_at))}"]
    if ending.exported_at:
        facts.append(f"the record was written out on {day_words(days.day_of(ending.exported_at))}")
    kept = ""
    if ending.keep_until and not is_told:
        kept = f"the record is kept until {day_words(ending.keep_until)}: {safe_line(ending.keep_why)}"
    return "; ".join(facts), kept
