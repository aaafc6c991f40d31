"""What screens say of a note: which kind it is, whom and which hour or letter it is about."""

from datetime import date

from therapy_tui.core.notes import Note
from therapy_tui.services import conversation, directory
from therapy_tui.services.vault import Vault
from therapy_tui.tui import times

KIND = "A free note. It never leaves this machine."


def who_of(vault: Vault, note: Note) -> str:
    """Name whom a note is about; empty for nobody in particular, and for somebody who is not here any more."""
    people = {each.contact.id: each.contact.name for each in directory.people(vault, also_closed=True)}
    return people.get(note.contact, "")


def letter_of(vault: Vault, note: Note, now: int) -> str:
    """Say which letter a note is about, in two lines of the margin, or nothing."""
    if not note.message:
        return ""
    letter = conversation.get(vault, note.contact, note.message)
    if letter is None:
        return "on a letter\nno longer here"
    whose = "your" if letter.outgoing else "their"
    return f"on {whose} letter\nof {times.near(letter.written_at, now)}"


def day_of(note: Note, now: int) -> str:
    """Say which hour a note belongs to, or when it was begun: `hour of Friday 13 November 15:00`."""
    if not note.hour:
        return times.day(note.written_at, now)
    day = date.fromisoformat(note.hour[:10])
    year = "" if day.year == times.day_of(now)[0] else f" {day.year}"
    return f"hour of {times.DAYS[day.weekday()]} {day.day} {times.MONTHS[day.month - 1]}{year} {note.hour[11:]}"


def count_of(text: str) -> str:
    """Say how many words there are, or nothing."""
    words = len(text.split())
    return f"{words:,} word{'' if words == 1 else 's'}" if words else ""
