"""Commands on a disk without any room: what is there is read, what must be kept is refused, the log loses nothing."""

import os
import shutil
from pathlib import Path
from typing import Any

from tests.cli.conftest import PASSPHRASE
from tests.full_disk import full_home
from tests.two_people import Person, TwoPeople
from therapy_tui.services import access, audit_waiting
from therapy_tui.store.schema import newest

FOR_READING = "opened for reading alone"


def moved(person: Person, home: Path) -> Person:
    """Give the same person in another home."""
    return Person(person.name, person.role, home, person.before, person.environment)


def log_of(person: Person) -> list[dict[str, Any]]:
    return person.do("audit", "list").rows


def test_what_is_there_can_be_read(alone: Person, tmp_path: Path) -> None:
    """Pages, notes, what is searched for, the numbers and the export are there; what must be kept is refused, once."""
    alone.do("journal", "add", "-", stdin="A heron.")
    alone.do("note", "add", "-", stdin="A heron in a note.")
    with full_home(alone.home, tmp_path / "small") as (home, ballast):
        here = moved(alone, home)
        for words in ("journal list", "note list", "search heron", "plan show", f"export {tmp_path / 'out'}"):
            done = here.do(*words.split())
            assert done.out
            assert FOR_READING in done.err
        assert "heron" in (tmp_path / "out" / "pages.json").read_text()
        here.do("lock")
        for words in ("journal add More.", "note add More.", "checkin 5", "sync"):
            done = here.here(*words.split())
            assert (done.code, done.out) == (1, "")
            assert "The disk is full, so that could not be done." in done.err
        (disk,) = (row for row in here.here("doctor").rows if row["name"] == "disk")
        assert disk["state"] == "fault"
        assert "full" in disk["detail"]
        ballast.unlink()
        here.do("journal", "add", "-", stdin="More.")
        done = here.do("journal", "list")
        assert [row["text"] for row in done.rows] == ["A heron.", "More."]
        assert FOR_READING not in done.err


def test_the_log_of_a_full_disk_waits(people: TwoPeople, tmp_path: Path) -> None:
    """What was opened is noted at the next opening with room, once, with its time; the log is whole all along."""
    name = people.client.name
    with full_home(people.therapist.home, tmp_path / "small") as (home, ballast):
        here = moved(people.therapist, home)
        here.do("messages", name)
        here.do("note", "list")
        before = log_of(here)
        ballast.unlink()
        after = log_of(here)[len(before) :]
        assert [(row["what"], row["contact"], row["detail"].split(";")[0]) for row in after] == [
            ("opened", name, "letters"),
            ("opened", None, "notes"),
        ]
        assert all("noted late: the disk was full at 20" in row["detail"] for row in after)
        assert len(log_of(here)) == len(before) + 2
        assert here.do("audit", "verify").row["sound"]


def test_nothing_leaves_without_its_row(people: TwoPeople, tmp_path: Path) -> None:
    """Where the log has no room, a therapist's export and record are refused, and nothing of them is left."""
    with full_home(people.therapist.home, tmp_path / "small") as (home, _):
        here = moved(people.therapist, home)
        for words in (("export",), ("record", "export", people.client.name)):
            done = here.here(*words, str(tmp_path / "out"))
            assert done.code == 1
            assert "Nothing left your vault" in done.err
            assert not (tmp_path / "out").exists()


def test_what_could_not_even_wait_is_not_opened(people: TwoPeople, tmp_path: Path) -> None:
    """Where not even the room beside the log is left, a command that would be noted is refused."""
    with full_home(people.therapist.home, tmp_path / "small") as (home, _):
        here = moved(people.therapist, home)
        waiting = next(home.rglob(audit_waiting.NAME))
        waiting.write_bytes(b"x" * audit_waiting.ROOM)
        assert here.here("messages", people.client.name).code == 1


def test_an_older_copy_heals_when_there_is_room(alone: Person, tmp_path: Path) -> None:
    """A vault that went back in time is read as it is on a full disk, nothing outside forgets, and it heals later."""
    old = shutil.copytree(alone.folders.data, tmp_path / "old")
    alone.do("journal", "add", "-", stdin="Later.")
    shutil.rmtree(alone.folders.data)
    old.rename(alone.folders.data)
    with full_home(alone.home, tmp_path / "small") as (home, ballast):
        here = moved(alone, home)
        epoch = (here.folders.state / "epoch.json").read_bytes()
        assert here.do("journal", "list").rows == []
        assert (here.folders.state / "epoch.json").read_bytes() == epoch
        ballast.unlink()
        assert "older copy" in here.do("journal", "list").err


def test_a_file_of_before_needs_room(alone: Person, tmp_path: Path) -> None:
    """A vault that this version has to bring up to date is not opened on a full disk; it is said why."""
    vault = access.unlock_by_passphrase(alone.folders, PASSPHRASE, os.urandom, access.seconds)
    vault.database.run(f"PRAGMA user_version = {newest('vault') - 1}")
    vault.close()
    with full_home(alone.home, tmp_path / "small") as (home, _):
        done = moved(alone, home).here("journal", "list")
        assert done.code == 1
        assert "bring your files up to date" in done.err
