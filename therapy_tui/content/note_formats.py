"""The formats of session notes, out of data/notes.toml."""

import functools
from pathlib import Path

from therapy_tui.content.entries import Entries, Table, read_entries
from therapy_tui.content.tables import words
from therapy_tui.core.note_parts import Format, Part
from therapy_tui.core.notes import FREE

_FILE = Path(__file__).with_name("data") / "notes.toml"
_LONGEST = 100


@functools.cache
def _load() -> Entries[Format]:
    return read_entries(_FILE, "formats", _format)


def _format(entry: Table) -> Format:
    parts = (
        Part(*(words(part, name, _LONGEST) for name in ("heading", "hint", "asks"))) for part in entry.get("parts", ())
    )
    return Format(words(entry, "id", _LONGEST), words(entry, "name", _LONGEST), tuple(parts))


@functools.cache
def formats() -> dict[str, Format]:
    """Give every format by its id, in the order in which they are offered; the free one is there whatever happens."""
    made = {each.id: each for each in _load().made}
    return made if FREE in made else {FREE: Format(FREE, FREE, ()), **made}


def left_out() -> tuple[str, ...]:
    """Give a sentence for each part of the file that cannot be used."""
    return _load().left_out


def known_headings() -> frozenset[str]:
    """Give the headings of all formats."""
    return frozenset(heading for each in formats().values() for heading in each.headings)
