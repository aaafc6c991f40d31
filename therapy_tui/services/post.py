"""Letters by hand: what waits for a contact goes into one sealed file, and such a file is taken in like an exchange."""

from collections.abc import Callable
from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.core.armour import find_armoured, is_armour
from therapy_tui.core.hashing import digest
from therapy_tui.core.people import CHANGED, Contact, Pair
from therapy_tui.core.wire import Delivery
from therapy_tui.crypto import post
from therapy_tui.services import directory, exchange, opening
from therapy_tui.services.sealing import NONCE, keys_of
from therapy_tui.services.vault import Vault
from therapy_tui.store import arrivals, contacts, messages, outbox

NO_POST = "This is no post of therapy-tui, or it was damaged on the way."
NOT_FOR_YOU = "This post is not for you, or it was damaged on the way. It was left as it is."
DAMAGED = "This post was damaged or cut short on the way, so nothing of it was taken. Ask for it again."


@dataclass(frozen=True, slots=True)
class Packed:
    """A file for one contact."""

    contact: Contact
    data: bytes
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
    if outbox.count(vault.database, pair.id, "join"):
        raise errors.UsageError(f"{contact.name} has yet to get your answer to the invite, which goes by the relay.")
    waiting = outbox.waiting_for(vault.database, pair.id)
    fits = post.fitting([len(row.envelope) for row in waiting])
    if not fits:
        raise errors.UsageError(f"Nothing waits for {contact.name}, so no post was made.")
    rows = waiting[:fits]
    data = post.seal_post(keys_of(pair).file_out, [row.envelope for row in rows], vault.random_bytes(NONCE))
    return Packed(contact, data, sum(row.kind == "letter" for row in rows), fits, len(waiting) - fits)


def find(data: bytes) -> list[bytes]:
    """Give the sealed files in what somebody handed over: the file itself, or every block of a text.

    Raises:
        Malformed: there is none, or a block is damaged; the sentence says where.
    """
    if data.startswith(post.MAGIC):
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
    pair, envelopes = _open(vault, data)
    contact = directory.get(vault, pair.contact)
    theirs, ours = messages.proofs(vault.database, contact.id)
    known = aside = 0
    for sealed in envelopes:
        if _is_known(vault, pair, sealed):
            known += 1
            continue
        with vault.transaction():
            aside += not opening.take(vault, Delivery(0, pair.slot_in, sealed))
    theirs_now, ours_now = messages.proofs(vault.database, contact.id)
    return Taken(contact, theirs_now - theirs, ours_now - ours, known, aside)


def is_spent(vault: Vault, data: bytes) -> bool:
    """Tell whether nothing is lost with a file: it is one's own, or all that is in it has been taken in."""
    if not data.startswith(post.MAGIC) and not is_armour(data):
        return False
    try:
        return all(_is_spent(vault, each) for each in find(data))
    except errors.TherapyError:
        return False


def _is_spent(vault: Vault, data: bytes) -> bool:
    if _find_key(vault, data, lambda pair: keys_of(pair).file_out) is not None:
        return True
    found = _find_key(vault, data, lambda pair: keys_of(pair).file_in)
    return found is not None and all(_is_known(vault, found[0], each) for each in found[1])


def _open(vault: Vault, data: bytes) -> tuple[Pair, list[bytes]]:
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
