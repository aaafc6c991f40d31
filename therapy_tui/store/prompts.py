"""Prompts on the disk: those that a person wrote down, and those that a contact sent."""

from therapy_tui.core.prompts import OwnPrompt, Weight
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select, select_one


def add(database: Database, prompt: OwnPrompt) -> bool:
    """Add a prompt; give whether it was added: one that the same message of the same contact brought is not again."""
    return bool(
        database.run(
            "INSERT INTO prompts (id, made_at, contact, mark, text, weight) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (prompt.id, prompt.made_at, prompt.contact, prompt.mark, prompt.text, prompt.weight),
        )
    )


def set_weight(database: Database, prompt_id: bytes, weight: Weight) -> bool:
    """Change how heavy one is; give whether it is there."""
    return bool(database.run("UPDATE prompts SET weight = ? WHERE id = ?", (weight, prompt_id)))


def every(database: Database) -> list[OwnPrompt]:
    """Read the prompts that were not erased, the newest first."""
    return select(database, OwnPrompt, "prompts WHERE text != '' ORDER BY made_at DESC, row DESC")


def get(database: Database, prompt_id: bytes) -> OwnPrompt | None:
    """Read one that was not erased, or None."""
    return select_one(database, OwnPrompt, "prompts WHERE id = ? AND text != ''", (prompt_id,))


def erase(database: Database, prompt_id: bytes) -> bool:
    """Erase one; give whether it was there. Of one that was sent the mark stays, so that it never comes again."""
    gone = database.run("DELETE FROM prompts WHERE id = ? AND contact = x''", (prompt_id,))
    return bool(gone or database.run("UPDATE prompts SET text = '' WHERE id = ? AND text != ''", (prompt_id,)))
