"""Letters by hand between two people whose relay cannot be reached: exactly once, with receipts, and never astray."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.crypto.mutations import harmed
from tests.services.faulty import Fault
from tests.services.people import CARL, Person, World
from therapy_tui.core.people import CLIENT
from therapy_tui.crypto import post as sealing
from therapy_tui.errors import CannotOpen, Malformed, TherapyError, UsageError
from therapy_tui.services import pairing, post
from therapy_tui.services.post import Taken
from therapy_tui.store import contacts


def hand_over(writer: Person, reader: Person) -> Taken:
    """Let one export and the other import."""
    return post.take(reader.vault, post.export(writer.vault, writer.contact()).parts[0])


def take_all(reader: Person, data: bytes) -> list[Taken]:
    """Import everything that is found in a file."""
    return [post.take(reader.vault, each) for each in post.find(data)]


def test_letters_and_receipts_go_both_ways(met: World) -> None:
    """Letters by file arrive once and stay queued until the receipt comes back in the other's file."""
    met.carl.write("one")
    met.carl.write("two")
    taken = hand_over(met.carl, met.ann)
    assert (taken.received, taken.known, taken.aside) == (2, 0, 0)
    assert (met.ann.texts(), met.carl.states()) == (["one", "two"], ["queued", "queued"])
    back = hand_over(met.ann, met.carl)
    assert (back.received, back.delivered) == (0, 2)
    assert (met.carl.states(), met.carl.outbox()) == (["delivered", "delivered"], [])


def test_an_answer_carries_the_receipts(met: World) -> None:
    """An answer written before the export carries the receipt, so no other envelope is needed."""
    met.carl.write("how are you")
    hand_over(met.carl, met.ann)
    met.ann.write("well")
    packed = post.export(met.ann.vault, met.ann.contact())
    assert (packed.letters, packed.envelopes) == (1, 1)
    taken = post.take(met.carl.vault, packed.parts[0])
    assert (taken.received, taken.delivered) == (1, 1)


def test_a_copy_is_passed_over(met: World) -> None:
    """The same file twice, an older file after a newer one, and the relay's copy add nothing."""
    met.carl.write("one")
    first = post.export(met.carl.vault, met.carl.contact()).parts[0]
    met.carl.write("two")
    second = post.export(met.carl.vault, met.carl.contact()).parts[0]
    assert post.take(met.ann.vault, second).received == 2
    again = post.take(met.ann.vault, second)
    assert (again.received, again.known) == (0, 2)
    assert post.take(met.ann.vault, first).received == 0
    met.settle()
    assert met.ann.texts() == ["one", "two"]
    assert met.carl.states() == ["delivered", "delivered"]


def test_a_file_after_the_relay(met: World) -> None:
    """A letter that came by the relay first is not doubled by the file that was made before."""
    met.carl.write("one")
    data = post.export(met.carl.vault, met.carl.contact()).parts[0]
    met.settle()
    taken = post.take(met.ann.vault, data)
    assert (taken.received, taken.known) == (0, 1)
    assert met.ann.texts() == ["one"]


def test_a_lost_file_costs_nothing(met: World) -> None:
    """What was in a file that never arrived is in the next one too."""
    met.carl.write("one")
    post.export(met.carl.vault, met.carl.contact())
    met.carl.restart()
    met.carl.write("two")
    assert hand_over(met.carl, met.ann).received == 2


def test_a_file_beside_a_failing_relay(met: World) -> None:
    """What a relay puts off goes by file all the same."""
    met.carl.write("one")
    met.carl.line.plan.append(Fault.LOST_REQUEST)
    met.carl.exchange()
    with met.carl.vault.transaction() as database:
        database.run("UPDATE outbox SET next_at = ?", (met.carl.clock.now + 3_600,))
    assert hand_over(met.carl, met.ann).received == 1


def test_healing_goes_by_file_too(met: World) -> None:
    """A side that lost its ratchets asks by file, and gets by file what it could not open."""
    with met.ann.vault.transaction():
        contacts.drop_ratchets(met.ann.vault.database)
    met.carl.write("one")
    assert hand_over(met.carl, met.ann).aside == 1
    hand_over(met.ann, met.carl)
    assert hand_over(met.carl, met.ann).received == 1
    hand_over(met.ann, met.carl)
    assert (met.ann.texts(), met.carl.states()) == (["one"], ["delivered"])


def test_nothing_to_send_is_said(met: World) -> None:
    """Where nothing waits no file is made."""
    with pytest.raises(UsageError, match="Nothing waits"):
        post.export(met.carl.vault, met.carl.contact())


def test_a_file_is_for_one_person(met: World) -> None:
    """The writer, a stranger, and whoever has an altered file are told so, and nothing of it is taken."""
    met.carl.write("one")
    data = post.export(met.carl.vault, met.carl.contact()).parts[0]
    with pytest.raises(UsageError, match="You made this post yourself"):
        post.take(met.carl.vault, data)
    for wrong in (data[:-1] + bytes([data[-1] ^ 1]), data + b"\n"):
        with pytest.raises(CannotOpen):
            post.take(met.ann.vault, wrong)
    for wrong in (data[:-100], data + bytes(5 * 1024 * 1024)):
        with pytest.raises(Malformed):
            post.take(met.ann.vault, wrong)
    assert met.ann.texts() == []


def test_changed_keys_have_no_voice(met: World) -> None:
    """Nothing is exported to changed keys; what they seal waits until they are accepted, and is then there."""
    made = met.invite(contact=met.ann.contact().id)
    met.carl.lock()
    met.carl = Person(met.folder / "new-machine", CLIENT, CARL, met.relay).make()
    met.join(made.link)
    met.settle()
    with pytest.raises(UsageError, match="keys"):
        post.export(met.ann.vault, met.ann.contact())
    met.carl.write("new keys")
    taken = hand_over(met.carl, met.ann)
    assert (taken.received, taken.aside) == (0, 1)
    pairing.accept_change(met.ann.vault, met.ann.contact())
    assert met.ann.texts() == ["new keys"]


def test_before_the_join_has_left(world: World) -> None:
    """Who has yet to answer an invite at the relay cannot be read by the other, and is told so."""
    made = world.invite()
    pairing.begin_join(world.carl.vault, made.link)
    world.carl.line.plan.extend([Fault.NONE, Fault.LOST_REQUEST])
    world.carl.exchange()
    world.carl.write("early")
    with pytest.raises(UsageError, match="answer to the invite"):
        post.export(world.carl.vault, world.carl.contact())


def test_what_does_not_fit_waits(met: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest go first when a file is full, and the rest is counted."""
    monkeypatch.setattr(sealing, "MOST", 48 + 1_024)
    for text in ("one", "two", "three"):
        met.carl.write(text)
    packed = post.export(met.carl.vault, met.carl.contact())
    assert (packed.letters, packed.left) == (2, 1)
    assert post.take(met.ann.vault, packed.parts[0]).received == 2
    hand_over(met.ann, met.carl)
    assert hand_over(met.carl, met.ann).received == 1
    assert met.ann.texts() == ["one", "two", "three"]


def test_what_may_be_replaced(met: World) -> None:
    """One's own file and one that was imported may be replaced; a foreign one and one not yet imported may not."""
    met.carl.write("one")
    data = post.export(met.carl.vault, met.carl.contact()).parts[0]
    assert post.is_spent(met.carl.vault, data)
    assert not post.is_spent(met.ann.vault, data)
    post.take(met.ann.vault, data)
    assert post.is_spent(met.ann.vault, data)
    for foreign in (b"", b"my diary", data[:-1], b"TT1POST\n", b"-----BEGIN THERAPY POST-----\n"):
        assert not post.is_spent(met.ann.vault, foreign)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_harmed_files_change_nothing(met: World, data: st.DataObject) -> None:
    """A harmed file is refused in words, and the vault holds what it held."""
    if not met.carl.outbox():
        met.carl.write("one")
    whole = post.export(met.carl.vault, met.carl.contact()).parts[0]
    found = data.draw(harmed(whole))
    if found != whole:
        with pytest.raises(TherapyError):
            take_all(met.ann, found)
    assert met.ann.texts() == []
