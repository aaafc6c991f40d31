"""What screens say of a note: which kind it is, whom and which hour or letter it is about."""

from datetime import date

from therapy_tui.core.notes import Note
from therapy_tui.core.text import safe_line
from therapy_tui.services import conversation, directory, note_layouts
from therapy_tui.services.vault import Vault
from therapy_tui.tui import times

STAYS = "It never leaves this machine."


def kind_of(note: Note, now: int) -> str:
    """Say which kind of note it is, and when it was signed."""
    signed = f", {state_of(note, now)}" if note.signed_at else ""
    layout = note_layouts.layout_of(note)
    if note.amends:
        return f"An addition to a signed note{signed}. {STAYS}"
    if layout.id != note.format:
        return f"A note in a format of a newer version, shown as one text{signed}. {STAYS}"
    return f"A {layout.name} note{signed}. {STAYS}"


def hour_of(note: Note, now: int) -> str:
    """Say in which format it is, and which hour it belongs to or when it was begun: `DAP, hour of ...`."""
    layout = note_layouts.layout_of(note)
    return f"{layout.name}, {day_of(note, now)}" if layout.parts else day_of(note, now)


def facts_of(note: Note) -> list[str]:
    """Give what is said of the hour beside its day, each a few words."""
    minutes = f"{note.minutes} minute{'' if note.minutes == 1 else 's'}" if note.minutes else ""
    return [safe_line(each) for each in (minutes, note.modality, note.codes) if each]


def state_of(note: Note, now: int) -> str:
    """Say whether it is signed, and when: `signed 13 Nov`."""
    return f"signed {times.dated(note.signed_at, now)}" if note.signed_at else "not signed"


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
