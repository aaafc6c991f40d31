"""Meet, know and part: invites, joins, the ten words, changed keys, and the end of a correspondence."""

from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.core.audit import What
from therapy_tui.core.delivery import Event
from therapy_tui.core.people import CHANGED, UNVERIFIED, VERIFIED, Contact, Invite
from therapy_tui.core.persons import LONGEST_LINE
from therapy_tui.core.text import safe_line, safe_name
from therapy_tui.crypto import card as cards
from therapy_tui.crypto import invite, signing
from therapy_tui.crypto.kem import kem_public, new_kem_key
from therapy_tui.crypto.link import Link, read_link
from therapy_tui.services import audit, holding, joining, opening, sealing
from therapy_tui.services.events import ContactsChanged, MessagesChanged
from therapy_tui.services.vault import Vault, in_passing
from therapy_tui.store import arrivals, contacts, mailbox, messages, outbox, persons
from therapy_tui.store import profile as profiles
from therapy_tui.store.mailbox import Join, Slot

DAY = 86_400
INVITE_DAYS, MOST_INVITE_DAYS = 7, 30
ENDED_HERE = "You ended this correspondence."


@dataclass(frozen=True, slots=True)
class Words:
    """What two people compare: ten words, and the same as text for a QR code."""

    words: tuple[str, ...]
    code: str
    of_changed_keys: bool


def make_invite(
    vault: Vault, label: str, days: int = INVITE_DAYS, contact: bytes = b"", ticket: bytes = b"", *, word: str = ""
) -> Invite:
    """Make an invite; it works once the relay has it.

    Args:
        vault: the open vault.
        label: whom it is for, in the inviter's own words; the name of the contact that comes of it. May be empty.
        days: 1 to 30.
        contact: the contact whose keys it renews, if any.
        ticket: a ticket of the relay's for the other person's mailbox; one's own is spent, so it is not handed on.
        word: a code word that both agreed on beforehand; it is kept here, and neither sent nor printed.

    Raises:
        UsageError: there is no relay yet, or the days or the ticket are out of bounds.
    """
    _check_invite(vault, days, ticket)
    with vault.transaction() as database:
        secret, kem = vault.random_bytes(16), new_kem_key()
        slot, expires = profiles.take_slot(database), vault.now() + days * DAY
        offer = _make_offer(vault, kem, slot, expires, ticket)
        offer_hash = invite.offer_hash(offer)
        made = Invite(
            id=vault.random_bytes(4),
            slot=slot,
            label=safe_name(label) if label.strip() else "",
            contact=contact,
            secret=secret,
            kem=kem,
            offer_hash=offer_hash,
            link=Link(vault.profile.relay, expires, secret, offer_hash[:16]).text,
            expires=expires,
            state="open",
            made_at=vault.now(),
            word=safe_line(" ".join(word.split()), LONGEST_LINE),
        )
        mailbox.add_invite(database, made)
        _publish(vault, made, offer)
    return made


def _check_invite(vault: Vault, days: int, ticket: bytes) -> None:
    if not vault.profile.relay:
        raise errors.UsageError("An invite needs a relay. Yours comes with the first invite that you take up.")
    if not 1 <= days <= MOST_INVITE_DAYS:
        raise errors.UsageError(f"An invite lasts 1 to {MOST_INVITE_DAYS} days.")
    if len(ticket) > invite.TICKET_LIMIT:
        raise errors.UsageError(f"A ticket has at most {invite.TICKET_LIMIT} bytes.")


def _make_offer(vault: Vault, kem: bytes, slot: int, expires: int, ticket: bytes) -> bytes:
    profile = vault.profile
    account = sealing.account_of(profile)
    offer = invite.make_offer(
        account,
        card=cards.read_card(profile.card),
        one_time_key=account.new_one_time_key(),
        kem_public=kem_public(kem),
        expires=expires,
        slot=slot,
        ticket=ticket,
    )
    sealing.save_account(vault, account)
    return offer


def _publish(vault: Vault, made: Invite, offer: bytes) -> None:
    """Set the slot of an invite, with the sealed offer; the relay learns of it with the next exchange."""
    key = signing.public_key(invite.invite_seed(made.secret))
    sealed = invite.seal_offer(made.secret, offer, vault.random_bytes(sealing.NONCE))
    mailbox.set_slot(vault.database, Slot(made.slot, key, made.expires, invite.pickup(made.secret), sealed))
    profiles.step_epoch(vault.database)


def invites(vault: Vault) -> list[Invite]:
    """Give all invites, oldest first, with those marked that can no longer be used; keys are erased 30 days later."""
    now = vault.now()
    stale = [each for each in mailbox.invites(vault.database) if each.state == "open" and each.expires < now]
    old = [each for each in mailbox.invites(vault.database) if each.secret and each.expires + 30 * DAY <= now]
    if stale or old:
        with in_passing(), vault.transaction() as database:
            mailbox.mark_expired(database, now)
            for each in old:
                mailbox.end_invite(database, each.id, "expired")
                mailbox.set_slot(database, Slot(each.slot, b"", 0, b"", b""))
                profiles.step_epoch(database)
    return mailbox.invites(vault.database)


def is_published(vault: Vault, made: Invite) -> bool:
    """Tell whether the relay has this invite."""
    return all(each.slot != made.slot for each in mailbox.untold(vault.database))


def used_by(vault: Vault, made: Invite) -> str:
    """Give the name of who joined with this invite, or empty when nobody did or they are not here any more."""
    if made.state != "joined":
        return ""
    found = made.used_by or next(
        (each.contact for each in contacts.pairs(vault.database) if each.slot_in == made.slot), b""
    )
    contact = contacts.get(vault.database, found) if found else None
    return contact.name if contact is not None else ""


def revoke_invite(vault: Vault, invite_id: str) -> Invite:
    """Withdraw an invite: its keys are erased here, its slot is cleared at the relay.

    Raises:
        UsageError: there is no such invite, or it cannot be withdrawn any more.
    """
    found = [each for each in mailbox.invites(vault.database) if each.id.hex() == invite_id.lower()]
    if not found:
        raise errors.UsageError("There is no invite with that id. therapy-tui invites lists them.")
    made = found[0]
    if made.state == "joined":
        raise errors.UsageError("This invite was already used. To end the correspondence, remove the contact.")
    if made.secret:
        with vault.transaction() as database:
            mailbox.end_invite(database, made.id, "revoked")
            mailbox.set_slot(database, Slot(made.slot, b"", 0, b"", b""))
            profiles.step_epoch(database)
    return made


def begin_join(vault: Vault, text: str, contact: bytes = b"") -> Link:
    """Take up an invite; the next exchange claims it, under one claim id however often it is tried.

    Raises:
        InviteRefused: the link is mistyped, expired, or one's own.
    """
    link = read_link(text)
    if link.expires <= vault.now():
        raise errors.InviteRefused("This invite has expired, by this machine's clock. Ask for a new one.")
    if any(each.link == link.text for each in mailbox.invites(vault.database)):
        raise errors.InviteRefused(joining.OWN_INVITE)
    with vault.transaction() as database:
        mailbox.add_join(database, Join(link.text, vault.random_bytes(16), contact, vault.now()))
    return link


def join_by_file(vault: Vault, text: str, data: bytes, contact: bytes = b"") -> Contact:
    """Take up an invite whose offer came in a file; the answer goes by hand too, with `post.export`.

    Args:
        vault: the open vault.
        text: the link.
        data: the sealed offer.
        contact: the contact whose keys it renews, if any.

    Raises:
        InviteRefused: the link is mistyped, expired, one's own, or not this offer's; nothing was changed.
    """
    link = read_link(text)
    if any(each.link == link.text for each in mailbox.invites(vault.database)):
        raise errors.InviteRefused(joining.OWN_INVITE)
    with vault.transaction() as database:
        found = joining.complete_join(vault, link, data, contact, vault.now(), by_hand=True)
        mailbox.end_join(database, link.text)
    known = contacts.get(vault.database, found)
    if known is None:
        raise errors.VaultDamaged
    return known


def offer_of(vault: Vault, made: Invite) -> bytes:
    """Give the sealed offer of an open invite, to be handed over in a file."""
    return mailbox.offer_of(vault.database, made.slot)


def is_joining(vault: Vault, link: Link) -> bool:
    """Tell whether an invite that was taken up still waits for the relay."""
    return any(each.link == link.text for each in mailbox.joins(vault.database))


def set_relay(vault: Vault, relay: str) -> None:
    """Choose the relay of a profile that has none.

    Raises:
        UsageError: it has one.
    """
    if vault.profile.relay:
        raise errors.UsageError(f"This profile's relay is {vault.profile.relay} already.")
    with vault.transaction():
        joining.settle_relay(vault, relay)


# the ten words


def words(vault: Vault, contact: Contact) -> Words:
    """Give the words to compare; for a contact whose keys changed, those of the new keys."""
    pending = contacts.pair(vault.database, contact.id, "pending")
    pair = pending or contacts.pair(vault.database, contact.id)
    if pair is None:
        raise errors.UsageError("This correspondence has ended, so there is nothing to compare.")
    keys = sealing.keys_of(pair)
    return Words(keys.words(), keys.qr_text(), pending is not None)


def show_words(vault: Vault, contact: Contact) -> Words:
    """Give the words, and keep which were shown, for a confirmation by a later command."""
    shown = words(vault, contact)
    with vault.transaction() as database:
        mailbox.set_setting(database, f"shown:{contact.id.hex()}", shown.code)
    return shown


def shown_code(vault: Vault, contact: Contact) -> str:
    """Give the code of the words that a command showed last.

    Raises:
        UsageError: nobody has looked at the words.
    """
    code = mailbox.setting(vault.database, f"shown:{contact.id.hex()}")
    if not code:
        raise errors.UsageError("Look at the words first, and compare them: therapy-tui verify CONTACT")
    return code


def confirm(vault: Vault, contact: Contact, code: str) -> None:
    """Keep that two people compared the words and that they are the same; changed keys are accepted by that.

    Args:
        vault: the open vault.
        contact: with whom.
        code: `Words.code` as it was shown, so that only what was compared is confirmed.

    Raises:
        UsageError: the keys are not those whose words were shown.
    """
    with vault.transaction() as database:
        now = contacts.get(database, contact.id) or contact
        if words(vault, now).code != code:
            raise errors.UsageError("The words have changed since you looked. Compare them once more.")
        if now.trust == CHANGED:
            _accept(vault, now)
        contacts.set_trust(database, contact.id, VERIFIED, vault.now())
        vault.tell(ContactsChanged())


def accept_change(vault: Vault, contact: Contact) -> None:
    """Go on with the new keys, not yet verified; what waited, and what was not delivered, goes to them.

    Raises:
        UsageError: the keys have not changed.
    """
    with vault.transaction() as database:
        _accept(vault, contacts.get(database, contact.id) or contact)


def _accept(vault: Vault, contact: Contact) -> None:
    pending = contacts.pair(vault.database, contact.id, "pending")
    if contact.trust != CHANGED or pending is None:
        raise errors.UsageError(f"The keys of {contact.name} have not changed.")
    old = contacts.pair(vault.database, contact.id)
    if old is not None:
        joining.forget_pair(vault, old)
    contacts.set_pair_state(vault.database, pending.id, "current")
    contacts.set_trust(vault.database, contact.id, UNVERIFIED, vault.now())
    opening.release_pending(vault, contact.id)
    sealing.seal_again(vault, contact.id, None)
    vault.tell(ContactsChanged())


def refuse_change(vault: Vault, contact: Contact) -> None:
    """Forget the new keys and go on with the old ones, trusted as before."""
    if contact.trust != CHANGED:
        raise errors.UsageError(f"The keys of {contact.name} have not changed.")
    with vault.transaction() as database:
        joining.forget_pending(vault, contact)
        arrivals.forget_pending(database, contact.id)
        contacts.set_trust(database, contact.id, contact.trust_before, vault.now())
        sealing.seal_waiting(vault, contact.id)
        vault.tell(ContactsChanged())


# the end


def remove(vault: Vault, contact: Contact, *, erase_letters: bool = False, is_erased: bool = False) -> None:
    """End a correspondence: the other is told, may no longer deposit, and the keys are erased.

    Letters stay unless `erase_letters`. What was queued goes no more. Where all `is_erased` next, no day is noted.

    Raises:
        UsageError: the letters are to be erased, and their record is held; nothing was changed.
    """
    with vault.transaction() as database:
        now = vault.now()
        joining.forget_pending(vault, contact)
        for message_id in messages.queued_to(database, contact.id):
            messages.move(database, contact.id, message_id, Event.REFUSAL, now, ENDED_HERE)
        pair = contacts.pair(database, contact.id)
        if pair is not None:
            outbox.clear_pair(database, pair.id)
            if contact.may_be_written_to and contacts.ratchets(database, pair.id):
                sealing.seal_closing(vault, contact, pair)
                mailbox.set_slot(database, Slot(pair.slot_in, b"", 0, b"", b""))
                profiles.step_epoch(database)
            else:
                joining.forget_pair(vault, pair)
        outbox.forget_receipts(database, contact.id)
        messages.drop_draft(database, contact.id)
        contacts.set_closed(database, contact.id, "ours")
        if not is_erased:
            persons.note_ended(database, contact.id, now)
        if contact.trust == CHANGED:
            contacts.set_trust(database, contact.id, UNVERIFIED, now)
        audit.note(vault, What.ENDED, contact.id)
        if erase_letters:
            holding.erase_letters(vault, contact)
        vault.tell(ContactsChanged())
        vault.tell(MessagesChanged(contact.id))
