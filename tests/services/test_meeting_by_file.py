"""Two people who meet by file, while no relay answers, and what becomes of it when one does."""

import pytest

from tests.services.faulty import Fault
from tests.services.people import CARL, DAY, HOUR, Person, World
from therapy_tui.core.people import CLIENT, Invite
from therapy_tui.crypto import post as files
from therapy_tui.crypto.link import read_link
from therapy_tui.errors import CannotOpen, InviteRefused, Malformed, UsageError
from therapy_tui.services import pairing, post
from therapy_tui.services.outcomes import NOT_KNOWN
from therapy_tui.services.post import Taken


def offer(world: World) -> tuple[Invite, bytes]:
    """Make an invite of Ann's that no relay has, and its file."""
    made = pairing.make_invite(world.ann.vault, "")
    return made, post.export_offer(world.ann.vault, made)


def take_up(person: Person, made: Invite, file: bytes) -> None:
    """Join by file."""
    pairing.join_by_file(person.vault, made.link, post.read_offer(file))


def hand_over(writer: Person, reader: Person) -> list[Taken]:
    """Let one export and the other import all of it."""
    parts = post.export(writer.vault, writer.contact()).parts
    return [post.take(reader.vault, part) for part in parts]


def meet(world: World) -> None:
    """Let Carl take up Ann's file and Ann his answer."""
    take_up(world.carl, *offer(world))
    hand_over(world.carl, world.ann)


def test_meeting_and_writing_without_any_relay(world: World) -> None:
    """Offer, answer with a first letter, welcome with a letter back, receipts: all by file, and the words agree."""
    take_up(world.carl, *offer(world))
    world.carl.write("a first letter")
    answer, letters = hand_over(world.carl, world.ann)
    assert (answer.met, letters.received) == (True, 1)
    assert world.ann.texts() == ["a first letter"]
    world.ann.write("welcome")
    (back,) = hand_over(world.ann, world.carl)
    assert (back.received, back.delivered) == (1, 1)
    words = [pairing.words(each.vault, each.contact()).words for each in (world.ann, world.carl)]
    assert words[0] == words[1]
    assert "join" not in world.carl.outbox()
    assert world.relay.requests == 0


def test_the_same_answer_twice(world: World) -> None:
    """An answer that is imported again is known, also by the file that held it before, and makes nobody twice."""
    take_up(world.carl, *offer(world))
    parts = post.export(world.carl.vault, world.carl.contact()).parts
    post.take(world.ann.vault, parts[0])
    again = post.take(world.ann.vault, parts[0])
    assert (again.met, again.known) == (False, 1)
    assert len(pairing.invites(world.ann.vault)) == 1
    assert world.ann.contact().name == CARL
    assert post.is_spent(world.ann.vault, parts[0])
    assert post.is_spent(world.carl.vault, parts[0])


def test_once_rests_on_the_erased_keys(world: World) -> None:
    """Two people with the same link and file can both answer; the second answer opens nothing any more."""
    made, file = offer(world)
    other = Person(world.folder / "other", CLIENT, "Mallory", world.relay).make()
    take_up(world.carl, made, file)
    take_up(other, made, file)
    hand_over(world.carl, world.ann)
    with pytest.raises(CannotOpen, match="No open invite"):
        hand_over(other, world.ann)
    assert world.ann.contact().name == CARL
    other.lock()


def test_a_withdrawn_invite_is_answered_in_vain(world: World) -> None:
    """After the invite was withdrawn the answer opens nothing, and nobody is added."""
    made, file = offer(world)
    take_up(world.carl, made, file)
    pairing.revoke_invite(world.ann.vault, made.id.hex())
    with pytest.raises(CannotOpen, match="No open invite"):
        hand_over(world.carl, world.ann)


def test_what_is_refused(world: World) -> None:
    """Another link, an expired one, one's own, a harmed offer and a post in its place are refused; nobody is added."""
    made, file = offer(world)
    other, _ = offer(world)
    with pytest.raises(InviteRefused, match="own"):
        take_up(world.ann, made, file)
    with pytest.raises(InviteRefused, match="altered"):
        take_up(world.carl, other, file)
    with pytest.raises(InviteRefused, match="altered"):
        take_up(world.carl, made, file[:-1] + b"\0")
    for wrong in (b"", b"TT1OFFR\n", b"TT1OFFR\n" + bytes(200_000), b"TT1JOIN\n" + bytes(400), b"my diary"):
        with pytest.raises(Malformed):
            take_up(world.carl, made, wrong)
    with pytest.raises(UsageError, match="--file"):
        post.take(world.carl.vault, file)
    world.pass_time(8 * DAY)
    with pytest.raises(InviteRefused, match="expired"):
        take_up(world.carl, made, file)
    assert world.carl.vault.database.value("SELECT count(*) FROM contacts") == 0


@pytest.mark.parametrize("sealed", [b"", bytes(359), bytes(360), bytes(131_073)])
def test_answers_that_are_none(world: World, sealed: bytes) -> None:
    """Bytes in place of an answer are refused, and the invite stays open."""
    made, file = offer(world)
    with pytest.raises((Malformed, CannotOpen)):
        post.take(world.ann.vault, files.JOIN_MAGIC + sealed)
    take_up(world.carl, made, file)
    assert hand_over(world.carl, world.ann)[0].met


def test_until_it_is_answered_nothing_goes_by_the_relay(world: World) -> None:
    """The relay could only deny what comes from somebody nobody knows: answer and letters wait for the file."""
    take_up(world.carl, *offer(world))
    world.carl.write("by hand")
    world.carl.exchange()
    assert world.carl.states() == ["queued"]
    assert sorted(world.carl.outbox()) == ["join", "letter"]


def test_afterwards_the_relay_may_serve(world: World) -> None:
    """Once both have met by file and both have a line, letters go by the relay; what went by hand is not doubled."""
    meet(world)
    world.ann.write("by hand first")
    hand_over(world.ann, world.carl)
    world.settle()
    world.carl.write("by relay")
    world.settle()
    assert (world.carl.texts(), world.ann.texts()) == (["by hand first"], ["by relay"])
    assert (world.ann.states(), world.carl.states()) == (["delivered"], ["delivered"])
    assert not world.carl.vault.database.value("SELECT by_hand FROM pairs")


def test_a_relay_that_knows_only_one_of_them(world: World) -> None:
    """Where the other never has a line, the relay denies for weeks: letters wait with the reason, and go by hand."""
    meet(world)
    world.ann.write("welcome")
    hand_over(world.ann, world.carl)
    world.carl.write("are you there")
    for _ in range(60):
        world.carl.exchange()
        world.pass_time(HOUR)
    letter = world.carl.letters()[-1]
    assert (letter.state, letter.reason) == ("queued", NOT_KNOWN)
    assert world.carl.contact().closed == ""
    assert hand_over(world.carl, world.ann)[0].received == 1
    assert world.ann.texts() == ["are you there"]


def test_a_relay_between_may_fail(world: World) -> None:
    """An invite that a person began to take up by the relay can be taken up by file when that does not answer."""
    made, file = offer(world)
    world.carl.line.plan.append(Fault.LOST_REQUEST)
    pairing.begin_join(world.carl.vault, made.link)
    world.carl.exchange()
    take_up(world.carl, made, file)
    assert not pairing.is_joining(world.carl.vault, read_link(made.link))
    assert hand_over(world.carl, world.ann)[0].met
