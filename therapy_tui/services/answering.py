"""Before an answer goes: what is still a blank in it, and what a therapist chose to be asked. Nothing is scored."""

from therapy_tui.core import snippets as rules
from therapy_tui.core.text import safe_line
from therapy_tui.services import snippets
from therapy_tui.services.vault import Vault
from therapy_tui.store import mailbox

BRACKETS, QUESTIONS = "answer_brackets", "answer_questions"
"""The choices: brackets for tone among the snippets, and three questions before sending. Both are off at first."""
ONLY_BLANKS = "There are only blanks yet. Fill them in, or send again."
STILL_BLANK = "{blank} is still a blank. Fill it in, or send again."
NOTHING_IN_IT = "Some brackets are empty. Fill them in, or send again."
LONGEST_NAMED = 24


def chosen(vault: Vault, choice: str) -> bool:
    """Tell whether a therapist has chosen `BRACKETS` or `QUESTIONS`."""
    return vault.is_therapist and mailbox.setting(vault.database, choice, "no") == "yes"


def choose(vault: Vault, choice: str, *, wanted: bool) -> None:
    """Keep that choice."""
    with vault.transaction() as database:
        mailbox.set_setting(database, choice, "yes" if wanted else "no")


def blanks_left(vault: Vault, text: str) -> list[str]:
    """Give the blanks that a therapist's letter still holds; brackets that are in no snippet are words like others."""
    if "[" not in text or not vault.is_therapist:
        return []
    known = (blank for each in snippets.every(vault) for blank in rules.blanks(each.text))
    return rules.left(text, known)


def of_blanks(text: str, found: list[str]) -> str:
    """Say in one sentence what is left to fill in, and that it can go all the same."""
    if rules.is_only(text, found):
        return ONLY_BLANKS
    named = next((each for each in found if each[1:-1].strip()), "")
    return STILL_BLANK.format(blank=safe_line(named, LONGEST_NAMED)) if named else NOTHING_IN_IT
