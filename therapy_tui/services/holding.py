"""A legal hold on somebody's record: asked before anything of it is erased, one thing or all of it."""

from therapy_tui import errors
from therapy_tui.core.audit import What
from therapy_tui.core.people import Contact
from therapy_tui.services import audit
from therapy_tui.services.vault import Vault
from therapy_tui.store import arrivals, contacts, holds, messages

HELD = "The record of {} is held: {}. End the hold first, at their record or by: therapy-tui record release CONTACT"


def is_held(vault: Vault, contact: bytes) -> bool:
    """Tell whether the record of a person is held; that of nobody, which is empty, never is."""
    return bool(contact) and holds.get(vault.database, contact) is not None


def check(vault: Vault, contact: bytes) -> None:
    """Refuse to erase anything of a person whose record is held; of nobody, which is empty, all may go.

    Raises:
        UsageError: it is held, with the reason.
    """
    hold = holds.get(vault.database, contact) if contact else None
    if hold is not None:
        person = contacts.get(vault.database, contact)
        raise errors.UsageError(HELD.format(person.name if person is not None else contact.hex(), hold.reason))


def erase_letters(vault: Vault, contact: Contact) -> None:
    """Erase the letters of a correspondence that ends, inside the caller's transaction.

    Raises:
        UsageError: their record is held.
    """
    check(vault, contact.id)
    messages.erase_all(vault.database, contact.id)
    contacts.numbers_from(vault.database, contact.id, contact.have + 1)  # none of them is missed, or asked for again
    arrivals.forget(vault.database, contact.id)
    audit.note(vault, What.ERASED, contact.id, "letters")
