"""The prompt of the day and another one, remembered so that none comes again too soon; one's own are among them."""

from collections.abc import Iterable
from datetime import date

from therapy_tui.content.prompts import Approach, Prompts, load_prompts
from therapy_tui.core import prompts as rules
from therapy_tui.core.prompts import OWN, SENT, Prompt
from therapy_tui.services import checkins
from therapy_tui.services.vault import Vault, in_passing
from therapy_tui.store import journal as entries
from therapy_tui.store import prompts as kept

OWN_APPROACHES = (
    Approach(OWN, "Your own", "Questions that you wrote down."),
    Approach(SENT, "Sent to you", "Questions that somebody sent you."),
)


def of_today(vault: Vault, today: str, mood: int | None = None) -> Prompt:
    """Give the prompt of a day, the same all day unless another was wanted, and remember that it was asked.

    Args:
        vault: the open vault.
        today: the person's own day, `YYYY-MM-DD`.
        mood: what the page says, 1 to 10; without it what the person said last counts, where that is recent.
    """
    mood = checkins.recent_mood(vault, today) if mood is None else mood
    chosen = all_prompts(vault).everyday
    asked = entries.asked_on(vault.database, today)
    found = _of_the_day(vault, chosen, today, mood, asked)
    if found.id in asked:
        return found
    with in_passing(), vault.transaction() as database:
        # Another window may have asked meanwhile.
        asked = entries.asked_on(database, today)
        found = _of_the_day(vault, chosen, today, mood, asked)
        if found.id not in asked:
            entries.note_asked(database, today, found.id)
    return found


def another(vault: Vault, today: str, mood: int | None = None, approach: str = "") -> Prompt:
    """Give another prompt on the same day, of one approach where that is wanted; else as `of_today`."""
    mood = checkins.recent_mood(vault, today) if mood is None else mood
    known = all_prompts(vault)
    chosen = rules.of_approach(known.prompts, approach) if approach else known.everyday
    with vault.transaction() as database:
        asked = entries.asked_on(database, today)
        found = rules.another(chosen, date.fromisoformat(today), _shown(vault, today), mood, _seed(vault), asked)
        entries.note_asked(database, today, found.id)
    return found


def choose(vault: Vault, today: str, prompt: Prompt) -> None:
    """Remember, if there is room, that a person chose a prompt from all: it is the day's, and rests like any other."""
    with in_passing(), vault.transaction() as database:
        if entries.asked_on(database, today)[-1:] != (prompt.id,):
            entries.note_asked(database, today, prompt.id)


def all_prompts(vault: Vault) -> Prompts:
    """Give every prompt there is, those of the person first, and the approaches that have any."""
    usual = load_prompts()
    own = tuple(each.prompt for each in kept.every(vault.database))
    approaches = tuple(each for each in OWN_APPROACHES if any(prompt.approach == each.id for prompt in own))
    return Prompts((*approaches, *usual.approaches), (*own, *usual.prompts), usual.left_out)


def _of_the_day(vault: Vault, chosen: Iterable[Prompt], today: str, mood: int | None, asked: tuple[str, ...]) -> Prompt:
    shown = _shown(vault, today)
    if not asked:  # what somebody sent comes first, the oldest before the others, each once
        sent = [each for each in chosen if each.approach == SENT and each.id not in shown]
        if sent:
            return sent[-1]
    return rules.prompt_of_the_day(chosen, date.fromisoformat(today), shown, mood, _seed(vault), asked[::-1])


def _shown(vault: Vault, today: str) -> dict[str, date]:
    return {prompt: date.fromisoformat(day) for prompt, day in entries.asked_before(vault.database, today).items()}


def _seed(vault: Vault) -> bytes:
    """Give bytes that belong to this person and never change."""
    return vault.profile.owner_seed
