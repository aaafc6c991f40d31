"""Invites and joins, as two vaults and a relay see them."""

from pathlib import Path

import pytest

from tests.quick import quick
from tests.services.faulty import Fault
from tests.services.people import ANN, CARL, DAY, HOUR, Person, World
from therapy_tui import errors
from therapy_tui.core.people import CLIENT, THERAPIST
from therapy_tui.crypto.link import Link, read_link
from therapy_tui.services import directory, pairing
from therapy_tui.store import contacts, mailbox


def nobody(person: Person) -> bool:
    """Whether a refused join left nothing behind."""
    vault = person.vault
    return not contacts.every(vault.database) and not mailbox.joins(vault.database) and person.outbox() == []


def another(world: World, name: str = "Dora", role: int = CLIENT) -> Person:
    """Make one more person at the same relay."""
    return Person(world.folder / name.lower(), role, name, world.relay).make()


def join(person: Person, link: str) -> tuple[str, ...]:
    """Take an invite up and give what was refused."""
    pairing.begin_join(person.vault, link)
    return person.exchange().refused_joins


def test_two_people_meet(world: World) -> None:
    """An invite makes each a contact of the other, unverified, with the same ten words, and both write at once."""
    made = world.invite()
    assert pairing.is_published(world.ann.vault, made)
    assert world.join(made.link).refused_joins == ()
    world.carl.write("before the welcome")
    world.settle()
    ann, carl = world.ann.contact(), world.carl.contact()
    assert (ann.name, ann.role, ann.trust) == (CARL, CLIENT, "unverified")
    assert (carl.name, carl.role, carl.trust) == (ANN, THERAPIST, "unverified")
    one, two = pairing.words(world.ann.vault, ann), pairing.words(world.carl.vault, carl)
    assert one == two
    assert len(one.words) == 10
    assert world.ann.texts() == ["before the welcome"]
    assert world.carl.vault.profile.relay == world.ann.vault.profile.relay


def test_an_invite_is_spent_by_its_use(met: World) -> None:
    """After the join neither side keeps the invite's secret, KEM key or link; with a letter both have a spare."""
    met.carl.write("a letter")
    met.settle()
    (made,) = pairing.invites(met.ann.vault)
    assert (made.state, made.secret, made.kem, made.link) == ("joined", b"", b"", "")
    for person in (met.ann, met.carl):
        (pair,) = contacts.pairs(person.vault.database)
        assert pair.invite_seed == b""
        assert len(pair.spare) == len(pair.spare_given) == 32
    assert mailbox.joins(met.carl.vault.database) == []


def test_the_label_is_the_name(world: World) -> None:
    """A contact that comes of an invite with a label has that name here, and the card's name still finds it."""
    world.join(world.invite("My Tuesday client").link)
    world.settle()
    assert world.ann.contact().name == "My Tuesday client"
    assert directory.find(world.ann.vault, CARL) == world.ann.contact()


def test_an_invite_works_once(world: World) -> None:
    """Who comes second is told that it was used, and nothing is left behind."""
    made = world.invite()
    world.join(made.link)
    late = another(world)
    assert "already used" in join(late, made.link)[0]
    assert nobody(late)
    world.settle()
    assert "expired or was withdrawn" in join(late, made.link)[0]
    late.lock()


def test_an_expired_invite_is_not_taken_up(world: World) -> None:
    """Past its last second an invite is refused before the network is used; a week is the default."""
    made = world.invite()
    assert made.expires == world.relay.clock.now + 7 * DAY
    world.pass_time(7 * DAY)
    with pytest.raises(errors.InviteRefused, match="expired"):
        pairing.begin_join(world.carl.vault, made.link)
    assert nobody(world.carl)


def test_an_invite_that_expired_at_the_relay(world: World) -> None:
    """A joiner whose clock is behind is told by the relay that the invite is over."""
    world.carl.clock = type(world.relay.clock)(world.relay.clock.now)
    world.carl.restart()
    made = world.invite()
    pairing.begin_join(world.carl.vault, made.link)
    world.relay.clock.now += 8 * DAY
    assert "clock" in world.carl.exchange().problem
    world.pass_time(5)
    assert "expired" in world.carl.exchange().refused_joins[0]
    assert nobody(world.carl)


def test_a_join_made_in_time_may_arrive_late(world: World) -> None:
    """A claimed invite that the inviter sees only after its expiry still makes two contacts."""
    made = world.invite()
    world.join(made.link)
    world.pass_time(12 * DAY)
    assert [each.state for each in pairing.invites(world.ann.vault)] == ["expired"]
    world.settle()
    assert world.ann.contact().name == CARL


@pytest.mark.parametrize("days", [0, 31])
def test_an_invite_lasts_one_to_thirty_days(world: World, days: int) -> None:
    """Other lengths are refused and make nothing."""
    with pytest.raises(errors.UsageError):
        pairing.make_invite(world.ann.vault, "", days)
    assert pairing.invites(world.ann.vault) == []


def test_an_invite_needs_a_relay(world: World) -> None:
    """A profile without a relay says what to do, and can be given one once."""
    with pytest.raises(errors.UsageError, match="relay"):
        pairing.make_invite(world.carl.vault, "")
    pairing.set_relay(world.carl.vault, "relay.example.org")
    assert pairing.make_invite(world.carl.vault, "").link.startswith("THERAPY:")
    with pytest.raises(errors.UsageError, match="already"):
        pairing.set_relay(world.carl.vault, "other.example.org")


def test_keys_of_old_invites_are_erased(world: World) -> None:
    """Thirty days after its expiry nothing of an unused invite opens anything, here or at the relay."""
    world.invite()
    world.pass_time(37 * DAY)
    (made,) = pairing.invites(world.ann.vault)
    assert (made.state, made.secret, made.kem) == ("expired", b"", b"")
    world.ann.exchange()
    assert world.relay.store.connection.execute("SELECT count(*) FROM slot").fetchone() == (0,)


@pytest.mark.parametrize("place", [8, 30, 40, 60, 80])
def test_a_mistyped_link_is_noticed_at_once(world: World, place: int) -> None:
    """One wrong character anywhere is refused before the network is used."""
    link = world.invite().link
    wrong = link[:place] + ("Q" if link[place] != "Q" else "R") + link[place + 1 :]
    before = world.relay.requests
    with pytest.raises(errors.InviteRefused):
        pairing.begin_join(world.carl.vault, wrong)
    assert world.relay.requests == before
    assert nobody(world.carl)


def test_another_offer_under_the_same_link(world: World) -> None:
    """A link whose hash is another's, or an offer that the relay swapped, is refused in words and leaves nothing."""
    made = world.invite()
    link = read_link(made.link)
    altered = Link(link.relay, link.expires, link.secret, bytes(16))
    assert "altered" in join(world.carl, altered.text)[0]
    assert nobody(world.carl)
    offer = world.relay.store.connection.execute("SELECT offer FROM slot").fetchone()[0]
    swapped = offer[:-1] + bytes([offer[-1] ^ 1])
    world.relay.store.connection.execute("UPDATE slot SET offer = ?, claim = NULL", (swapped,))
    assert "altered" in join(world.carl, made.link)[0]
    assert nobody(world.carl)
    assert world.carl.vault.profile.relay == ""


@pytest.mark.parametrize("role", [CLIENT, THERAPIST])
def test_two_of_a_kind_do_not_meet(tmp_path: Path, role: int) -> None:
    """Two clients, or two therapists, are told that the invite is not for them, and that it is used up."""
    world = World(tmp_path)
    world.carl = Person(tmp_path / "other", role, "Other", world.relay)
    world.ann = Person(tmp_path / "one", role, "One", world.relay)
    world.make()
    (told,) = world.join(world.invite().link).refused_joins
    assert told.startswith("This invite was made by another")
    assert told.endswith("It is used up now.")
    assert nobody(world.carl)
    world.end()


def test_ones_own_invite(world: World) -> None:
    """Taking up an invite of one's own is refused."""
    made = world.invite()
    with pytest.raises(errors.InviteRefused, match="your own"):
        pairing.begin_join(world.ann.vault, made.link)


FAULTS = [Fault.LOST_REQUEST, Fault.LOST_ANSWER, Fault.CUT, Fault.RUBBISH, Fault.BUSY, Fault.TWICE]


@pytest.mark.parametrize("fault", quick(FAULTS, Fault.LOST_ANSWER, Fault.TWICE))
@pytest.mark.parametrize("place", [0, 1])
def test_a_cut_line_does_not_burn_an_invite(world: World, fault: Fault, place: int) -> None:
    """Whatever happens to the claim, or to the request with the join, the next try goes on under the same claim id."""
    made = world.invite()
    world.carl.line.plan.extend([Fault.NONE] * place + [fault])
    world.join(made.link)
    world.carl.restart()
    world.settle()
    assert world.ann.contact().name == CARL
    assert world.carl.contact().name == ANN
    assert world.ann.outbox() == world.carl.outbox() == []


def test_a_claim_is_bound_before_the_first_request(world: World) -> None:
    """The claim id is in the vault before anything leaves, and stays the same however often the link is given."""
    made = world.invite()
    pairing.begin_join(world.carl.vault, made.link)
    (first,) = mailbox.joins(world.carl.vault.database)
    pairing.begin_join(world.carl.vault, made.link.lower())
    assert [each.claim for each in mailbox.joins(world.carl.vault.database)] == [first.claim]
    assert pairing.is_joining(world.carl.vault, read_link(made.link))


def test_a_revoked_invite(world: World) -> None:
    """A withdrawn invite opens nothing here, is gone at the relay, and cannot be withdrawn once it was used."""
    made = world.invite()
    pairing.revoke_invite(world.ann.vault, made.id.hex())
    world.ann.exchange()
    (after,) = pairing.invites(world.ann.vault)
    assert (after.state, after.secret, after.kem, after.link) == ("revoked", b"", b"", "")
    assert "withdrawn" in world.join(made.link).refused_joins[0]
    assert nobody(world.carl)
    with pytest.raises(errors.UsageError, match="no invite"):
        pairing.revoke_invite(world.ann.vault, "00000000")


def test_a_used_invite_is_not_withdrawn(met: World) -> None:
    """Once it was used, withdrawing an invite is refused and the correspondence goes on."""
    (made,) = pairing.invites(met.ann.vault)
    with pytest.raises(errors.UsageError, match="already used"):
        pairing.revoke_invite(met.ann.vault, made.id.hex())
    met.ann.write("still here")
    met.settle()
    assert met.carl.texts() == ["still here"]


def test_revoked_while_it_was_claimed(world: World) -> None:
    """A join against an invite that was withdrawn meanwhile makes no contact, and the joiner learns it."""
    made = world.invite()
    world.carl.line.plan.extend([Fault.NONE, Fault.LOST_REQUEST])
    world.join(made.link)
    pairing.revoke_invite(world.ann.vault, made.id.hex())
    for _ in range(30):
        world.settle(1)
        world.pass_time(HOUR)
    assert contacts.every(world.ann.vault.database) == []
    assert world.carl.contact().closed == "theirs"
    assert world.carl.outbox() == []


def test_a_join_that_arrives_after_letters(world: World) -> None:
    """Where the relay gives the letters out before the join, they wait aside and are opened with it."""
    made = world.invite()
    pairing.begin_join(world.carl.vault, made.link)
    world.carl.line.plan.extend([Fault.NONE, Fault.LOST_REQUEST])
    world.carl.exchange()
    world.carl.write("one")
    world.carl.write("two")
    world.carl.exchange()
    assert len(world.relay.waiting()) == 3
    world.relay.reverse()
    world.settle()
    assert world.ann.texts() == ["one", "two"]
    assert world.carl.states() == ["delivered", "delivered"]
    assert world.ann.vault.database.all("SELECT reason FROM quarantine") == []


def test_letters_before_the_join_in_another_exchange(world: World) -> None:
    """The same when they come an exchange earlier: what lay aside is opened when the join explains it."""
    made = world.invite()
    pairing.begin_join(world.carl.vault, made.link)
    world.carl.line.plan.extend([Fault.NONE, Fault.LOST_REQUEST])
    world.carl.exchange()
    world.carl.write("early")
    world.carl.exchange()
    held = world.relay.withhold(0)
    world.ann.exchange()
    assert contacts.every(world.ann.vault.database) == []
    world.relay.give(*held)
    world.settle()
    assert world.ann.texts() == ["early"]


def test_a_second_join_opens_nothing(world: World) -> None:
    """The join envelope given out once more is put aside, and changes neither contact nor words."""
    world.join(world.invite().link)
    (join_envelope, *_) = world.relay.waiting()
    world.settle()
    before = pairing.words(world.ann.vault, world.ann.contact())
    world.relay.give(*join_envelope)
    world.settle()
    assert pairing.words(world.ann.vault, world.ann.contact()) == before


def test_the_same_person_joins_again(met: World) -> None:
    """A new invite between the same two profiles renews the keys and changes neither trust nor letters."""
    pairing.confirm(met.ann.vault, met.ann.contact(), pairing.words(met.ann.vault, met.ann.contact()).code)
    met.ann.write("old keys")
    met.settle()
    before = pairing.words(met.ann.vault, met.ann.contact())
    met.join(met.invite().link)
    met.settle()
    assert met.ann.contact().trust == "verified"
    assert pairing.words(met.ann.vault, met.ann.contact()) != before
    assert pairing.words(met.ann.vault, met.ann.contact()) == pairing.words(met.carl.vault, met.carl.contact())
    met.carl.write("new keys")
    met.ann.write("new keys too")
    met.settle()
    assert met.ann.texts() == ["new keys"]
    assert met.carl.texts() == ["old keys", "new keys too"]
    assert met.ann.outbox() == met.carl.outbox() == []
