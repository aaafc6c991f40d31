"""How a profile goes on from a backup: healed, under new keys, whole or not at all."""

import os
from pathlib import Path

import pytest

from tests.services.backups import ENTROPY, back_up, put_in_place
from tests.services.crafted import chat
from tests.services.people import HOUR, Person, World, gaps_of
from therapy_tui import errors
from therapy_tui.config import Settings, read_settings
from therapy_tui.crypto.slots import RecoveryWay
from therapy_tui.services import access, backup_reading, pairing, restoring
from therapy_tui.store import contacts, mailbox


def test_a_conversation_heals_by_itself(met: World, tmp_path: Path) -> None:
    """What the contact wrote since comes back, nothing comes twice, and new letters go both ways."""
    chat(met, "held")
    back_up(met.carl, tmp_path / "kept")
    chat(met, "since")
    met.ann.write("under way")
    met.ann.exchange()
    carl = put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    met.carl = carl
    carl.write("from the new home")
    for _ in range(2):
        met.settle()
        met.pass_time(HOUR)
    chat(met, "after")
    assert carl.texts() == ["held, Ann", "since, Ann", "under way", "after, Ann"]
    assert met.ann.texts() == ["held, Carl", "since, Carl", "from the new home", "after, Carl"]
    assert set(met.ann.states()) == set(carl.states()) == {"delivered"}
    assert gaps_of(met.ann) == gaps_of(carl) == []


def test_what_was_on_its_way_when_it_was_made(met: World, tmp_path: Path) -> None:
    """A letter that waited in the outbox, or had no receipt yet, goes again under its own id and arrives once."""
    met.carl.write("sent")
    met.carl.exchange()
    met.carl.write("queued")
    back_up(met.carl, tmp_path / "kept")
    met.settle()
    met.carl = put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    for _ in range(2):
        met.settle()
        met.pass_time(HOUR)
    assert sorted(met.ann.texts()) == ["queued", "sent"]
    assert met.carl.states() == ["delivered", "delivered"]


def test_numbers_go_on_above(met: World, tmp_path: Path) -> None:
    """A letter that is written before any exchange has a number that the lost home cannot have used."""
    back_up(met.carl, tmp_path / "kept")
    used = {met.carl.write(str(number)).number for number in range(40)}
    met.settle()
    carl = put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    assert carl.write("new").number > max(used) + restoring.AHEAD // 2


def test_a_second_restore_heals_too(met: World, tmp_path: Path) -> None:
    """The same backup put in place again, after the first was used, is noticed by the relay and heals."""
    back_up(met.carl, tmp_path / "kept")
    first = put_in_place(met.carl, tmp_path / "kept", tmp_path / "first")
    met.carl = first
    chat(met, "first")
    met.carl = put_in_place(first, tmp_path / "kept", tmp_path / "second")
    for _ in range(3):
        met.settle()
        met.pass_time(HOUR)
    chat(met, "second")
    assert met.carl.texts() == ["first, Ann", "second, Ann"]
    assert met.ann.texts() == ["first, Carl", "second, Carl"]


def test_an_open_invite_is_withdrawn(met: World, tmp_path: Path) -> None:
    """An invite that was open when it was made cannot be taken up after going on from it."""
    made = pairing.make_invite(met.ann.vault, "for Dora")
    met.ann.exchange()
    back_up(met.ann, tmp_path / "kept")
    met.ann = put_in_place(met.ann, tmp_path / "kept", tmp_path / "new")
    met.ann.exchange()
    assert {each.state for each in mailbox.invites(met.ann.vault.database) if each.id == made.id} == {"revoked"}
    dora = Person(tmp_path / "dora", 1, "Dora", met.relay).make()
    pairing.begin_join(dora.vault, made.link)
    dora.exchange()
    met.ann.exchange()
    dora.exchange()
    assert contacts.every(dora.vault.database) == []
    dora.lock()


def test_new_keys_and_the_same_phrase(met: World, tmp_path: Path) -> None:
    """The new home has keys of its own; the phrase opens both of its files, and a backup that is made there."""
    back_up(met.carl, tmp_path / "kept")
    old = access.keys_by(met.carl.folders, RecoveryWay(ENTROPY))
    carl = put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    new = access.keys_by(carl.folders, RecoveryWay(ENTROPY))
    assert new == access.keys_by(carl.folders, carl.way)
    assert set(new.values()).isdisjoint(old.values())
    back_up(carl, tmp_path / "again")
    assert backup_reading.verify(tmp_path / "again", ENTROPY).counts["contacts"] == 1
    carl.lock()


def test_settings_come_along(met: World, tmp_path: Path) -> None:
    """The choices are as they were, but for how strict this machine is."""
    back_up(met.carl, tmp_path / "kept")
    shared = put_in_place(met.carl, tmp_path / "kept", tmp_path / "shared", shared_lock=2)
    assert read_settings(shared.folders.settings)[0] == Settings(country="GB", shared_machine=True, idle_lock_minutes=2)
    own = put_in_place(met.carl, tmp_path / "kept", tmp_path / "own")
    assert read_settings(own.folders.settings)[0] == Settings(country="GB")


def test_a_profile_is_never_replaced(met: World, tmp_path: Path) -> None:
    """Where a profile stands nothing is put in its place."""
    back_up(met.carl, tmp_path / "kept")
    before = sorted((path.name, path.read_bytes()) for path in met.ann.folders.data.iterdir() if path.is_file())
    with pytest.raises(errors.UsageError, match="already"):
        restoring.restore(tmp_path / "kept", ENTROPY, met.ann.folders, met.ann.way, "1" * 32, bytes, met.ann.clock)
    assert before == sorted((path.name, path.read_bytes()) for path in met.ann.folders.data.iterdir() if path.is_file())


def test_what_does_not_open_leaves_no_home(met: World, tmp_path: Path) -> None:
    """A wrong phrase, and a file whose end is missing, make nothing."""
    back_up(met.carl, tmp_path / "kept")
    data = (tmp_path / "kept").read_bytes()
    (tmp_path / "cut").write_bytes(data[:-100])
    other = Person(tmp_path / "new", 1, "Carl", met.relay)
    for path, entropy, kind in (
        ("kept", bytes(32), errors.KeySlotError),
        ("cut", ENTROPY, errors.BackupDamaged),
    ):
        with pytest.raises(kind):
            restoring.restore(
                tmp_path / path, entropy, other.folders, other.way, "1" * 32, other.chance.randbytes, other.clock
            )
        assert not access.look(other.folders).exists
        assert list(other.folders.data.parent.glob(".new-*")) == []


def test_what_a_killed_making_left_goes(met: World, tmp_path: Path) -> None:
    """The next making in the same place removes what a kill left there."""
    back_up(met.carl, tmp_path / "kept")
    left = tmp_path / "new" / "data" / ".new-0123456789abcdef"
    left.mkdir(parents=True, mode=0o700)
    left.parent.chmod(0o700)
    (left / "vault.db").write_bytes(b"half")
    put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    assert [path.name for path in left.parent.iterdir()] == ["default"]


def test_the_folder_of_a_making_is_private(met: World, tmp_path: Path) -> None:
    """A backup and what is put in place are for their owner alone, also where the umask would let everybody in."""
    umask = os.umask(0)
    try:
        back_up(met.carl, tmp_path / "kept")
        carl = put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    finally:
        os.umask(umask)
    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o600
    modes = {path.name: path.stat().st_mode & 0o777 for path in carl.folders.data.iterdir()}
    assert set(modes.values()) == {0o600}
    assert carl.folders.data.stat().st_mode & 0o777 == 0o700
