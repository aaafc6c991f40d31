"""What a contact, or whoever found an invite for one, may say without being believed further than they can prove."""

from typing import Any

import pytest

from tests.services.crafted import aside, hand, say
from tests.services.hostile import another_client, current, intruder, moved_card
from tests.services.people import CARL, DAY, HOUR, Person, World
from therapy_tui import errors
from therapy_tui.core.bodies import Closing, Hello, Kind, Letter, Moved
from therapy_tui.core.contents import Content, Form
from therapy_tui.core.people import CHANGED, UNVERIFIED, VERIFIED
from therapy_tui.core.wire import Delivery
from therapy_tui.crypto import envelope, reset
from therapy_tui.services import opening, pairing, sealing
from therapy_tui.store import arrivals, contacts, mailbox

LARGEST = 2**32 - 1


def speak(person: Person, kind: int, body: Any, number: int = 0) -> None:
    """Send any content to the only contact."""
    vault = person.vault
    with vault.transaction():
        content = Content(kind, number, vault.now(), body, (), (), b"")
        sealing.seal_content(vault, person.contact(), current(person), content, vault.random_bytes(16), "hello")
    person.exchange()


def ask_again(person: Person, have: int = 0) -> None:
    """Send a reset that says that only so much is held, however often it was sent before."""
    vault = person.vault
    with vault.transaction():
        account = sealing.account_of(vault.profile)
        bind = sealing.keys_of(current(person)).bind_out
        payload = reset.make_reset(account, bind, account.new_one_time_key(), have, person.contact().used)
        sealing.save_account(vault, account)
        sealing.put_sealed(vault, current(person), Form.RESET, payload, "reset")
    person.exchange()


def one_time_keys(person: Person) -> int:
    """Give the size of the account, which grows with each one-time key that waits to be used."""
    return len(sealing.account_of(person.vault.profile).dump(b"k" * 32))


# keys that nobody has accepted


@pytest.fixture
def changed(met: World) -> tuple[World, Person]:
    """Carl was verified and has letters; then Mallory used an invite that Ann had made for him."""
    pairing.confirm(met.ann.vault, met.ann.contact(), pairing.words(met.ann.vault, met.ann.contact()).code)
    met.ann.write("to the true Carl")
    met.settle()
    mallory = intruder(met)
    assert met.ann.contact().trust == CHANGED
    return met, mallory


def test_unaccepted_keys_have_no_voice(changed: tuple[World, Person]) -> None:
    """Letters, numbers, a reset and an end said by keys that wait for a decision change nothing before it."""
    met, mallory = changed
    met.ann.write("queued")
    before = met.ann.contact()
    mallory.write("I am Carl, honestly")
    speak(mallory, Kind.LETTER, Letter("far ahead"), LARGEST)
    speak(mallory, Kind.HELLO, Hello(0, LARGEST))
    ask_again(mallory)
    speak(mallory, Kind.CLOSING, Closing())
    met.ann.exchange()
    assert met.ann.contact() == before
    assert met.ann.texts() == []
    assert met.ann.states() == ["delivered", "queued"]


def test_refusing_leaves_nothing_of_them(changed: tuple[World, Person]) -> None:
    """After a refusal what the strange keys said is gone, and the true person goes on, verified, as if it never was."""
    met, mallory = changed
    mallory.write("I am Carl, honestly")
    speak(mallory, Kind.CLOSING, Closing())
    met.ann.exchange()
    pairing.refuse_change(met.ann.vault, met.ann.contact())
    met.carl.write("are you there")
    met.ann.write("yes")
    met.settle()
    assert met.ann.texts() == ["are you there"]
    assert met.carl.texts()[-1] == "yes"
    assert met.ann.contact().trust == VERIFIED
    assert "pending" not in aside(met.ann)


def test_accepting_lets_what_waited_in(changed: tuple[World, Person]) -> None:
    """What the new keys wrote before they were accepted is read after it, and is not lost."""
    met, mallory = changed
    mallory.write("hello")
    mallory.exchange()
    met.ann.exchange()
    assert aside(met.ann) == ["pending"]
    pairing.accept_change(met.ann.vault, met.ann.contact())
    assert met.ann.texts() == ["hello"]
    assert met.ann.contact().trust == UNVERIFIED


# words


@pytest.mark.parametrize("code", ["old", ""])
def test_only_words_that_were_shown_are_confirmed(met: World, code: str) -> None:
    """Neither words from before the keys changed nor no words at all make strange keys verified."""
    shown = pairing.words(met.ann.vault, met.ann.contact()).code
    intruder(met)
    with pytest.raises(errors.UsageError):
        pairing.confirm(met.ann.vault, met.ann.contact(), shown if code else "")
    assert met.ann.contact().trust == CHANGED
    assert current(met.ann, state="pending")


def test_a_later_command_confirms_what_was_shown(met: World) -> None:
    """A confirmation by a command of its own holds for the words that the last command showed, and needs one."""
    with pytest.raises(errors.UsageError, match="Look at the words"):
        pairing.shown_code(met.ann.vault, met.ann.contact())
    pairing.show_words(met.ann.vault, met.ann.contact())
    intruder(met)
    code = pairing.shown_code(met.ann.vault, met.ann.contact())
    with pytest.raises(errors.UsageError, match="changed since"):
        pairing.confirm(met.ann.vault, met.ann.contact(), code)


# what a contact may cost


def test_resets_draw_no_keys(met: World) -> None:
    """A contact who resets again and again for days pushes out no one-time key that others were given."""
    ask_again(met.carl)
    met.ann.exchange()
    size = one_time_keys(met.ann)
    for _ in range(30):
        met.pass_time(HOUR)
        for _ in range(2):
            ask_again(met.carl)
        met.ann.exchange()
    assert one_time_keys(met.ann) == size


def test_a_spare_key_given_again_still_works(met: World) -> None:
    """Who reset, and was given the same spare key again, can write at once after losing everything."""
    met.ann.write("so that a spare is held")
    met.settle()
    with met.carl.vault.transaction() as database:
        contacts.drop_ratchets(database)
        contacts.set_spare(database, current(met.carl).id, b"")
    ask_again(met.carl)
    met.settle()
    assert current(met.carl).spare
    with met.carl.vault.transaction() as database:
        contacts.drop_ratchets(database)
    met.carl.write("with the spare")
    met.carl.exchange()
    met.ann.exchange()
    assert met.ann.texts() == ["with the spare"]


def test_one_reset_keeps_nobody_waiting(met: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reset that asks for everything has a few letters sealed in one transaction, not all of them."""
    for number in range(40):
        met.ann.write(f"letter {number}")
    met.settle()
    sealed = []
    content = sealing.seal_content

    def count(*given: Any) -> None:
        sealed.append(1)
        content(*given)

    monkeypatch.setattr(sealing, "seal_content", count)
    ask_again(met.carl)
    (_, slot, letter) = met.relay.withhold(0)
    with met.ann.vault.transaction():
        opening.take(met.ann.vault, Delivery(1, slot, letter))
    assert 0 < len(sealed) <= 10


def test_asking_for_all_of_it_is_answered_five_times_an_hour(met: World) -> None:
    """What was delivered is sealed again five times in an hour at most, stays delivered, and never becomes failed."""
    for number in range(3):
        met.ann.write(f"letter {number}")
    met.settle()
    for _ in range(12):
        ask_again(met.carl)
        met.ann.exchange()
    database = met.ann.vault.database
    assert database.value("SELECT max(seals) FROM messages") <= 6
    met.settle(6)
    assert set(met.ann.states()) == {"delivered"}
    assert len(met.carl.texts()) == 3


@pytest.mark.parametrize("fault", ["spare", "card", "other card", "bind"])
def test_a_bad_content_is_no_broken_ratchet(met: World, fault: str) -> None:
    """A content that cannot be taken leaves ratchet and account as they were, moves no letter and asks for no reset."""
    met.ann.write("not yet proved")
    met.ann.exchange()
    mark = met.ann.letters()[0].id[:8]
    good = Content(Kind.LETTER, 1, met.carl.clock.now, Letter("x"), (mark,), (), b"")
    cards = {"card": b"no card", "other card": moved_card(met.ann, "x.example.org")}
    if fault in cards:
        good = Content(Kind.MOVED, 0, met.carl.clock.now, Moved(cards[fault]), (mark,), (), b"")
    with pytest.MonkeyPatch.context() as patch:
        if fault == "spare":
            patch.setattr(sealing, "_spare_for", lambda *_: b"\0" * 32)
        if fault == "bind":
            pack = envelope.pack_plaintext
            patch.setattr(envelope, "pack_plaintext", lambda _, *rest: pack(b"b" * 16, *rest))
        bytes_of_it = say(met.carl, good, b"i" * 16)
    before = met.ann.vault.database.all("SELECT * FROM ratchets"), met.ann.vault.profile.account
    assert not hand(met.ann, bytes_of_it)
    assert (met.ann.vault.database.all("SELECT * FROM ratchets"), met.ann.vault.profile.account) == before
    assert met.ann.states() == ["sent"]
    assert aside(met.ann) == ["malformed"]
    assert "reset" not in met.ann.outbox()
    met.carl.write("a good one")
    met.settle()
    assert met.ann.texts() == ["a good one"]


# where a contact may send this program, and what it may leave there


@pytest.mark.parametrize("relay", ["localhost:631", "127.0.0.1:8443", "localhost"])
def test_a_card_cannot_name_this_machine(met: World, relay: str) -> None:
    """A contact who says that they moved to a relay on this very machine is not followed there."""
    before = current(met.ann).card
    moved = Content(Kind.MOVED, 0, met.carl.clock.now, Moved(moved_card(met.carl, relay)), (), (), b"")
    assert not hand(met.ann, say(met.carl, moved, b"i" * 16))
    assert current(met.ann).card == before


def test_letters_after_the_end_are_not_kept(met: World) -> None:
    """What was on its way when the letters of a contact were erased is nowhere in the vault afterwards."""
    met.carl.write("a late word")
    met.carl.exchange()
    pairing.remove(met.ann.vault, met.ann.contact(), erase_letters=True)
    met.settle()
    assert met.ann.letters() == []
    assert met.ann.vault.database.value("SELECT coalesce(sum(length(envelope)), 0) FROM quarantine") == 0


def test_a_contact_fills_its_own_share_only(met: World) -> None:
    """What a contact sends in forms of the future is kept up to its share, and takes nobody else's room."""
    dora = another_client(met, "Dora")
    pair = current(met.carl)
    keys = sealing.keys_of(pair)
    with met.ann.vault.transaction() as database:
        slot = current(met.ann, CARL).slot_in
        for number in range(30):
            sealed = envelope.seal(keys.seal_out, 0x77, bytes([number]) * 100_000, met.carl.chance.randbytes(24))
            opening.take(met.ann.vault, Delivery(number, slot, sealed))
    kept = met.ann.vault.database.value("SELECT sum(length(envelope)) FROM quarantine")
    assert 1_000_000 < kept <= arrivals.MOST_SHARE
    other = met.ann.contact(dora.name)
    assert arrivals.has_room(database, other.id, current(met.ann, dora.name).slot_in, 100_000)


def test_quarantine_does_not_last_for_ever(met: World) -> None:
    """What nobody could open goes after ninety days, and its room is free again; what waits for a decision stays."""
    with met.ann.vault.transaction() as database:
        for reason, now in (("newer", 0), ("pending", 0), ("newer", 91 * DAY)):
            arrivals.quarantine(database, f"{reason}{now}".encode(), b"c", 1, reason, b"x" * 10, now)
    assert aside(met.ann) == ["newer", "pending"]


# an old copy


def test_a_used_invite_stays_used_after_going_back(world: World) -> None:
    """An old copy of the vault opens no invite again that was used since, so that a found link opens nothing."""
    made = world.invite(CARL)
    world.ann.copy(world.folder / "copy")
    world.join(made.link)
    world.settle()
    world.ann.put_back(world.folder / "copy")
    world.ann.exchange()
    mallory = Person(world.folder / "mallory", world.carl.role, "Mallory", world.relay).make()
    pairing.begin_join(mallory.vault, made.link)
    assert mallory.exchange().refused_joins
    world.ann.exchange()
    assert [each.name for each in contacts.every(world.ann.vault.database)] == []
    assert not any(each.secret for each in mailbox.invites(world.ann.vault.database))
