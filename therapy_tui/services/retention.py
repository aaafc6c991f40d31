"""How long records are kept: the rule of this vault, legal holds, and whose time has come."""

from datetime import date
from functools import partial

from therapy_tui import errors
from therapy_tui.core.audit import What
from therapy_tui.core.people import THERAPIST, Contact
from therapy_tui.core.retention import LONGEST_REASON, MOST_YEARS, Hold, Standing, years_after
from therapy_tui.core.text import safe_line
from therapy_tui.services import audit, days, holding, notes
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.vault import Vault
from therapy_tui.store import appointments, contacts, holds, mailbox, messages, persons

_YEARS = "retention_years"
RECORD = "record: "
"""How the detail of a row of the log begins that says that a whole record was erased."""
ONLY_A_THERAPIST = "Records of others are kept in a therapist's vault, and this is a client's."
TAKEN_BACK_STILL = (
    "What they shared they can still take back, and the audit log then says that they did. Write the record out, and it"
    " stays with you as it is now."
)
"""What a hold does not stop, for it is the other person who does it."""
NO_REASON = f"Give a reason of 1 to {LONGEST_REASON} characters, and name nobody in it: it stays in the audit log."


def years(vault: Vault) -> int:
    """Give for how many years after the last day a record is kept; 0 where there is no rule."""
    return int(mailbox.setting(vault.database, _YEARS, "0"))


def set_years(vault: Vault, number: int) -> None:
    """Set the rule; 0 takes it away.

    Raises:
        UsageError: more than a hundred years, or a client's vault.
    """
    check_role(vault)
    if not 0 <= number <= MOST_YEARS:
        raise errors.UsageError(f"Give a number of years from 1 to {MOST_YEARS}, or 0 for no rule.")
    with vault.transaction() as database:
        mailbox.set_setting(database, _YEARS, str(number))
        audit.note(vault, What.RETENTION, detail=f"{number} years" if number else "no rule")


def check_role(vault: Vault) -> None:
    """Refuse a client's vault."""
    if vault.profile.role != THERAPIST:
        raise errors.UsageError(ONLY_A_THERAPIST)


def check_reason(reason: str) -> str:
    """Give a reason as one line.

    Raises:
        UsageError: it is empty or too long.
    """
    line = " ".join(safe_line(reason, LONGEST_REASON + 1).split())
    if not 1 <= len(line) <= LONGEST_REASON:
        raise errors.UsageError(NO_REASON)
    return line


# holds


def hold(vault: Vault, contact: Contact, reason: str) -> Hold:
    """Let a record not be erased, for a reason."""
    check_role(vault)
    made = Hold(contact.id, vault.now(), check_reason(reason))
    with vault.transaction() as database:
        holds.put(database, made)
        holding.tell_outside(vault, is_begun=True)
        vault.afterwards(partial(holding.keep_told, vault))  # another process may have seen no hold yet
        audit.note(vault, What.HELD, contact.id, made.reason)
    return made


def release(vault: Vault, contact: Contact, reason: str) -> None:
    """End the hold on a record, for a reason.

    Raises:
        UsageError: there is none.
    """
    check_role(vault)
    line = check_reason(reason)
    with vault.transaction() as database:
        if not holds.drop(database, contact.id):
            raise errors.UsageError(f"There is no hold on the record of {contact.name}.")
        audit.note(vault, What.RELEASED, contact.id, line)
        vault.afterwards(partial(holding.keep_told, vault))


# time


def today(vault: Vault) -> date:
    """Give the local day of now."""
    return date.fromisoformat(days.day_of(vault.now()))


def standing(vault: Vault, contact: Contact, notebook: Notebook | None) -> Standing:
    """Tell how the record of one person stands.

    The last day is that of the newest letter, of the last appointment, of the newest note where the notes are open, of
    an end that was taken in steps, or that on which the two met here. What was said at the end can only lengthen it.
    """
    ending = persons.ending(vault.database, contact.id)
    moments = [
        contact.made_at,
        messages.tally(vault.database, contact.id).last_at,
        appointments.last(vault.database, contact.id, vault.now()),
        ending.ended_at if ending is not None else 0,
    ]
    if notebook is not None:
        moments += [each.written_at for each in notes.window(notebook, 0, 1, contact.id)]
    last = date.fromisoformat(days.day_of(max(moments)))
    rule = years(vault)
    wanted = [years_after(last, rule)] if rule else []
    if ending is not None and ending.keep_until:
        wanted.append(date.fromisoformat(ending.keep_until))
    return Standing(contact.id, last, max(wanted, default=None), holds.get(vault.database, contact.id), ending)


def every(vault: Vault, notebook: Notebook | None) -> list[tuple[Contact, Standing]]:
    """Tell how every record stands, those first whose time comes first; what was erased is none any more.

    Raises:
        UsageError: it is a client's vault.
    """
    check_role(vault)
    gone = {each.contact for each in audit.every(vault) if each.what == What.ERASED and each.detail.startswith(RECORD)}
    there = [
        each
        for each in contacts.every(vault.database)
        if each.id not in gone or messages.tally(vault.database, each.id).letters
    ]
    found = [(each, standing(vault, each, notebook)) for each in there]
    return sorted(found, key=lambda each: (each[1].last, each[0].made_at))
