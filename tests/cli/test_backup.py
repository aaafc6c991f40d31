"""backup: create, verify, restore: exit codes, JSON, what is asked, and what is said when it cannot be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE, by_passphrase
from tests.cli.terminal import on_terminal
from tests.small_disk import small_disk
from tests.two_people import Done, Person, new_person
from therapy_tui.config import read_settings

FIELDS = {"made_at", "letters", "contacts", "pages", "check_ins", "measures", "notes"}
NEW = "a passphrase for the new home"


@pytest.fixture
def writer(alone: Person) -> Person:
    """Somebody with a page, a check-in, a note and a questionnaire."""
    alone.do("journal", "add", "-", stdin="Herons by the river.")
    alone.do("checkin", "6")
    alone.do("note", "add", "-", stdin="Asked about the river.")
    alone.do("measure", "take", "phq2", "--answers", "1,0")
    return alone


def home_of(folder: Path, *before: str) -> Person:
    """Name somebody with another home beside, and a passphrase file for it."""
    folder.mkdir()
    person = by_passphrase(folder, *before)
    (folder / "passphrase").write_text(NEW)
    return person


def words_of(person: Person) -> str:
    """Name the file with the recovery phrase."""
    return str(person.home.parent / "recovery")


def test_there_and_back(writer: Person, tmp_path: Path) -> None:
    """What was written is told alike by create, verify and restore, and is there in the new home under new ways in."""
    kept = tmp_path / "kept"
    made = writer.do("backup", "create", str(kept)).row
    assert made.keys() == FIELDS | {"file", "size", "without_notes_because"}
    assert [made[name] for name in ("letters", "contacts", "pages", "check_ins", "measures", "notes")] == [
        *(0, 0, 1, 1, 1, 1)
    ]
    assert made["size"] == kept.stat().st_size
    assert kept.stat().st_mode & 0o777 == 0o600
    assert b"Herons" not in kept.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "kept", "passphrase", "recovery"]
    same = {name: made[name] for name in FIELDS}
    other = home_of(tmp_path / "other")
    tried = other.do("backup", "verify", str(kept), "--recovery-file", words_of(writer)).row
    assert tried == {**same, "file": str(kept), "size": made["size"]}
    assert not other.home.exists()
    done = other.do("backup", "restore", str(kept), "--recovery-file", words_of(writer), "--unlock", "passphrase").row
    assert {name: done[name] for name in FIELDS} == same
    assert done["unlock"] == "passphrase"
    assert [row["text"] for row in other.do("journal", "list").rows] == ["Herons by the river."]
    assert [row["text"] for row in other.do("note", "list").rows] == ["Asked about the river."]
    assert {row["name"] for row in other.do("keys").rows} == {
        f"{database}.{kind}" for database in ("vault", "notes") for kind in ("passphrase", "recovery")
    }
    assert other.do("search", "heron").rows


def test_what_was_signed_comes_back_signed(writer: Person, tmp_path: Path) -> None:
    """A restored home has the chain with the signed note, what was added to it, and what was erased; and signs on."""
    note = writer.do("note", "list").row
    writer.do("note", "sign", note["id"])
    added = writer.do("note", "amend", note["id"], "-", stdin="By the bridge, too.").row
    chain = writer.do("note", "verify").rows
    writer.do("backup", "create", str(tmp_path / "kept"))
    other = home_of(tmp_path / "other")
    other.do(
        *("backup", "restore", str(tmp_path / "kept"), "--recovery-file", words_of(writer), "--unlock", "passphrase")
    )
    assert other.do("note", "show", note["id"]).row == added
    assert other.do("note", "verify").rows == chain
    assert {row["state"] for row in chain} == {"as it was signed"}
    other.do("note", "sign", other.do("note", "add", "-", stdin="Another.").row["id"])
    assert [row["state"] for row in other.do("note", "verify").rows] == ["as it was signed"] * 3


def test_what_a_person_is_told(writer: Person, tmp_path: Path) -> None:
    """In words: what is in it, how to try it, that nothing was written, and why the old home is over."""
    kept = tmp_path / "kept"
    plain = Person(writer.name, writer.role, writer.home, writer.before[1:])
    made = plain.do("backup", "create", str(kept))
    assert "1 page, 1 check-in, 1 questionnaire, 1 session note" in made.out
    assert f"backup verify {kept}" in made.out
    assert made.err == ""
    other = home_of(tmp_path / "other")
    other = Person(other.name, other.role, other.home, other.before[1:])
    tried = other.do("backup", "verify", str(kept), "--recovery-file", words_of(writer))
    assert "Nothing was written" in tried.out
    done = other.do("backup", "restore", str(kept), "--recovery-file", words_of(writer))
    assert "Do not use the old home any more" in done.out
    assert "What you wrote after that is not in it" in done.out


def test_no_phrase_no_backup(tmp_path: Path, cheap: None) -> None:
    """Without a recovery phrase nothing is made, and it says how to get one before any passphrase is asked for."""
    del cheap
    person = by_passphrase(tmp_path)
    person.do("init", "--role", "client", "--name", "Cleo")
    asked_nothing = Person(person.name, person.role, person.home)
    done = asked_nothing.run("backup", "create", str(tmp_path / "kept"))
    assert (done.code, done.out) == (1, "")
    assert "therapy-tui keys add recovery" in done.err
    assert not (tmp_path / "kept").exists()


def test_a_file_that_is_there(writer: Person, tmp_path: Path) -> None:
    """A file is never written over unless that is said; then it is replaced whole."""
    kept = tmp_path / "kept"
    kept.write_bytes(b"mine")
    refused = writer.here("backup", "create", str(kept))
    assert (refused.code, refused.out) == (1, "")
    assert "--replace" in refused.err
    assert kept.read_bytes() == b"mine"
    writer.do("backup", "create", str(kept), "--replace")
    writer.do("backup", "verify", str(kept), "--recovery-file", words_of(writer))


def test_the_phrase_is_asked_for_on_the_terminal(writer: Person, tmp_path: Path) -> None:
    """Without a file the phrase is asked for, and is not shown; without a terminal it says what to give."""
    kept = tmp_path / "kept"
    writer.do("backup", "create", str(kept))
    phrase = Path(words_of(writer)).read_text()
    shown = on_terminal(writer, "backup", "verify", str(kept), typed={"Recovery phrase": phrase})
    assert shown.code == 0, shown
    assert " ".join(phrase.split()[:3]) not in shown.terminal + shown.out + shown.err
    refused = writer.run("backup", "verify", str(kept))
    assert refused.code == 1
    assert "--recovery-file" in refused.err


def refusals(person: Person, kept: Path, phrase: str) -> Iterator[Done]:
    """Try to open something with both commands."""
    for words in (("verify",), ("restore", "--unlock", "passphrase")):
        yield person.here("backup", words[0], str(kept), "--recovery-file", phrase, *words[1:])


def test_what_is_refused(writer: Person, tmp_path: Path) -> None:
    """Another's phrase, a changed file, a cut one, another kind of file, none at all: one kind sentence, no home."""
    kept = tmp_path / "kept"
    writer.do("backup", "create", str(kept))
    whole = kept.read_bytes()
    wrong = tmp_path / "wrong"
    wrong.write_text("abandon " * 23 + "art")
    wrong.chmod(0o600)
    (tmp_path / "changed").write_bytes(whole[:-500] + bytes([whole[-500] ^ 1]) + whole[-499:])
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "other-file").write_bytes(b"something else altogether")
    other = home_of(tmp_path / "other")
    for name, phrase, said in (
        ("kept", str(wrong), "does not open this backup"),
        ("changed", words_of(writer), "damaged, cut short or was changed"),
        ("cut", words_of(writer), "damaged, cut short or was changed"),
        ("other-file", words_of(writer), "is no backup of therapy-tui"),
        ("missing", words_of(writer), "There is no file"),
    ):
        for done in refusals(other, tmp_path / name, phrase):
            assert (done.code, done.out) == (1, ""), (name, done)
            assert said in done.err
            assert done.err.count("\n") == 1
    assert not other.folders.vault.exists()


def test_where_a_profile_stands(writer: Person, tmp_path: Path) -> None:
    """A restore is refused where there is a profile, before anything is asked."""
    kept = tmp_path / "kept"
    writer.do("backup", "create", str(kept))
    before = {path.name: path.read_bytes() for path in writer.folders.data.iterdir()}
    done = writer.run("backup", "restore", str(kept))
    assert (done.code, done.out) == (1, "")
    assert "There is a profile here already" in done.err
    assert {path.name: path.read_bytes() for path in writer.folders.data.iterdir()} == before


def test_on_a_machine_that_others_use(writer: Person, tmp_path: Path) -> None:
    """The new home is as strict as is said for its machine: a passphrase, a short lock."""
    kept = tmp_path / "kept"
    writer.do("backup", "create", str(kept))
    other = home_of(tmp_path / "other")
    words = ("backup", "restore", str(kept), "--recovery-file", words_of(writer), "--shared-machine")
    refused = other.here(*words, "--unlock", "keyring")
    assert refused.code == 1
    assert not other.folders.vault.exists()
    assert other.do(*words).row["unlock"] == "passphrase"
    settings, _ = read_settings(other.folders.settings)
    assert (settings.shared_machine, settings.idle_lock_minutes) == (True, 2)


def test_notes_that_do_not_open(writer: Person, tmp_path: Path) -> None:
    """Where the notes are damaged the rest is kept, and that the notes are not in it is said with the reason."""
    data = bytearray(writer.folders.notes.read_bytes())
    data[5_000:6_000] = bytes(1_000)
    data[100:200] = bytes(100)
    writer.folders.notes.write_bytes(data)
    kept = tmp_path / "kept"
    made = writer.do("backup", "create", str(kept)).row
    assert made["notes"] is None
    assert "damaged" in made["without_notes_because"]
    plain = Person(writer.name, writer.role, writer.home, writer.before[1:])
    assert "Your session notes are not in it." in plain.do("backup", "create", str(kept), "--replace").out
    tried = plain.do("backup", "verify", str(kept), "--recovery-file", words_of(writer))
    assert "Your session notes are not in it." in tried.out


def test_the_phrase_of_that_day(tmp_path: Path) -> None:
    """A phrase that replaced another opens the backups made since, and the old one those of before."""
    person = new_person("Cleo", "client", tmp_path / "home")
    for name in ("first", "second"):
        person.do("keys", "add", "recovery", "--file", str(tmp_path / f"{name}.words"))
        person.do("backup", "create", str(tmp_path / name))
    for backup, words, code in (("first", "first", 0), ("second", "second", 0), ("first", "second", 1)):
        done = person.here(
            "backup", "verify", str(tmp_path / backup), "--recovery-file", str(tmp_path / f"{words}.words")
        )
        assert done.code == code, (backup, words)


def test_while_the_application_writes(writer: Person, tmp_path: Path) -> None:
    """Another process may have the vault open, and write, while a backup is made."""
    vault_open = Person(writer.name, writer.role, writer.home)
    process = vault_open.start("--passphrase-file", writer.before[2], "sync", "--wait", "5")
    try:
        writer.do("backup", "create", str(tmp_path / "kept"))
    finally:
        process.kill()
        process.communicate()
    writer.do("backup", "verify", str(tmp_path / "kept"), "--recovery-file", words_of(writer))


@pytest.fixture(name="small_disk")
def _small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of less than a megabyte."""
    with small_disk(tmp_path / "small", "100k") as folder:
        yield folder


@pytest.mark.campaign
def test_a_full_disk(writer: Person, tmp_path: Path, small_disk: Path) -> None:
    """On a disk without room neither a backup nor a home is made, it says so, and nothing is left there."""
    refused = writer.here("backup", "create", str(small_disk / "kept"))
    assert (refused.code, refused.out) == (1, "")
    assert "There is no room" in refused.err
    assert list(small_disk.iterdir()) == []
    writer.do("backup", "create", str(tmp_path / "kept"))
    other = Person(writer.name, writer.role, small_disk / "home", writer.before)
    for done in list(refusals(other, tmp_path / "kept", words_of(writer)))[1:]:
        assert (done.code, done.out) == (1, "")
        assert "There is no room" in done.err
    assert [path for path in small_disk.rglob("*") if path.is_file()] == []
    assert PASSPHRASE not in refused.err
