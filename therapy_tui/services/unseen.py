"""Those at whose end nobody sits: real keys and a real mailbox at the relay of the demo, and no one who opens it.

What is written to them is sealed, carried and *sent* like any letter, and stays so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.core.people import CLIENT
from therapy_tui.core.wire import Change, Limits, Open, Own, Refused, mailbox_of, pack_body, pack_request, unpack_answer
from therapy_tui.core.wire.parts import Part
from therapy_tui.crypto import card as cards
from therapy_tui.crypto import ratchet, signing
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.pair import PairKeys
from therapy_tui.services import joining, sealing
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts
from therapy_tui.transport.base import Transport

SLOT = 1
"""Where such a mailbox takes what is written to it."""
FIRST_EPOCH = 1 << 32


@dataclass(frozen=True, slots=True)
class End:
    """The far end of one pair, which exists in memory only until the relay has its mailbox."""

    owner_seed: bytes
    """32 bytes; whoever held it could open the mailbox, and nobody keeps it."""
    deposit_key: bytes
    """The public key of whoever may write to it, 32 bytes."""


def befriend(vault: Vault, account: Account, contact: bytes, name: str, state: str = "current") -> End:
    """Give a contact keys of somebody new, with a ratchet to write on, inside the caller's transaction.

    Args:
        vault: of the therapist, who has a relay.
        account: the therapist's own; not changed.
        contact: whose keys they are.
        name: what their card says.
        state: of the pair; "pending" for keys that nobody has accepted yet.

    Returns:
        The far end, whose mailbox is not there before `open_mailboxes`.
    """
    profile = vault.profile
    theirs, seed = Account.new(), vault.random_bytes(32)
    card = cards.make_card(theirs, CLIENT, name, mailbox_of(signing.public_key(seed)), profile.relay)
    mine = cards.read_card(profile.card).id
    keys = PairKeys(vault.random_bytes(32), mine, card.id)
    pair = joining.add_pair(vault, contact, state, keys, card, joining.slot_for(vault, keys), SLOT, b"")
    started = ratchet.start(account, card.curve25519, theirs.new_one_time_key())
    contacts.save_ratchet(vault.database, pair, started.id, started.dump(profile.pickle_key), newest=True)
    return End(seed, PairKeys(keys.secret, card.id, mine).deposit_in_public)


def own_account(vault: Vault) -> Account:
    """Give the account of whoever has the vault, to be read once for many."""
    return sealing.account_of(vault.profile)


async def open_mailboxes(transport: Transport, relay: str, ends: Sequence[End], now: int) -> None:
    """Make the mailbox of each at the relay, in one request; at most 32 of them.

    Raises:
        Unreachable, RelayRefused: the relay does not answer, or made some of them not.
    """
    parts = [pair for end in ends for pair in _parts(end, now)]
    asked = [(part, pack_body(part), seed) for part, seed in parts]
    frame = pack_request([(signing.sign_part(seed, body), body) for _, body, seed in asked])
    answer = unpack_answer(await transport.post(relay, frame), [part for part, _, _ in asked])
    if any(isinstance(each, Refused) for each in answer):
        raise errors.Unreachable("The relay did not make every mailbox.")


def _parts(end: End, now: int) -> list[tuple[Part, bytes]]:
    owner_key = signing.public_key(end.owner_seed)
    name = mailbox_of(owner_key)
    slot = Change(SLOT, end.deposit_key, 0, b"", b"")
    return [
        (Open(now, name, owner_key, b""), end.owner_seed),
        (Own(now, name, FIRST_EPOCH, 0, Limits().room, 0, (slot,)), end.owner_seed),
    ]
