"""A person whose keys changed: sending stops, what is queued stays, and a person decides."""

from collections.abc import Iterator

import pytest

from tests.services.office import ADDRESS
from tests.services.people import CARL, HOUR, Person, World
from therapy_tui import errors
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.services import pairing
from therapy_tui.store import contacts


def wait_until_failed(world: World, person: Person) -> None:
    """Exchange by the hour until the relay's denial is believed."""
    for _ in range(30):
        person.exchange()
        world.pass_time(HOUR)
    assert person.states() == ["failed"]
    assert person.outbox() == []


@pytest.fixture
def inviter_side(met: World) -> Iterator[World]:
    """Ann and Carl, where Carl has a new machine and joined an invite that Ann made for him."""
    pairing.confirm(met.ann.vault, met.ann.contact(), pairing.words(met.ann.vault, met.ann.contact()).code)
    met.ann.write("before")
    met.settle()
    made = met.invite(contact=met.ann.contact().id)
    met.carl.lock()
    met.carl = Person(met.folder / "new-machine", CLIENT, CARL, met.relay).make()
    met.join(made.link)
    met.settle()
    yield met
    met.carl.lock()


@pytest.fixture
def joiner_side(met: World) -> Iterator[World]:
    """Ann has a new machine, and Carl joined its invite with `--for`."""
    pairing.confirm(met.carl.vault, met.carl.contact(), pairing.words(met.carl.vault, met.carl.contact()).code)
    met.carl.write("before")
    met.settle()
    met.ann.lock()
    met.ann = Person(met.folder / "new-machine", THERAPIST, "Dr Ann, new", met.relay).make(ADDRESS)
    met.join(met.invite().link, met.carl.contact().id)
    met.settle()
    yield met
    met.ann.lock()


def test_sending_stops_at_the_inviter(inviter_side: World) -> None:
    """The contact is changed, not replaced; letters stay queued, and nothing leaves for either pair of keys."""
    ann = inviter_side.ann
    assert ann.contact().trust == "changed"
    ann.write("queued")
    inviter_side.settle()
    assert ann.states() == ["delivered", "queued"]
    assert inviter_side.carl.texts() == []
    assert pairing.words(ann.vault, ann.contact()).of_changed_keys
    theirs = pairing.words(inviter_side.carl.vault, inviter_side.carl.contact())
    assert pairing.words(ann.vault, ann.contact()).words == theirs.words


def test_sending_stops_at_the_joiner(joiner_side: World) -> None:
    """Who joined for a contact has it changed; not even the join leaves before a person decides."""
    carl = joiner_side.carl
    assert carl.contact().trust == "changed"
    carl.write("queued")
    joiner_side.settle()
    assert carl.states() == ["delivered", "queued"]
    assert contacts.every(joiner_side.ann.vault.database) == []
    assert carl.outbox() == ["join"]


@pytest.mark.parametrize("compares", [False, True])
def test_accepting_at_the_inviter(inviter_side: World, *, compares: bool) -> None:
    """Accepting makes the new keys the contact's, verified only where the words were compared; letters flow."""
    ann = inviter_side.ann
    ann.write("queued")
    if compares:
        pairing.confirm(ann.vault, ann.contact(), pairing.words(ann.vault, ann.contact()).code)
    else:
        pairing.accept_change(ann.vault, ann.contact())
    inviter_side.carl.write("from the new machine")
    inviter_side.settle()
    assert ann.contact().trust == ("verified" if compares else "unverified")
    assert inviter_side.carl.texts() == ["queued"]
    assert ann.texts() == ["from the new machine"]
    assert ann.states() == ["delivered", "delivered"]
    assert ann.outbox() == inviter_side.carl.outbox() == []
    assert len(contacts.pairs(ann.vault.database)) == 1


def test_accepting_at_the_joiner(joiner_side: World) -> None:
    """Accepting lets the join leave, then what waited, and the two can write."""
    carl = joiner_side.carl
    carl.write("queued")
    pairing.accept_change(carl.vault, carl.contact())
    joiner_side.settle()
    joiner_side.ann.write("welcome back")
    joiner_side.settle()
    assert carl.contact().trust == "unverified"
    assert joiner_side.ann.texts() == ["queued"]
    assert carl.texts() == ["welcome back"]
    assert carl.states() == ["delivered", "delivered"]


def test_what_was_not_delivered_goes_to_the_new_keys(met: World) -> None:
    """A letter that the relay took for the old keys is sealed again for the new ones once they are accepted."""
    made = met.invite(contact=met.ann.contact().id)
    met.ann.write("never fetched")
    met.ann.exchange()
    assert met.ann.states() == ["sent"]
    met.carl.lock()
    met.carl = Person(met.folder / "new-machine", CLIENT, CARL, met.relay).make()
    met.join(made.link)
    met.settle()
    pairing.accept_change(met.ann.vault, met.ann.contact())
    met.settle()
    assert met.carl.texts() == ["never fetched"]
    assert met.ann.states() == ["delivered"]


def test_letters_of_the_new_keys_are_kept_while_undecided(inviter_side: World) -> None:
    """What the new keys wrote lies in the conversation, but no receipt tells of it before a person decides."""
    inviter_side.carl.write("it is me")
    inviter_side.settle()
    assert inviter_side.carl.states() == ["sent"]
    pairing.accept_change(inviter_side.ann.vault, inviter_side.ann.contact())
    inviter_side.settle()
    assert inviter_side.ann.texts() == ["it is me"]
    assert inviter_side.carl.states() == ["delivered"]


def test_refusing_goes_on_as_before(met: World) -> None:
    """Refusing forgets the new keys; trust is as it was, and what waited goes to the old ones."""
    pairing.confirm(met.ann.vault, met.ann.contact(), pairing.words(met.ann.vault, met.ann.contact()).code)
    made = met.invite(contact=met.ann.contact().id)
    stranger = Person(met.folder / "stranger", CLIENT, CARL, met.relay).make()
    pairing.begin_join(stranger.vault, made.link)
    stranger.exchange()
    met.settle()
    assert met.ann.contact().trust == "changed"
    met.ann.write("for the real one")
    pairing.refuse_change(met.ann.vault, met.ann.contact())
    met.settle()
    assert met.ann.contact().trust == "verified"
    assert met.carl.texts() == ["for the real one"]
    stranger.write("let me in")
    stranger.exchange()
    met.settle()
    assert met.ann.texts() == []
    wait_until_failed(met, stranger)
    stranger.lock()


def test_changed_twice(met: World) -> None:
    """A third identity takes the place of the second while nobody decided; the first is still there to go back to."""
    for name in ("second", "third"):
        made = met.invite(contact=met.ann.contact().id)
        other = Person(met.folder / name, CLIENT, CARL, met.relay).make()
        pairing.begin_join(other.vault, made.link)
        other.exchange()
        met.settle()
        words = pairing.words(other.vault, other.contact()).words
        assert pairing.words(met.ann.vault, met.ann.contact()).words == words
        other.lock()
    assert len(contacts.pairs(met.ann.vault.database)) == 2
    pairing.refuse_change(met.ann.vault, met.ann.contact())
    met.ann.write("to the first")
    met.settle()
    assert met.carl.texts() == ["to the first"]


def test_there_must_be_something_to_decide(met: World) -> None:
    """Accepting or refusing without a change is refused."""
    for decide in (pairing.accept_change, pairing.refuse_change):
        with pytest.raises(errors.UsageError, match="not changed"):
            decide(met.ann.vault, met.ann.contact())


def test_only_what_was_compared_is_confirmed(met: World) -> None:
    """Words that were shown before the keys changed confirm nothing afterwards."""
    shown = pairing.words(met.ann.vault, met.ann.contact()).code
    made = met.invite(contact=met.ann.contact().id)
    stranger = Person(met.folder / "stranger", CLIENT, CARL, met.relay).make()
    pairing.begin_join(stranger.vault, made.link)
    stranger.exchange()
    met.settle()
    with pytest.raises(errors.UsageError, match="changed since"):
        pairing.confirm(met.ann.vault, met.ann.contact(), shown)
    assert met.ann.contact().trust == "changed"
    stranger.lock()
