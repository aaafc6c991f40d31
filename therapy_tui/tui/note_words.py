"""What screens say of a note: which kind it is, whom and which hour or letter it is about."""

from therapy_tui.core.notes import Note
from therapy_tui.services import conversation, directory
from therapy_tui.services.vault import Vault
from therapy_tui.tui import times

ONLY_HERE = "only on this machine"
KIND = "A free note. It never leaves this machine."


def who_of(vault: Vault, note: Note) -> str:
    """Name whom a note is about; empty for nobody in particular, and for somebody who is not here any more."""
    people = {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}
    return people.get(note.contact, "")


def letter_of(vault: Vault, note: Note, now: int) -> str:
    """Say which letter a note is about, or nothing."""
    if not note.message:
        return ""
    letter = conversation.get(vault, note.contact, note.message)
    if letter is None:
        return "about a letter that is not here"
    whose = "your" if letter.outgoing else "their"
    return f"about {whose} letter, {times.near(letter.written_at, now)}"


def hour_of(note: Note) -> str:
    """Say which hour a note belongs to, or nothing: `hour of 13 Nov 2026 15:00`."""
    if not note.hour:
        return ""
    year, month, day = (int(each) for each in note.hour[:10].split("-"))
    return f"hour of {day} {times.MONTHS[month - 1][:3]} {year} {note.hour[11:]}"


def count_of(text: str) -> str:
    """Say how many words there are, or nothing."""
    words = len(text.split())
    return f"{words:,} word{'' if words == 1 else 's'}" if words else ""
