"""Share one page, or the answers to one questionnaire: a sealed copy that can be taken back; and give a question along.

Functions that take in what a contact shared run inside the caller's transaction.
"""

from msgspec.structs import replace

from therapy_tui import errors
from therapy_tui.core import bodies, hashing, shared
from therapy_tui.core.audit import What
from therapy_tui.core.bodies import Kind
from therapy_tui.core.journal import Entry
from therapy_tui.core.messages import PIECES, Message
from therapy_tui.core.people import Contact
from therapy_tui.core.prompts import check_own
from therapy_tui.core.shared import Copy, Numbers
from therapy_tui.services import audit, conversation, holding, own_prompts, pieces
from therapy_tui.services.events import MessagesChanged, RoomChanged
from therapy_tui.services.measures import Taken
from therapy_tui.services.shown import Shown, shown_body
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, mailbox, messages
from therapy_tui.store import shared as copies

Thing = Entry | Taken | Numbers
"""What can be shared."""
CHANGED = RoomChanged("shared")
NO_NUMBERS = "No check-in was kept in the last weeks, so there is nothing to share."
NOTHING_ON_IT = "There is nothing on this page yet, so there is nothing to share."
TOO_LONG = (
    f"A page of up to {shared.LONGEST_SHARED:,} characters can be shared, and this one has {{length:,}}."
    " A part of it can go as a letter."
)
THERE = "It is with them already, just as it stands."
ENDED = "This correspondence has ended, so nothing more can be taken back."


def _as_page(entry: Entry) -> shared.SharedPage:
    """Give what goes of a page: its day, how it was, what it answers, and its words; no tags and no earlier version.

    Raises:
        UsageError: it is empty or too long.
    """
    text = entry.text.strip("\n")
    if not text.strip():
        raise errors.UsageError(NOTHING_ON_IT)
    if len(text) > shared.LONGEST_SHARED:
        raise errors.UsageError(TOO_LONG.format(length=len(text)))
    return shared.SharedPage(entry.day, entry.mood, entry.question[: shared.LONGEST_QUESTION], text)


def _as_answers(taken: Taken) -> shared.SharedAnswers:
    """Give what goes of a questionnaire: which, when, the scale and each answer."""
    low, high = taken.result.scale
    answers = bytes(shared.UNANSWERED if each is None else each for each in taken.result.answers)
    return shared.SharedAnswers(taken.measure.id, taken.at, low, high, answers)


def preview(thing: Thing) -> Shown:
    """Show what would go as the other will see it; raises as `share`."""
    return shown_body(*_content_of(thing))


def share(vault: Vault, contact: Contact, thing: Thing) -> Message:
    """Queue a copy of a page as it stands now, of the answers to a questionnaire, or of numbers.

    Raises:
        UsageError: it is empty or too long, is with them already just as it stands, or the correspondence has ended.
        DiskFull: nothing was written.
    """
    with vault.transaction():
        if is_with(vault, contact, thing):
            raise errors.UsageError(THERE)
        return queue_copy(vault, contact, thing)


def queue_copy(vault: Vault, contact: Contact, thing: Thing) -> Message:
    """Queue a copy inside the caller's transaction, whatever is there already; raises as `share`."""
    kind, raw = _content_of(thing)
    message = conversation.queue(vault, contact, kind, shared.text_of(bodies.unpack_body(kind, raw)), raw=raw)
    copies.add(vault.database, message.id, contact.id, thing.id, _revision(thing), vault.now())
    vault.tell(CHANGED)
    return message


def is_with(vault: Vault, contact: Contact, thing: Thing) -> bool:
    """Tell whether somebody has a copy of it just as it stands."""
    there = (each for each in copies.copies(vault.database, thing.id) if each.contact == contact.id)
    return any(each.revision == _revision(thing) and not each.taken_back_at for each in there)


def _content_of(thing: Thing) -> tuple[Kind, bytes]:
    if isinstance(thing, Numbers):
        if not thing.days:
            raise errors.UsageError(NO_NUMBERS)
        return Kind.CHECK_INS, bodies.pack_body(shared.SharedCheckIns(thing.days))
    if isinstance(thing, Entry):
        return Kind.PAGE, bodies.pack_body(_as_page(thing))
    return Kind.ANSWERS, bodies.pack_body(_as_answers(thing))


def _revision(thing: Thing) -> int:
    if isinstance(thing, Numbers):  # other numbers are another revision
        return int.from_bytes(hashing.digest("numbers", bodies.pack_body(shared.SharedCheckIns(thing.days)), 6))
    return thing.revision if isinstance(thing, Entry) else 1


def ask(vault: Vault, contact: Contact, text: str) -> Message:
    """Queue a question for the other's journal, one line of 1 to 280 characters; raises as `share`."""
    line = check_own(text)
    with vault.transaction():
        raw = bodies.pack_body(shared.Question(line))
        return conversation.queue(vault, contact, Kind.QUESTION, line, raw=raw)


def copies_of(vault: Vault, item: bytes) -> list[Copy]:
    """Read where the copies of a page or of answers are, oldest first."""
    return copies.copies(vault.database, item)


def copy_in(vault: Vault, message: bytes) -> Copy | None:
    """Read the copy that one of our messages carries, or None."""
    return copies.copy(vault.database, message)


def every_copy(vault: Vault) -> list[Copy]:
    """Read all copies, oldest first; also those that were taken back."""
    return copies.every(vault.database)


def is_shared(vault: Vault, item: bytes) -> bool:
    """Tell whether somebody has a copy of a page or of answers."""
    return any(not each.taken_back_at for each in copies_of(vault, item))


def pages_shared(vault: Vault, year: int, month: int) -> int:
    """Count the pages of a month of which somebody has a copy."""
    return copies.count_pages(vault.database, f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-31")


def are_shared(vault: Vault) -> set[bytes]:
    """Give the ids of all pages and answers of which somebody has a copy."""
    return copies.items_shared(vault.database)


def offers(vault: Vault) -> str:
    """Tell whether a questionnaire is shown for sharing at its end: "yes", "no", or "" while nobody asked."""
    return mailbox.setting(vault.database, "offer_answers", "")


def keep_offers(vault: Vault, choice: str) -> None:
    """Keep that choice; nothing is ever shared by itself."""
    with vault.transaction() as database:
        mailbox.set_setting(database, "offer_answers", choice)


def take_back(vault: Vault, copy: Copy) -> None:
    """Take a copy back: its words go here at once, and there when the news arrives.

    Raises:
        UsageError: it was taken back already, the correspondence has ended, or their record is held here.
        DiskFull: nothing was written; the copy is where it was.
    """
    with vault.transaction() as database:
        contact = contacts.get(database, copy.contact)
        found = copies.copy(database, copy.message)
        message = messages.get(database, copy.contact, copy.message)
        if contact is None or contact.closed:
            raise errors.UsageError(ENDED)
        if found is None or message is None or found.taken_back_at:
            raise errors.UsageError("It was taken back already.")
        holding.check(vault, copy.contact)
        mark = copy.message[: bodies.MARK_SIZE]
        _empty(vault, message)
        raw = bodies.pack_body(shared.TakenBack(mark))
        conversation.queue(vault, contact, Kind.TAKEN_BACK, "", answers=mark, raw=raw)
        copies.note_taken_back(database, copy.message, vault.now())
        vault.tell(CHANGED)


def take_in(vault: Vault, message: Message, body: object) -> Message:
    """Give a contact's message as it is to be kept, and do what it says."""
    if isinstance(body, shared.TakenBack):
        taken = messages.beginning(vault.database, message.contact, body.piece)
        if taken is not None and not taken.outgoing and taken.kind in PIECES:
            if _without_words(taken).raw != taken.raw:
                audit.note(vault, What.TAKEN_BACK, message.contact, _how(vault, message.contact))
            _empty(vault, taken)
        return replace(message, answers=body.piece)
    mark = message.id[: bodies.MARK_SIZE]
    if isinstance(body, shared.Question):
        own_prompts.take_in(vault.database, vault, message.contact, mark, body.text)
    if shared.is_piece(body) and copies.was_taken_back(vault.database, message.contact, mark):
        return _without_words(message)
    pieces.note(vault, message, body)
    return message


def _how(vault: Vault, contact: bytes) -> str:
    return "by them, while their record was held" if holding.is_held(vault, contact) else "by them"


def _empty(vault: Vault, message: Message) -> None:
    left = _without_words(message)
    copies.empty(vault.database, message.contact, message.id, left.raw)
    pieces.forget(vault, message.id)
    vault.tell(MessagesChanged(message.contact))


def _without_words(message: Message) -> Message:
    body = bodies.unpack_body(message.kind, message.raw)
    if not isinstance(body, shared.Piece):
        return message
    return replace(message, text="", raw=bodies.pack_body(shared.emptied(body)))
