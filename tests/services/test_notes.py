"""Notes as services: opened by each way in, closed with the vault, kept, and never written over."""

import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.keyring_session import keyring_session, needs_keyring
from therapy_tui import errors
from therapy_tui.config import Folders, Settings, find_folders
from therapy_tui.core.notes import Note
from therapy_tui.core.people import CLIENT
from therapy_tui.core.search import read
from therapy_tui.crypto.slots import CommandWay, Cost, KeyringWay, PassphraseWay, RecoveryWay, Way, recovery_phrase
from therapy_tui.keys.keyring import Keyring, Operation, Pending
from therapy_tui.keys.memory import MemoryKeyring
from therapy_tui.services import access, making, notes
from therapy_tui.services.access import Beside
from therapy_tui.services.events import Events, RoomChanged
from therapy_tui.services.making import NewProfile
from therapy_tui.services.notebook import Notebook
from therapy_tui.services.seat import Seat
from therapy_tui.store import slots

NOW = 1_800_000_000
PASSPHRASE = "correct horse battery"
ENTROPY = bytes(range(32))
COMMAND = "printf a-secret-of-some-length"


class Counting(MemoryKeyring):
    """A keyring that remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def begin(self, operations: object, known: str = "", *, early: bool = False) -> Pending:
        """Do the operations, and remember those that read."""
        listed: list[Operation] = list(operations)  # type: ignore[call-overload]
        self.asked += [each.user.partition(":")[2] for each in listed if each.do == "get"]
        return super().begin(listed, known, early=early)


def command_way() -> CommandWay:
    from therapy_tui.keys.command import take_secret

    return CommandWay(take_secret(COMMAND), COMMAND)


def home(tmp_path: Path, *ways: Way) -> Folders:
    """Make a profile that these ways open, with the same salts each time: one passphrase is stretched once."""
    folders = find_folders(tmp_path / "home", "default")
    making.create(folders, NewProfile(CLIENT, "Cleo"), ways, "0" * 32, random.Random(7).randbytes, lambda: NOW)
    return folders


def seat_at(folders: Folders, keyring: Keyring | None = None) -> Seat:
    return Seat(folders, Settings(), lambda _: None, keyring or Counting(), os.urandom, lambda: NOW)  # type: ignore[arg-type,return-value]


def quick(passphrase: str) -> PassphraseWay:
    return PassphraseWay(passphrase, Cost())


@pytest.fixture
def notebook(tmp_path: Path) -> Notebook:
    """An open, empty file of notes."""
    seat = seat_at(home(tmp_path, quick(PASSPHRASE)))
    seat.unlock_by_passphrase(PASSPHRASE)
    seat.notebook.open(seat.notebook.fetch_key())
    return seat.notebook


def write(notebook: Notebook, text: str, contact: bytes = b"") -> Note:
    new = notes.blank(notebook, contact)
    return notes.keep(notebook, new, replace(new, text=text))


# ways in


def test_the_keyring_gives_each_key_when_it_is_wanted(tmp_path: Path) -> None:
    """The vault opens without the key of the notes; it is asked for once, when notes are wanted."""
    keyring = Counting()
    seat = seat_at(home(tmp_path, access.new_keyring_way("0" * 32, os.urandom, keyring)), keyring)
    keyring.asked.clear()
    seat.unlock_by_keyring()
    assert keyring.asked == ["vault", "epoch"]
    assert not seat.notebook.is_open
    assert not seat.notebook.has_key
    seat.notebook.open(seat.notebook.fetch_key())
    assert keyring.asked == ["vault", "epoch", "notes"]
    assert write(seat.notebook, "kept").text == "kept"


@pytest.mark.parametrize("kind", ["passphrase", "recovery", "command"])
def test_one_secret_opens_both_and_is_asked_once(tmp_path: Path, kind: str) -> None:
    """What opened the vault gave the key of the notes too, so nobody is asked; the file opens when it is wanted."""
    seat = seat_at(home(tmp_path, quick(PASSPHRASE), RecoveryWay(ENTROPY), command_way()))
    {
        "passphrase": lambda: seat.unlock_by_passphrase(PASSPHRASE),
        "recovery": lambda: seat.unlock_by_recovery(" ".join(recovery_phrase(ENTROPY))),
        "command": seat.unlock_by_command,
    }[kind]()
    assert seat.notebook.has_key
    assert not seat.notebook.is_open
    seat.notebook.open(seat.notebook.fetch_key())
    assert write(seat.notebook, "kept").text == "kept"
    assert not seat.notebook.has_key


def test_the_vault_opens_where_the_notes_do_not(tmp_path: Path) -> None:
    """A passphrase that opens only the vault opens the vault; the notes say why not, and their own opens them."""
    folders = home(tmp_path, quick(PASSPHRASE))
    key = access.keys_by(folders, PassphraseWay(PASSPHRASE), ["notes"])
    slots.add_slots(folders.slots, key, quick("another one entirely"), os.urandom, replace=True)
    seat = seat_at(folders)
    seat.unlock_by_passphrase(PASSPHRASE)
    with pytest.raises(
        errors.KeySlotError, match=r"does not open the notes, so a passphrase of their own is needed\.$"
    ):
        seat.notebook.fetch_key()
    with pytest.raises(errors.WrongPassphrase, match="does not open the notes"):
        seat.notebook.key_by_passphrase(PASSPHRASE)
    seat.notebook.open(seat.notebook.key_by_passphrase("another one entirely"))
    assert seat.notebook.is_open


def test_a_keyring_that_lost_the_key_of_the_notes(tmp_path: Path) -> None:
    """Where the keyring has no key of the notes any more, the vault opens, and the recovery phrase opens the notes."""
    keyring = Counting()
    ways: list[Way] = [access.new_keyring_way("0" * 32, os.urandom, keyring), RecoveryWay(ENTROPY)]
    seat = seat_at(home(tmp_path, *ways), keyring)
    keyring.delete([access.keyring_users("0" * 32)["notes"]])
    seat.unlock_by_keyring()
    with pytest.raises(
        errors.KeyringUnusable, match=r"no longer holds the key of the notes, so the recovery phrase is needed\.$"
    ):
        seat.notebook.fetch_key()
    phrase = " ".join(recovery_phrase(ENTROPY))
    seat.notebook.open(seat.notebook.key_by_recovery(phrase))
    assert seat.notebook.is_open


@pytest.mark.keyring
@needs_keyring
def test_a_real_keyring_opens_the_notes(tmp_path: Path) -> None:
    """With a real keyring both files open by its child, each with its own entry, in another session too."""
    desktop = tmp_path / "desktop"
    with keyring_session(desktop) as environment:
        keyring = Keyring(10.0, environment)
        folders = home(tmp_path, access.new_keyring_way("0" * 32, os.urandom, keyring))
    with keyring_session(desktop) as environment:
        seat = seat_at(folders, Keyring(10.0, environment))
        seat.unlock_by_keyring()
        seat.notebook.open(seat.notebook.fetch_key())
        assert write(seat.notebook, "kept").text == "kept"
        seat.lock()
    with keyring_session(desktop, None) as environment:
        notebook = Notebook(folders, Keyring(10.0, environment), Beside(), os.urandom, lambda: NOW, Events())
        with pytest.raises(errors.KeyringUnusable, match="locked"):
            notebook.fetch_key()


def test_a_keyring_that_does_not_answer(tmp_path: Path) -> None:
    """A keyring that cannot be asked is told in a sentence, and never waited for beyond its own limit."""

    class Mute(Keyring):
        def begin(self, operations: object, known: str = "", *, early: bool = False) -> Pending:
            del operations, known, early
            return Pending(None, 0.0, lambda: 0.0)

    way = KeyringWay({each: each.encode().ljust(32) for each in access.DATABASES})
    seat = seat_at(home(tmp_path, way), Mute())
    notebook = Notebook(seat.folders, Mute(), Beside(), os.urandom, lambda: NOW, Events())
    with pytest.raises(errors.KeyringUnusable, match="keyring"):
        notebook.fetch_key()


def test_a_wrong_key_opens_nothing(tmp_path: Path) -> None:
    """The key of the vault does not open the notes, and another does not either; the file stays as it is."""
    folders = home(tmp_path, quick(PASSPHRASE))
    before = folders.notes.read_bytes()
    seat = seat_at(folders)
    seat.unlock_by_passphrase(PASSPHRASE)
    keys = access.keys_by(folders, PassphraseWay(PASSPHRASE))
    assert keys["vault"] != keys["notes"]
    for key in (keys["vault"], bytes(32)):
        with pytest.raises(errors.VaultDamaged):
            seat.notebook.open(key)
        assert not seat.notebook.is_open
    assert folders.notes.read_bytes() == before


def test_a_lock_closes_the_notes_too(tmp_path: Path) -> None:
    """After a lock the file is closed, no key is held, and what held it opens nothing any more."""
    seat = seat_at(home(tmp_path, quick(PASSPHRASE)))
    seat.unlock_by_passphrase(PASSPHRASE)
    notebook, key = seat.notebook, seat.notebook.fetch_key()
    notebook.open(key)
    database = notebook.database
    seat.lock()
    assert not database.is_open
    assert seat._beside.key == b""
    for use in (lambda: notebook.database, lambda: notebook.open(key), lambda: seat.notebook):
        with pytest.raises(errors.VaultLocked):
            use()
    seat.unlock_by_passphrase(PASSPHRASE)
    assert not seat.notebook.is_open


def test_a_lock_before_they_were_wanted_drops_the_key(tmp_path: Path) -> None:
    """A key that came with the vault's goes with it, also where no note was ever looked at."""
    seat = seat_at(home(tmp_path, quick(PASSPHRASE)))
    seat.unlock_by_passphrase(PASSPHRASE)
    assert seat._beside.key
    seat.lock()
    assert seat._beside.key == b""


# keeping


def test_what_it_was_is_kept_once_a_sitting(notebook: Notebook) -> None:
    """The first change of a sitting keeps what the note was; those that follow keep nothing more."""
    note = write(notebook, "first")
    for number, text in enumerate(("second", "third")):
        note = notes.keep(notebook, note, replace(note, text=text), new_sitting=number == 0)
    assert [each.text for each in notes.versions(notebook, note)] == ["first"]
    assert notes.get(notebook, note.id) == note


def test_nothing_is_written_over(notebook: Notebook) -> None:
    """A change from what is no longer there is told, keeps no version, and can be kept as a note of its own."""
    note = write(notebook, "as it was")
    notes.keep(notebook, note, replace(note, text="one window"))
    later = replace(note, text="the other")
    with pytest.raises(notes.ChangedElsewhere):
        notes.keep(notebook, note, later, new_sitting=True)
    apart = notes.keep_apart(notebook, later)
    assert sorted(each.text for each in notes.every(notebook)) == ["one window", "the other"]
    assert all(each.versions == 0 for each in notes.every(notebook))
    assert apart.id != note.id


def test_no_word_of_an_erased_note_stays_in_the_index(notebook: Notebook) -> None:
    """An erased note leaves nothing in the index of words, also of what it was before."""
    note = write(notebook, "A cormorant dried its wings.")
    note = notes.keep(notebook, note, replace(note, text="A kingfisher."), new_sitting=True)
    notes.erase(notebook, note.id)
    index = b"".join(bytes(row[0]) for row in notebook.database.all("SELECT block FROM note_words_data"))
    assert not any(each in index for each in (b"ormorant", b"ingfisher"))


def test_what_was_erased_elsewhere_is_told(notebook: Notebook) -> None:
    """A change of a note that another window erased is told, and brings nothing back."""
    note = write(notebook, "as it was")
    notes.erase(notebook, note.id)
    with pytest.raises(notes.ChangedElsewhere):
        notes.keep(notebook, note, replace(note, text="changed"))
    assert notes.count(notebook) == 0


@pytest.mark.parametrize(
    "wrong", [{"text": "a" * 100_001}, {"hour": "tomorrow"}, {"format": "coap"}, {"text": "\udc00"}], ids=str
)
def test_what_cannot_be_kept_changes_nothing(notebook: Notebook, wrong: dict[str, Any]) -> None:
    """A text too long, an hour that is none and a format that is not known are refused, and the note stays."""
    note = write(notebook, "as it was")
    with pytest.raises(errors.UsageError):
        notes.keep(notebook, note, replace(note, **wrong))
    assert notes.get(notebook, note.id) == note


def test_changes_are_told(notebook: Notebook) -> None:
    """Whoever wants to know learns of each change, and of none that was refused."""
    heard: list[object] = []
    notebook.events.subscribe(heard.append)
    note = write(notebook, "one")
    notes.erase(notebook, note.id)
    with pytest.raises(notes.ChangedElsewhere):
        notes.keep(notebook, note, replace(note, text="two"))
    assert heard == [RoomChanged("notes"), RoomChanged("notes")]


def test_another_process_is_noticed(tmp_path: Path) -> None:
    """A change that another process made is noticed once, one's own is not."""
    folders = home(tmp_path, quick(PASSPHRASE))
    one, other = seat_at(folders), seat_at(folders)
    for seat in (one, other):
        seat.unlock_by_passphrase(PASSPHRASE)
        seat.notebook.open(seat.notebook.fetch_key())
    write(one.notebook, "mine")
    assert not one.notebook.notice_others()
    write(other.notebook, "theirs")
    assert [one.notebook.notice_others(), one.notebook.notice_others()] == [True, False]
    assert notes.count(one.notebook) == 2


def test_found_by_its_id(notebook: Notebook) -> None:
    """The beginning of an id names a note, an odd number of digits too; two that begin so, or none, are refused."""
    note = write(notebook, "one")
    for size in (4, 5, 11, 32):
        assert notes.find_by_id(notebook, note.id.hex()[:size]) == note
    twin = replace(note, id=note.id[:6] + bytes(10))
    notes.keep(notebook, replace(twin, row=0), twin)
    with pytest.raises(errors.UsageError, match="Two notes"):
        notes.find_by_id(notebook, note.id.hex()[:12])
    for wrong in ("", "abc", "zzzz", "00" * 16):
        with pytest.raises(errors.UsageError, match="no note"):
            notes.find_by_id(notebook, wrong)


def test_passages(notebook: Notebook) -> None:
    """A search gives passages round the words, the newest first, so many at the most, and narrowed by a contact."""
    for number in range(3):
        write(notebook, f"{'word ' * 40} the Bär came {'after ' * 40}", b"ann" if number == 1 else b"")
    found = notes.find(notebook, read("bar ca"), 2)
    assert len(found) == 2
    assert "the Bär came" in found[0].passage
    assert len(found[0].passage.split()) <= 26
    assert [each.contact for each in notes.find(notebook, read('"the bar"'), 9, b"ann")] == [b"ann"]
    assert notes.find(notebook, read("with:osei bar"), 9) == []
    assert notes.find(notebook, read(""), 9) == notes.find(notebook, read("from:2099"), 9) == []


def test_a_full_disk_gives_its_reserve_to_the_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full the reserved room is given back once, and the notes open for writing too."""
    seat = seat_at(home(tmp_path, quick(PASSPHRASE)))
    seat.unlock_by_passphrase(PASSPHRASE)
    notebook, tries = seat.notebook, []
    opened = Notebook._opened

    def full_once(self: Notebook, for_reading: bool) -> object:
        tries.append(for_reading)
        if len(tries) == 1:
            raise errors.DiskFull
        return opened(self, for_reading)

    monkeypatch.setattr(Notebook, "_opened", full_once)
    notebook.open(notebook.fetch_key())
    assert notebook.is_open
    assert tries == [False, False]
