"""Turn what was written into sealed bytes in the outbox. Every function here runs inside the caller's transaction."""

from dataclasses import replace

from therapy_tui.core import bodies, contents
from therapy_tui.core.contents import Content, Form
from therapy_tui.core.delivery import Event, State
from therapy_tui.core.messages import LETTER, Message
from therapy_tui.core.people import Contact, Pair, Profile
from therapy_tui.crypto import envelope
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.pair import PairKeys
from therapy_tui.crypto.ratchet import Ratchet
from therapy_tui.services.events import MessagesChanged
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, messages, numbers, outbox
from therapy_tui.store import profile as profiles

MOST_SEALS = 5
"""A letter sealed so often without a receipt has failed (docs/protocol.md, section 9)."""

AT_ONCE = 8
"""How many letters are sealed in one transaction at the most."""
LOST_AFTER, LATER = 86_400, 3_600
"""A letter seems lost so long after a relay took it, if a later one was proved to be there so long after that."""
LOST_SEALS = 3
"""A letter that was sealed so often is not thought to be lost any more; that its receipts are is likelier."""
NONCE = 24
TRIED_ENOUGH = "It was sent five times and no receipt came back."


def keys_of(pair: Pair) -> PairKeys:
    """Give the keys below a pair's secret."""
    return PairKeys(pair.secret, pair.mine, pair.theirs)


def account_of(profile: Profile) -> Account:
    """Load the Olm account; whoever steps it saves it in the same transaction."""
    return Account.load(profile.account, profile.pickle_key)


def save_account(vault: Vault, account: Account) -> None:
    """Keep the Olm account after a step."""
    profiles.save_account(vault.database, account.dump(vault.profile.pickle_key))


def put_sealed(vault: Vault, pair: Pair, form: int, payload: bytes, kind: str, message: bytes = b"") -> None:
    """Close the outer seal and put the bytes in the outbox, where they stay as they are."""
    sealed = envelope.seal(keys_of(pair).seal_out, form, payload, vault.random_bytes(NONCE))
    outbox.add(vault.database, pair.id, kind, sealed, vault.now(), message)


def seal_letter(vault: Vault, message: Message) -> bool:
    """Seal one letter of ours if it can be sealed now; otherwise it stays queued until it can."""
    contact = contacts.get(vault.database, message.contact)
    pair = contacts.pair(vault.database, message.contact)
    if contact is None or pair is None or not contact.may_be_written_to:
        return False
    if not contacts.ratchets(vault.database, pair.id):
        return False
    if messages.count_seal(vault.database, contact.id, message.id) > MOST_SEALS:
        _give_up(vault, contact.id, message.id)
        return False
    body = _body_of(message)
    content = Content(message.kind, message.number, message.written_at, body, (), (), b"")
    seal_content(vault, contact, pair, content, message.id, "letter")
    return True


def _body_of(message: Message) -> bodies.Body:
    if message.kind == LETTER:
        return bodies.Letter(message.text, message.tone, message.answers)
    return bodies.unpack_body(message.kind, message.raw)


def _give_up(vault: Vault, contact: bytes, message_id: bytes) -> None:
    """End the trying: a letter that had arrived once is what it was proved to be, any other has failed."""
    now = vault.now()
    if not messages.return_to_proved(vault.database, contact, message_id, now):
        messages.move(vault.database, contact, message_id, Event.REFUSAL, now, TRIED_ENOUGH)
    outbox.uncarry(vault.database, contact, message_id)
    vault.tell(MessagesChanged(contact))


def seal_content(vault: Vault, contact: Contact, pair: Pair, content: Content, message_id: bytes, kind: str) -> None:
    """Step the newest ratchet of a pair over one content, with the receipts and the spare key that are owed.

    Only a letter carries receipts: whether anything else has arrived is never known, so it could not be carried again.
    """
    database = vault.database
    pickle_key = vault.profile.pickle_key
    name, pickle = contacts.ratchets(database, pair.id)[0]
    ratchet = Ratchet.load(pickle, pickle_key)
    kinds = ("delivered", "read") if kind == "letter" else ()
    carried = {each: outbox.owed(database, contact.id, each, None, message_id) for each in kinds}
    for each, shorts in carried.items():
        outbox.carry(database, contact.id, each, shorts, message_id)
    content = replace(
        content,
        delivered=carried.get("delivered", ()),
        read=carried.get("read", ()),
        spare=_spare_for(vault, pair, message_id),
    )
    plaintext = envelope.pack_plaintext(keys_of(pair).bind_out, message_id, contents.pack_content(content))
    form, payload = ratchet.encrypt(plaintext)
    contacts.save_ratchet(database, pair.id, name, ratchet.dump(pickle_key), newest=False)
    profiles.step_epoch(database)
    put_sealed(vault, pair, form, payload, kind, message_id)


def held_of(vault: Vault, contact: Contact) -> int:
    """Give up to which number of theirs all is here; a letter that is missing below a later one is asked for too."""
    return min(contact.have, numbers.advance_held(vault.database, contact.id))


def seal_hello(vault: Vault, contact: Contact, pair: Pair) -> None:
    """Say what we hold of theirs and how far our own numbers go, on the newest ratchet."""
    body = bodies.Hello(held_of(vault, contact), contact.used)
    content = Content(bodies.Kind.HELLO, 0, vault.now(), body, (), (), b"")
    seal_content(vault, contact, pair, content, vault.random_bytes(16), "hello")


def seal_closing(vault: Vault, contact: Contact, pair: Pair) -> None:
    """Say that the correspondence has ended; once a relay has that, the keys of the pair are erased."""
    content = Content(bodies.Kind.CLOSING, 0, vault.now(), bodies.Closing(), (), (), b"")
    seal_content(vault, contact, pair, content, vault.random_bytes(16), "closing")


def seal_lost(vault: Vault) -> None:
    """Queue anew what a relay accepted and the other side seems never to have got, twice at the most."""
    for message in lost(vault):
        messages.mark_again(vault.database, message.contact, message.id)
        messages.move(vault.database, message.contact, message.id, Event.RESEALED, vault.now())
        vault.tell(MessagesChanged(message.contact))


def lost(vault: Vault) -> list[Message]:
    """Read a few of our letters that are still *sent*, while one that was written later has been proved to be there."""
    return messages.passed(vault.database, vault.now() - LOST_AFTER, LATER, LOST_SEALS, AT_ONCE)


def seal_waiting(vault: Vault, contact: bytes, most: int = AT_ONCE) -> None:
    """Seal queued letters that had no ratchet, no leave or no turn until now; the courier comes back for the rest."""
    for message in messages.unsealed(vault.database, contact, most):
        seal_letter(vault, message)


def seal_some(vault: Vault) -> bool:
    """Seal a few of the letters that wait for it, and tell whether there were any."""
    found = messages.waiting_for_seal(vault.database)
    for contact in found:
        seal_waiting(vault, contact)
    return bool(found)


def seal_again(vault: Vault, contact: bytes, have: int | None, limit: int = 200) -> int:
    """Queue anew what the other side may not have: not delivered, or numbered above `have`; give how many.

    A few are sealed at once, so that the transaction stays short; the courier comes back for the rest.
    """
    found = messages.unconfirmed(vault.database, contact, have, limit)
    for message in found:
        if message.seals or message.state is not State.QUEUED:
            messages.mark_again(vault.database, contact, message.id)
        messages.move(vault.database, contact, message.id, Event.RESEALED, vault.now())
        outbox.remove_letter(vault.database, contact, message.id)
    seal_waiting(vault, contact)
    vault.tell(MessagesChanged(contact))
    return len(found)


def seal_receipts(vault: Vault) -> None:
    """Seal the receipts that are due to those whom no letter of ours is about to reach."""
    now = vault.now()
    for contact_id in outbox.owing(vault.database, now):
        contact = contacts.get(vault.database, contact_id)
        pair = contacts.pair(vault.database, contact_id)
        if contact is None or pair is None or contact.closed:
            outbox.forget_receipts(vault.database, contact_id)
            continue
        if not contact.may_be_written_to:
            continue
        owed = {each: outbox.owed(vault.database, contact_id, each, now) for each in ("delivered", "read")}
        payload = contents.pack_receipt(owed["delivered"], owed["read"])
        put_sealed(vault, pair, Form.RECEIPT, payload, "receipt")
        for each, shorts in owed.items():
            outbox.settle(vault.database, contact_id, each, shorts)


def _spare_for(vault: Vault, pair: Pair, message_id: bytes) -> bytes:
    """Give the spare key to send along: a new one if they hold none, the same one in the letter that carried it."""
    if pair.spare_given and pair.spare_with not in {b"", message_id}:
        return b""
    if pair.spare_given:
        contacts.set_spare_given(vault.database, pair.id, pair.spare_given, message_id)
        return pair.spare_given
    account = account_of(vault.profile)
    spare = account.new_one_time_key()
    save_account(vault, account)
    contacts.set_spare_given(vault.database, pair.id, spare, message_id)
    return spare
