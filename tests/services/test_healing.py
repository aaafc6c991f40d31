"""Broken ratchets: noticed, healed within bounds, and nothing forged heals anything."""

from pathlib import Path

import pytest

from tests.services.crafted import aside, chat, hand, lose, pair_of, say, sealed
from tests.services.faulty import Fault
from tests.services.people import DAY, HOUR, Person, World
from tests.services.story import ANN, CARL, Story
from therapy_tui.core.bodies import Letter
from therapy_tui.core.contents import Content, Form
from therapy_tui.crypto import reset
from therapy_tui.crypto.account import Account
from therapy_tui.services import conversation, sealing
from therapy_tui.store import contacts


def resets(person: Person) -> int:
    """Count the resets that wait to go."""
    return person.outbox().count("reset")


def unopened(world: World) -> bytes:
    """Give a letter of Ann's that Carl's ratchets cannot open."""
    return say(world.ann, Content(1, 90, world.ann.clock.now, Letter("x"), (), (), b""), world.ann.chance.randbytes(16))


def test_a_lost_ratchet_heals(met: World) -> None:
    """A letter that cannot be opened is asked for again and arrives; nobody sees more than 'sent again'."""
    chat(met, "before")
    lose(met.carl)
    met.ann.write("sealed for the lost ratchet")
    met.settle()
    assert met.carl.texts()[-1] == "sealed for the lost ratchet"
    assert met.ann.letters()[-1].again
    assert met.ann.states() == ["delivered"] * 2
    chat(met, "after")
    assert met.carl.texts()[-1] == "after, Ann"
    assert met.ann.texts()[-1] == "after, Carl"


def test_who_lost_every_ratchet_can_write_first(met: World) -> None:
    """Without any ratchet the spare key starts one, or a reset asks for one; the letter waits for no letter."""
    chat(met, "before")
    lose(met.carl)
    met.carl.write("with the spare key")
    met.settle()
    assert met.ann.texts()[-1] == "with the spare key"
    lose(met.carl)
    with met.carl.vault.transaction() as database:
        contacts.set_spare(database, pair_of(met.carl).id, b"")
    met.carl.write("without one")
    met.settle()
    assert met.ann.texts()[-1] == "without one"
    assert met.carl.states()[-1] == "delivered"


def test_both_sides_lost_everything(met: World) -> None:
    """Resets that cross make two ratchets, and letters flow both ways afterwards."""
    chat(met, "before")
    lose(met.ann)
    lose(met.carl)
    chat(met, "crossing")
    met.settle()
    chat(met, "after")
    assert met.carl.texts() == ["before, Ann", "crossing, Ann", "after, Ann"]
    assert met.ann.texts() == ["before, Carl", "crossing, Carl", "after, Carl"]


def test_a_letter_sealed_between_crossed_resets(met: World) -> None:
    """A letter for a ratchet that was lost since the reset left is asked for with the answer to the other's reset."""
    story = Story(met)
    story.lose_ratchets(CARL)
    story.write(CARL, "on a ratchet that is lost at once")
    story.lose_ratchets(ANN)
    story.exchange(CARL, (Fault.KILLED_AFTER,))
    story.write(ANN, "the last letter")
    story.lose_ratchets(CARL)
    story.exchange(CARL)
    for _ in range(3):
        met.relay.reverse()
    story.exchange(ANN)
    met.relay.reverse()
    assert met.ann.states() == ["sent"]
    met.settle(4)
    story.judge()


def test_what_is_refused_within_the_hour_is_asked_for_after_it(met: World) -> None:
    """What does not open so soon after a reset that no other may leave is asked for later, whatever opens before."""
    chat(met, "before")
    early, late = unopened(met), unopened(met)
    lose(met.carl)
    hand(met.carl, early)
    met.settle()
    asked_at = pair_of(met.carl).reset_at
    hand(met.carl, late)
    chat(met, "opens")
    assert met.carl.texts()[-1] == "opens, Ann"
    met.settle()
    assert pair_of(met.carl).reset_at == asked_at
    met.pass_time(HOUR)
    met.settle()
    assert pair_of(met.carl).reset_at == asked_at + HOUR


def test_what_is_refused_before_the_reset_leaves_asks_once(met: World) -> None:
    """Many letters that do not open in one exchange are asked for by one reset, and by no other an hour later."""
    chat(met, "before")
    bad = [unopened(met) for _ in range(5)]
    lose(met.carl)
    for each in bad:
        hand(met.carl, each)
    asked_at = pair_of(met.carl).reset_at
    met.settle()
    met.pass_time(2 * HOUR)
    met.settle()
    assert pair_of(met.carl).reset_at == asked_at


def test_resets_are_rare(met: World) -> None:
    """Letters that do not open cause one reset an hour, doubling to one a day while nothing opens."""
    chat(met, "before")
    bad = [unopened(met) for _ in range(60)]
    lose(met.carl)
    sent = []
    for hour, each in enumerate(bad):
        before = resets(met.carl)
        hand(met.carl, each)
        if resets(met.carl) > before:
            sent.append(hour)
        met.pass_time(HOUR)
    assert sent == [0, 1, 3, 7, 15, 31, 55]


def test_the_wait_begins_anew_when_something_opens(met: World) -> None:
    """Once a letter opened, the next trouble may ask an hour after the last reset, however long the wait had grown."""
    chat(met, "before")
    bad = [unopened(met) for _ in range(3)]
    lose(met.carl)
    hand(met.carl, bad[0])
    met.pass_time(HOUR)
    hand(met.carl, bad[1])
    assert resets(met.carl) == 2
    met.settle()
    chat(met, "healed")
    met.pass_time(HOUR)
    lose(met.carl)
    hand(met.carl, bad[2])
    assert resets(met.carl) == 1


def test_nothing_but_a_letter_causes_a_reset(met: World) -> None:
    """A duplicate, a receipt, rubbish, another's seal and an unknown form are dropped or kept, never answered."""
    chat(met, "before")
    good = unopened(met)
    assert hand(met.carl, good)
    assert not hand(met.carl, good)
    assert not hand(met.carl, bytes(360))
    assert not hand(met.carl, good[:-1] + bytes([good[-1] ^ 1]))
    assert not hand(met.carl, sealed(met.ann, Form.RECEIPT, b"rubbish"))
    assert not hand(met.carl, sealed(met.ann, Form.RESET, b"rubbish"))
    assert not hand(met.carl, sealed(met.ann, 0x7F, b"newer"))
    assert resets(met.carl) == 0
    assert aside(met.carl) == ["malformed", "malformed", "newer", "seal", "seal"]


@pytest.mark.parametrize("forgery", ["signed by another", "for another direction"])
def test_a_forged_reset_changes_nothing(met: World, forgery: str) -> None:
    """A reset that the contact's key did not sign, or that was made for the other direction, starts nothing."""
    chat(met, "before")
    keys = sealing.keys_of(pair_of(met.ann))
    account = Account.new() if forgery == "signed by another" else sealing.account_of(met.ann.vault.profile)
    bind = keys.bind_out if forgery == "signed by another" else keys.bind_in
    payload = reset.make_reset(account, bind, account.new_one_time_key(), 0, 0)
    before = contacts.ratchets(met.carl.vault.database, pair_of(met.carl).id)
    assert not hand(met.carl, sealed(met.ann, Form.RESET, payload))
    assert contacts.ratchets(met.carl.vault.database, pair_of(met.carl).id) == before
    assert met.carl.outbox() == []


def test_a_replayed_reset_does_no_harm(met: World) -> None:
    """An old reset given out again is recognised; even as new bytes it leads to one more healing and no loss."""
    chat(met, "before")
    account = sealing.account_of(met.ann.vault.profile)
    key = account.new_one_time_key()
    with met.ann.vault.transaction():
        sealing.save_account(met.ann.vault, account)
    payload = reset.make_reset(account, sealing.keys_of(pair_of(met.ann)).bind_out, key, 1, 1)
    first = sealed(met.ann, Form.RESET, payload)
    assert hand(met.carl, first)
    met.settle()
    assert not hand(met.carl, first)
    assert hand(met.carl, sealed(met.ann, Form.RESET, payload))
    for _ in range(3):
        met.settle()
        met.pass_time(DAY)
    chat(met, "after")
    met.settle()
    assert met.carl.texts() == ["before, Ann", "after, Ann"]
    assert met.ann.texts() == ["before, Carl", "after, Carl"]


def test_five_seals_and_no_receipt(met: World) -> None:
    """A letter that was sealed five times without a receipt has failed, says so, and a person can send it again."""
    chat(met, "before")
    met.ann.write("never confirmed")
    contact = met.ann.contact()
    for _ in range(5):
        with met.ann.vault.transaction():
            sealing.seal_again(met.ann.vault, contact.id, None)
    last = met.ann.letters()[-1]
    assert (last.state, last.reason) == ("failed", sealing.TRIED_ENOUGH)
    conversation.send_again(met.ann.vault, contact, last.id)
    assert met.ann.states()[-1] == "queued"
    met.settle()
    assert met.ann.states()[-1] == "delivered"
    assert met.carl.texts()[-1] == "never confirmed"


def test_receipts_are_carried_again(met: World) -> None:
    """Where a letter that carried receipts is sealed again, it carries them again, and they are told in the end."""
    chat(met, "before")
    met.ann.write("what is to be confirmed")
    met.ann.exchange()
    met.carl.exchange()
    met.relay.withhold(0)
    with met.carl.vault.transaction() as database:
        from therapy_tui.store import outbox

        letter = met.carl.letters()[-1]
        outbox.owe(database, met.carl.contact().id, letter.id[:8], "delivered", met.carl.clock.now)
    met.carl.write("carries it")
    lose(met.ann)
    met.settle()
    assert met.ann.texts()[-1] == "carries it"
    assert met.ann.states() == ["delivered"] * 2
    assert met.carl.owed() == met.ann.owed() == []


def test_a_receipt_that_rode_in_a_lost_sealing(met: World, tmp_path: Path) -> None:
    """A proof for another sealing of the letter that carried a receipt does not make the receipt forgotten."""
    met.carl.copy(tmp_path / "old")
    met.ann.write("from Ann")
    met.carl.put_back(tmp_path / "old")
    met.carl.exchange()
    met.carl.write("from Carl")
    for _ in range(3):
        met.settle()
        met.pass_time(DAY)
    assert met.ann.states() == ["delivered"]
    assert met.carl.states() == ["delivered"]


def test_a_letter_sealed_anew_while_its_old_bytes_travel(met: World, tmp_path: Path) -> None:
    """The relay's word for old bytes does not count for new bytes that the same exchange made."""
    met.ann.copy(tmp_path / "old")
    met.carl.write("sealed twice in one exchange")
    met.ann.put_back(tmp_path / "old")
    met.ann.exchange()
    met.settle()
    assert met.ann.texts() == ["sealed twice in one exchange"]
    assert met.carl.states() == ["delivered"]
