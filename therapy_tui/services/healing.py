"""Healing: what to do when a ratchet cannot open something, or when the vault went back in time.

Every function runs inside the caller's transaction (docs/protocol.md, section 9).
"""

from therapy_tui.core.bodies import Hello
from therapy_tui.core.contents import Form
from therapy_tui.core.people import REFUSED, Contact, Pair
from therapy_tui.crypto import card as cards
from therapy_tui.crypto import ratchet, reset
from therapy_tui.services import audit, sealing
from therapy_tui.services.epoch import Epoch
from therapy_tui.services.events import ContactsChanged, Noticed
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, mailbox, outbox
from therapy_tui.store import profile as profiles

HOUR, DAY = 3_600, 86_400
FARTHEST = 2**20
"""How far ahead of the vault a relay's record is believed, in steps and in sequences."""
RESTORED = "This vault is an older copy. Letters that it does not hold are asked for again; nothing needs to be done."


def ask_for_reset(vault: Vault, contact: Contact, pair: Pair) -> None:
    """Send a signed reset with a fresh key, at most one an hour, doubling to a day while nothing opens."""
    now = vault.now()
    if contact.closed or pair.state != "current":
        return
    if 0 <= now - pair.reset_at < pair.reset_wait:
        contacts.set_refused(vault.database, pair.id)  # it is sent when its time comes
        return
    account = sealing.account_of(vault.profile)
    key = account.new_one_time_key()
    payload = reset.make_reset(
        account, sealing.keys_of(pair).bind_out, key, sealing.held_of(vault, contact), contact.used
    )
    sealing.save_account(vault, account)
    sealing.put_sealed(vault, pair, Form.RESET, payload, "reset")
    contacts.set_asked(vault.database, pair.id, now, min(max(HOUR, 2 * pair.reset_wait), DAY))


def ask_everyone(vault: Vault) -> None:
    """Ask everyone for what they sealed last, because the relay lost what lay there."""
    for contact in contacts.every(vault.database):
        pair = contacts.pair(vault.database, contact.id)
        if pair is not None:
            ask_for_reset(vault, contact, pair)


def take_reset(vault: Vault, contact: Contact, pair: Pair, payload: bytes) -> None:
    """Start a ratchet with the key of a valid reset and seal again what they may not have.

    Raises:
        Malformed, CannotOpen: it is not theirs, or not for this pair; nothing was changed.
    """
    card = cards.read_card(pair.card)
    asked = reset.read_reset(payload, card.ed25519, sealing.keys_of(pair).bind_in)
    contacts.numbers_from(vault.database, contact.id, asked.last + 1)
    start_ratchet(vault, pair, card.curve25519, asked.one_time_key)
    since = contacts.answer_now(vault.database, pair.id, asked.have, vault.now())
    if since is not None:
        # Who asks for a reset may hold no spare key of ours, so the next content brings it: the same one, while it is
        # unused, because the account holds a number of such keys and lets the oldest go, which others were given.
        contacts.give_spare_again(vault.database, pair.id)
    if _is_ended(vault, contact, pair):
        return
    # A restored side has no ratchet at all and waits for a word, so there is always one; and it may have sealed for a
    # ratchet of ours that is lost since our own reset went, so what was refused is asked for with that word.
    again = sealing.seal_again(vault, contact.id, since)
    if contact.may_be_written_to and (not again or pair.broken == REFUSED):
        _say_hello(vault, contact, pair)


def take_hello(vault: Vault, contact: Contact, hello: Hello, *, begins: bool) -> None:
    """Hear how far their numbers go; when the hello begins a ratchet, seal again what they no longer hold."""
    contacts.numbers_from(vault.database, contact.id, hello.last + 1)
    pair = contacts.pair(vault.database, contact.id)
    if begins and pair is not None and not _is_ended(vault, contact, pair):
        since = contacts.answer_now(vault.database, pair.id, hello.have, vault.now())
        sealing.seal_again(vault, contact.id, since)


def _is_ended(vault: Vault, contact: Contact, pair: Pair) -> bool:
    """Tell whether they have ended it; whoever comes back from before that is told so, and it stays ended."""
    if contact.closed == "theirs" and not outbox.count(vault.database, pair.id, "closing"):
        sealing.seal_closing(vault, contact, pair)
    return contact.closed == "theirs"


def seal_what_waits(vault: Vault, contact: Contact) -> None:
    """Seal letters that waited for a ratchet."""
    sealing.seal_waiting(vault, contact.id)


def start_ratchet(vault: Vault, pair: Pair, curve25519: bytes, one_time_key: bytes) -> None:
    """Start a ratchet of our own; letters go on it from now on."""
    profile = vault.profile
    account = sealing.account_of(profile)
    started = ratchet.start(account, curve25519, one_time_key)
    contacts.save_ratchet(vault.database, pair.id, started.id, started.dump(profile.pickle_key), newest=True)
    profiles.step_epoch(vault.database)


def restore(vault: Vault, found: Epoch) -> None:
    """Go on from an older copy of the vault: drop every ratchet, go on above `found`, heal with everyone.

    History stays as it is. Our numbers go on at the new epoch's count, which is above every number ever used.
    """
    database = vault.database
    count, chance = profiles.read_epoch(database)
    count = max(count, found.count) + 1
    profiles.set_epoch(database, count, chance)
    profiles.mark_restored(database, vault.now(), count)
    audit.note_going_back(vault)
    profiles.forget_done(database)
    contacts.drop_ratchets(database)
    contacts.raise_used(database, count)
    outbox.clear(database)
    # An invite that was open in the older copy may have been used since; opened anew it could be used twice.
    for made in mailbox.invites(database):
        if made.secret:
            mailbox.end_invite(database, made.id, "revoked")
            mailbox.set_slot(database, mailbox.Slot(made.slot, b"", 0, b"", b""))
    mailbox.tell_all_again(database)
    for contact in contacts.every(database):
        pair = contacts.pair(database, contact.id)
        if pair is None or contact.closed:
            continue
        contacts.set_spare_given(database, pair.id, b"", b"")
        contacts.set_asked(database, pair.id, 0, 0)
        _heal(vault, contact, contacts.pair(database, contact.id) or pair)
    vault.tell(ContactsChanged())
    vault.tell(Noticed(RESTORED))


def is_stuck(vault: Vault) -> bool:
    """Tell whether letters wait for a ratchet, for a reset or an answer whose time has come, or seem lost."""
    now = vault.now()
    stuck = contacts.speechless(vault.database, now) or contacts.broken(vault.database, now, DAY)
    return bool(stuck or contacts.owed(vault.database, now) or sealing.lost(vault))


def free_stuck(vault: Vault) -> None:
    """Start a ratchet, or ask for one anew, where letters wait for it; queue anew what was asked for or seems lost."""
    sealing.seal_lost(vault)
    for number, who, have in contacts.owed(vault.database, vault.now()):
        sealing.seal_again(vault, who, contacts.answer_now(vault.database, number, have, vault.now()))
    for pair in contacts.speechless(vault.database, vault.now()):
        contact = contacts.get(vault.database, pair.contact)
        if contact is not None:
            _heal(vault, contact, pair)
    for pair in contacts.broken(vault.database, vault.now(), DAY):
        contact = contacts.get(vault.database, pair.contact)
        if contact is not None:
            ask_for_reset(vault, contact, pair)


def _heal(vault: Vault, contact: Contact, pair: Pair) -> None:
    if not pair.spare:
        ask_for_reset(vault, contact, pair)
        return
    start_ratchet(vault, pair, cards.read_card(pair.card).curve25519, pair.spare)
    contacts.set_spare(vault.database, pair.id, b"")
    _say_hello(vault, contact, pair)
    sealing.seal_again(vault, contact.id, None)


def _say_hello(vault: Vault, contact: Contact, pair: Pair) -> None:
    """Say hello on a ratchet that it begins; whoever takes it seals again what is not here."""
    sealing.seal_hello(vault, contact, contacts.pair(vault.database, contact.id) or pair)
    contacts.ask_by_hello(vault.database, pair.id)


def is_plausible(vault: Vault, stored: Epoch, acked: int) -> bool:
    """Tell whether what a relay says it kept can be true: nobody sends or receives a million letters between copies."""
    profile = vault.profile
    return stored.count - profile.epoch_count <= FARTHEST and acked - max(profile.done, 0) <= FARTHEST


def is_older(vault: Vault, stored: Epoch, acked: int) -> bool:
    """Tell whether what a relay kept shows that the vault is an older copy."""
    profile = vault.profile
    mine = Epoch(profile.epoch_count, profile.epoch_chance)
    # A vault that was found older at its unlocking, and healed, has yet to learn what was acknowledged since.
    known = profile.done < 0
    return stored.shows_that_older(mine) or (acked > profile.done and not known)


def check_relay(vault: Vault, stored: Epoch, acked: int) -> bool:
    """Hold what a relay has kept against the vault as it is now; restore if the vault is the older one."""
    older = is_older(vault, stored, acked)
    if older:
        restore(vault, stored)
    profiles.advance_done(vault.database, acked)
    return older
