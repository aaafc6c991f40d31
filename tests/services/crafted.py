"""Envelopes that no good program makes, made with the keys of one that can."""

from tests.services.people import Person, World
from therapy_tui.core.contents import Content
from therapy_tui.core.people import Pair
from therapy_tui.core.wire import Delivery
from therapy_tui.crypto import envelope
from therapy_tui.services import opening, sealing
from therapy_tui.store import contacts, outbox


def pair_of(person: Person) -> Pair:
    """Give the current pair of the only contact."""
    pair = contacts.pair(person.vault.database, person.contact().id)
    assert pair is not None
    return pair


def sealed(person: Person, form: int, payload: bytes) -> bytes:
    """Seal any payload as this person's programs would."""
    return envelope.seal(sealing.keys_of(pair_of(person)).seal_out, form, payload, person.chance.randbytes(24))


def say(person: Person, content: Content, message_id: bytes) -> bytes:
    """Give the envelope of any content, on the person's ratchet; nothing is left in the outbox."""
    with person.vault.transaction() as database:
        sealing.seal_content(person.vault, person.contact(), pair_of(person), content, message_id, "letter")
        *_, row = outbox.due(database, person.clock.now)
        outbox.remove(database, row.id)
    return row.envelope


def hand(person: Person, sealed_bytes: bytes) -> bool:
    """Hand an envelope to a person as the relay would; give whether it opened."""
    with person.vault.transaction():
        return opening.take(person.vault, Delivery(1, pair_of(person).slot_in, sealed_bytes))


def aside(person: Person) -> list[str]:
    """Give the reasons of what lies in quarantine."""
    return [str(row[0]) for row in person.vault.database.all("SELECT reason FROM quarantine ORDER BY reason")]


def lose(person: Person) -> None:
    """Lose all ratchets."""
    with person.vault.transaction() as database:
        contacts.drop_ratchets(database)


def chat(world: World, text: str) -> None:
    """Let both write a letter, and settle."""
    world.ann.write(f"{text}, Ann")
    world.carl.write(f"{text}, Carl")
    world.settle()
