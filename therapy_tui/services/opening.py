"""Take one envelope out of the mailbox: each in one transaction of the caller's, opened, kept or put aside."""

import contextlib

from therapy_tui import errors
from therapy_tui.core import bodies, contents, shared
from therapy_tui.core.contents import Content, Form
from therapy_tui.core.delivery import Event, State
from therapy_tui.core.hashing import digest
from therapy_tui.core.messages import QUIET, Message
from therapy_tui.core.people import CLIENT, Contact, Pair
from therapy_tui.core.wire import Delivery
from therapy_tui.crypto import card as cards
from therapy_tui.crypto import envelope, ratchet
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.points import check_curve25519
from therapy_tui.crypto.ratchet import Ratchet
from therapy_tui.services import healing
from therapy_tui.services.events import ContactsChanged, MessagesChanged
from therapy_tui.services.sealing import account_of, keys_of, save_account
from therapy_tui.services.vault import Vault
from therapy_tui.store import arrivals, contacts, mailbox, messages, numbers, outbox

ENDED = "This person has ended the correspondence."


def take(vault: Vault, delivery: Delivery) -> bool:
    """Open one envelope; give whether it was opened. What cannot be opened goes to quarantine, once."""
    envelope_hash = digest("tt1 seen", delivery.envelope, 16)
    pairs = sorted(contacts.pairs(vault.database), key=lambda pair: pair.slot_in != delivery.slot)
    if arrivals.is_seen_by_anyone(vault.database, envelope_hash, [pair.contact for pair in pairs]):
        return False
    if arrivals.is_quarantined(vault.database, envelope_hash):
        return False
    contact = b""
    try:
        for pair in pairs:
            try:
                form, payload = envelope.open_seal(keys_of(pair).seal_in, delivery.envelope)
            except errors.CannotOpen:
                continue
            contact = pair.contact
            if pair.state == "pending":  # keys that nobody has accepted have no voice; what they say waits
                _put_aside(vault, envelope_hash, contact, delivery, "pending")
                return False
            return _open(vault, pair, form, payload, delivery, envelope_hash)
        from therapy_tui.services import joining  # its key agreement is a large library, and joins are rare

        invite = mailbox.invite_for_slot(vault.database, delivery.slot)
        reason = "seal"
        if invite is not None:
            reason = "join"
            if joining.take_join(vault, invite, delivery.envelope, envelope_hash):
                _retry_slot(vault, delivery.slot)
                return True
    except (errors.Malformed, errors.CannotOpen, errors.InviteRefused):
        reason = "malformed"
    _put_aside(vault, envelope_hash, contact, delivery, reason)
    return False


def release_pending(vault: Vault, contact: bytes) -> None:
    """Open what came from keys that have now been accepted."""
    for envelope_hash, slot, sealed in arrivals.pending(vault.database, contact):
        arrivals.release(vault.database, envelope_hash)
        take(vault, Delivery(0, slot, sealed))


def _put_aside(vault: Vault, envelope_hash: bytes, contact: bytes, delivery: Delivery, reason: str) -> None:
    # Only what may be opened later is kept whole, and only so much of it; of the rest it is kept that it came.
    is_early = reason in {"seal", "join"} and mailbox.invite_for_slot(vault.database, delivery.slot) is not None
    keeps = is_early or reason in {"pending", "newer"}
    sealed = (
        delivery.envelope
        if keeps and arrivals.has_room(vault.database, contact, delivery.slot, len(delivery.envelope))
        else b""
    )
    arrivals.quarantine(vault.database, envelope_hash, contact, delivery.slot, reason, sealed, vault.now())


def _retry_slot(vault: Vault, slot: int) -> None:
    """Open what came before the join that explains it."""
    for envelope_hash, sealed in arrivals.aside_in_slot(vault.database, slot):
        arrivals.release(vault.database, envelope_hash)
        take(vault, Delivery(0, slot, sealed))


def _open(vault: Vault, pair: Pair, form: int, payload: bytes, delivery: Delivery, envelope_hash: bytes) -> bool:
    """Handle one envelope of a contact whose seal has opened."""
    contact = contacts.get(vault.database, pair.contact)
    if contact is None:
        return False
    if contact.closed == "ours":  # ended here: what was on its way is not kept
        arrivals.remember(vault.database, contact.id, envelope_hash)
        return False
    if pair.invite_seed:
        contacts.forget_invite_key(vault.database, pair.id)
    outbox.remove_joins(vault.database, pair.id)  # only who has the join can have sealed this
    if form == Form.RECEIPT:
        receipt = contents.unpack_receipt(payload)
        take_receipts(vault, contact.id, receipt.delivered, receipt.read)
    elif form == Form.RESET:
        healing.take_reset(vault, contact, pair, payload)
    elif form in {Form.PRE_KEY, Form.NORMAL}:
        try:
            _open_olm(vault, contact, pair, form, payload)
        except errors.CannotOpen:
            _put_aside(vault, envelope_hash, contact.id, delivery, "ratchet")
            healing.ask_for_reset(vault, contact, pair)
            return False
    else:
        _put_aside(vault, envelope_hash, contact.id, delivery, "newer")
        return False
    arrivals.remember(vault.database, contact.id, envelope_hash)
    return True


def _open_olm(vault: Vault, contact: Contact, pair: Pair, form: int, payload: bytes) -> None:
    """Open Olm, check whom it binds, keep the steps, and take the content.

    Raises:
        CannotOpen: no ratchet opens it; nothing was changed.
        Malformed: it opened and is not what it must be; nothing was changed.
    """
    pickle_key = vault.profile.pickle_key
    used, plaintext, account = _decrypt(vault, pair, form, payload)
    try:
        # All that can be refused is refused before the first step is kept, and is never taken for a broken ratchet.
        message_id, packed = envelope.open_plaintext(plaintext, keys_of(pair).bind_in)
        content = contents.unpack_content(packed)
        _check_content(vault, pair, content)
    except errors.CannotOpen:
        raise errors.Malformed from None
    if account is not None:
        save_account(vault, account)
        if pair.spare_given and pair.spare_given in payload:  # a pre-key message names the one-time key it used
            contacts.set_spare_given(vault.database, pair.id, b"", b"")
    contacts.save_ratchet(vault.database, pair.id, used.id, used.dump(pickle_key), newest=True)
    contacts.set_good(vault.database, pair.id)
    take_content(vault, contact, pair, message_id, content, form)


def _decrypt(vault: Vault, pair: Pair, form: int, payload: bytes) -> tuple[Ratchet, bytes, Account | None]:
    """Open Olm with the ratchets that are kept, or with a new one; the account is given when it was stepped."""
    profile = vault.profile
    for _, pickle in contacts.ratchets(vault.database, pair.id):
        used = Ratchet.load(pickle, profile.pickle_key)
        if form == Form.PRE_KEY and not used.matches(payload):
            continue
        with contextlib.suppress(errors.CannotOpen):
            return used, used.decrypt(form, payload), None
    if form != Form.PRE_KEY:
        raise errors.CannotOpen
    account = account_of(profile)
    used, plaintext = ratchet.accept(account, cards.read_card(pair.card).curve25519, payload)
    return used, plaintext, account


def _check_content(vault: Vault, pair: Pair, content: Content) -> None:
    """Refuse a content with a spare key that is none, or with a card that is not another of the same keys'.

    Raises:
        Malformed, CannotOpen, InviteRefused: it is not what it must be.
    """
    if content.spare:
        check_curve25519(content.spare)
    if isinstance(content.body, bodies.Moved):
        from therapy_tui.services import joining  # as in `take`

        old, new = cards.read_card(pair.card), cards.read_card(content.body.card)
        if (old.ed25519, old.curve25519, old.role) != (new.ed25519, new.curve25519, new.role):
            raise errors.Malformed
        joining.check_reach(vault, new.relay)


def take_content(vault: Vault, contact: Contact, pair: Pair, message_id: bytes, content: Content, form: int) -> None:
    """Do what an opened content says.

    A hello asks for letters only when it begins a ratchet: that is a side that was restored, or the answer to a reset.
    """
    take_receipts(vault, contact.id, content.delivered, content.read)
    if content.spare:
        contacts.set_spare(vault.database, pair.id, content.spare)
    body = content.body
    if isinstance(body, bodies.Hello):
        healing.take_hello(vault, contact, body, begins=form == Form.PRE_KEY)
    elif isinstance(body, bodies.Closing):
        _close(vault, contact, pair)
    elif isinstance(body, bodies.Moved):
        contacts.set_card(vault.database, pair.id, body.card)
        vault.tell(ContactsChanged())
    else:
        _keep(vault, contact, message_id, content)
    healing.seal_what_waits(vault, contact)


def take_receipts(vault: Vault, contact: bytes, delivered: tuple[bytes, ...], read: tuple[bytes, ...]) -> None:
    """Move our letters on the proof of receipts; those for unknown letters are ignored."""
    for event, shorts in ((Event.DELIVERY, delivered), (Event.READING, read)):
        for short in shorts:
            message_id = messages.by_short(vault.database, contact, short)
            if message_id is None:
                continue
            if messages.move(vault.database, contact, message_id, event, vault.now()):
                vault.tell(MessagesChanged(contact))
            messages.reset_seals(vault.database, contact, message_id)
            _settle_carried(vault, contact, message_id)
            outbox.remove_letter(vault.database, contact, message_id)


def _settle_carried(vault: Vault, contact: bytes, message_id: bytes) -> None:
    """Be done with the receipts that a delivered letter carried, if it is sure that the bytes with them arrived."""
    message = messages.get(vault.database, contact, message_id)
    if message is not None and message.again:
        outbox.uncarry(vault.database, contact, message_id)
    else:
        outbox.settle_carried(vault.database, contact, message_id)


def _keep(vault: Vault, contact: Contact, message_id: bytes, content: Content) -> None:
    """Keep a letter, or a kind that this version does not know byte for byte; either is owed a receipt."""
    body = content.body
    letter = body if isinstance(body, bodies.Letter) else bodies.Letter(shared.text_of(body), 0, b"")
    now = vault.now()
    message = Message(
        row=0,
        contact=contact.id,
        id=message_id,
        kind=int(content.kind),
        outgoing=False,
        number=content.number,
        place=0,
        written_at=content.written,
        arrived_at=now,
        state=State.READ if content.kind in QUIET else State.RECEIVED,
        state_at=now,
        reason="",
        seals=0,
        text=letter.text,
        tone=letter.tone,
        answers=letter.answers,
        raw=b"" if letter is body else bodies.pack_body(body),
        again=False,
    )
    if isinstance(body, shared.Shared):
        from therapy_tui.services import sharing  # as in `take`

        message = sharing.take_in(vault, message, body)
    messages.add(vault.database, message)
    contacts.note_have(vault.database, contact.id, content.number)
    numbers.advance_held(vault.database, contact.id)
    outbox.owe(vault.database, contact.id, message_id[:8], "delivered", now)
    if isinstance(body, bodies.Letter) and contact.role == CLIENT:
        from therapy_tui.services import office  # as in `take`

        office.tell(vault, contact)
    vault.tell(MessagesChanged(contact.id))


def _close(vault: Vault, contact: Contact, pair: Pair) -> None:
    if contact.closed == "ours":  # both ended it: there is nobody left to tell
        from therapy_tui.services import joining  # as in `take`

        joining.forget_pair(vault, pair)
        return
    now = vault.now()
    contacts.set_closed(vault.database, contact.id, "theirs")
    outbox.clear_pair(vault.database, pair.id)
    outbox.forget_receipts(vault.database, contact.id)
    for message_id in messages.queued_to(vault.database, contact.id):
        messages.move(vault.database, contact.id, message_id, Event.REFUSAL, now, ENDED)
    vault.tell(ContactsChanged())
    vault.tell(MessagesChanged(contact.id))
