import contextlib
import json
import multiprocessing
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from therapy_tui.crypto.slots import CommandWay, KeyringWay, PassphraseWay, RecoveryWay
from therapy_tui.errors import KeySlotError, TherapyError, UsageError, VaultDamaged, VaultMissing, VaultNewer
from therapy_tui.store.slots import (
    SlotFile,
    add_drawer,
    add_slots,
    commands,
    create_slots,
    destroy_slots,
    kinds,
    new_profile_id,
    open_with,
    read_slots,
    remove_slots,
)

KEYS = {"vault": b"v" * 32, "notes": b"n" * 32}
RING = KeyringWay({"vault": b"1" * 32, "notes": b"2" * 32})
RING_TOO = KeyringWay({"process": b"3" * 32})
PHRASE = RecoveryWay(b"r" * 32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "slots.json"
    create_slots(path, new_profile_id(os.urandom), KEYS, [RING, PHRASE], os.urandom)
    return path


def test_what_was_created_opens(path: Path) -> None:
    """A new profile opens by each of its ways, one database or both, and its file is for its owner only."""
    file = read_slots(path)
    assert open_with(file, RING) == KEYS
    assert open_with(file, PHRASE, ["notes"]) == {"notes": KEYS["notes"]}
    assert kinds(file) == kinds(file, "notes") == ("keyring", "recovery")
    assert len(file.profile_id) == 32
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_profile_is_never_made_over_another(path: Path) -> None:
    """Creating where slots are already is refused, and the old ones still open."""
    before = path.read_bytes()
    with pytest.raises(KeySlotError):
        create_slots(path, "0" * 32, KEYS, [RING], os.urandom)
    assert path.read_bytes() == before


def test_a_vault_without_a_way_in_is_not_made(tmp_path: Path) -> None:
    """No way in, no file."""
    with pytest.raises(KeySlotError):
        create_slots(tmp_path / "slots.json", "0" * 32, KEYS, [], os.urandom)
    assert not (tmp_path / "slots.json").exists()


def test_a_way_is_added_and_replaced(path: Path) -> None:
    """A command can be added for one database, then replaced in one write; the other ways stay."""
    add_slots(path, {"vault": KEYS["vault"]}, CommandWay(b"c" * 32, "pass show a"), os.urandom)
    file = add_slots(path, {"vault": KEYS["vault"]}, CommandWay(b"d" * 32, "pass show b"), os.urandom, replace=True)
    assert commands(file) == ("pass show b",)
    assert commands(file, "notes") == ()
    assert kinds(file, "notes") == ("keyring", "recovery")
    assert open_with(read_slots(path), CommandWay(b"d" * 32), ["vault"]) == {"vault": KEYS["vault"]}
    with pytest.raises(KeySlotError):
        open_with(file, CommandWay(b"c" * 32), ["vault"])


def test_a_passphrase_is_changed(path: Path) -> None:
    """After a change the new passphrase opens both databases and the old one opens none."""
    add_slots(path, KEYS, PassphraseWay("the old one"), os.urandom)
    add_slots(path, KEYS, PassphraseWay("the new one"), os.urandom, replace=True)
    file = read_slots(path)
    assert open_with(file, PassphraseWay("the new one\n")) == KEYS
    with pytest.raises(KeySlotError):
        open_with(file, PassphraseWay("the old one"))


def test_the_last_way_in_stays(path: Path) -> None:
    """A kind can be removed, but never the last one of a database."""
    assert kinds(remove_slots(path, "keyring")) == ("recovery",)
    before = path.read_bytes()
    with pytest.raises(KeySlotError, match="last way"):
        remove_slots(path, "recovery", ["notes"])
    assert path.read_bytes() == before


def test_slots_have_a_bound(path: Path) -> None:
    """A file does not grow without end."""
    for _ in range(14):
        add_slots(path, KEYS, PHRASE, os.urandom)
    with pytest.raises(KeySlotError, match="at most 16"):
        add_slots(path, KEYS, PHRASE, os.urandom)


def _add(path: Path) -> None:
    for _ in range(3):
        add_slots(path, KEYS, PHRASE, os.urandom)


def test_two_processes_lose_no_slot(path: Path) -> None:
    """Slots that are added by several processes at once are all there afterwards."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add, args=(path,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert len(read_slots(path).vault) == 2 + 6


def test_no_profile(tmp_path: Path) -> None:
    """A missing file means that there is no profile yet."""
    with pytest.raises(VaultMissing):
        read_slots(tmp_path / "slots.json")


def test_a_newer_file_is_refused_plainly(path: Path) -> None:
    """A file of a later version is told from a damaged one and left as it is."""
    newer = json.loads(path.read_bytes()) | {"version": 3, "more": True}
    path.write_text(json.dumps(newer))
    before = path.read_bytes()
    with pytest.raises(VaultNewer):
        read_slots(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"version": "1"},
        {"profile_id": "A" * 32},
        {"profile_id": "0" * 31},
        {"vault": []},
        {"notes": None},
        {"more": 1},
        {"vault": [{"kind": "other", "id": "", "nonce": "", "wrapped": ""}]},
    ],
)
def test_a_file_of_another_form_is_damaged(path: Path, change: dict[str, object]) -> None:
    """Any departure from the form is named with the file, which is left as it is."""
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change))
    before = path.read_bytes()
    with pytest.raises(VaultDamaged, match=r"slots\.json"):
        read_slots(path)
    assert path.read_bytes() == before


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 5000), byte=st.integers(0, 255), cut=st.booleans())
def test_a_changed_byte_never_opens_to_another_key(path: Path, place: int, byte: int, cut: bool) -> None:
    """Whatever byte is changed or cut off, the file is refused in words or opens to the same keys."""
    good = path.read_bytes()
    bad = bytearray(good)
    bad[place % len(bad)] = byte
    try:
        path.write_bytes(bad[: place % len(bad)] if cut else bad)
        with contextlib.suppress(TherapyError):
            assert open_with(read_slots(path), RING) == KEYS
    finally:
        path.write_bytes(good)


def test_a_file_open_to_others_is_refused(path: Path) -> None:
    """Slots that others can read are not used until that is mended, and the sentence says how."""
    path.chmod(0o640)
    with pytest.raises(UsageError, match="chmod 600"):
        read_slots(path)


def test_a_link_is_not_followed(path: Path) -> None:
    """A link in place of the slots is refused for reading, writing and making."""
    elsewhere = path.with_name("elsewhere")
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    with pytest.raises(UsageError):
        read_slots(path)
    with pytest.raises(UsageError):
        add_slots(path, KEYS, PHRASE, os.urandom)
    with pytest.raises(KeySlotError):
        create_slots(path, "0" * 32, KEYS, [RING], os.urandom)


def test_destroyed_slots_are_gone(path: Path) -> None:
    """Erasing overwrites and removes the file, and doing it again is no error."""
    with path.open("rb") as held:
        destroy_slots(path)
        assert not any(held.read())
    destroy_slots(path)
    with pytest.raises(VaultMissing):
        read_slots(path)


def test_the_type_is_what_the_file_says(path: Path) -> None:
    """The file is JSON with a version, the profile's id and one list a database, as it is documented."""
    file = json.loads(path.read_bytes())
    assert list(file) == ["version", "profile_id", "vault", "notes"]
    assert file["vault"][0]["kind"] == "keyring"
    assert isinstance(read_slots(path), SlotFile)


def test_a_drawer_is_in_the_file_from_its_first(path: Path) -> None:
    """The drawer's slots come with its first way in and a version that older programs refuse; then they are changed."""
    placed: list[bool] = []
    file = add_drawer(path, b"p" * 32, PHRASE, os.urandom, lambda: placed.append(True))
    assert (file.version, file.databases, placed) == (2, ("vault", "notes", "process"), [True])
    assert read_slots(path) == file
    with pytest.raises(KeySlotError, match="already"):
        add_drawer(path, b"q" * 32, PHRASE, os.urandom, lambda: placed.append(True))
    assert placed == [True]
    assert open_with(file, PHRASE, ["process"]) == {"process": b"p" * 32}
    assert kinds(add_slots(path, {"process": b"p" * 32}, RING_TOO, os.urandom), "process") == ("recovery", "keyring")
    assert kinds(remove_slots(path, "keyring"), "process") == ("recovery",)


def test_a_version_that_does_not_fit_is_damage(path: Path) -> None:
    """A file that says it has a drawer and has none, or the other way round, is damaged, and left as it is."""
    add_drawer(path, b"p" * 32, PHRASE, os.urandom, lambda: None)
    whole = json.loads(path.read_bytes())
    for changed in (whole | {"version": 1}, {key: value for key, value in whole.items() if key != "process"}):
        path.write_text(json.dumps(changed))
        with pytest.raises(VaultDamaged):
            read_slots(path)
