"""What goes into an export: letters, check-ins, questionnaires, the plan, as rows for programs and words for people."""

import time
from collections.abc import Iterator
from typing import Any

from therapy_tui.core.markdown import inert
from therapy_tui.core.messages import LETTER, TONES, Message
from therapy_tui.core.safety import STEPS
from therapy_tui.core.text import safe_line, safe_text
from therapy_tui.services import checkins, measures, own_prompts, safety, snippets
from therapy_tui.services.measures import Taken
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault
from therapy_tui.store.measures import Response, unpack

Row = dict[str, Any]
_AS_NUMBERS = "This program does not know the questionnaire, or not in this scale. The answers, as numbers:"


def stamp(seconds: int) -> str:
    """Write a time as RFC 3339 in UTC; empty for one that no calendar has."""
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        return ""


def quoted(text: str) -> str:
    """Write words as a quotation of Markdown, which cannot pass for anything else and fetches nothing."""
    return "".join(f"> {line}\n" if line else ">\n" for line in inert(safe_text(text)).split("\n"))


def in_line(text: str, limit: int = 400) -> str:
    """Write words as a part of a line of Markdown."""
    return inert(safe_line(text, limit))


def letter_words(message: Message, name: str) -> str:
    """Write a letter with who wrote it and what became of it; its words are set in, so that they end where they end."""
    who = "You" if message.outgoing else safe_line(name)
    tone = f", {TONES[message.tone]}" if 0 < message.tone < len(TONES) else ""
    lines = (f"    {line}".rstrip() for line in safe_text(shown(message).whole).split("\n"))
    return f"{who}, {stamp(message.written_at)}{tone} ({message.state})\n\n" + "\n".join(lines) + "\n\n\n"


def letter_row(message: Message) -> Row:
    """Give a letter's fields."""
    return {
        "id": message.id.hex(),
        "direction": "out" if message.outgoing else "in",
        "written_at": stamp(message.written_at),
        "arrived_at": stamp(message.arrived_at),
        "state": str(message.state),
        "reason": message.reason or None,
        "tone": TONES[message.tone] if 0 < message.tone < len(TONES) else None,
        "answers": message.answers.hex() or None,
        "kind": message.kind,
        "text": message.text if message.kind == LETTER else shown(message).whole,
        "body": message.raw.hex() or None,
    }


def check_in_rows(vault: Vault) -> Iterator[Row]:
    """Give every check-in, the oldest first."""
    for each in checkins.between(vault):
        yield {
            "id": each.id.hex(),
            "at": stamp(each.at),
            "day": each.day,
            "mood": each.mood,
            "words": list(each.words),
            "text": each.text,
        }


def check_in_words(vault: Vault) -> Iterator[str]:
    """Write every check-in, the oldest first."""
    yield "# Check-ins\n\nFrom 1, very hard, to 10, very good.\n\n"
    for each in checkins.between(vault):
        said = [f"**{each.mood}**", ", ".join(each.words), " ".join(each.text.split())]
        yield f"- {stamp(each.at)}  {'  '.join(filter(None, said))}\n"


def measure_rows(vault: Vault) -> Iterator[Row]:
    """Give every answered questionnaire, the oldest first, also one that this program does not know."""
    for each, known in _answered(vault):
        yield {
            "id": each.id.hex(),
            "at": stamp(each.at),
            "measure": each.measure,
            "title": known.measure.title if known else None,
            "answers": list(unpack(each.answers)),
            "total": each.total,
            "lowest": each.low,
            "highest": each.high,
            "scoring": known.measure.scoring.stored if known else None,
            "notice": known.measure.notice if known else None,
        }


def measure_words(vault: Vault) -> Iterator[str]:
    """Write every answered questionnaire with its questions and answers, the oldest first."""
    for each, known in _answered(vault):
        if known is None:
            yield f"# {in_line(each.measure)}, {stamp(each.at)}\n\n{_AS_NUMBERS}\n\n{in_line(each.answers, 4_000)}\n\n"
            continue
        yield f"# {known.measure.title}, {stamp(each.at)}\n\n{' '.join(measures.sentences(known))}\n\n"
        yield from _answers(known)
        yield f"\n{known.measure.notice}\n\n"


def _answered(vault: Vault) -> Iterator[tuple[Response, Taken | None]]:
    known = {each.id: each for each in measures.taken(vault)}
    return ((each, known.get(each.id)) for each in measures.kept(vault))


def _answers(taken: Taken) -> Iterator[str]:
    said = {each.score: each.text for each in taken.measure.options}
    for item, answer in zip(taken.measure.items, taken.result.answers, strict=True):
        words = "nothing was answered" if answer is None else f"{said.get(answer, '')} ({answer})"
        yield f"{item.number}. {item.text} {words}\n"


def plan_rows(vault: Vault) -> Iterator[Row]:
    """Give the steps of the safety plan that have words."""
    for each in safety.read(vault).written:
        label = STEPS[each.number - 1].label
        yield {"step": each.number, "label": label, "text": each.text, "changed_at": stamp(each.changed_at)}


def plan_words(vault: Vault) -> Iterator[str]:
    """Write the safety plan."""
    yield "# My safety plan\n"
    for each in safety.read(vault).written:
        yield f"\n## {each.number}  {STEPS[each.number - 1].label}\n\n{each.text}\n"


def prompt_rows(vault: Vault) -> Iterator[Row]:
    """Give the questions of one's own, and those that were sent, the newest first."""
    sources = own_prompts.sources(vault)
    for each in own_prompts.every(vault):
        source = sources[each.prompt.id]
        yield {"at": stamp(each.made_at), "text": each.text, "weight": each.weight, "source": source}


def prompt_words(vault: Vault) -> Iterator[str]:
    """Write them, the newest first."""
    yield "# My own questions\n\n"
    for each in prompt_rows(vault):
        yield f"- {in_line(each['text'])} ({in_line(each['source'])})\n"


def snippet_rows(vault: Vault) -> Iterator[Row]:
    """Give a therapist's snippets, by name."""
    for each in snippets.every(vault):
        yield {"name": each.name, "text": each.text, "changed_at": stamp(each.changed_at)}


def snippet_words(vault: Vault) -> Iterator[str]:
    """Write them, by name."""
    yield "# My snippets\n"
    for each in snippets.every(vault):
        yield f"\n## {each.name}\n\n{each.text}\n"
