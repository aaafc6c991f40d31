"""What of the vault and of the notes goes into an export: as rows for programs, and as words for people."""

import time
from collections.abc import Iterator, Sequence
from typing import Any

from therapy_tui.core import front_matter
from therapy_tui.core.messages import Message
from therapy_tui.core.notes import Note
from therapy_tui.core.safety import STEPS
from therapy_tui.services import checkins, measures, own_prompts, safety, snippets
from therapy_tui.services.measures import Taken
from therapy_tui.services.shown import shown
from therapy_tui.services.vault import Vault

Row = dict[str, Any]


def stamp(seconds: int) -> str:
    """Write a time as RFC 3339 in UTC; empty for one that no calendar has."""
    try:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        return ""


def letter_words(message: Message, name: str) -> str:
    """Write a letter with who wrote it and what became of it."""
    who = "You" if message.outgoing else name
    return f"{who}, {stamp(message.written_at)} ({message.state})\n\n{shown(message).whole}\n\n\n"


def letter_row(message: Message) -> Row:
    """Give a letter's fields."""
    return {
        "id": message.id.hex(),
        "direction": "out" if message.outgoing else "in",
        "written_at": stamp(message.written_at),
        "state": str(message.state),
        "text": shown(message).whole,
    }


def check_in_rows(vault: Vault) -> Iterator[Row]:
    """Give every check-in, the oldest first."""
    for each in checkins.between(vault):
        yield {"at": stamp(each.at), "mood": each.mood, "words": list(each.words), "text": each.text}


def check_in_words(vault: Vault) -> Iterator[str]:
    """Write every check-in, the oldest first."""
    yield "# Check-ins\n\nFrom 1, very hard, to 10, very good.\n\n"
    for each in checkins.between(vault):
        said = [f"**{each.mood}**", ", ".join(each.words), " ".join(each.text.split())]
        yield f"- {stamp(each.at)}  {'  '.join(filter(None, said))}\n"


def measure_rows(vault: Vault) -> Iterator[Row]:
    """Give every answered questionnaire, the oldest first."""
    for each in measures.taken(vault):
        yield {
            "at": stamp(each.at),
            "measure": each.measure.id,
            "title": each.measure.title,
            "answers": list(each.result.answers),
            "total": each.result.total,
            "scoring": each.measure.scoring.stored,
            "notice": each.measure.notice,
        }


def measure_words(vault: Vault) -> Iterator[str]:
    """Write every answered questionnaire with its questions and answers, the oldest first."""
    for each in measures.taken(vault):
        yield f"# {each.measure.title}, {stamp(each.at)}\n\n{' '.join(measures.sentences(each))}\n\n"
        yield from _answers(each)
        yield f"\n{each.measure.notice}\n\n"


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
        yield f"- {each['text']} ({each['source']})\n"


def snippet_rows(vault: Vault) -> Iterator[Row]:
    """Give a therapist's snippets, by name."""
    for each in snippets.every(vault):
        yield {"name": each.name, "text": each.text, "changed_at": stamp(each.changed_at)}


def snippet_words(vault: Vault) -> Iterator[str]:
    """Write them, by name."""
    yield "# My snippets\n"
    for each in snippets.every(vault):
        yield f"\n## {each.name}\n\n{each.text}\n"


def note_row(note: Note, names: dict[bytes, str], additions: Sequence[Note]) -> Row:
    """Give a note's fields, with what was added to it."""
    return {
        "id": note.id.hex(),
        "written_at": stamp(note.written_at),
        "contact": names.get(note.contact),
        "message": note.message.hex() or None,
        "hour": note.hour or None,
        "minutes": note.minutes or None,
        "modality": note.modality or None,
        "codes": note.codes or None,
        "format": note.format,
        "signed": stamp(note.signed_at) if note.signed_at else None,
        "text": note.text,
        "additions": [
            {"signed": stamp(each.signed_at) if each.signed_at else None, "text": each.text} for each in additions
        ],
    }


def note_words(note: Note, names: dict[bytes, str], additions: Sequence[Note]) -> str:
    """Write a note as a Markdown page, with what it is about at its top and what was added to it below."""
    facts: dict[str, front_matter.Fact] = {
        "written": stamp(note.written_at),
        "about": names.get(note.contact, ""),
        "letter": note.message.hex(),
        "hour": note.hour,
        "minutes": str(note.minutes or ""),
        "modality": note.modality,
        "codes": note.codes,
        "signed": stamp(note.signed_at) if note.signed_at else "",
    }
    added = (f"\n---\n\n{_added(each)}\n\n{each.text}\n" for each in additions)
    return front_matter.write(facts) + note.text + "\n" + "".join(added)


def _added(addition: Note) -> str:
    return f"Added, signed {stamp(addition.signed_at)}:" if addition.signed_at else "Added, not signed:"
