"""Snippets on the disk: a few dozen at the most, read whole."""

from therapy_tui.core.snippets import Snippet
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select


def keep(database: Database, snippet: Snippet) -> None:
    """Keep one, new or changed."""
    database.run(
        "INSERT INTO snippets (id, name, text, changed_at) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (id) DO UPDATE SET name = ?2, text = ?3, changed_at = ?4",
        (snippet.id, snippet.name, snippet.text, snippet.changed_at),
    )


def every(database: Database) -> list[Snippet]:
    """Read all, by name."""
    return select(database, Snippet, "snippets ORDER BY name COLLATE NOCASE, id")


def erase(database: Database, snippet_id: bytes) -> bool:
    """Erase one; give whether it was there."""
    return bool(database.run("DELETE FROM snippets WHERE id = ?", (snippet_id,)))
