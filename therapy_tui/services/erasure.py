"""Erase the record of one person when its time has come, and give a receipt of what went and what was not reached."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from therapy_tui import errors
from therapy_tui.config import Folders
from therapy_tui.core.audit import Mark, What
from therapy_tui.core.bodies import Kind
from therapy_tui.core.columns import rows
from therapy_tui.core.messages import LETTER
from therapy_tui.core.people import Contact
from therapy_tui.core.retention import Standing
from therapy_tui.services import audit, holding, notes, pairing, process, retention
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.events import ContactsChanged, MessagesChanged
from therapy_tui.services.export_parts import stamp
from therapy_tui.services.new_files import write
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.record_files import day_of
from therapy_tui.services.vault import Vault
from therapy_tui.store import appointments, contacts, erasure
from therapy_tui.store.database import Database

NO_RULE = (
    "There is no rule for how long records are kept, so no time has come. Set one, or give a reason with --anyway."
)
TOO_EARLY = "The time of this record comes on {}. Wait for it, or give a reason with --anyway."
DRAWER_CLOSED = "There is a drawer of process notes, and it is closed, so nothing was erased: what is in it would stay."
ERASED_NAME = "erased {}"
WIDTH = 72
NAMES = {"others": "other messages", "process_notes": "process notes"}
"""What is counted, in words, where that is another one."""
NOT_REACHED = (
    "Backups and exports that were made before: destroy the files.",
    "What the other person has: their own letters, and what they wrote down or printed.",
    "Parts of a disk that its own electronics set aside.",
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was erased, for whoever asked for it. It names nobody."""

    contact: bytes
    at: int
    """Seconds since 1970."""
    rule: int
    """Years, 0 where there was no rule."""
    last: date
    due: date | None
    is_kept_longer: bool
    """Whether that day was said when it ended, and is not the rule's."""
    reason: str
    """Why it was erased before its time; empty where that had come."""
    counts: dict[str, int]
    is_clean: bool
    """Whether the files were made anew without what was erased; else freed parts of them may still hold it, sealed."""
    mark: Mark
    """The end of the audit log with the row that says so."""


def check(vault: Vault, contact: Contact, standing: Standing, reason: str) -> str:
    """Give the reason as it is kept; refuse what may not be erased now.

    Raises:
        UsageError: there is a hold, or its time has not come and no reason was given.
    """
    retention.check_role(vault)
    holding.check(vault, contact.id)
    if standing.is_due(retention.today(vault)):
        return ""
    if not reason:
        raise errors.UsageError(NO_RULE if standing.due is None else TOO_EARLY.format(standing.due))
    return retention.check_reason(reason)


def count(vault: Vault, notebook: Notebook, drawer: Drawer, contact: Contact) -> dict[str, int]:
    """Count what there is of a person; "others" are pages, numbers, questions, promises and office hours."""
    found = erasure.kinds(vault.database, contact.id)
    letters, answers = found.pop(LETTER, 0), found.pop(Kind.ANSWERS, 0)
    others, noted = sum(found.values()), notes.count(notebook, contact.id)
    met = appointments.count(vault.database, contact.id)
    counts = {"letters": letters, "questionnaires": answers, "others": others, "notes": noted, "appointments": met}
    return {**counts, "process_notes": process.count(drawer, contact.id)} if drawer.is_open else counts


def erase(
    vault: Vault, notebook: Notebook, drawer: Drawer, folders: Folders, contact: Contact, reason: str = ""
) -> Receipt:
    """End the correspondence, and erase all that is of one person from all files; done again, it finishes.

    Args:
        vault: a therapist's, open.
        notebook: the open notes.
        drawer: that of process notes, open where there is one.
        folders: of the profile, for copies that were kept before an upgrade: they go, because it is in them too.
        contact: whose record it is.
        reason: why before its time; empty where that has come.

    Raises:
        UsageError: as `check`, or the drawer is closed; nothing was changed.
        DiskFull, VaultBusy: it is not finished; do it again.
    """
    standing = retention.standing(vault, contact, notebook)
    kept = check(vault, contact, standing, reason)
    if drawer.exists and not drawer.is_open:
        raise errors.UsageError(DRAWER_CLOSED)
    counts = count(vault, notebook, drawer, contact)
    if contact.closed != "ours":
        pairing.remove(vault, contact, is_erased=True)  # a record whose time has come stays so if this is cut short
    _erase_notes(notebook, drawer, contact)
    at = vault.now()
    mark = _erase_messages(vault, contact, _detail(counts, standing, kept))
    files = [vault.database, notebook.database, *([drawer.database] if drawer.is_open else [])]
    is_clean = _clean(files, folders)
    rule = retention.years(vault)
    return Receipt(
        contact.id, at, rule, standing.last, standing.due, standing.is_kept_longer, kept, counts, is_clean, mark
    )


def _erase_notes(notebook: Notebook, drawer: Drawer, contact: Contact) -> None:
    for each in list(notes.every(notebook, contact.id)):
        notes.erase(notebook, each.id)
    with notebook.transaction() as database:
        erasure.erase(database, "notes", contact.id)
    if drawer.is_open:
        with drawer.transaction() as database:
            erasure.erase(database, "process", contact.id)


def _erase_messages(vault: Vault, contact: Contact, detail: str) -> Mark:
    """Erase what the vault has of a person, and note that; give the end of the log with that row."""
    with vault.transaction() as database:
        erasure.erase(database, "vault", contact.id)
        erasure.forget_labels(database, contact.id, contact.name)
        contacts.rename(database, contact.id, ERASED_NAME.format(retention.today(vault)))
        contacts.numbers_from(database, contact.id, contact.have + 1)
        audit.note(vault, What.ERASED, contact.id, detail)
        vault.tell(ContactsChanged())
        vault.tell(MessagesChanged(contact.id))
        return audit.end(vault)


def _clean(files: list[Database], folders: Folders) -> bool:
    left = [each for each in files if not erasure.clean(each)]  # one that is in use keeps the others from nothing
    for copy in folders.data.glob("*.db.before-*"):
        copy.unlink(missing_ok=True)
    return not left


def told(counts: dict[str, int]) -> str:
    """Put counts into words, parted by commas."""
    named = ((number, NAMES.get(name, name)) for name, number in counts.items())
    return ", ".join(f"{number:,} {name.removesuffix('s') if number == 1 else name}" for number, name in named)


def _detail(counts: dict[str, int], standing: Standing, reason: str) -> str:
    return (
        f"{retention.RECORD}{told(counts)}; {f'before its time: {reason}' if reason else f'due since {standing.due}'}"
    )


def words(receipt: Receipt, when: str) -> Iterator[str]:
    """Write a receipt for a person, at most 72 columns wide; `when` is its time in words."""
    yield "RECEIPT: A RECORD WAS ERASED\n\n"
    yield f"When            {when}\n"
    yield f"Record          {receipt.contact.hex()}\n"
    yield f"Last day        {receipt.last}\n"
    by_rule = "" if receipt.is_kept_longer else f", so from {receipt.due}"
    yield f"Rule            {f'{receipt.rule} years after the last day{by_rule}' if receipt.rule else 'none'}\n"
    if receipt.is_kept_longer:
        yield f"Kept until      {receipt.due}, as was said when it ended\n"
    if receipt.reason:
        yield "Before its time, because:\n"
        yield from _indented(receipt.reason, " " * 16)
    yield "\nErased\n\n"
    yield from (f"  {number:>8,}  {NAMES.get(name, name)}\n" for name, number in receipt.counts.items())
    yield "\n"
    if receipt.is_clean:
        yield "The files were made anew without it.\n"
    else:
        yield "The files could not be made anew. Freed parts of them may still hold it,\n"
        yield "sealed under their keys.\n"
    yield "\nNot reached\n\n"
    for each in NOT_REACHED:
        yield from _indented(each, "  ")
    yield f"\nIn the audit log of the vault this is row {receipt.mark.count}. Its mark:\n{receipt.mark}\n"


def write_receipt(receipt: Receipt, folder: Path) -> dict[str, object]:
    """Write a receipt into a folder, as text and as JSON; give its fields."""
    found = fields(receipt, stamp(receipt.at))
    write(folder / "receipt.txt", words(receipt, day_of(receipt.at)))
    write(folder / "receipt.json", [json.dumps(found, ensure_ascii=True, indent=1) + "\n"])
    return found


def _indented(text: str, indent: str) -> Iterator[str]:
    return (f"{indent}{row}\n" for row in rows(text, WIDTH - len(indent)))


def fields(receipt: Receipt, when: str) -> dict[str, object]:
    """Give a receipt for programs."""
    return {
        "contact_id": receipt.contact.hex(),
        "at": when,
        "years": receipt.rule or None,
        "last_day": str(receipt.last),
        "due": str(receipt.due) if receipt.due else None,
        "reason": receipt.reason or None,
        "erased": receipt.counts,
        "clean": receipt.is_clean,
        "not_reached": list(NOT_REACHED),
        "audit_number": receipt.mark.count,
        "audit_mark": str(receipt.mark),
    }
