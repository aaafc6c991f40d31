"""The safety plan on the disk: six steps, and what they were before."""

from therapy_tui.core.safety import Earlier, Step
from therapy_tui.store.database import Database
from therapy_tui.store.rows import select


def steps(database: Database) -> list[Step]:
    """Read the steps that were ever written, in their order; one statement."""
    return select(database, Step, "plan_steps ORDER BY number")


def keep(database: Database, step: Step, text: str, now: int) -> bool:
    """Keep a step as it is now, if nobody changed it since it was read; give whether it was kept."""
    if step.revision == 0:
        added = "INSERT INTO plan_steps (number, text, changed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        return bool(database.run(added, (step.number, text, now)))
    changed = (
        "UPDATE plan_steps SET text = ?, changed_at = ?, revision = revision + 1 WHERE number = ? AND revision = ?"
    )
    return bool(database.run(changed, (text, now, step.number, step.revision)))


def keep_version(database: Database, number: int, text: str, kept_at: int, place: int = 0) -> int:
    """Keep a text as an earlier version of a step that was written before; give its number.

    Args:
        database: the vault.
        number: the step.
        text: what it said.
        kept_at: when it was last changed.
        place: the version to keep it as, in place of what that was; 0 for a new one.
    """
    if place:
        changed = "UPDATE plan_versions SET text = ?, kept_at = ? WHERE step = ? AND number = ?"
        database.run(changed, (text, kept_at, number, place))
        return place
    place = 1 + int(database.value("SELECT max(number) FROM plan_versions WHERE step = ?", (number,), 0))
    database.run(
        "INSERT INTO plan_versions (step, number, kept_at, text) VALUES (?, ?, ?, ?)", (number, place, kept_at, text)
    )
    return place


def versions(database: Database) -> list[Earlier]:
    """Read what the steps were before: step by step, the newest first."""
    return select(database, Earlier, "plan_versions ORDER BY step, number DESC")
