"""One exchange with one relay: which parts to send, and what their results change. No network here."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from therapy_tui import errors
from therapy_tui.core.delivery import Event
from therapy_tui.core.messages import Outgoing
from therapy_tui.core.people import Pair, Profile
from therapy_tui.core.wire import (
    Change,
    Code,
    Collected,
    Deposit,
    Done,
    Limits,
    Offered,
    Open,
    Own,
    Part,
    Refused,
    Result,
    mailbox_of,
    pack_body,
    pack_request,
)
from therapy_tui.core.wire.limits import MAX_ENVELOPES, MAX_PARTS
from therapy_tui.crypto import card as cards
from therapy_tui.crypto import signing
from therapy_tui.services import healing, opening, sealing
from therapy_tui.services.epoch import Epoch
from therapy_tui.services.events import ContactsChanged, MessagesChanged
from therapy_tui.services.joining import forget_pair
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, mailbox, messages, outbox
from therapy_tui.store import profile as profiles
from therapy_tui.store.mailbox import Slot

LIMITS = Limits()
ROOM = LIMITS.room
HOUR = 3_600
TEN_MINUTES = 600
BODY_MARGIN = 4_096
NOT_TAKEN = "This person no longer accepts letters here."
NOT_NOW = "This person does not accept letters here at the moment; it is tried again for a day."
DENIED_TRIES = 24
TOO_LARGE = "The relay takes no letter of this size."
MALFORMED = "The relay could not read it."


@dataclass(slots=True)
class Step:
    """One part of a request, with the key that signs it and what its result will change."""

    part: Part
    seed: bytes
    rows: list[Outgoing] = field(default_factory=list)
    changes: list[Slot] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What the results of a request came to."""

    sent: int = 0
    received: int = 0
    reopened: bool = False
    """The relay had lost the mailbox."""
    more: bool = False
    """The mailbox or the outbox has more that can go at once."""
    clock: int | None = None
    """The relay's own time, when it says that ours is wrong."""
    pause: int = 0
    """Seconds that the relay asks for."""
    own_accepted: bool = False
    refusal: str = ""


def own_steps(vault: Vault, profile: Profile, now: int, wait: int = 0) -> list[Step]:
    """Ask for what has come, acknowledge what is safe, and tell the relay of slots that changed."""
    owner_key = signing.public_key(profile.owner_seed)
    name = mailbox_of(owner_key)
    steps = []
    if not profile.opened:
        steps.append(Step(Open(now, name, owner_key, profile.ticket), profile.owner_seed))
    slots = mailbox.untold(vault.database)
    changes = tuple(Change(each.slot, each.key or None, each.expires, each.pickup, each.offer) for each in slots)
    part = Own(now, name, profile.epoch, max(profile.done, 0), ROOM, 0 if slots else wait, changes)
    steps.append(Step(part, profile.owner_seed, changes=slots))
    return steps


def deposit_steps(vault: Vault, relay: str, now: int, busy: set[int]) -> list[Step]:
    """Deposit what is due at this relay, one part a pair, as much as one request holds."""
    steps: dict[int, Step] = {}
    size = 0
    for row in outbox.due(vault.database, vault.now()):
        pair = contacts.pair_by_id(vault.database, row.pair)
        if pair is None or row.id in busy or cards.read_card(pair.card).relay != relay:
            continue
        size += len(row.envelope) + 8
        if size > LIMITS.body - BODY_MARGIN or len(steps) >= MAX_PARTS - 2:
            break
        step = steps.get(pair.id)
        if step is None:
            part = Deposit(now, pair.slot_out, (cards.read_card(pair.card).mailbox,), (row.envelope,))
            steps[pair.id] = Step(part, _deposit_seed(pair), [row])
        elif len(step.rows) < MAX_ENVELOPES and isinstance(step.part, Deposit):
            step.part = Deposit(now, step.part.slot, step.part.mailboxes, (*step.part.envelopes, row.envelope))
            step.rows.append(row)
    return list(steps.values())


def _deposit_seed(pair: Pair) -> bytes:
    """Use the invite key until something of theirs has opened, then the pair's own."""
    return pair.invite_seed or sealing.keys_of(pair).deposit_out


def relays_due(vault: Vault) -> list[str]:
    """Name the relays for which something waits."""
    found: dict[str, None] = {}
    for row in outbox.due(vault.database, vault.now()):
        pair = contacts.pair_by_id(vault.database, row.pair)
        if pair is not None:
            found[cards.read_card(pair.card).relay] = None
    return list(found)


def frame(steps: Sequence[Step]) -> bytes:
    """Sign each part and pack the request."""
    bodies = [(step, pack_body(step.part)) for step in steps]
    return pack_request([(signing.sign_part(step.seed, body), body) for step, body in bodies])


def apply(vault: Vault, steps: Sequence[Step], results: Sequence[Result]) -> Outcome:
    """Do what the results say, each in transactions of its own.

    Raises:
        DiskFull, VaultBusy: what came is not acknowledged and comes again.
    """
    outcome = Outcome()
    for step, result in zip(steps, results, strict=True):
        if isinstance(result, Refused) and result.code is Code.CLOCK:
            outcome.clock = result.detail[0]
        elif isinstance(step.part, Open):
            _opened(vault, result, outcome)
        elif isinstance(step.part, Own):
            _owned(vault, step, result, outcome)
        else:
            _deposited(vault, step, result, outcome)
    return outcome


def _opened(vault: Vault, result: Result, outcome: Outcome) -> None:
    if isinstance(result, Done):
        with vault.transaction():
            profiles.mark_opened(vault.database, opened=True)
    elif isinstance(result, Refused):
        outcome.refusal = _refusal(result, outcome)
        if result.code is Code.DENIED:
            outcome.refusal = "This relay makes mailboxes only for a ticket that was not used yet. Ask whoever runs it."


def _owned(vault: Vault, step: Step, result: Result, outcome: Outcome) -> None:
    """Keep what came, one transaction an envelope; it is acknowledged in the next request."""
    if isinstance(result, Collected):
        outcome.own_accepted = True
        if result.acked > vault.profile.done:
            with vault.transaction():
                healing.check_relay(vault, Epoch(0, 0), result.acked)
        for delivery in result.envelopes:
            with vault.transaction():
                outcome.received += opening.take(vault, delivery)
                profiles.advance_done(vault.database, delivery.seq)
        if step.changes:
            with vault.transaction():
                mailbox.told(vault.database, step.changes)
        outcome.more = outcome.more or bool(result.envelopes)
    elif isinstance(result, Refused) and result.code is Code.BEHIND:
        with vault.transaction():
            healing.check_relay(vault, Epoch.of(result.detail[0]), result.detail[1])
        outcome.more = True
    elif isinstance(result, Refused) and result.code is Code.DENIED and vault.profile.opened:
        # The relay lost the mailbox: open it again and tell it every slot.
        with vault.transaction():
            profiles.mark_opened(vault.database, opened=False)
            profiles.restart_done(vault.database)
            mailbox.tell_all_again(vault.database)
            profiles.step_epoch(vault.database)
            healing.ask_everyone(vault)
        outcome.more = outcome.reopened = True
    elif isinstance(result, Refused):
        outcome.refusal = outcome.refusal or _refusal(result, outcome)


def _deposited(vault: Vault, step: Step, result: Result, outcome: Outcome) -> None:
    for row in step.rows:
        with vault.transaction():
            kept = outbox.get(vault.database, row.id)
            if kept is None or kept.envelope != row.envelope:
                continue  # sealed anew meanwhile, perhaps under the same number: the new bytes speak for themselves
            if isinstance(result, Done):
                outcome.sent += _accepted(vault, row)
            elif isinstance(result, Refused):
                _not_accepted(vault, row, step, result, outcome)


def _accepted(vault: Vault, row: Outgoing) -> bool:
    """The relay has it, committed."""
    outbox.remove(vault.database, row.id)
    pair = contacts.pair_by_id(vault.database, row.pair)
    if pair is None:
        return False
    if row.kind == "closing":
        forget_pair(vault, pair)
        return False
    if row.kind != "letter":
        return False
    messages.move(vault.database, pair.contact, row.message, Event.ACCEPTED, vault.now())
    vault.tell(MessagesChanged(pair.contact))
    return True


def _not_accepted(vault: Vault, row: Outgoing, step: Step, result: Refused, outcome: Outcome) -> None:
    now = vault.now()
    pair = contacts.pair_by_id(vault.database, row.pair)
    if pair is None or outbox.get(vault.database, row.id) is None:
        return  # it was sealed anew, or taken back, while the answer was under way
    if result.code is Code.SKIPPED:
        outcome.more = True
    elif result.code is Code.DENIED and step.seed != sealing.keys_of(pair).deposit_out:
        contacts.forget_invite_key(vault.database, pair.id)
        outcome.more = True
    elif result.code is Code.DENIED and row.tries < DENIED_TRIES:
        # Perhaps their relay lost its file, and their next exchange makes the mailbox anew: it waits and says why.
        outbox.postpone(vault.database, row.id, now + HOUR)
        if row.kind == "letter":
            messages.explain(vault.database, pair.contact, row.message, NOT_NOW)
            vault.tell(MessagesChanged(pair.contact))
    elif result.code in {Code.DENIED, Code.TOO_LARGE, Code.MALFORMED}:
        reason = {Code.DENIED: NOT_TAKEN, Code.TOO_LARGE: TOO_LARGE}.get(result.code, MALFORMED)
        outbox.remove(vault.database, row.id)
        if row.kind == "letter":
            messages.move(vault.database, pair.contact, row.message, Event.REFUSAL, now, reason)
            outbox.uncarry(vault.database, pair.contact, row.message)
            vault.tell(MessagesChanged(pair.contact))
        elif row.kind == "closing":
            forget_pair(vault, pair)
        elif row.kind == "join":
            contacts.set_closed(vault.database, pair.contact, "theirs")
            vault.tell(ContactsChanged())
    else:
        pause = {Code.FULL: HOUR, Code.NO_ROOM: TEN_MINUTES, Code.SLOW_DOWN: (*result.detail, 1)[0]}
        outbox.postpone(vault.database, row.id, now + pause.get(result.code, TEN_MINUTES))


def _refusal(result: Refused, outcome: Outcome) -> str:
    if result.code is Code.SLOW_DOWN:
        outcome.pause = (*result.detail, 1)[0]
        return f"The relay asks to wait {outcome.pause} seconds."
    return {
        Code.SKIPPED: "",
        Code.FULL: "The mailbox at the relay is full.",
        Code.NO_ROOM: "The relay's disk is nearly full; everything waits here.",
        Code.VERSION: "The relay speaks another version of the protocol; update therapy-tui.",
    }.get(result.code, "The relay refused the request.")


def claim_result(result: Result) -> bytes:
    """Give the sealed offer of a claim.

    Raises:
        InviteRefused: in plain words why there is none.
    """
    if isinstance(result, Refused):
        sentence = {
            Code.USED: "This invite was already used. Ask for a new one.",
            Code.GONE: "This invite has expired or was withdrawn. Ask for a new one.",
            Code.DENIED: "The relay does not know this invite. It may be mistyped, expired or withdrawn.",
        }.get(result.code)
        if sentence is not None:
            raise errors.InviteRefused(sentence)
        raise errors.Unreachable("The relay could not answer about this invite now.")
    if not isinstance(result, Offered):
        raise errors.Malformed
    return result.offer
