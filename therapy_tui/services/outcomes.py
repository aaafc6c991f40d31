"""What a relay's answers change in the vault: what came is kept, what left is marked, what was refused says why."""

from collections.abc import Sequence
from dataclasses import dataclass

from therapy_tui import errors
from therapy_tui.core.delivery import Event
from therapy_tui.core.messages import Outgoing
from therapy_tui.core.people import Pair
from therapy_tui.core.wire import Code, Collected, Done, Offered, Open, Own, Refused, Result
from therapy_tui.services import healing, opening, sealing
from therapy_tui.services.epoch import Epoch
from therapy_tui.services.events import ContactsChanged, MessagesChanged
from therapy_tui.services.exchange import Step
from therapy_tui.services.joining import forget_pair
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, mailbox, messages, outbox
from therapy_tui.store import profile as profiles

HOUR = 3_600
TEN_MINUTES = 600
DENIED_TRIES = 24
NOT_TAKEN = "This person no longer accepts letters here."
NOT_KNOWN = "The relay does not know this person yet. Until it does, letters go by hand: therapy-tui post export."
NOT_NOW = "This person does not accept letters here at the moment; it is tried again for a day."
TOO_LARGE = "The relay takes no letter of this size."
MALFORMED = "The relay could not read it."
ODD = "The relay's answers do not fit together, so nothing is exchanged with it for now."


@dataclass(slots=True)
class Outcome:
    """What the results of a request came to."""

    sent: int = 0
    received: int = 0
    reopened: bool = False
    """The relay had lost the mailbox."""
    restored: bool = False
    """The relay showed that the vault is an older copy."""
    more: bool = False
    """The mailbox or the outbox has more that can go at once."""
    clock: int | None = None
    """The relay's own time, when it says that ours is wrong."""
    pause: int = 0
    """Seconds that the relay asks for, at most an hour."""
    own_accepted: bool = False
    in_parts: bool = False
    """The request was too large, or not all slots fitted in it, and the rest follows."""
    refusal: str = ""


def apply(vault: Vault, steps: Sequence[Step], results: Sequence[Result], *, may_restore: bool = True) -> Outcome:
    """Do what the results say, each in transactions of its own.

    Args:
        vault: the open vault.
        steps: what was asked.
        results: what was answered, one a step.
        may_restore: the relay may show now that the vault is an older copy; a relay that shows it again and again
            is not believed.

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
            _owned(vault, step, result, outcome, may_restore=may_restore)
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


def _owned(vault: Vault, step: Step, result: Result, outcome: Outcome, *, may_restore: bool) -> None:
    """Keep what came, one transaction an envelope; it is acknowledged in the next request."""
    if isinstance(result, Collected):
        if result.acked > vault.profile.done:
            _compare(vault, Epoch(0, 0), result.acked, outcome, may_restore=may_restore)
        elif isinstance(step.part, Own) and result.acked < step.part.done <= vault.profile.done:
            _start_over(vault, result.acked)
            outcome.more = outcome.reopened = True
        outcome.own_accepted = not outcome.refusal
        for delivery in result.envelopes if outcome.own_accepted else ():
            with vault.transaction():
                outcome.received += opening.take(vault, delivery)
                profiles.advance_done(vault.database, delivery.seq)
        if step.changes:
            with vault.transaction():
                mailbox.told(vault.database, step.changes)
                if mailbox.untold(vault.database):
                    # What did not fit follows under a greater epoch, so that no set of changes can be replayed later.
                    profiles.step_epoch(vault.database)
                    outcome.in_parts = True
        outcome.more = outcome.more or bool(result.envelopes)
    elif isinstance(result, Refused) and result.code is Code.BEHIND:
        _compare(vault, Epoch.of(result.detail[0]), result.detail[1], outcome, may_restore=may_restore)
        outcome.more = True  # when nothing was restored, another process of ours was quicker
    elif isinstance(result, Refused) and result.code is Code.DENIED and vault.profile.opened:
        _reopen(vault)
        outcome.more = outcome.reopened = True
    elif isinstance(result, Refused):
        outcome.refusal = outcome.refusal or _refusal(result, outcome)


def _compare(vault: Vault, stored: Epoch, acked: int, outcome: Outcome, *, may_restore: bool) -> None:
    """Hold what the relay kept against the vault, within what can be true."""
    if not healing.is_plausible(vault, stored, acked) or (not may_restore and healing.is_older(vault, stored, acked)):
        outcome.refusal = ODD
        return
    with vault.transaction():
        outcome.restored = healing.check_relay(vault, stored, acked) or outcome.restored


def _start_over(vault: Vault, acked: int) -> None:
    """The relay went back in time: count from where it is, tell it every slot, and ask everyone for what it lost."""
    with vault.transaction():
        profiles.restart_done(vault.database, acked)
        mailbox.tell_all_again(vault.database)
        profiles.step_epoch(vault.database)
        healing.ask_everyone(vault)


def _reopen(vault: Vault) -> None:
    """The relay lost the mailbox: open it again, tell it every slot, and ask everyone for what lay there."""
    with vault.transaction():
        profiles.mark_opened(vault.database, opened=False)
        profiles.restart_done(vault.database)
        mailbox.tell_all_again(vault.database)
        profiles.step_epoch(vault.database)
        healing.ask_everyone(vault)


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
    if pair.by_hand:
        contacts.mark_by_hand(vault.database, pair.id, by_hand=False)
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
    elif result.code is Code.DENIED and row.kind != "closing" and (pair.by_hand or row.tries < DENIED_TRIES):
        # Perhaps their relay lost its file, and their next exchange makes the mailbox anew: it waits and says why.
        outbox.postpone(vault.database, row.id, now + HOUR)
        if row.kind == "letter":
            messages.explain(vault.database, pair.contact, row.message, NOT_KNOWN if pair.by_hand else NOT_NOW)
            vault.tell(MessagesChanged(pair.contact))
    elif result.code is Code.TOO_LARGE and len(row.envelope) <= min(result.detail) < sum(
        len(each.envelope) for each in step.rows
    ):
        outcome.more = True  # another letter of this part was too large
    elif result.code in {Code.DENIED, Code.TOO_LARGE, Code.MALFORMED}:
        _give_up(vault, row, pair, {Code.DENIED: NOT_TAKEN, Code.TOO_LARGE: TOO_LARGE}.get(result.code, MALFORMED))
    else:
        pause = {Code.FULL: HOUR, Code.NO_ROOM: TEN_MINUTES, Code.SLOW_DOWN: _pause(result)}
        outbox.postpone(vault.database, row.id, now + pause.get(result.code, TEN_MINUTES))


def give_up_too_large(vault: Vault, row: Outgoing) -> None:
    """Take an envelope out of the outbox that no request to its relay can hold; a receipt is tried again later.

    No receipt is too large for an honest relay, and one that is lost would leave a letter of theirs *sent* for ever.
    """
    with vault.transaction():
        pair = contacts.pair_by_id(vault.database, row.pair)
        kept = outbox.get(vault.database, row.id)
        if pair is None or kept is None or kept.envelope != row.envelope:
            return
        if row.kind == "receipt":
            outbox.postpone(vault.database, row.id, vault.now() + HOUR)
        else:
            _give_up(vault, row, pair, TOO_LARGE)


def _give_up(vault: Vault, row: Outgoing, pair: Pair, reason: str) -> None:
    """Take what will never be accepted out of the outbox, and draw the consequences."""
    outbox.remove(vault.database, row.id)
    if row.kind == "letter":
        messages.move(vault.database, pair.contact, row.message, Event.REFUSAL, vault.now(), reason)
        outbox.uncarry(vault.database, pair.contact, row.message)
        vault.tell(MessagesChanged(pair.contact))
    elif row.kind == "closing":
        forget_pair(vault, pair)
    elif row.kind == "join":
        contacts.set_closed(vault.database, pair.contact, "theirs")
        vault.tell(ContactsChanged())
    elif row.kind == "reset":
        _stop_asking(vault, pair, reason)


def _stop_asking(vault: Vault, pair: Pair, reason: str) -> None:
    """Ask for no more resets where none is taken; letters that waited for one cannot go."""
    contacts.set_good(vault.database, pair.id)
    if not contacts.ratchets(vault.database, pair.id):
        for message in messages.unsealed(vault.database, pair.contact):
            messages.move(vault.database, pair.contact, message.id, Event.REFUSAL, vault.now(), reason)
        vault.tell(MessagesChanged(pair.contact))


def _refusal(result: Refused, outcome: Outcome) -> str:
    if result.code is Code.SLOW_DOWN:
        outcome.pause = _pause(result)
        return f"The relay asks to wait {outcome.pause} seconds."
    return {
        Code.SKIPPED: "",
        Code.FULL: "The mailbox at the relay is full.",
        Code.NO_ROOM: "The relay's disk is nearly full; everything waits here.",
        Code.VERSION: "The relay speaks another version of the protocol; update therapy-tui.",
    }.get(result.code, "The relay refused the request.")


def _pause(result: Refused) -> int:
    return max(1, min((HOUR, *result.detail)))


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
