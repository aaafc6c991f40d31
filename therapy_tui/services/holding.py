"""A legal hold on somebody's record: asked before anything of it is erased, one thing or all of it.

Erasing a whole profile works without any key, so that there is a hold also stands outside the vault: a file beside it.
"""

import contextlib

from therapy_tui import errors
from therapy_tui.config import Folders
from therapy_tui.core.audit import What
from therapy_tui.core.people import Contact
from therapy_tui.files import write_private
from therapy_tui.services import audit
from therapy_tui.services.vault import Vault
from therapy_tui.store import arrivals, contacts, holds, messages

HELD = "The record of {} is held: {}. End the hold first, at their record or by: therapy-tui record release CONTACT"
OUTSIDE = "held"
"""The file beside the vault that is there while a hold stands."""
OUTSIDE_SAYS = (
    "A record in this profile is held, so the profile is not to be erased. therapy-tui record due --all says whose and"
    " why, and therapy-tui record release CONTACT ends a hold.\n"
)
HELD_HERE = (
    "Nothing was erased, for records in this profile are held: {}. End each hold first, when its reason is over:"
    " therapy-tui record release CONTACT"
)


class RecordsHeld(errors.UsageError):
    """Nothing was erased, for a record in this profile is held. End the hold first."""


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


# the whole profile


def check_none(vault: Vault) -> None:
    """Refuse to erase a whole profile in which somebody's record is held.

    Raises:
        RecordsHeld: with each of them by name and the reason.
    """
    names = {each.id: each.name for each in contacts.every(vault.database)}
    found = [f"{names.get(each.contact, each.contact.hex())} ({each.reason})" for each in holds.every(vault.database)]
    if found:
        raise RecordsHeld(HELD_HERE.format(", ".join(found)))


def is_told_outside(folders: Folders) -> bool:
    """Tell whether the file beside the vault says that a hold stands."""
    return (folders.data / OUTSIDE).exists()


def tell_outside(vault: Vault, *, is_begun: bool = False) -> None:
    """Let the file beside the vault be there while a hold stands, and only then.

    Args:
        vault: the open vault.
        is_begun: a hold is about to be committed. The file comes first: one too many is put right at the next opening.

    Raises:
        DiskFull, LocalError: it could not be made.
    """
    path = vault.database.path.with_name(OUTSIDE)
    if is_begun or holds.every(vault.database):
        if not path.exists():
            write_private(path, OUTSIDE_SAYS.encode())
    else:
        path.unlink(missing_ok=True)


def keep_told(vault: Vault) -> None:
    """Do the same where it may not fail."""
    with contextlib.suppress(errors.LocalError, OSError):
        tell_outside(vault)
