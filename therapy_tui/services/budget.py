"""The day's bytes: what goes by itself, which letters wait for a person's word, and what was used, for whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from therapy_tui.core.budget import LARGE, Budget
from therapy_tui.core.delivery import State
from therapy_tui.core.wire import Collected, Result
from therapy_tui.services.events import MessagesChanged
from therapy_tui.services.exchange import ENVELOPE_MORE, Step
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, mailbox, messages, outbox
from therapy_tui.store.outbox import Large

HELD = "It is large for what is left of today's bytes, so it waits for the go-ahead, or for another day."
SMALL_ROOM = LARGE
"""How many bytes of letters are fetched at a time when the day's bytes are used up; at least one letter always is."""


@dataclass(frozen=True, slots=True)
class Day:
    """The bytes of the local day of now, and how many are allowed."""

    budget: Budget
    name: Callable[[], str]
    """Names the local day."""

    def used(self, vault: Vault) -> int:
        """Give the bytes that went both ways today, as far as they can be counted here."""
        return sum(mailbox.bytes_of(vault.database, self.name()))

    def largest(self, vault: Vault) -> int:
        """Give how large an envelope may be that goes by itself now."""
        return self.budget.largest(self.used(vault) if self.budget.daily else 0)

    def is_spent(self, vault: Vault) -> bool:
        """Tell whether today's bytes are used up."""
        return bool(self.budget.daily) and self.budget.is_spent(self.used(vault))

    def held(self, vault: Vault) -> list[Large]:
        """Read the letters that wait for the go-ahead, oldest first."""
        if not self.budget.daily:
            return []
        return [row for row in outbox.larger(vault.database, self.largest(vault)) if not row.allowed]


def explain_held(vault: Vault, day: Day) -> None:
    """Keep beside each large letter why it waits, and take that away when it no longer does."""
    held = {row.id for row in day.held(vault)}
    for row in outbox.larger(vault.database, LARGE):
        pair = contacts.pair_by_id(vault.database, row.pair)
        message = messages.get(vault.database, pair.contact, row.message) if pair else None
        if pair is None or message is None or message.state is not State.QUEUED or message.reason not in {"", HELD}:
            continue
        reason = HELD if row.id in held else ""
        if message.reason != reason:
            with vault.transaction():
                messages.explain(vault.database, pair.contact, message.id, reason)
                vault.tell(MessagesChanged(pair.contact))


def let_go(vault: Vault, day: Day) -> int:
    """Let every letter that waits for its size go with the next exchange; give how many there were."""
    held = day.held(vault)
    if held:
        with vault.transaction():
            for row in held:
                outbox.allow(vault.database, row.id)
        explain_held(vault, day)
    return len(held)


def share(vault: Vault, day: Day, steps: Sequence[Step], results: Sequence[Result]) -> None:
    """Count the envelopes of one request for the contacts that they were for, or came from."""
    up: dict[bytes, int] = {}
    down: dict[bytes, int] = {}
    by_slot = {pair.slot_in: pair.contact for pair in contacts.pairs(vault.database)}
    for step, result in zip(steps, results, strict=True):
        for row in step.rows:
            pair = contacts.pair_by_id(vault.database, row.pair)
            if pair is not None:
                up[pair.contact] = up.get(pair.contact, 0) + len(row.envelope) + ENVELOPE_MORE
        for delivery in result.envelopes if isinstance(result, Collected) else ():
            contact = by_slot.get(delivery.slot)
            if contact is not None:
                down[contact] = down.get(contact, 0) + len(delivery.envelope) + ENVELOPE_MORE
    if up or down:
        with vault.database.transaction():
            mailbox.share_bytes(vault.database, day.name(), up, down)
