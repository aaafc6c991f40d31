import resource
import subprocess
import sys
from collections.abc import Callable
from itertools import count

import msgspec
import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given, settings
from hypothesis import strategies as st

from therapy_tui.crypto import slots as under_test
from therapy_tui.crypto.passphrase import MEBIBYTE, check_cost, stretch
from therapy_tui.crypto.slots import (
    AnySlot,
    CommandWay,
    Cost,
    KeyringWay,
    PassphraseWay,
    RecoveryWay,
    Way,
    calibrate,
    check_new_passphrase,
    kind_of,
    make_slots,
    normalise,
    open_slots,
    read_recovery_phrase,
    recovery_phrase,
)
from therapy_tui.errors import KeySlotError, UsageError, VaultDamaged, WrongPassphrase

KEYS = {"vault": b"v" * 32, "notes": b"n" * 32}
SECRETS = {"vault": b"1" * 32, "notes": b"2" * 32}
FAST_WAYS: list[Way] = [KeyringWay(SECRETS), CommandWay(b"c" * 32, "pass show therapy"), RecoveryWay(b"r" * 32)]
keys = st.binary(min_size=32, max_size=32)


def counting() -> Callable[[int], bytes]:
    """Give bytes that differ at each call and are the same in each run."""
    calls = count(1)
    return lambda size: next(calls).to_bytes(size, "big")


@pytest.mark.parametrize("way", [*FAST_WAYS, PassphraseWay("eight letters")], ids=kind_of)
def test_each_way_opens_what_it_closed(way: Way) -> None:
    """Every kind of slot gives back the keys of both databases."""
    made = make_slots(KEYS, way, counting())
    assert open_slots({name: [slot] for name, slot in made.items()}, way) == KEYS
    assert {kind_of(slot) for slot in made.values()} == {kind_of(way)}


def test_one_that_may_stay_closed_keeps_no_other_closed() -> None:
    """Where a way opens the vault and not the notes, the vault's key is given alone; the vault itself may not fail."""
    way = RecoveryWay(b"r" * 32)
    here, elsewhere = make_slots(KEYS, way, counting()), make_slots(KEYS, RecoveryWay(b"q" * 32), counting())
    other_kind = make_slots(KEYS, KeyringWay(SECRETS), counting())
    for notes in (elsewhere["notes"], other_kind["notes"]):
        slots = {"vault": [here["vault"]], "notes": [notes]}
        assert open_slots(slots, way, may_stay_closed=["notes"]) == {"vault": KEYS["vault"]}
        with pytest.raises(KeySlotError):
            open_slots(slots, way)
    with pytest.raises(KeySlotError):
        open_slots({"vault": [elsewhere["vault"]], "notes": [here["notes"]]}, way, may_stay_closed=["notes"])


@settings(deadline=None)
@given(key=keys, secret=keys, chance=st.binary(min_size=40, max_size=40))
def test_any_key_under_any_secret(key: bytes, secret: bytes, chance: bytes) -> None:
    """Whatever the key, the secret and the chance, the slot opens with the secret and shows nothing of the key."""
    way = RecoveryWay(secret)
    made = make_slots({"vault": key}, way, lambda size: chance[:size])
    assert open_slots({"vault": [made["vault"]]}, way) == {"vault": key}
    assert key not in msgspec.json.encode(made["vault"])


@settings(deadline=None)
@given(field=st.sampled_from(["id", "nonce", "wrapped"]), place=st.integers(0, 1000), bit=st.integers(0, 7))
def test_a_flipped_bit_is_refused(field: str, place: int, bit: int) -> None:
    """Any flipped bit of the id, the nonce or the wrapped key closes the slot."""
    slot = make_slots(KEYS, FAST_WAYS[0], counting())["vault"]
    old = getattr(slot, field)
    new = bytearray(old)
    new[place % len(old)] ^= 1 << bit
    with pytest.raises(KeySlotError):
        open_slots({"vault": [msgspec.structs.replace(slot, **{field: bytes(new)})]}, FAST_WAYS[0])


def test_a_slot_opens_only_its_own_database() -> None:
    """The same secret does not open a slot that was moved to the other database."""
    way = KeyringWay({"vault": b"1" * 32, "notes": b"1" * 32})
    made = make_slots(KEYS, way, counting())
    with pytest.raises(KeySlotError):
        open_slots({"notes": [made["vault"]]}, way)


def test_a_slot_opens_only_as_its_own_kind() -> None:
    """A slot that was given another kind does not open, though the secret is right."""
    slot = make_slots(KEYS, RecoveryWay(b"r" * 32), counting())["vault"]
    other: AnySlot = under_test.CommandSlot(slot.id, slot.nonce, slot.wrapped, "true")
    with pytest.raises(KeySlotError):
        open_slots({"vault": [other]}, CommandWay(b"r" * 32))


def test_two_slots_do_not_swap_their_contents() -> None:
    """What is wrapped in one slot does not open under the id of another of the same secret."""
    chance = counting()
    one = make_slots(KEYS, FAST_WAYS[2], chance)["vault"]
    two = make_slots(KEYS, FAST_WAYS[2], chance)["vault"]
    with pytest.raises(KeySlotError):
        open_slots({"vault": [msgspec.structs.replace(one, id=two.id)]}, FAST_WAYS[2])


def test_the_second_of_two_slots_is_tried() -> None:
    """A database with two slots of one kind opens with either secret."""
    chance = counting()
    slots = [make_slots(KEYS, RecoveryWay(each * 32), chance)["vault"] for each in (b"a", b"b")]
    assert open_slots({"vault": slots}, RecoveryWay(b"b" * 32)) == {"vault": KEYS["vault"]}


@pytest.mark.parametrize("way", FAST_WAYS, ids=kind_of)
def test_a_kind_that_is_not_there_is_said(way: Way) -> None:
    """Opening by a way that the vault has not is refused, naming the way."""
    with pytest.raises(KeySlotError, match="has no") as refusal:
        open_slots({"vault": []}, way)
    assert kind_of(way) in str(refusal.value)


@pytest.mark.parametrize("way", [KeyringWay({}), CommandWay(b"short"), RecoveryWay(b"")], ids=kind_of)
def test_a_secret_of_the_wrong_length_neither_makes_nor_opens(way: Way) -> None:
    """A missing or short secret is refused, never taken for a key."""
    with pytest.raises(KeySlotError):
        make_slots(KEYS, way, counting())
    good = next(each for each in FAST_WAYS if kind_of(each) == kind_of(way))
    made = make_slots(KEYS, good, counting())
    with pytest.raises(KeySlotError):
        open_slots({"vault": [made["vault"]]}, way)


def test_a_key_of_31_bytes_is_refused() -> None:
    """A key that a database would take for a passphrase is never wrapped."""
    with pytest.raises(KeySlotError):
        make_slots({"vault": bytes(31)}, FAST_WAYS[2], counting())


def test_ways_do_not_show_what_they_hold() -> None:
    """The representation of a way in, which a crash report would print, holds no secret."""
    for way in (*FAST_WAYS, PassphraseWay("eight letters")):
        assert "eight" not in repr(way)
        assert "rrrr" not in repr(way)


def test_the_form_of_a_slot_is_pinned() -> None:
    """A slot made today opens for ever: kind, labels and cipher give these very bytes."""
    slot = make_slots({"vault": bytes(range(32))}, RecoveryWay(bytes(32)), counting())["vault"]
    assert slot.wrapped.hex() == PINNED


PINNED = "91cd9bd37a94fb39c160a3ae005e5b4d2b432c1c17096e880606d42872b02bc0c33066a1c4bf02e2114b15da08c8cd3c"


def test_one_passphrase_is_stretched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening both databases with one passphrase costs one run of Argon2id, and a wrong one is named as that."""
    asked: list[str] = []

    def stretch_quickly(passphrase: str, salt: bytes, cost: Cost) -> bytes:
        asked.append(passphrase)
        return (normalise(passphrase) + salt + bytes([cost.passes]) + bytes(32))[:32]

    monkeypatch.setattr(under_test, "stretch", stretch_quickly)
    made = make_slots(KEYS, PassphraseWay("right"), counting())
    slots = {name: [slot] for name, slot in made.items()}
    assert open_slots(slots, PassphraseWay("right")) == KEYS
    assert asked == ["right", "right"]
    with pytest.raises(WrongPassphrase):
        open_slots(slots, PassphraseWay("wrong"))


@pytest.mark.parametrize("cost", [Cost(2), Cost(51), Cost(3, 64 * MEBIBYTE - 1), Cost(3, 4096 * MEBIBYTE + 1)])
def test_a_cost_out_of_bounds_is_refused(cost: Cost) -> None:
    """A slot that would be too weak or would stop the machine is damaged, before any memory is taken."""
    with pytest.raises(VaultDamaged):
        check_cost(cost)
    slot = make_slots(KEYS, FAST_WAYS[2], counting())["vault"]
    bad = under_test.PassphraseSlot(slot.id, slot.nonce, slot.wrapped, bytes(16), cost.passes, cost.memory)
    with pytest.raises(VaultDamaged):
        open_slots({"vault": [bad]}, PassphraseWay("any"))


def test_argon2id_is_the_known_one() -> None:
    """Another library's Argon2id, with three passes, 64 MiB and one lane, gives the same bytes."""
    other = Argon2id(salt=bytes(16), length=32, iterations=3, lanes=1, memory_cost=64 * 1024)
    assert stretch("eight letters", bytes(16), Cost()) == other.derive(b"eight letters")


def test_too_little_memory_is_one_sentence() -> None:
    """Where the machine has not the memory that the slot asks for, that is said; nothing crashes."""
    code = (
        "from therapy_tui.crypto.slots import Cost, stretch\n"
        "from therapy_tui.errors import KeySlotError\n"
        "try: stretch('x', bytes(16), Cost(3, 2 << 30))\n"
        "except KeySlotError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)),
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout == "The passphrase needs 2048 MiB of free memory, and this machine has less.\n"


@pytest.mark.parametrize(
    ("seconds", "free", "wanted"),
    [
        (0.1, 64 << 30, Cost(3, 320 * MEBIBYTE)),
        (0.1, 512 << 20, Cost(7, 128 * MEBIBYTE)),
        (0.1, 0, Cost(15, 64 * MEBIBYTE)),
        (2.0, 64 << 30, Cost(3, 64 * MEBIBYTE)),
        (0.0, 64 << 30, Cost(50, 1024 * MEBIBYTE)),
    ],
)
def test_calibration(seconds: float, free: int, wanted: Cost) -> None:
    """Half a second is reached by memory first, within a quarter of what is free, and never below the floor."""
    times = iter([10.0, 10.0 + seconds])
    assert calibrate(lambda: next(times), free) == wanted
    check_cost(wanted)


@pytest.mark.parametrize(
    ("typed", "same"),
    [("cafe\u0301 noir", "caf\u00e9 noir"), ("word\n", "word"), ("word\r\n", "word")],
)
def test_the_same_passphrase(typed: str, same: str) -> None:
    """An accent is the same however it was typed, and one line end at the end does not count."""
    assert normalise(typed) == normalise(same)


@pytest.mark.parametrize(
    ("one", "two"), [("word", "word "), ("word", "Word"), ("\ufb01ne", "fine"), ("word", "word\n\n")]
)
def test_another_passphrase(one: str, two: str) -> None:
    """Spaces, capitals and look-alikes make another passphrase."""
    assert normalise(one) != normalise(two)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_normalising_loses_no_letter(text: str) -> None:
    """Normalising twice equals once, for any text but one with more line ends at its end."""
    once = normalise(text).decode()
    assert once.endswith(("\n", "\r")) or normalise(once).decode() == once


def test_half_a_character_is_refused() -> None:
    """A lone surrogate has no bytes and is refused in words."""
    with pytest.raises(UsageError):
        normalise("half \ud83d")


def test_a_short_new_passphrase_is_refused_kindly() -> None:
    """Seven characters are too few, eight are enough, and the sentence tells how many there were."""
    check_new_passphrase("12345678")
    with pytest.raises(UsageError, match="this one has 7"):
        check_new_passphrase("1234567\n")


@settings(deadline=None)
@given(keys)
def test_a_recovery_phrase_reads_back(entropy: bytes) -> None:
    """24 words stand for 32 bytes, also in capitals, cut to four letters, and with numbers and commas between."""
    words = recovery_phrase(entropy)
    assert len(words) == 24
    assert read_recovery_phrase(" ".join(words)) == entropy
    assert read_recovery_phrase("\n".join(f"{n}. {word[:4].upper()}," for n, word in enumerate(words, 1))) == entropy


def test_a_recovery_phrase_is_bip39() -> None:
    """The phrase of 32 zero bytes is the one in the published test vectors."""
    assert recovery_phrase(bytes(32)) == ("abandon",) * 23 + ("art",)


@settings(max_examples=50, deadline=None)
@given(keys, st.integers(0, 23))
def test_an_unknown_word_is_named_by_its_place(entropy: bytes, place: int) -> None:
    """A word that is none is told by its place and never repeated."""
    words = list(recovery_phrase(entropy))
    words[place] = "zzyzx"
    with pytest.raises(UsageError, match=f"Word {place + 1} ") as refusal:
        read_recovery_phrase(" ".join(words))
    assert "zzyzx" not in str(refusal.value)


@pytest.mark.parametrize("text", ["", "abandon " * 23, "abandon " * 25, "abandon " * 24, "abandonx " * 24, "aba " * 24])
def test_a_wrong_recovery_phrase_is_refused(text: str) -> None:
    """Too few words, too many, a wrong check, and words that go on wrongly or stop too early are refused in words."""
    with pytest.raises(UsageError):
        read_recovery_phrase(text)


def test_a_phrase_stands_for_32_bytes_only() -> None:
    """Fewer random bytes than the phrase needs are a programming fault."""
    with pytest.raises(ValueError, match="32 bytes"):
        recovery_phrase(bytes(16))
