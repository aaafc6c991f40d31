"""The delivery table, edge by edge."""

import itertools

import pytest

from therapy_tui.core.delivery import TABLE, Event, State, after

Q, S, D, R, F = State.QUEUED, State.SENT, State.DELIVERED, State.READ, State.FAILED
EDGES = {
    Event.ACCEPTED: {Q: S, S: S, D: D, R: R, F: F},
    Event.DELIVERY: {Q: D, S: D, D: D, R: R, F: D},
    Event.READING: {Q: R, S: R, D: R, R: R, F: R},
    Event.REFUSAL: {Q: F, S: F, D: D, R: R, F: F},
    Event.RESEALED: {Q: Q, S: Q, D: Q, R: Q, F: F},
    Event.AGAIN: {Q: Q, S: S, D: D, R: R, F: Q},
}
RANK = {Q: 0, S: 1, D: 2, R: 3}


@pytest.mark.parametrize(("event", "state"), list(itertools.product(Event, (Q, S, D, R, F))))
def test_every_edge(event: Event, state: State) -> None:
    """Each event moves each state as written here."""
    assert after(state, event) is EDGES[event][state]


def test_the_table_is_whole() -> None:
    """Every state of a letter of ours knows every event, and a letter of theirs has no row."""
    assert set(TABLE) == {Q, S, D, R, F}
    assert all(set(row) == set(Event) for row in TABLE.values())
    with pytest.raises(KeyError):
        after(State.RECEIVED, Event.DELIVERY)


@pytest.mark.parametrize("proof", [Event.ACCEPTED, Event.DELIVERY, Event.READING])
def test_a_proof_never_leads_back(proof: Event) -> None:
    """A proof leaves a letter where it is or moves it forward, in whatever order proofs come."""
    assert all(RANK[after(state, proof)] >= RANK[state] for state in RANK)


@pytest.mark.parametrize("events", list(itertools.permutations([Event.ACCEPTED, Event.DELIVERY, Event.READING])))
def test_the_order_of_proofs_does_not_matter(events: tuple[Event, ...]) -> None:
    """The three proofs end in read, whichever comes first."""
    state = Q
    for event in events:
        state = after(state, event)
    assert state is R


def test_only_proof_makes_delivered() -> None:
    """No event but a receipt leads to delivered or read."""
    for state, event in itertools.product((Q, S, F), set(Event) - {Event.DELIVERY, Event.READING}):
        assert after(state, event) not in {D, R}
