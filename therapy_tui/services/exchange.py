"""What is asked of a relay in one exchange: the parts of a request and the keys that sign them. No network here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from therapy_tui.core.budget import ANY_SIZE
from therapy_tui.core.messages import Outgoing
from therapy_tui.core.people import Pair, Profile
from therapy_tui.core.wire import Change, Deposit, Limits, Open, Own, Part, mailbox_of, pack_body, pack_request
from therapy_tui.core.wire.limits import MAX_CHANGES, MAX_ENVELOPES, MAX_PARTS
from therapy_tui.crypto import card as cards
from therapy_tui.crypto import signing
from therapy_tui.crypto.card import Card
from therapy_tui.services import healing, sealing
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, mailbox, messages, outbox
from therapy_tui.store.mailbox import Slot

LIMITS = Limits()
ROOM = LIMITS.body - 16_384
"""How many bytes of envelopes and slots one request holds; signatures and the rest stand beside them."""
ENVELOPE_MORE, CHANGE_MORE = 8, 80


@dataclass(slots=True)
class Step:
    """One part of a request, with the key that signs it and what its result will change."""

    part: Part
    seed: bytes
    rows: list[Outgoing] = field(default_factory=list)
    changes: list[Slot] = field(default_factory=list)


def seal_due(vault: Vault) -> Iterator[None]:
    """Seal what is due, a little at a time: between two steps keys and other processes may have their turn."""
    if receipts_due(vault) or healing.is_stuck(vault):
        with vault.transaction():
            sealing.seal_receipts(vault)
            healing.free_stuck(vault)
    while messages.waiting_for_seal(vault.database):
        with vault.transaction():
            sealing.seal_some(vault)
        yield


def receipts_due(vault: Vault) -> bool:
    """Tell whether receipts are owed that no letter is about to carry."""
    return bool(outbox.owing(vault.database, vault.now()))


def own_steps(
    vault: Vault, profile: Profile, now: int, wait: int = 0, room: int = ROOM, answer: int = LIMITS.room
) -> list[Step]:
    """Ask for what has come, acknowledge what is safe, and tell the relay of slots that changed, as many as fit.

    `answer` is how many bytes of envelopes the relay may give at once.
    """
    owner_key = signing.public_key(profile.owner_seed)
    name = mailbox_of(owner_key)
    steps = []
    if not profile.opened:
        steps.append(Step(Open(now, name, owner_key, profile.ticket), profile.owner_seed))
    slots: list[Slot] = []
    for each in mailbox.untold(vault.database)[:MAX_CHANGES]:
        room -= len(each.offer) + CHANGE_MORE
        if slots and room < 0:
            break
        slots.append(each)
    changes = tuple(Change(each.slot, each.key or None, each.expires, each.pickup, each.offer) for each in slots)
    part = Own(now, name, profile.epoch, max(profile.done, 0), answer, 0 if slots else wait, changes)
    steps.append(Step(part, profile.owner_seed, changes=slots))
    return steps


def deposit_steps(
    vault: Vault, relay: str, now: int, busy: set[int], room: int = ROOM, largest: int = ANY_SIZE
) -> list[Step]:
    """Deposit what is due at this relay, one part a pair, as much as one request holds, and at least one envelope."""
    steps: dict[int, Step] = {}
    known: dict[int, tuple[Pair, Card] | None] = {}
    for row in outbox.due(vault.database, vault.now(), largest):
        if row.pair not in known:
            known[row.pair] = _whose(vault, row.pair)
        whose = known[row.pair]
        if whose is None or row.id in busy or whose[1].relay != relay:
            continue
        room -= len(row.envelope) + ENVELOPE_MORE
        if (steps and room < 0) or len(steps) >= MAX_PARTS - 2:
            break
        pair, card = whose
        step = steps.get(pair.id)
        if step is None:
            part = Deposit(now, pair.slot_out, (card.mailbox,), (row.envelope,))
            steps[pair.id] = Step(part, _deposit_seed(pair), [row])
        elif len(step.rows) < MAX_ENVELOPES and isinstance(step.part, Deposit):
            step.part = Deposit(now, step.part.slot, step.part.mailboxes, (*step.part.envelopes, row.envelope))
            step.rows.append(row)
    return list(steps.values())


def _whose(vault: Vault, number: int) -> tuple[Pair, Card] | None:
    pair = contacts.pair_by_id(vault.database, number)
    return None if pair is None else (pair, cards.read_card(pair.card))


def weight(steps: Sequence[Step]) -> int:
    """Give how many bytes of envelopes and slots these parts hold."""
    envelopes = sum(len(row.envelope) + ENVELOPE_MORE for step in steps for row in step.rows)
    return envelopes + sum(len(each.offer) + CHANGE_MORE for step in steps for each in step.changes)


def _deposit_seed(pair: Pair) -> bytes:
    """Use the invite key until something of theirs has opened, then the pair's own."""
    return pair.invite_seed or sealing.keys_of(pair).deposit_out


def relays_due(vault: Vault, largest: int = ANY_SIZE) -> list[str]:
    """Name the relays for which something waits that may go."""
    found = [_whose(vault, number) for number in outbox.due_pairs(vault.database, vault.now(), largest)]
    return list(dict.fromkeys(whose[1].relay for whose in found if whose is not None))


def frame(steps: Sequence[Step]) -> bytes:
    """Sign each part and pack the request."""
    bodies = [(step, pack_body(step.part)) for step in steps]
    return pack_request([(signing.sign_part(step.seed, body), body) for step, body in bodies])
