"""End a relationship in an orderly way, over days if need be: a last letter, the record, how long it is kept, the end.

Nothing here erases anything, and nothing happens by itself.
"""

from datetime import date
from pathlib import Path

from therapy_tui import errors
from therapy_tui.core.messages import Message
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.core.persons import LONGEST_LINE, Ending
from therapy_tui.core.record import Record
from therapy_tui.core.text import safe_line
from therapy_tui.services import conversation, days, pairing, person_export, record, record_files
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.persons import CHANGED
from therapy_tui.services.vault import Vault
from therapy_tui.store import persons

NO_DAY = "Write the day like 2033-11-30; it is after today."
NO_WHY = "Say why it is kept so long: a law, or what was agreed. One line is enough."


def begin(vault: Vault, contact: Contact) -> Ending:
    """Keep that an end was begun; give how it stands."""
    with vault.transaction() as database:
        persons.begin_ending(database, contact.id, vault.now())
        vault.tell(CHANGED)
    found = persons.ending(vault.database, contact.id)
    if found is None:
        raise errors.VaultDamaged
    return found


def standing(vault: Vault, contact: Contact) -> Ending | None:
    """Give how an end stands that was begun, or None."""
    return persons.ending(vault.database, contact.id)


def go_on(vault: Vault, contact: Contact) -> None:
    """Forget an end that was begun; the correspondence was never touched by it."""
    with vault.transaction() as database:
        persons.forget_ending(database, contact.id)
        vault.tell(CHANGED)


def last_letter(vault: Vault, contact: Contact) -> Message | None:
    """Give one's own newest letter since the end was begun, or None."""
    begun = persons.ending(vault.database, contact.id)
    if begun is None:
        return None
    newest = conversation.newest(vault, contact.id, 50).letters
    own = [each for each in newest if each.outgoing and each.kind == 1 and each.written_at >= begun.begun_at]
    return own[-1] if own else None


def export_record(vault: Vault, contact: Contact, folder: Path, notebook: Notebook | None = None) -> Record | None:
    """Write a person's record into a new folder in every format, and keep when; give it, with what it says of itself.

    A client, who keeps no record of anybody, gets the letters and what was agreed; of them nothing is given back.

    Raises:
        UsageError: the folder is there already, or cannot be made.
    """
    found = None
    if vault.profile.role == THERAPIST:
        found = record.gather(vault, contact, notebook)
        record_files.export(vault, found, folder, list(record_files.FORMATS))
    else:
        person_export.write(vault, contact, folder)
    with vault.transaction() as database:
        persons.begin_ending(database, contact.id, vault.now())
        persons.note_exported(database, contact.id, vault.now())
        vault.tell(CHANGED)
    return found


def keep_until(vault: Vault, contact: Contact, day: str, why: str) -> Ending:
    """Keep to which day the record is kept, and why. Nothing is erased on that day.

    Raises:
        UsageError: no day to come, or no reason.
    """
    try:
        until = date.fromisoformat(day.strip()).isoformat()
    except ValueError as error:
        raise errors.UsageError(NO_DAY) from error
    line = safe_line(" ".join(why.split()), LONGEST_LINE)
    if until <= days.day_of(vault.now()):
        raise errors.UsageError(NO_DAY)
    if not line:
        raise errors.UsageError(NO_WHY)
    with vault.transaction() as database:
        persons.begin_ending(database, contact.id, vault.now())
        persons.keep_until(database, contact.id, until, line)
        vault.tell(CHANGED)
    return begin(vault, contact)


def end(vault: Vault, contact: Contact) -> None:
    """End the correspondence; letters and all else stay here. What waits to go does not go any more."""
    begin(vault, contact)
    pairing.remove(vault, contact)
