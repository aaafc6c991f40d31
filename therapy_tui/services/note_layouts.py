"""How a note is laid out: its format, its words without the headings, and the same words in another format."""

from dataclasses import replace

from therapy_tui.content.note_formats import formats, known_headings
from therapy_tui.core import note_parts
from therapy_tui.core import notes as rules
from therapy_tui.core.note_parts import Format
from therapy_tui.core.notes import FREE, Note

BEGINNING = 1_000
"""So many characters hold whatever a list shows of a note."""


def layout_of(note: Note) -> Format:
    """Give the format of a note; one that this version does not know is shown as a free note, and kept as it is."""
    known = formats()
    return known.get(note.format, known[FREE])


def bare_words(note: Note) -> str:
    """Give how a note begins, without the headings of its format."""
    return own_words(replace(note, text=note.text[:BEGINNING])) if layout_of(note).parts else note.text


def own_words(note: Note) -> str:
    """Give all that was written in a note, without the headings of its format."""
    layout = layout_of(note)
    return "\n".join(filter(None, note_parts.parse(layout, note.text).values())) if layout.parts else note.text


def check_format(name: str) -> str:
    """Give the id of a format. Raises UsageError where there is no such format."""
    return rules.check_format(name, formats())


def in_format(note: Note, name: str) -> Note:
    """Give a note in another format, with every word of it. Raises UsageError where there is no such format."""
    after = formats()[check_format(name)]
    text = note_parts.carry(layout_of(note), after, note.text, known_headings())
    return replace(note, format=after.id, text=text)
