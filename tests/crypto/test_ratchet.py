"""Olm ratchets that live in their pickles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crypto.mutations import harmed
from tests.crypto.people import Meeting
from therapy_tui.core.contents import Form
from therapy_tui.crypto.account import Account
from therapy_tui.crypto.ratchet import Ratchet, accept, start
from therapy_tui.errors import CannotOpen, Malformed, VaultDamaged

KEY = bytes(range(32))


def test_a_ratchet_lives_in_its_pickle() -> None:
    """Dumped and loaded at every step, two sides write to each other; forms change once an answer was opened."""
    meeting = Meeting()
    ada, bea = meeting.ada_ratchet.dump(KEY), meeting.bea_ratchet.dump(KEY)
    forms = []
    for turn in range(6):
        sender, receiver = Ratchet.load(ada, KEY), Ratchet.load(bea, KEY)
        if turn % 2 == 0:
            sender, receiver = receiver, sender
        form, message = sender.encrypt(b"letter %d" % turn)
        forms.append(form)
        assert receiver.decrypt(form, message) == b"letter %d" % turn
        ada, bea = (receiver.dump(KEY), sender.dump(KEY)) if turn % 2 == 0 else (sender.dump(KEY), receiver.dump(KEY))
    assert forms == [Form.PRE_KEY] + [Form.NORMAL] * 5
    assert Ratchet.load(ada, KEY).id == Ratchet.load(bea, KEY).id


def test_pre_key_messages_find_their_ratchet() -> None:
    """A pre-key message matches the ratchet it belongs to and no other; foreign bytes match none."""
    meeting, other = Meeting(), Meeting()
    _, message = meeting.bea_ratchet.encrypt(b"x")
    assert meeting.ada_ratchet.matches(message)
    assert not other.ada_ratchet.matches(message)
    assert not meeting.ada_ratchet.matches(b"")
    assert not meeting.ada_ratchet.matches(b"\xff" * 200)


def test_a_duplicate_and_a_gap_leave_the_ratchet_as_it_was() -> None:
    """A used message and one 2,001 steps ahead are refused, and the state does not change by a byte."""
    meeting = Meeting()
    first = meeting.bea_ratchet.encrypt(b"first")
    meeting.ada_ratchet.decrypt(*first)
    before = meeting.ada_ratchet.dump(KEY)
    for _ in range(2002):
        far = meeting.bea_ratchet.encrypt(b"lost")
    for message in (first, far):
        with pytest.raises(CannotOpen):
            meeting.ada_ratchet.decrypt(*message)
        assert meeting.ada_ratchet.dump(KEY) == before


@settings(max_examples=60)
@given(st.data())
def test_harmed_messages_are_refused_and_change_nothing(data: st.DataObject) -> None:
    """A harmed Olm message, normal or pre-key, is refused, and ratchet and account stay as they were."""
    ada, bea = Account.new(), Account.new()
    ratchet = start(bea, ada.curve25519, ada.new_one_time_key())
    form, message = ratchet.encrypt(b"hello")
    before = ada.dump(KEY)
    found = data.draw(harmed(message).filter(lambda other: other != message))
    try:
        _, plaintext = accept(ada, bea.curve25519, found)
    except (Malformed, CannotOpen):
        assert ada.dump(KEY) == before
    else:
        # Bytes behind or between the fields that Olm reads are not covered by its tag; the outer seal covers them.
        assert plaintext == b"hello"
        return
    inbound, _ = accept(ada, bea.curve25519, message)
    state = inbound.dump(KEY)
    with pytest.raises((Malformed, CannotOpen)):
        inbound.decrypt(form, message)
    assert inbound.dump(KEY) == state


def test_a_one_time_key_works_once() -> None:
    """A second ratchet on the same key is refused: replays of a first message start nothing."""
    ada, bea = Account.new(), Account.new()
    key = ada.new_one_time_key()
    for attempt in range(2):
        _, message = start(bea, ada.curve25519, key).encrypt(b"x")
        if attempt == 0:
            accept(ada, bea.curve25519, message)
        else:
            with pytest.raises(CannotOpen):
                accept(ada, bea.curve25519, message)


def test_a_message_from_another_identity_is_refused() -> None:
    """The sender is the one whose card was expected."""
    ada, bea = Account.new(), Account.new()
    _, message = start(bea, ada.curve25519, ada.new_one_time_key()).encrypt(b"x")
    with pytest.raises(CannotOpen):
        accept(ada, Account.new().curve25519, message)


@pytest.mark.parametrize(
    ("form", "message"), [(0x12, b"abc"), (0x10, b""), (0x11, b""), (0x11, b"\xff" * 90), (0x10, b"\3" * 9)]
)
def test_what_is_no_olm_message_is_refused(form: int, message: bytes) -> None:
    """Another form and other bytes are refused."""
    with pytest.raises((Malformed, CannotOpen)):
        Meeting().ada_ratchet.decrypt(form, message)


@pytest.mark.parametrize("key", [bytes(32), b"\1" + bytes(31), bytes(31)])
def test_no_ratchet_is_started_on_a_bad_key(key: bytes) -> None:
    """Zero, small order and a wrong length are refused."""
    with pytest.raises(CannotOpen):
        start(Account.new(), Account.new().curve25519, key)


def test_a_damaged_ratchet_is_told() -> None:
    """A wrong key and a cut pickle are damage of the vault."""
    pickle = Meeting().ada_ratchet.dump(KEY)
    for text, key in ((pickle, bytes(32)), (pickle[:-3], KEY), ("", KEY)):
        with pytest.raises(VaultDamaged):
            Ratchet.load(text, key)
