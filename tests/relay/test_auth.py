"""The relay's one signature check."""

import pytest
from nacl.signing import SigningKey

from tests.relay_caller import public, sign
from therapy_tui.core.wire import SIGNED
from therapy_tui.relay import auth
from therapy_tui.relay.auth import Checks, genuine

KEY, OTHER = SigningKey(b"\1" * 32), SigningKey(b"\2" * 32)
BODY = b"body"
SIGNATURE, _ = sign(KEY, BODY)


def test_a_signature_is_good_for_its_key_and_bytes_alone() -> None:
    """Another key, another body, and the body without its label are each refused."""
    assert genuine(public(KEY), SIGNATURE, BODY)
    assert not genuine(public(OTHER), SIGNATURE, BODY)
    assert not genuine(public(KEY), SIGNATURE, BODY + b"\0")
    assert not genuine(public(KEY), KEY.sign(BODY).signature, BODY)
    assert SIGNED == b"therapy-tui relay 1\0"


@pytest.mark.parametrize("bit", [0, 100, 255, 256, 400, 511])
def test_a_changed_signature_is_refused(bit: int) -> None:
    """No bit of a signature can be changed."""
    number = int.from_bytes(SIGNATURE, "big") ^ 1 << bit
    assert not genuine(public(KEY), number.to_bytes(64, "big"), BODY)


@pytest.mark.parametrize("key", [bytes(32), b"\1" + bytes(31), b"\xff" * 32, bytes([0xEC, *[0xFF] * 30, 0x7F])])
def test_keys_that_anybody_could_sign_for_are_refused(key: bytes) -> None:
    """All-zero, small-order and impossible keys verify nothing."""
    assert not genuine(key, bytes(64), BODY)
    assert not genuine(key, SIGNATURE, BODY)


def test_an_unknown_name_costs_the_same_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key the same verification runs, and its answer is no whatever it finds."""
    asked: list[bytes] = []

    class Counting:
        def __init__(self, key: bytes) -> None:
            asked.append(key)

        def verify(self, message: bytes, signature: bytes) -> None:
            del message, signature

    monkeypatch.setattr(auth, "VerifyKey", Counting)
    assert genuine(public(KEY), SIGNATURE, BODY)
    assert not genuine(None, SIGNATURE, BODY)
    assert len(asked) == 2


def test_a_good_signature_opens_no_other_body_of_the_request() -> None:
    """What is remembered is the whole: a captured signature does nothing for another body beside it."""
    checks = Checks(9)
    assert checks.genuine(public(KEY), SIGNATURE, BODY)
    assert not checks.genuine(public(KEY), SIGNATURE, b"another body")
    assert not checks.genuine(public(OTHER), SIGNATURE, BODY)


def test_only_good_checks_are_remembered() -> None:
    """A good key is checked once in a request; bad and unknown ones count each time, so neither shows."""
    checks = Checks(3)
    assert checks.genuine(public(KEY), SIGNATURE, BODY)
    assert checks.genuine(public(KEY), SIGNATURE, BODY)
    assert not checks.spent
    assert not checks.genuine(None, SIGNATURE, BODY)
    assert not checks.spent
    assert not checks.genuine(public(OTHER), SIGNATURE, BODY)
    assert checks.spent
