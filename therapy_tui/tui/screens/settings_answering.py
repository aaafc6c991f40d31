"""What a therapist has in the settings: brackets for tone, three questions before sending, and the audit log."""

from typing import TYPE_CHECKING

from therapy_tui.services import answering
from therapy_tui.services.vault import Vault
from therapy_tui.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from therapy_tui.tui.screens.settings import SettingsScreen

LOG = "audit"
ABOUT = {
    answering.BRACKETS: (
        "Brackets for tone",
        (
            "A letter has no voice and no face. Words in brackets can say how something is meant, such as [glad you"
            " told me]. With yes, brackets are the first of your snippets. They reach the other as plain words."
        ),
    ),
    answering.QUESTIONS: (
        "Three questions before sending",
        (
            "Before a letter goes, one page asks you: did I name what they feel, did I show what I understood, did I"
            " leave a door open. Enter sends, esc leads back to the words. It comes once for a letter, and nothing is"
            " counted."
        ),
    ),
}
"""The name of each choice, and what it does."""


def choices(vault: Vault) -> tuple[Choice, ...]:
    """Give both as they are now; none on a client's side."""
    if not vault.is_therapist:
        return ()
    return tuple(
        Choice(each, title, right="yes" if answering.chosen(vault, each) else "no")
        for each, (title, _) in ABOUT.items()
    )


def log(vault: Vault) -> tuple[Choice, ...]:
    """Give the way to the audit log, where the vault keeps one."""
    return (Choice(LOG, "Audit log", right="read or check it"),) if vault.is_therapist else ()


def ask(settings: "SettingsScreen", choice: str) -> None:
    """Ask for one of them, and keep it."""
    from therapy_tui.tui.screens.ask import Decide  # only when it is asked for

    seat = settings.seat
    title, told = ABOUT[choice]

    def keep(answer: str | None) -> None:
        if answer is not None and seat.is_open:
            answering.choose(seat.open_vault, choice, wanted=answer == "yes")
            settings.show_settings()

    page = Decide(seat, "Settings", title, told, [Choice("no", "No"), Choice("yes", "Yes")])
    page.begin_at("yes" if answering.chosen(seat.open_vault, choice) else "no")
    settings.therapy.push_screen(page, keep)
