"""The two ends of an invite: take the offer and join with it, or find the join and welcome it.

Functions run inside the caller's transaction (docs/protocol.md, section 4).
"""

from therapy_tui import errors
from therapy_tui.core import contents
from therapy_tui.core.address import is_loopback
from therapy_tui.core.bodies import Hello, Kind
from therapy_tui.core.contents import Content
from therapy_tui.core.people import CHANGED, GOOD, Contact, Invite, Pair
from therapy_tui.core.text import safe_name
from therapy_tui.core.wire import mailbox_of
from therapy_tui.crypto import card as cards
from therapy_tui.crypto import envelope, invite, join, ratchet, signing
from therapy_tui.crypto.card import Card
from therapy_tui.crypto.invite import Offer
from therapy_tui.crypto.link import Link
from therapy_tui.crypto.pair import PairKeys
from therapy_tui.services import sealing
from therapy_tui.services.events import ContactsChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import arrivals, contacts, mailbox, outbox
from therapy_tui.store import profile as profiles
from therapy_tui.store.mailbox import Slot

SAME_ROLE = {
    1: "This invite was made by another client; a client joins the invite of a therapist. It is used up now.",
    2: "This invite was made by another therapist; a therapist joins the invite of a client. It is used up now.",
}
OWN_INVITE = "This invite is your own. Hand it to the other person."


def settle_relay(vault: Vault, relay: str, ticket: bytes = b"") -> None:
    """Make this relay one's own and sign the card that names it."""
    profile = vault.profile
    owner_key = signing.public_key(profile.owner_seed)
    card = cards.make_card(sealing.account_of(profile), profile.role, profile.name, mailbox_of(owner_key), relay)
    profiles.settle(vault.database, relay, card.raw, ticket)


def complete_join(
    vault: Vault, link: Link, offered: bytes, given_contact: bytes, claimed_at: int, *, by_hand: bool = False
) -> bytes:
    """Check a claimed offer, make the contact and put the join envelope in the outbox; give the contact's id.

    Args:
        vault: the open vault.
        link: the invite.
        offered: the sealed offer, from the relay or a file.
        given_contact: the contact whose keys it renews, or empty.
        claimed_at: when it was first claimed; it may have expired since.
        by_hand: the offer came in a file, and the answer goes in one.

    Raises:
        InviteRefused: in plain words; nothing was changed.
    """
    offer = invite.open_offer(link, offered, claimed_at)
    _check_role(vault, offer.card)
    check_reach(vault, offer.card.relay)
    if not vault.profile.relay:
        settle_relay(vault, link.relay, offer.ticket or vault.profile.ticket)
    profile = vault.profile
    mine = cards.read_card(profile.card)
    secret = vault.random_bytes(32)
    pair_secret = join.derive_pair_secret(secret, link.secret, offer.hash, mine.id)
    contact, state = _contact_for(vault, offer.card, given_contact, offer.card.name)
    keys = PairKeys(pair_secret, mine.id, offer.card.id)
    slot = slot_for(vault, keys)
    pair = add_pair(vault, contact, state, keys, offer.card, slot, offer.slot, invite.invite_seed(link.secret))
    contacts.mark_by_hand(vault.database, pair, by_hand)
    _start(vault, pair, keys, link, offer, secret, slot)
    sealing.seal_again(vault, contact, None)
    vault.tell(ContactsChanged())
    return contact


def _start(vault: Vault, pair: int, keys: PairKeys, link: Link, offer: Offer, secret: bytes, slot: int) -> None:
    """Start the ratchet, say hello on it, and seal the join envelope."""
    profile = vault.profile
    started = ratchet.start(sealing.account_of(profile), offer.card.curve25519, offer.one_time_key)
    content = Content(Kind.HELLO, 0, vault.now(), Hello(0, 0), (), (), b"")
    plaintext = envelope.pack_plaintext(keys.bind_out, vault.random_bytes(16), contents.pack_content(content))
    _, hello = started.encrypt(plaintext)
    contacts.save_ratchet(vault.database, pair, started.id, started.dump(profile.pickle_key), newest=True)
    profiles.step_epoch(vault.database)
    sealed = join.make_join(
        offer,
        secret=link.secret,
        s=secret,
        card=cards.read_card(profile.card),
        hello=hello,
        slot=slot,
        nonce=vault.random_bytes(sealing.NONCE),
    )
    outbox.add(vault.database, pair, "join", sealed, vault.now())


def take_join(vault: Vault, made: Invite, sealed: bytes, envelope_hash: bytes) -> bool:
    """Welcome who joined with an invite of ours; give whether the envelope was a good join.

    Contact, ratchet, account, erased invite keys and the slot's new key are one transaction with the caller's.
    """
    profile = vault.profile
    mine = cards.read_card(profile.card)
    account = sealing.account_of(profile)
    try:
        joined = join.open_join(made.secret, made.kem, made.offer_hash, sealed)
        _check_role(vault, joined.card)
        check_reach(vault, joined.card.relay)
        pair_secret = join.derive_pair_secret(joined.s, made.secret, made.offer_hash, joined.card.id)
        keys = PairKeys(pair_secret, mine.id, joined.card.id)
        started, plaintext = ratchet.accept(account, joined.card.curve25519, joined.hello)
        _, packed = envelope.open_plaintext(plaintext, keys.bind_in)
        content = contents.unpack_content(packed)
    except errors.RemoteError:
        return False
    if not isinstance(content.body, Hello):
        return False
    contact, state = _contact_for(vault, joined.card, made.contact, made.label or joined.card.name)
    _set_slot(vault, made.slot, keys)
    pair = add_pair(vault, contact, state, keys, joined.card, made.slot, joined.slot, b"")
    contacts.save_ratchet(vault.database, pair, started.id, started.dump(profile.pickle_key), newest=True)
    sealing.save_account(vault, account)
    mailbox.end_invite(vault.database, made.id, "joined")
    mailbox.note_use(vault.database, made.id, contact, vault.now())
    arrivals.remember(vault.database, contact, envelope_hash)
    _welcome(vault, contact, pair)
    return True


def _welcome(vault: Vault, contact: bytes, pair: int) -> None:
    """Say hello back at once: it ends the joiner's use of the invite key and gives it a spare key."""
    known, made = contacts.get(vault.database, contact), contacts.pair_by_id(vault.database, pair)
    if known is not None and made is not None and made.state == "current":
        sealing.seal_again(vault, contact, None)
        if not outbox.count(vault.database, pair, "letter"):
            sealing.seal_hello(vault, known, made)
    vault.tell(ContactsChanged())


def check_reach(vault: Vault, relay: str) -> None:
    """Refuse a relay on this very machine, named by somebody whose own relay is elsewhere than ours is.

    Otherwise a card could make this program knock at any local service.

    Raises:
        InviteRefused: it is one.
    """
    own = vault.profile.relay
    if own and is_loopback(relay) and not is_loopback(own):
        raise errors.InviteRefused("Its relay is on this very machine, and yours is not, so it is not used.")


def _check_role(vault: Vault, card: Card) -> None:
    profile = vault.profile
    if card.ed25519 == sealing.account_of(profile).ed25519:
        raise errors.InviteRefused(OWN_INVITE)
    if card.role == profile.role:
        raise errors.InviteRefused(SAME_ROLE[profile.role])


def _contact_for(vault: Vault, card: Card, given: bytes, name: str) -> tuple[bytes, str]:
    """Give the contact of a card and the state of its new pair, making the contact if need be.

    The same keys renew a contact without a change of trust; other keys, given for a contact, make it `changed`.
    """
    known = _same_keys(vault, card)
    now = vault.now()
    if known is not None:
        _forget_current(vault, known)
        contacts.set_closed(vault.database, known.id, "")
        return known.id, "current"
    contact = contacts.get(vault.database, given) if given else None
    if contact is None:
        contact_id = vault.random_bytes(8)
        contacts.add(vault.database, contact_id, safe_name(name), card.role, now)
        return contact_id, "current"
    if contacts.pair(vault.database, contact.id) is None:
        contacts.set_closed(vault.database, contact.id, "")
        contacts.set_trust(vault.database, contact.id, "unverified", now)
        return contact.id, "current"
    forget_pending(vault, contact)
    contacts.set_closed(vault.database, contact.id, "")
    contacts.set_trust(vault.database, contact.id, CHANGED, now)
    return contact.id, "pending"


def _same_keys(vault: Vault, card: Card) -> Contact | None:
    for contact in contacts.every(vault.database):
        pair = contacts.pair(vault.database, contact.id)
        if pair is None:
            continue
        held = cards.read_card(pair.card)
        if (held.ed25519, held.curve25519) == (card.ed25519, card.curve25519):
            return contact
    return None


def _forget_current(vault: Vault, contact: Contact) -> None:
    pair = contacts.pair(vault.database, contact.id)
    if pair is not None:
        forget_pair(vault, pair)


def forget_pending(vault: Vault, contact: Contact) -> None:
    """Forget keys that were offered for a contact and not accepted."""
    pair = contacts.pair(vault.database, contact.id, "pending")
    if pair is not None:
        forget_pair(vault, pair)


def forget_pair(vault: Vault, pair: Pair) -> None:
    """Erase a pair's secret and ratchets here and its right to deposit at the relay."""
    mailbox.set_slot(vault.database, Slot(pair.slot_in, b"", 0, b"", b""))
    contacts.forget_pair(vault.database, pair.id)
    profiles.step_epoch(vault.database)


def slot_for(vault: Vault, keys: PairKeys) -> int:
    """Take a slot of one's own mailbox for a pair; the relay learns of it with the next exchange."""
    slot = profiles.take_slot(vault.database)
    _set_slot(vault, slot, keys)
    return slot


def _set_slot(vault: Vault, slot: int, keys: PairKeys) -> None:
    mailbox.set_slot(vault.database, Slot(slot, keys.deposit_in_public, 0, b"", b""))
    profiles.step_epoch(vault.database)


def add_pair(
    vault: Vault, contact: bytes, state: str, keys: PairKeys, card: Card, slot_in: int, slot_out: int, seed: bytes
) -> int:
    """Keep what binds two profiles; give the number of the pair."""
    return contacts.add_pair(
        vault.database,
        Pair(
            id=0,
            contact=contact,
            state=state,
            secret=keys.secret,
            mine=keys.mine,
            theirs=keys.theirs,
            card=card.raw,
            slot_in=slot_in,
            slot_out=slot_out,
            invite_seed=seed,
            spare=b"",
            spare_given=b"",
            spare_with=b"",
            broken=GOOD,
            reset_at=0,
            reset_wait=0,
            made_at=vault.now(),
        ),
    )
