"""The prompt of the day and another one, remembered so that none comes again too soon."""

from datetime import date
from pathlib import Path

from therapy_tui.content.prompts import Prompts, load_prompts
from therapy_tui.core import prompts as rules
from therapy_tui.core.prompts import Prompt
from therapy_tui.services.vault import Vault
from therapy_tui.store import journal as entries


def of_today(vault: Vault, today: str, mood: int | None = None, own: Path | None = None) -> Prompt:
    """Give the prompt of a day, the same all day unless another was wanted, and remember that it was asked.

    Args:
        vault: the open vault.
        today: the person's own day, `YYYY-MM-DD`.
        mood: what the person said last, 1 to 10, when that is recent.
        own: the folder of the person's own prompts.
    """
    asked = entries.asked_on(vault.database, today)
    found = rules.prompt_of_the_day(
        load_prompts(own).everyday, date.fromisoformat(today), _shown(vault, today), mood, _seed(vault), asked[::-1]
    )
    return _note(vault, today, found) if found.id not in asked else found


def another(vault: Vault, today: str, mood: int | None = None, approach: str = "", own: Path | None = None) -> Prompt:
    """Give another prompt on the same day, of one approach where that is wanted, and remember it."""
    known = load_prompts(own)
    chosen = rules.of_approach(known.prompts, approach) if approach else known.everyday
    found = rules.another(
        chosen,
        date.fromisoformat(today),
        _shown(vault, today),
        mood,
        _seed(vault),
        entries.asked_on(vault.database, today),
    )
    return _note(vault, today, found)


def all_prompts(own: Path | None = None) -> Prompts:
    """Give every prompt, and what of the person's own files could not be used."""
    return load_prompts(own)


def _note(vault: Vault, today: str, prompt: Prompt) -> Prompt:
    with vault.transaction() as database:
        entries.note_asked(database, today, prompt.id)
    return prompt


def _shown(vault: Vault, today: str) -> dict[str, date]:
    return {prompt: date.fromisoformat(day) for prompt, day in entries.asked_before(vault.database, today).items()}


def _seed(vault: Vault) -> bytes:
    """Give bytes that belong to this person and never change."""
    return vault.profile.owner_seed
