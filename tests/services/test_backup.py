"""Backups: what is in them and what never is, and how a profile goes on from one."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.services.crafted import chat
from tests.services.people import HOUR, Person, World, gaps_of
from therapy_tui import errors
from therapy_tui.config import Settings, read_settings
from therapy_tui.crypto.bare_account import one_time_keys
from therapy_tui.crypto.slots import RecoveryWay
from therapy_tui.services import access, backup, backup_reading, journal, pairing, restoring
from therapy_tui.services.backup import Held
from therapy_tui.services.vault import Vault
from therapy_tui.store import contacts, mailbox, slots
from therapy_tui.store import profile as profiles
from therapy_tui.store.database import create_database, open_database
from therapy_tui.store.schema import newest, upgrade, versions

ENTROPY = bytes(range(32))
SETTINGS = 'country = "GB"\n'
PAGE = "INSERT INTO entries (id, day, begun_at, changed_at, text, words) VALUES (x'01', '2027-01-15', 1, 1, 'old', 1)"


def back_up(person: Person, path: Path, *, replaced: bool = False) -> Held:
    """Make a backup that `ENTROPY` opens."""
    file = slots.read_slots(person.folders.slots)
    if "recovery" not in slots.kinds(file):
        access.add_way(person.folders, person.way, RecoveryWay(ENTROPY), person.chance.randbytes)
        file = slots.read_slots(person.folders.slots)
    key = access.keys_by(person.folders, person.way, ["notes"])["notes"]
    notes = open_database(person.folders.notes, key)
    try:
        return backup.create(path, person.vault, notes, file, SETTINGS, person.chance.randbytes, replace=replaced)
    finally:
        notes.close()


def put_in_place(person: Person, path: Path, home: Path, **more: Any) -> Person:
    """Give the same person in another home, as the backup has them; the old home is not used any more."""
    person.lock()
    other = Person(home, person.role, person.name, person.line.relay, person.clock)
    restoring.restore(path, ENTROPY, other.folders, other.way, "1" * 32, other.chance.randbytes, other.clock, **more)
    return other


def rows_of(path: Path, part: str) -> dict[str, list[dict[str, Any]]]:
    """Give everything that a backup holds of one database: the rows of each table."""
    found: dict[str, list[dict[str, Any]]] = {}
    table, columns = "", []
    with backup_reading.opened(path, ENTROPY) as reader:
        for each in reader.parts():
            for record in each.records:
                if isinstance(record, dict):
                    table, columns = record.get("table", ""), record.get("columns", [])
                    found |= {table: []} if table and each.name == part else {}
                elif each.name == part:
                    found[table].append(dict(zip(columns, record, strict=True)))
    return found


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


def test_no_ratchet_and_no_key_that_is_used_once(met: World, tmp_path: Path) -> None:
    """No ratchet, one-time key, sealed letter or open invite is in it, and none of their bytes."""
    chat(met, "before")
    pairing.make_invite(met.ann.vault, "for Dora")
    met.ann.exchange()
    met.ann.write("queued")
    database = met.ann.vault.database
    secret = [str(row[0]) for row in database.all("SELECT pickle FROM ratchets")]
    secret += [str(met.ann.vault.profile.account)]
    sealed = [bytes(row[0]) for row in database.all("SELECT envelope FROM outbox WHERE kind = 'letter'")]
    sealed += [bytes(each) for row in database.all("SELECT secret, kem FROM invites") for each in row if each]
    assert len(secret) > 1
    assert len(sealed) == 3
    assert one_time_keys(met.ann.vault.profile.account, met.ann.vault.profile.pickle_key) > 0
    back_up(met.ann, tmp_path / "kept")
    found = rows_of(tmp_path / "kept", "vault")
    assert "ratchets" not in found
    (profile,) = found["profile"]
    assert one_time_keys(profile["account"], profile["pickle_key"]) == 0
    assert found["outbox"] == []
    assert [(each["secret"], each["kem"]) for each in found["invites"]] == [(b"", b"")] * 2
    assert {each["state"] for each in found["invites"]} == {"joined", "revoked"}
    assert {each["spare_given"] for each in found["pairs"]} == {b""}
    kept = repr(found)
    assert [each for each in secret if each in kept] == []
    assert [each for each in sealed if repr(each)[2:-1] in kept] == []


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


@pytest.mark.parametrize("change", ["orphan", "page"])
def test_a_damaged_vault_is_not_backed_up(met: World, tmp_path: Path, change: str) -> None:
    """Nothing is made of a vault in which something is broken, so that no good backup is replaced by it."""
    database = met.carl.vault.database
    if change == "orphan":
        database.value("PRAGMA foreign_keys = OFF")
        database.run("UPDATE pairs SET contact = x'00'")
    else:
        database.run("PRAGMA writable_schema = ON")
        database.run("UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'drafts'")
        met.carl.lock()
        met.carl.open()
    with pytest.raises(errors.VaultError):
        back_up(met.carl, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_without_a_phrase(met: World, tmp_path: Path) -> None:
    """A profile that no recovery phrase opens is told how to get one, and nothing is made."""
    file = slots.read_slots(met.carl.folders.slots)
    with pytest.raises(errors.KeySlotError, match="keys add recovery"):
        backup.create(tmp_path / "kept", met.carl.vault, None, file, "", met.carl.chance.randbytes)
    assert not (tmp_path / "kept").exists()


def test_notes_that_are_closed_are_left_out(met: World, tmp_path: Path) -> None:
    """Without the notes the rest is whole, says so, and a new home begins with none."""
    back_up(met.carl, tmp_path / "first")
    file = slots.read_slots(met.carl.folders.slots)
    backup.create(tmp_path / "kept", met.carl.vault, None, file, "", met.carl.chance.randbytes)
    held = backup_reading.verify(tmp_path / "kept", ENTROPY)
    assert not held.has_notes
    assert held.counts["contacts"] == 1
    carl = put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    back_up(carl, tmp_path / "again")
    assert backup_reading.verify(tmp_path / "again", ENTROPY).counts["notes"] == 0
    carl.lock()


def test_the_key_of_the_letters_does_not_open_the_notes(met: World, tmp_path: Path) -> None:
    """Each part opens with a key below its own database's, so whoever has one key has one part."""
    back_up(met.carl, tmp_path / "kept")
    keys = access.keys_by(met.carl.folders, met.carl.way)
    with backup_reading.opened(tmp_path / "kept", ENTROPY) as reader:
        assert len(set(reader._keys.values())) == 2
        reader._keys["notes"] = reader._keys["vault"]
        parts = reader.parts()
        list(next(parts).records)
        with pytest.raises(errors.BackupDamaged):
            next(parts)
    assert keys["vault"] != keys["notes"]


def older(person: Person, path: Path, change: Callable[[Vault], None]) -> Vault:
    """Give a vault of the version before this one, with this person's profile in it."""
    database = create_database(path, bytes(32))
    upgrade(database, "vault", versions("vault")[: newest("vault") - 1])
    vault = Vault(database, path.with_name("epoch"), person.clock, person.chance.randbytes)
    profiles.add(database, person.vault.profile)
    change(vault)
    return vault


def test_an_older_program_made_it(met: World, tmp_path: Path) -> None:
    """A backup of an older schema is tried as it is, and brought up to date when it is put in place."""

    def page(vault: Vault) -> None:
        vault.database.run(PAGE)

    vault = older(met.carl, tmp_path / "old.db", page)
    file = slots.create_slots(
        tmp_path / "slots.json", "0" * 32, {"vault": bytes(32), "notes": bytes(32)}, [RecoveryWay(ENTROPY)], bytes
    )
    backup.create(tmp_path / "kept", vault, None, file, "", met.carl.chance.randbytes)
    vault.close()
    assert backup_reading.verify(tmp_path / "kept", ENTROPY).counts["pages"] == 1
    carl = put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    assert [each.text for each in journal.every(carl.vault)] == ["old"]
    assert carl.vault.database.value("PRAGMA user_version") == newest("vault")
    assert sorted(path.name for path in carl.folders.data.glob("vault.db.before*")) == []
    carl.lock()


def test_a_newer_program_made_it(met: World, tmp_path: Path) -> None:
    """A backup of a schema that is not known is refused with the way out."""
    met.carl.vault.database.run(f"PRAGMA user_version = {newest('vault') + 1}")
    back_up(met.carl, tmp_path / "kept")
    with pytest.raises(errors.VaultNewer, match="Update"):
        backup_reading.verify(tmp_path / "kept", ENTROPY)


def test_words_are_found_again(met: World, tmp_path: Path) -> None:
    """The indexes of words and the counts, which are not in it, are made again."""
    chat(met, "heron")
    back_up(met.carl, tmp_path / "kept")
    before = met.carl.vault.database.all("SELECT * FROM tallies")
    carl = put_in_place(met.carl, tmp_path / "kept", tmp_path / "new")
    assert carl.vault.database.all("SELECT * FROM tallies") == before
    assert carl.vault.database.value("SELECT count(*) FROM letters WHERE letters MATCH 'heron'") == 2
    carl.lock()


def test_everything_else_is_the_same(met: World, tmp_path: Path) -> None:
    """Letters, pages and what was put aside are row for row what they were."""
    chat(met, "before")
    met.carl.vault.database.run(PAGE)
    back_up(met.carl, tmp_path / "kept")
    same = ("contacts", "messages", "seen", "quarantine", "entries", "drafts", "settings", "receipts")
    before = {table: met.carl.vault.database.all(f"SELECT * FROM {table}") for table in same}  # noqa: S608 - above
    found = rows_of(tmp_path / "kept", "vault")
    assert {table: [tuple(row.values()) for row in found[table]] for table in same} == before
    assert len(before["messages"]) == 2


def test_making_one_leaves_the_vault_as_it_was(met: World, tmp_path: Path) -> None:
    """The vault is only read: letters go on with the ratchets and the keys that it has."""
    chat(met, "before")
    profile, ratchets = met.carl.vault.profile, met.carl.vault.database.all("SELECT * FROM ratchets")
    back_up(met.carl, tmp_path / "kept")
    assert met.carl.vault.profile == profile
    assert met.carl.vault.database.all("SELECT * FROM ratchets") == ratchets
    chat(met, "after")
    assert met.carl.texts()[-1] == "after, Ann"


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
