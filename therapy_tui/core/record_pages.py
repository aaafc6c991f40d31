"""The record of one person to read: as Markdown, and as plain text set in pages for a printer."""

from collections.abc import Callable, Iterator
from typing import Final

from therapy_tui.core.appointments import Appointment
from therapy_tui.core.columns import columns, rows
from therapy_tui.core.markdown import inert
from therapy_tui.core.persons import Version
from therapy_tui.core.questionnaire import Measure
from therapy_tui.core.record import Answered, Noted, Record, Said
from therapy_tui.core.text import safe_line, safe_text

WIDTH: Final = 72
"""Columns of a printed page."""
LINES: Final = 58
"""Lines of a printed page below its heading, which takes two more."""
BREAK: Final = "  "
"""Ends a line of Markdown whose end is meant."""
INDENT: Final = 2
MOST_INDENT: Final = 20
FEED: Final = "\f"
TAKEN_BACK: Final = "It was taken back. Nothing of it is kept."
NOTHING: Final = "Nothing."

Day = Callable[[int], str]
"""Writes a moment for a person, in their own time."""
Part = tuple[str, list[tuple[str, str]]]
"""A part of the record: its title, and its pieces, each with a heading and its text."""


def parts(record: Record, day: Day) -> Iterator[Part]:
    """Give the record in parts: what it is, letters, questionnaires, session notes, appointments, what was agreed."""
    yield "Record", [(f"The record of {record.name}", _front(record, day))]
    yield "Letters", [_said(each, record, day) for each in record.said]
    yield "Questionnaires", [_answered(each, day) for each in record.answered]
    yield "Session notes", [_noted(each, day) for each in record.noted]
    yield "Appointments", [_appointment(each, day) for each in record.appointments]
    yield "What was agreed", [_agreed(title, each, day) for title, each in record.agreed]


def _front(record: Record, day: Day) -> str:
    facts = {
        "Kept by": safe_line(record.therapist),
        "Met here": day(record.since),
        "Written": day(record.made_at),
        "Letters": f"{len(record.said):,}",
        "Questionnaires": f"{len(record.answered):,}",
        "Session notes": f"{len(record.noted):,}",
        "Appointments": f"{len(record.appointments):,}",
    }
    return "\n".join([*(f"{name:16}{fact}" for name, fact in facts.items()), "", *record.remarks])


def _said(said: Said, record: Record, day: Day) -> tuple[str, str]:
    who = record.therapist if said.outgoing else record.name
    facts = [who, day(said.written_at), *filter(None, [said.about]), f"({said.state})"]
    return ", ".join(facts[:-1]) + f" {facts[-1]}", TAKEN_BACK if said.is_taken_back else said.text


def _answered(answered: Answered, day: Day) -> tuple[str, str]:
    lines = ["\n".join(answered.told)]
    if answered.measure is None:
        low, high = answered.scale
        given = ", ".join("-" if each is None else str(each) for each in answered.answers)
        lines.append(f"Answers, from {low} to {high}: {given}")
    else:
        lines += _questions(answered, answered.measure)
    return f"{answered.title}, {day(answered.at)}", "\n\n".join(lines)


def _questions(answered: Answered, measure: Measure) -> list[str]:
    words = {option.score: f"{option.text} ({option.score})" for option in measure.options}
    asked = [
        f"{item.number}. {item.text}\n   {'not answered' if answer is None else words[answer]}"
        for item, answer in zip(measure.items, answered.answers, strict=True)
    ]
    head = " ".join(filter(None, (measure.screen_instruction or measure.instruction, measure.stem)))
    return [head, "\n".join(asked), f"Scored {measure.scoring.stored}.", measure.notice, measure.loinc_notice]


def _noted(noted: Noted, day: Day) -> tuple[str, str]:
    signed = f"signed {day(noted.signed_at)}" if noted.signed_at else "not signed"
    facts = [day(noted.written_at), "added to the note before" if noted.amends else noted.format]
    facts += [f"hour of {noted.hour}"] if noted.hour else []
    facts += [f"{noted.minutes} minutes"] if noted.minutes else []
    heading = ", ".join([*facts, *noted.facts, signed])
    return heading, f"{noted.warning}\n\n{noted.text}" if noted.warning else noted.text


def _appointment(each: Appointment, day: Day) -> tuple[str, str]:
    facts = [f"{each.minutes} minutes", each.words, "cancelled" if each.cancelled_at else ""]
    return day(each.at), ", ".join(filter(None, facts))


def _agreed(title: str, version: Version, day: Day) -> tuple[str, str]:
    return f"{title}, {version.day} (written down {day(version.at)})", version.text or "Taken out."


# Markdown


def markdown(record: Record, day: Day) -> Iterator[str]:
    """Write it as Markdown; each text is a quotation that fetches nothing and cannot pass for a heading."""
    for title, pieces in parts(record, day):
        yield f"# {title}\n\n"
        if not pieces:
            yield f"{NOTHING}\n\n"
        for heading, text in pieces:
            yield f"## {inert(safe_line(heading, 1_000))}\n\n"
            yield from (f"> {line}{BREAK}\n" if line else ">\n" for line in inert(safe_text(text)).split("\n"))
            yield "\n"


# print


def printed(record: Record, day: Day) -> Iterator[str]:
    """Write it as pages of 72 columns, each with a heading and its number; every part begins a page."""
    number = 0
    for title, pieces in parts(record, day):
        lines = list(_lines(pieces))
        for start in range(0, len(lines), LINES):
            number += 1
            page = lines[start : start + LINES]
            yield (FEED if number > 1 else "") + _heading(f"{record.name}: {title}", f"page {number}")
            yield "\n".join(page).rstrip("\n") + "\n"


def _heading(left: str, right: str) -> str:
    left = rows(safe_line(left, 1_000), WIDTH - len(right) - 2)[0]
    return f"{left}{' ' * (WIDTH - columns(left) - len(right))}{right}\n\n"


def _lines(pieces: list[tuple[str, str]]) -> Iterator[str]:
    if not pieces:
        yield NOTHING
    for heading, text in pieces:
        yield from rows(safe_line(heading, 1_000), WIDTH)
        yield ""
        for line in safe_text(text).split("\n"):
            indent = " " * min(INDENT + len(line) - len(line.lstrip(" ")), MOST_INDENT)
            yield from (f"{indent}{row}".rstrip(" ") for row in rows(line.strip(" "), WIDTH - len(indent)))
        yield ""
