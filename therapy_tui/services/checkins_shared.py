"""Share the numbers of check-ins: those of the last weeks once, or each new one from now on. Words and lines stay."""

from datetime import date, timedelta

from therapy_tui.core.checkins import CheckIn
from therapy_tui.core.people import Contact
from therapy_tui.core.shared import MOST_CHECK_INS, Numbers
from therapy_tui.core.text import safe_name
from therapy_tui.services import sharing
from therapy_tui.services.vault import Vault
from therapy_tui.store import checkins, contacts, mailbox

WEEKS = 4
_SETTING = "check_ins_with:"


def recent(vault: Vault, today: str) -> Numbers:
    """Give the numbers of the four weeks that end on a day, the newest 64 of them, oldest first."""
    since = (date.fromisoformat(today) - timedelta(days=7 * WEEKS - 1)).isoformat()
    return Numbers(tuple(checkins.moods(vault.database, since, today)[-MOST_CHECK_INS:]))


def goes_along(vault: Vault, contact: bytes) -> bool:
    """Tell whether the number of each new check-in goes to a contact."""
    return mailbox.setting(vault.database, _SETTING + contact.hex(), "no") == "yes"


def let_go_along(vault: Vault, contact: Contact, allowed: bool) -> None:  # noqa: FBT001 - the choice itself
    """Keep whether the number of each new check-in goes to a contact."""
    with vault.transaction() as database:
        mailbox.set_setting(database, _SETTING + contact.id.hex(), "yes" if allowed else "no")
        vault.tell(sharing.CHANGED)


def who_has(vault: Vault) -> str:
    """Say who gets the numbers, or has some; empty when nobody does."""
    people = {each.id: each.name for each in contacts.every(vault.database)}
    along = [safe_name(name) for each, name in people.items() if goes_along(vault, each)]
    if along:
        return f"each number goes to {' and '.join(along)}"
    copies = sharing.copies_of(vault, Numbers(()).id)
    there = {safe_name(people[each.contact]) for each in copies if not each.taken_back_at and each.contact in people}
    return f"some numbers are with {' and '.join(sorted(there))}" if there else ""


def send_along(vault: Vault, check_in: CheckIn) -> None:
    """Queue the number of a new check-in for everybody to whom it goes, inside the caller's transaction."""
    for contact in contacts.every(vault.database):
        if goes_along(vault, contact.id) and contact.may_be_written_to:
            sharing.queue_copy(vault, contact, Numbers(((check_in.day, check_in.mood),)))
