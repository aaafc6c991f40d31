"""The drawer of process notes: made when it is first wanted, opened by itself, and in nothing that leaves it."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.services.test_notes import NOW, PASSPHRASE, command_way, home, quick, seat_at
from therapy_tui import errors
from therapy_tui.core.notes import Note
from therapy_tui.core.search import read
from therapy_tui.crypto.passphrase import Cost
from therapy_tui.crypto.slots import PassphraseWay, RecoveryWay
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import access, drawer, making, notes, process
from therapy_tui.services.drawer import Drawer
from therapy_tui.services.seat import Seat
from therapy_tui.store import slots

ENTROPY = bytes(range(32))


@pytest.fixture
def seat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seat:
    """Somebody whom a passphrase and a recovery phrase let in, without a drawer."""
    monkeypatch.setattr(making, "new_cost", Cost)
    made = seat_at(home(tmp_path, quick(PASSPHRASE), RecoveryWay(ENTROPY)), MemoryKeyring())
    made.unlock_by_passphrase(PASSPHRASE)
    return made


def make(seat: Seat, passphrase: str = PASSPHRASE) -> Drawer:
    seat.drawer.open(drawer.make(seat.folders, seat.keyring, passphrase, seat.random))
    return seat.drawer


def write(opened: Drawer, text: str, contact: bytes = b"") -> Note:
    new = process.blank(opened, contact)
    return process.keep(opened, new, replace(new, text=text))


def left(seat: Seat) -> set[str]:
    return {each.name for each in seat.folders.data.iterdir()}


def test_made_with_a_third_key(seat: Seat) -> None:
    """A profile from before has none; made, its key is neither of the others, and it is opened by itself each time."""
    assert not seat.drawer.exists
    assert json.loads(seat.folders.slots.read_bytes())["version"] == 1
    before = left(seat)
    note = write(make(seat), "a thought")
    keys = access.keys_by(seat.folders, PassphraseWay(PASSPHRASE))
    assert len(set(keys.values())) == len(keys) == 3
    assert left(seat) - before <= {"process.db", "process.db-wal", "process.db-shm"}
    assert seat.folders.process.stat().st_mode & 0o777 == 0o600
    assert json.loads(seat.folders.slots.read_bytes())["version"] == 2
    seat.lock()
    seat.unlock_by_passphrase(PASSPHRASE)
    seat.notebook.open(seat.notebook.fetch_key())
    assert not seat.drawer.is_open
    with pytest.raises(errors.KeySlotError, match="opened by itself"):
        seat.drawer.fetch_key()
    with pytest.raises(errors.WrongPassphrase, match="does not open the process notes"):
        seat.drawer.key_by_passphrase("another one")
    for key in (keys["vault"], keys["notes"]):
        with pytest.raises(errors.VaultDamaged):
            seat.drawer.open(key)
    seat.drawer.open(seat.drawer.key_by_passphrase(PASSPHRASE))
    assert process.get(seat.drawer, note.id) == note


def test_only_what_opens_the_vault_makes_it(seat: Seat) -> None:
    """Another passphrase makes no drawer, and leaves nothing; a second is refused and the first stays."""
    before, slots_before = left(seat), seat.folders.slots.read_bytes()
    with pytest.raises(errors.WrongPassphrase):
        drawer.make(seat.folders, seat.keyring, "another one", seat.random)
    assert (left(seat), seat.folders.slots.read_bytes()) == (before, slots_before)
    note = write(make(seat), "a thought")
    with pytest.raises(errors.KeySlotError, match="already"):
        drawer.make(seat.folders, seat.keyring, PASSPHRASE, seat.random)
    assert process.get(seat.drawer, note.id) == note


def test_two_windows_make_one(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two that are made at once one stands, with its own key; the other leaves nothing behind."""
    add = slots.add_drawer

    def late(*args: object) -> object:
        monkeypatch.setattr(slots, "add_drawer", add)
        make(seat)
        return add(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(slots, "add_drawer", late)
    with pytest.raises(errors.KeySlotError, match="already"):
        drawer.make(seat.folders, seat.keyring, PASSPHRASE, seat.random)
    assert write(seat.drawer, "kept").text == "kept"
    assert not [each for each in left(seat) if each.startswith(".process")]
    seat.lock()
    seat.unlock_by_passphrase(PASSPHRASE)
    seat.drawer.open(seat.drawer.key_by_passphrase(PASSPHRASE))


@pytest.mark.parametrize("step", ["create_database", "upgrade"])
def test_a_full_disk_makes_nothing(seat: Seat, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Where the disk is full no drawer and no half of one is left, and it can be made later."""
    before = left(seat)
    with monkeypatch.context() as patch:
        patch.setattr(drawer, step, _full)
        with pytest.raises(errors.DiskFull):
            drawer.make(seat.folders, seat.keyring, PASSPHRASE, seat.random)
    assert (left(seat), seat.drawer.exists) == (before, False)
    make(seat)


def _full(*_: object) -> None:
    raise errors.DiskFull


def test_a_file_without_a_key_is_left_as_it_is(seat: Seat) -> None:
    """A drawer whose slots were lost with an older slots.json is never replaced; it says what to do."""
    older = seat.folders.slots.read_bytes()
    write(make(seat), "a thought")
    seat.lock()
    newer, file = seat.folders.slots.read_bytes(), seat.folders.process.read_bytes()
    seat.folders.slots.write_bytes(older)
    seat.unlock_by_passphrase(PASSPHRASE)
    with pytest.raises(errors.UsageError, match="It was left as it is"):
        drawer.make(seat.folders, seat.keyring, PASSPHRASE, seat.random)
    assert seat.folders.process.read_bytes() == file
    seat.folders.slots.write_bytes(newer)
    seat.drawer.open(seat.drawer.key_by_passphrase(PASSPHRASE))
    assert process.count(seat.drawer) == 1


def test_by_a_keyring_and_by_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a passphrase the keyring gets a secret of its own for it, or the command opens it."""
    monkeypatch.setattr(making, "new_cost", Cost)
    keyring = MemoryKeyring()
    ring = access.new_keyring_way("0" * 32, os.urandom, keyring)
    for name, way in (("ring", ring), ("command", command_way())):
        seat = seat_at(home(tmp_path / name, way), keyring)
        unlock = {"ring": seat.unlock_by_keyring, "command": seat.unlock_by_command}[name]
        unlock()
        write(make(seat, ""), "a thought")
        seat.lock()
        unlock()
        seat.drawer.open(seat.drawer.fetch_key())
        assert process.count(seat.drawer) == 1
        assert ("keyring" if name == "ring" else "your command") in drawer.alone(seat.folders)


def test_ways_are_changed_for_it_too(seat: Seat) -> None:
    """A new passphrase opens it in the place of the old; a phrase that does not open it changes the others alone."""
    make(seat)
    seat.set_passphrase(PASSPHRASE, "quite another one")
    assert seat.drawer.key_by_passphrase("quite another one")
    with pytest.raises(errors.WrongPassphrase):
        seat.drawer.key_by_passphrase(PASSPHRASE)
    access.change_passphrase(seat.folders, RecoveryWay(ENTROPY), PassphraseWay("a third, by phrase"), os.urandom)
    assert set(access.keys_by(seat.folders, PassphraseWay("a third, by phrase"))) == {"vault", "notes"}
    assert seat.drawer.key_by_passphrase("quite another one")
    with pytest.raises(errors.KeySlotError, match="last way"):
        slots.remove_slots(seat.folders.slots, "passphrase")


def test_a_new_phrase_opens_it_too(seat: Seat) -> None:
    """A recovery phrase that is made after the drawer opens all three."""
    make(seat)
    access.add_way(seat.folders, PassphraseWay(PASSPHRASE), RecoveryWay(bytes(32)), os.urandom)
    assert len(access.keys_by(seat.folders, RecoveryWay(bytes(32)))) == 3


def test_it_closes_with_the_vault(seat: Seat) -> None:
    """After a lock the file is closed and opens nothing any more."""
    opened = make(seat)
    database = opened.database
    seat.lock()
    assert not database.is_open
    with pytest.raises(errors.VaultLocked):
        opened.open(bytes(32))


# what is in it


def test_words_and_whom_they_are_about(seat: Seat) -> None:
    """Of a note only its words and whom it is about are kept; there is no column for anything else."""
    opened = make(seat)
    new = process.blank(opened, b"rosa")
    full = replace(new, text="a thought", hour="2026-11-13 15:00", minutes=50, modality="x", codes="y", format="dap")
    kept = process.keep(opened, new, full)
    assert (kept.text, kept.contact, kept.written_at) == ("a thought", b"rosa", NOW)
    assert (kept.hour, kept.minutes, kept.modality, kept.codes, kept.format) == ("", 0, "", "", "free")
    columns = {str(row[1]) for row in opened.database.all("PRAGMA table_info(process_notes)")}
    assert columns == {"row", "id", "written_at", "changed_at", "contact", "text", "revision"}


def test_nothing_is_written_over(seat: Seat) -> None:
    """What another window changed or erased meanwhile is told, and both stand."""
    opened = make(seat)
    note = write(opened, "as it was")
    process.keep(opened, note, replace(note, text="one window"))
    late = replace(note, text="the other")
    with pytest.raises(notes.ChangedElsewhere):
        process.keep(opened, note, late)
    process.keep_apart(opened, late)
    assert sorted(each.text for each in process.every(opened)) == ["one window", "the other"]
    process.erase(opened, note.id)
    with pytest.raises(notes.ChangedElsewhere):
        process.keep(opened, note, late)
    assert [each.text for each in process.every(opened)] == ["the other"]


def test_all_are_read_the_oldest_first(seat: Seat) -> None:
    """More notes than are read at once come each once, in order; a contact narrows them, and an id finds one."""
    opened = make(seat)
    for number in range(2 * process.AT_ONCE + 1):
        last = write(opened, f"{number}", b"rosa" if number % 50 == 0 else b"")
    assert [each.text for each in process.every(opened)] == [str(number) for number in range(201)]
    assert [each.text for each in process.every(opened, b"rosa")] == ["0", "50", "100", "150", "200"]
    assert process.count(opened, b"rosa") == 5
    assert process.find_by_id(opened, last.id.hex()[:9]) == last
    with pytest.raises(errors.UsageError, match="no note"):
        process.find_by_id(opened, "00" * 16)


def test_no_note_and_no_search_knows_of_it(seat: Seat) -> None:
    """Words of the drawer are in no note and found by no search, while it is open too."""
    write(make(seat), "a heron stood there")
    seat.notebook.open(seat.notebook.fetch_key())
    assert notes.count(seat.notebook) == 0
    assert notes.find(seat.notebook, read("heron"), 9) == []
    assert notes.source(seat.notebook)(seat.open_vault, read("heron"), 9) == []
