"""Letters by hand: what waits for a contact goes into one sealed file, and such a file is taken in like an exchange."""

from collections.abc import Callable
from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.core.armour import find_armoured, is_armour
from therapy_tui.core.hashing import digest
from therapy_tui.core.people import CHANGED, Contact, Invite, Pair
from therapy_tui.core.wire import Delivery
from therapy_tui.crypto import join, post
from therapy_tui.services import directory, exchange, opening, pairing
from therapy_tui.services.sealing import NONCE, keys_of
from therapy_tui.services.vault import Vault
from therapy_tui.store import arrivals, contacts, mailbox, messages, outbox

KINDS = (post.MAGIC, post.JOIN_MAGIC, post.OFFER_MAGIC)
NO_POST = "This is no post of therapy-tui, or it was damaged on the way."
AN_INVITE = "This is an invite in a file. Take it up with its link: therapy-tui join --file FILE"
NO_SUCH_INVITE = (
    "No open invite of yours is answered by this: it was used or withdrawn, or the file is for somebody else."
)
NOT_FOR_YOU = "This post is not for you, or it was damaged on the way. It was left as it is."
DAMAGED = "This post was damaged or cut short on the way, so nothing of it was taken. Ask for it again."


@dataclass(frozen=True, slots=True)
class Packed:
    """A file for one contact."""

    contact: Contact
    parts: tuple[bytes, ...]
    """The sealed files: one post or, for somebody who does not know us yet, the answer to their invite before it."""
    letters: int
    """Letters in it; they stay queued until a receipt comes back."""
    envelopes: int
    """Sealed things in it: letters, receipts, and what two programs have to tell each other."""
    left: int
    """Sealed things that did not fit."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was found in a file."""

    contact: Contact
    received: int
    """Letters that are new here."""
    delivered: int
    """Letters of ours that it proves to have arrived."""
    known: int
    """Sealed things that had come before, by relay or by file."""
    aside: int
    """Sealed things that could not be opened, or wait until changed keys are accepted."""
    met: bool = False
    """It answered an invite of ours: this contact is new, or has new keys."""


def addressee(vault: Vault, name: str | None) -> Contact:
    """Give the contact that was named, or the only one.

    Raises:
        UsageError: nobody was named and there is not just one, or nobody has that name.
    """
    if name is not None:
        return directory.find(vault, name)
    everyone = [each for each in contacts.every(vault.database) if each.closed != "ours"]
    if len(everyone) != 1:
        who = "You write with several people" if everyone else "There is nobody here to write to yet"
        raise errors.UsageError(f"{who}. Say for whom it is: --to CONTACT.")
    return everyone[0]


def export(vault: Vault, contact: Contact) -> Packed:
    """Put all that waits for a contact into one sealed file, with the receipts that are due.

    Nothing leaves the outbox: the letters stay queued and may also go by relay; whichever comes second is passed over.

    Raises:
        UsageError: nothing waits, or nothing may go to this contact now.
    """
    if contact.trust == CHANGED:
        raise errors.UsageError(f"The keys of {contact.name} changed, so nothing goes to them until you decide.")
    pair = contacts.pair(vault.database, contact.id)
    if pair is None:
        raise errors.UsageError(f"There are no keys for {contact.name} any more, so nothing can be sealed for them.")
    for _ in exchange.seal_due(vault):
        pass
    waiting = outbox.waiting_for(vault.database, pair.id)
    joins = [row.envelope for row in waiting if row.kind == "join"]
    if joins and not pair.by_hand:
        raise errors.UsageError(f"{contact.name} has yet to get your answer to the invite, which goes by the relay.")
    rows = [row for row in waiting if row.kind != "join"]
    fits = post.fitting([len(row.envelope) for row in rows])
    parts = [post.JOIN_MAGIC + each for each in joins]
    if fits:
        envelopes = [row.envelope for row in rows[:fits]]
        parts.append(post.seal_post(keys_of(pair).file_out, envelopes, vault.random_bytes(NONCE)))
    if not parts:
        raise errors.UsageError(f"Nothing waits for {contact.name}, so no post was made.")
    letters = sum(row.kind == "letter" for row in rows[:fits])
    return Packed(contact, tuple(parts), letters, fits + len(joins), len(rows) - fits)


def export_offer(vault: Vault, made: Invite) -> bytes:
    """Put the offer of an invite into a file, so that it can be taken up without the relay; only its link opens it."""
    return post.OFFER_MAGIC + pairing.offer_of(vault, made)


def read_offer(data: bytes) -> bytes:
    """Give the sealed offer that somebody handed over in a file.

    Raises:
        Malformed: there is none in it.
    """
    for each in find(data):
        if each.startswith(post.OFFER_MAGIC):
            return post.unwrap(each, post.OFFER_MAGIC)
    raise errors.Malformed("There is no invite in this file.")


def find(data: bytes) -> list[bytes]:
    """Give the sealed files in what somebody handed over: the file itself, or every block of a text.

    Raises:
        Malformed: there is none, or a block is damaged; the sentence says where.
    """
    if data.startswith(KINDS):
        return [data]
    found = find_armoured(data)
    if not found:
        raise errors.Malformed(NO_POST)
    return found


def take(vault: Vault, data: bytes) -> Taken:
    """Take one sealed file in, each envelope in a transaction of its own; what was taken before is passed over.

    A process that dies meanwhile loses and doubles nothing: the same file is imported again.

    Raises:
        CannotOpen: it is for somebody else, or was altered.
        UsageError: it is one's own, for somebody else to import.
        Malformed: it opens, and is not what it must be.
        DiskFull, VaultBusy: the rest waits in the file.
    """
    if data.startswith(post.JOIN_MAGIC):
        return _take_join(vault, data)
    pair, envelopes = _open(vault, data)
    contact = directory.get(vault, pair.contact)
    before = messages.tally(vault.database, contact.id)
    known = aside = 0
    for sealed in envelopes:
        if _is_known(vault, pair, sealed):
            known += 1
            continue
        with vault.transaction():
            aside += not opening.take(vault, Delivery(0, pair.slot_in, sealed))
    now = messages.tally(vault.database, contact.id)
    return Taken(contact, now.theirs - before.theirs, now.proved - before.proved, known, aside)


def is_spent(vault: Vault, data: bytes) -> bool:
    """Tell whether nothing is lost with a file: it is one's own, or all that is in it has been taken in."""
    if not data.startswith(KINDS) and not is_armour(data):
        return False
    try:
        return all(_is_spent(vault, each) for each in find(data))
    except errors.TherapyError:
        return False


def _is_spent(vault: Vault, data: bytes) -> bool:
    if data.startswith(post.JOIN_MAGIC):
        sealed = post.unwrap(data, post.JOIN_MAGIC)
        return _is_own_join(vault, sealed) or _who_joined(vault, sealed) is not None
    if _find_key(vault, data, lambda pair: keys_of(pair).file_out) is not None:
        return True
    found = _find_key(vault, data, lambda pair: keys_of(pair).file_in)
    return found is not None and all(_is_known(vault, found[0], each) for each in found[1])


def _take_join(vault: Vault, data: bytes) -> Taken:
    """Welcome who answered an invite by file; it goes the way of one from the relay, into the invite's own slot."""
    sealed = post.unwrap(data, post.JOIN_MAGIC)
    known = _who_joined(vault, sealed)
    if known is not None:
        return Taken(directory.get(vault, known), 0, 0, 1, 0)
    if _is_own_join(vault, sealed):
        raise errors.UsageError("You made this post yourself. It is for the one who invited you to import.")
    for made in mailbox.invites(vault.database):
        if made.secret and _answers(made, sealed):
            with vault.transaction() as database:
                if opening.take(vault, Delivery(0, made.slot, sealed)):
                    pair = next(each for each in contacts.pairs(database) if each.slot_in == made.slot)
                    contacts.mark_by_hand(database, pair.id, by_hand=True)
                    return Taken(directory.get(vault, pair.contact), 0, 0, 0, 0, met=True)
    raise errors.CannotOpen(NO_SUCH_INVITE)


def _answers(made: Invite, sealed: bytes) -> bool:
    try:
        join.open_join(made.secret, made.kem, made.offer_hash, sealed)
    except errors.RemoteError:
        return False
    return True


def _who_joined(vault: Vault, sealed: bytes) -> bytes | None:
    envelope_hash = digest("tt1 seen", sealed, 16)
    everyone = [pair.contact for pair in contacts.pairs(vault.database)]
    return next((each for each in everyone if arrivals.is_seen(vault.database, each, envelope_hash)), None)


def _is_own_join(vault: Vault, sealed: bytes) -> bool:
    everyone = contacts.pairs(vault.database)
    return any(row.envelope == sealed for pair in everyone for row in outbox.waiting_for(vault.database, pair.id))


def _open(vault: Vault, data: bytes) -> tuple[Pair, list[bytes]]:
    if data.startswith(post.OFFER_MAGIC):
        raise errors.UsageError(AN_INVITE)
    try:
        found = _find_key(vault, data, lambda pair: keys_of(pair).file_in)
        if found is not None:
            return found
        own = _find_key(vault, data, lambda pair: keys_of(pair).file_out)
    except errors.Malformed:
        raise errors.Malformed(DAMAGED) from None
    if own is not None:
        name = directory.get(vault, own[0].contact).name
        raise errors.UsageError(f"You made this post yourself. It is for {name} to import.")
    raise errors.CannotOpen(NOT_FOR_YOU)


def _find_key(vault: Vault, data: bytes, key: Callable[[Pair], bytes]) -> tuple[Pair, list[bytes]] | None:
    """Try the file key of each contact; also of keys that nobody has accepted yet, whose envelopes then wait."""
    for pair in contacts.pairs(vault.database):
        try:
            return pair, post.open_post(key(pair), data)
        except errors.CannotOpen:
            continue
    return None


def _is_known(vault: Vault, pair: Pair, sealed: bytes) -> bool:
    envelope_hash = digest("tt1 seen", sealed, 16)
    return arrivals.is_seen(vault.database, pair.contact, envelope_hash) or arrivals.is_quarantined(
        vault.database, envelope_hash
    )
