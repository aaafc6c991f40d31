"""Letters: write, send, read in windows, search; and the draft that survives everything."""

from collections.abc import Iterator

import msgspec

from therapy_tui import errors
from therapy_tui.core.delivery import Event, State
from therapy_tui.core.drafts import merged
from therapy_tui.core.messages import LETTER, Draft, Message
from therapy_tui.core.people import Contact
from therapy_tui.services.events import MessagesChanged
from therapy_tui.services.vault import Vault, in_passing
from therapy_tui.store import contacts, mailbox, messages, numbers, outbox
from therapy_tui.store import profile as profiles

READ_SOONEST, READ_LATEST = 300, 1_800
"""A receipt for reading waits so many seconds, so that the relay does not learn the moment of reading."""
READ_AT_ONCE = 500
"""How many letters are marked as read in one transaction at the most, so that no other process waits long."""

Place = tuple[int, int, int]
"""Where a letter stands in its conversation: place, number, row."""


class Window(msgspec.Struct, frozen=True):
    """A stretch of a conversation, in order."""

    letters: tuple[Message, ...]
    more_before: bool
    more_after: bool


def place_of(message: Message) -> Place:
    """Give where a letter stands."""
    return message.place, message.number, message.row


def send(
    vault: Vault, contact: Contact, text: str, tone: int = 0, answers: bytes = b"", *, is_draft: bool = True
) -> Message:
    """Commit a letter; it is queued when this returns, and nothing has left the machine yet.

    Args:
        vault: the open vault.
        contact: to whom.
        text: 1 to 20,000 characters, not all of them blank; sent as it is.
        tone: how it is meant, 0 to 4.
        answers: the first 8 bytes of the id that it answers, or empty.
        is_draft: it is what was being written to them, so nothing is kept of that; otherwise that stays as it is.

    Raises:
        UsageError: the text cannot be sent, or the correspondence has ended; the draft is kept.
        DiskFull: nothing was written; the draft is where it was.
    """
    from therapy_tui.core.bodies import check_text  # reading needs none of this, and the first screen reads

    check_text(text if text.strip() else "")  # blanks are nothing that one meant to send
    with vault.transaction() as database:
        message = queue(vault, contact, LETTER, text, tone, answers)
        if is_draft:
            messages.drop_draft(database, contact.id)
    return message


def queue(
    vault: Vault, contact: Contact, kind: int, text: str, tone: int = 0, answers: bytes = b"", raw: bytes = b""
) -> Message:
    """Add a message of ours and seal it, inside the caller's transaction.

    `answers` is the mark of what a letter answers, or of what is taken back; `raw` is the body of all but letters.

    Raises:
        UsageError: the correspondence has ended.
    """
    from therapy_tui.services import sealing  # as in `send`

    if contact.closed:
        by = "You ended this correspondence" if contact.closed == "ours" else f"{contact.name} has ended it"
        raise errors.UsageError(f"{by}, so no letter can go. What you wrote is kept.")
    now = vault.now()
    message = Message(
        row=0,
        contact=contact.id,
        id=vault.random_bytes(16),
        kind=kind,
        outgoing=True,
        number=contacts.take_number(vault.database, contact.id),
        place=0,
        written_at=now,
        arrived_at=now,
        state=State.QUEUED,
        state_at=now,
        reason="",
        seals=0,
        text=text,
        tone=tone,
        answers=answers,
        raw=raw,
        again=False,
    )
    messages.add(vault.database, message)
    sealing.seal_letter(vault, message)
    vault.tell(MessagesChanged(contact.id))
    return message


def send_again(vault: Vault, contact: Contact, message_id: bytes) -> None:
    """Queue a letter that did not go once more.

    Raises:
        UsageError: it has gone, or the correspondence has ended.
    """
    from therapy_tui.services import sealing  # as in `send`

    message = messages.get(vault.database, contact.id, message_id)
    if message is None or message.state is not State.FAILED:
        raise errors.UsageError("This letter did not fail, so it need not be sent again.")
    if contact.closed == "ours":
        raise errors.UsageError("You ended this correspondence, so no letter can go.")
    with vault.transaction() as database:
        contacts.set_closed(database, contact.id, "")
        messages.reset_seals(database, contact.id, message_id)
        messages.move(database, contact.id, message_id, Event.AGAIN, vault.now())
        sealing.seal_letter(vault, message)
        vault.tell(MessagesChanged(contact.id))


def get(vault: Vault, contact: bytes, message_id: bytes) -> Message | None:
    """Read one letter, or None."""
    return messages.get(vault.database, contact, message_id)


def answered(vault: Vault, contact: bytes, answers: bytes) -> Message | None:
    """Read the letter whose id begins with `answers` (8 bytes, or empty for none); None when it is not here."""
    return messages.beginning(vault.database, contact, answers) if answers else None


def everything(vault: Vault, contact: Contact) -> Iterator[Message]:
    """Read a whole conversation, in order; only a few letters of it are held at a time."""
    return messages.every(vault.database, contact.id)


def newest(vault: Vault, contact: bytes, limit: int) -> Window:
    """Read the newest letters."""
    found = messages.before(vault.database, contact, None, limit + 1)
    return Window(tuple(found[-limit:]), len(found) > limit, more_after=False)


def before(vault: Vault, contact: bytes, place: Place, limit: int) -> Window:
    """Read the letters that come before `place`."""
    found = messages.before(vault.database, contact, place, limit + 1)
    return Window(tuple(found[-limit:]), len(found) > limit, more_after=True)


def since(vault: Vault, contact: bytes, place: Place, limit: int) -> Window:
    """Read the letters that come after `place`."""
    found = messages.since(vault.database, contact, place, limit + 1)
    return Window(tuple(found[:limit]), more_before=True, more_after=len(found) > limit)


def is_after_gap(vault: Vault, contact: Contact, message: Message) -> bool:
    """Tell whether it is a letter of theirs before which one has not arrived."""
    return not message.outgoing and numbers.is_after_gap(
        vault.database, contact.id, message.number, message.row, contact.numbers_from
    )


def search(vault: Vault, wanted: str, contact: bytes | None = None, limit: int = 200) -> list[Message]:
    """Read the letters in which every word stands, newest first."""
    return messages.search(vault.database, wanted, contact, limit)


def first_unread(vault: Vault, contact: bytes) -> Message | None:
    """Read the oldest letter of theirs that was not shown yet, or None."""
    return messages.first_unread(vault.database, contact)


def mark_read(vault: Vault, contact: bytes, shown: list[bytes] | None = None) -> int:
    """Keep that letters of theirs were shown (all of them when `shown` is None); give how many are newly so.

    A receipt is owed for each where the person allows receipts for reading, at a moment drawn by chance.
    """
    if shown is not None:
        return _mark_read(vault, contact, [each for each in shown if messages.is_unread(vault.database, contact, each)])
    count = 0
    while unread := messages.unread(vault.database, contact, READ_AT_ONCE):
        count += _mark_read(vault, contact, unread)
    return count


def _mark_read(vault: Vault, contact: bytes, unread: list[bytes]) -> int:
    if not unread:
        return 0
    allowed = read_receipts(vault)
    now = vault.now()
    spread = READ_LATEST - READ_SOONEST
    with vault.transaction() as database:
        for message_id in unread:
            messages.mark_read(database, contact, message_id, now)
            if allowed:
                wait = READ_SOONEST + int.from_bytes(vault.random_bytes(4), "big") % spread
                outbox.owe(database, contact, message_id[:8], "read", now + wait)
        vault.tell(MessagesChanged(contact))
    return len(unread)


def read_receipts(vault: Vault) -> bool:
    """Tell whether the other side may learn that a letter was read."""
    return mailbox.setting(vault.database, "read_receipts", "yes") == "yes"


def allow_read_receipts(vault: Vault, allowed: bool) -> None:  # noqa: FBT001 - the choice itself
    """Keep the person's choice; what is owed already is forgotten when it is no."""
    with vault.transaction() as database:
        mailbox.set_setting(database, "read_receipts", "yes" if allowed else "no")
        if not allowed:
            outbox.forget_reading(database)


def waiting(vault: Vault) -> list[Message]:
    """Read our letters that wait or could not go, oldest first."""
    return messages.unsent(vault.database)


# drafts


def draft(vault: Vault, contact: bytes) -> Draft:
    """Read what is being written to a contact; an empty draft when there is nothing."""
    return messages.draft(vault.database, contact) or Draft("", 0, b"", 0, 0)


def keep_draft(vault: Vault, contact: bytes, new: Draft, before: str | None = None) -> Draft:
    """Keep a draft, and give it as it was kept.

    Args:
        vault: the open vault.
        contact: to whom it is.
        new: the draft; when it was kept is not asked.
        before: the text that lay there when this window looked last; what another window made of that meanwhile stands
            in it too. None writes over whatever is there.

    Raises:
        DiskFull: nothing was written.
    """
    text, cursor = new.text, new.cursor
    with vault.transaction() as database:
        there = draft(vault, contact).text
        if before is not None and there != before:
            text, behind = merged(before, text, there), new.text[cursor:]
            if not text.startswith(new.text[:cursor]):
                cursor = len(text) - (len(behind) if text.endswith(behind) else 0)
        kept = Draft(text, new.tone, new.answers, cursor, vault.now())
        messages.keep_draft(database, contact, kept)
    return kept


# the last place


def last_place(vault: Vault) -> tuple[str, bytes]:
    """Give the screen and the contact that were open last."""
    screen, _, contact = mailbox.setting(vault.database, "last_place", "").partition(":")
    return screen, bytes.fromhex(contact)


def keep_last_place(vault: Vault, screen: str, contact: bytes = b"") -> None:
    """Keep where the person is, so that the program opens there, if there is room for it."""
    if last_place(vault) != (screen, contact):
        with in_passing(), vault.transaction() as database:
            mailbox.set_setting(database, "last_place", f"{screen}:{contact.hex()}")


def bytes_today(vault: Vault, day: str) -> tuple[int, int]:
    """Give the bytes (up, down) of frames of a local day."""
    return mailbox.bytes_of(vault.database, day)


def held_letters(vault: Vault, daily: int, day: str) -> list[bytes]:
    """Give the ids of our letters that wait for the go-ahead, because they are large for what is left of the day.

    Args:
        vault: the open vault.
        daily: the bytes that the person allows in a day, 0 for as many as it takes.
        day: the local day of now.
    """
    if not daily:
        return []
    from therapy_tui.core.budget import Budget  # few set a bound
    from therapy_tui.services.budget import Day  # as above

    return [row.message for row in Day(Budget(daily), lambda: day).held(vault)]


def letters_of_theirs(vault: Vault) -> int:
    """Count the letters of others that are here."""
    return messages.count_theirs(vault.database)


def restored_at(vault: Vault) -> int:
    """Give when it was last noticed that the vault went back in time, 0 if never."""
    return profiles.read(vault.database).restored_at
