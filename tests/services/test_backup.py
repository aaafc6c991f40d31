"""What is in a backup, and what never is."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.large import fill
from tests.services.backups import ENTROPY, PAGE, back_up, older, put_in_place, rows_of
from tests.services.crafted import chat
from tests.services.people import World
from therapy_tui import errors
from therapy_tui.crypto.bare_account import one_time_keys
from therapy_tui.crypto.slots import RecoveryWay
from therapy_tui.services import access, backup, backup_reading, conversation, journal, pairing
from therapy_tui.services.vault import Vault
from therapy_tui.store import kept, slots
from therapy_tui.store.database import Database, Row
from therapy_tui.store.schema import newest


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


def test_many_letters_take_the_memory_of_few(met: World, tmp_path: Path) -> None:
    """Making and trying a backup of ten times as many letters takes no more of Python's memory."""
    peaks = []
    for count in (500, 5_000):
        met.carl.vault.database.run("DELETE FROM messages")
        fill(met.carl.vault, met.carl.contact().id, count)
        back_up(met.carl, tmp_path / "kept", replaced=True)
        tracemalloc.start()
        back_up(met.carl, tmp_path / "kept", replaced=True)
        assert backup_reading.verify(tmp_path / "kept", ENTROPY).counts["letters"] == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 256 * 1024


def test_others_write_while_it_is_made(met: World, tmp_path: Path) -> None:
    """A letter that another process writes while the rows are read is kept there at once, and is not in this one."""
    other = met.carl.another()
    rest = kept.rows

    def rows(database: Database, name: str, table: str) -> Iterator[Row]:
        if table == "contacts":
            conversation.send(other, met.carl.contact(), "meanwhile")
        yield from rest(database, name, table)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "rows", rows)
        assert back_up(met.carl, tmp_path / "kept").counts["letters"] == 0
    other.close()
    assert len(met.carl.letters()) == 1
    assert rows_of(tmp_path / "kept", "vault")["messages"] == []
