"""What may become of a letter: one table. A state moves only on proof, and a later proof implies the earlier ones."""

from enum import StrEnum


class State(StrEnum):
    """Where a letter is, as far as this machine can prove it."""

    QUEUED = "queued"
    """Committed on this machine; waits for a line."""
    SENT = "sent"
    """The relay answered that it has it."""
    DELIVERED = "delivered"
    """The other's machine proved that it lies in their vault."""
    READ = "read"
    """The other's machine proved that it was shown. For a letter of theirs: it was shown here."""
    FAILED = "failed"
    """It cannot go; the reason stands beside it, and a person may send it again."""
    RECEIVED = "received"
    """A letter of theirs, in this vault, not yet shown."""


class Event(StrEnum):
    """What was proved, or decided, about a letter of ours."""

    ACCEPTED = "accepted"
    """The relay answered 0."""
    DELIVERY = "delivery"
    """A receipt whose seal opened says delivered."""
    READING = "reading"
    """A receipt whose seal opened says read."""
    REFUSAL = "refusal"
    """It cannot be sent as it is."""
    RESEALED = "resealed"
    """The other side lost it, or may have: it was sealed anew and waits for a line."""
    AGAIN = "again"
    """A person asked to send it again."""


_Q, _S, _D, _R, _F = State.QUEUED, State.SENT, State.DELIVERED, State.READ, State.FAILED

TABLE: dict[State, dict[Event, State]] = {
    _Q: {
        Event.ACCEPTED: _S,
        Event.DELIVERY: _D,
        Event.READING: _R,
        Event.REFUSAL: _F,
        Event.RESEALED: _Q,
        Event.AGAIN: _Q,
    },
    _S: {
        Event.ACCEPTED: _S,
        Event.DELIVERY: _D,
        Event.READING: _R,
        Event.REFUSAL: _F,
        Event.RESEALED: _Q,
        Event.AGAIN: _S,
    },
    _D: {
        Event.ACCEPTED: _D,
        Event.DELIVERY: _D,
        Event.READING: _R,
        Event.REFUSAL: _D,
        Event.RESEALED: _Q,
        Event.AGAIN: _D,
    },
    _R: {
        Event.ACCEPTED: _R,
        Event.DELIVERY: _R,
        Event.READING: _R,
        Event.REFUSAL: _R,
        Event.RESEALED: _Q,
        Event.AGAIN: _R,
    },
    _F: {
        Event.ACCEPTED: _F,
        Event.DELIVERY: _D,
        Event.READING: _R,
        Event.REFUSAL: _F,
        Event.RESEALED: _F,
        Event.AGAIN: _Q,
    },
}
"""Every state of a letter of ours, with what each event makes of it."""


def after(state: State, event: Event) -> State:
    """Give the state that follows; a letter of theirs has no row here.

    Raises:
        KeyError: `state` is not one of a letter of ours.
    """
    return TABLE[state][event]
