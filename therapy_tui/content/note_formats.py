"""The formats of session notes, out of data/notes.toml."""

import functools
from pathlib import Path

from therapy_tui.content.tables import parse_toml, read_text, words
from therapy_tui.core.note_parts import Format, Part

_FILE = Path(__file__).with_name("data") / "notes.toml"
_LONGEST = 100


@functools.cache
def formats() -> dict[str, Format]:
    """Give every format by its id, in the order in which they are offered."""
    table = parse_toml(read_text(_FILE))
    made = (
        Format(
            words(each, "id", _LONGEST),
            words(each, "name", _LONGEST),
            tuple(
                Part(*(words(part, name, _LONGEST) for name in ("heading", "hint", "asks")))
                for part in each.get("parts", ())
            ),
        )
        for each in table["formats"]
    )
    return {each.id: each for each in made}


def known_headings() -> frozenset[str]:
    """Give the headings of all formats."""
    return frozenset(heading for each in formats().values() for heading in each.headings)
