"""export: everything in clear in a new folder, whole, private and never over anything."""

import contextlib
import hashlib
import json
import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import PASSPHRASE
from tests.quick import quick
from tests.small_disk import small_disk
from tests.two_people import Person, TwoPeople, new_person
from therapy_tui.core.messages import Draft
from therapy_tui.crypto.slots import PassphraseWay
from therapy_tui.keys.keyring import Keyring
from therapy_tui.services import access, conversation, directory, notes, safety
from therapy_tui.services.events import Events
from therapy_tui.services.notebook import Notebook
from therapy_tui.store.database import open_database


def test_everything_is_there(people: TwoPeople, tmp_path: Path) -> None:
    """Letters, pages, check-ins and questionnaires are in the folder, word for word, and it was said before."""
    client = people.client
    client.do("send", people.therapist.name, "-", stdin="A letter.\n\nIn two parts.")
    client.do(
        "journal", "add", "-", "--date", "2026-01-05", "--mood", "6", stdin="A page: 'quoted'\n\n---\nlike a rule"
    )
    client.do("checkin", "7")
    client.do("measure", "take", "gad7", "--answers", "0,1,2,3,0,1,2")
    target = tmp_path / "out"
    done = client.here("export", str(target))
    assert "in clear" in done.err
    assert (done.row["pages"], done.row["check_ins"], done.row["questionnaires"]) == (1, 1, 1)
    letters = [
        json.loads(line) for file in (target / "letters").glob("*.json") for line in file.read_text().splitlines()
    ]
    assert "A letter.\n\nIn two parts." in [each["text"] for each in letters]
    (page,) = (target / "pages").iterdir()
    assert page.read_text().endswith("A page: 'quoted'\n\n---\nlike a rule\n")
    assert json.loads((target / "questionnaires.json").read_text())["total"] == 9


def test_what_a_client_has_besides(tmp_path: Path) -> None:
    """The plan, own questions and notes are there too, as words to read and as rows, word for word."""
    alone = new_person("Kit", "client", tmp_path / "home")
    alone.do("journal", "prompts", "--add", "-", "--weight", "light", stdin="Where was it quiet?")
    note = alone.do("note", "add", "-", "--hour", "2026-11-13 15:00", stdin="# Sleep\n\n---\nThen the post.").row
    alone.do("checkin", "7", "--words", "calm", "--text", "-", stdin="A line.")
    alone.do("measure", "take", "gad7", "--answers", "0,1,2,3,0,1,2")
    with alone.vault() as vault:
        safety.keep(vault, safety.read(vault).steps[2], "The library.\nThe pool.")
    target = tmp_path / "out"
    done = alone.here("export", str(target))
    assert (done.row["plan_steps"], done.row["prompts"], done.row["notes"]) == (1, 1, 1)

    def rows(name: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in (target / name).read_text().splitlines()]

    (step,) = rows("safety-plan.json")
    assert (step["step"], step["label"], step["text"]) == (3, "among people", "The library.\nThe pool.")
    assert (target / "safety-plan.md").read_text().endswith("## 3  among people\n\nThe library.\nThe pool.\n")
    (prompt,) = rows("own-questions.json")
    assert (prompt["text"], prompt["weight"], prompt["source"]) == ("Where was it quiet?", "light", "your own")
    assert "- Where was it quiet? (your own)" in (target / "own-questions.md").read_text()
    (row,) = rows("notes.json")
    assert (row["id"], row["text"], row["hour"]) == (note["id"], note["text"], "2026-11-13 15:00")
    (page,) = (target / "notes").iterdir()
    assert page.read_text().endswith("\n---\n# Sleep\n\n---\nThen the post.\n")
    assert "**7**  calm  A line." in (target / "check-ins.md").read_text()
    asked = (target / "questionnaires.md").read_text()
    assert "9, on a scale of 0 to 21" in asked
    assert "4. " in asked
    assert "Nearly every day (3)" in asked


def test_what_is_not_finished_and_what_was_before(people: TwoPeople, tmp_path: Path) -> None:
    """An unfinished letter, what a page and a step of the plan were before, and an appointment are there, all of it."""
    client, name = people.client, people.therapist.name
    page = client.do("journal", "add", "-", "--date", "2026-02-05", stdin="As it was.").row
    client.do("journal", "edit", page["id"], "-", stdin="As it is.")
    client.do("appointment", "add", name, "2031-12-03", "15:00", "--zone", "UTC")
    with client.vault() as vault:
        (contact,) = [each.contact.id for each in directory.people(vault)]
        conversation.keep_draft(vault, contact, Draft("Dear\n\n---\nhalf", 0, b"", 0, 0))
        step = safety.keep(vault, safety.read(vault).steps[0], "The library.")
        safety.keep(vault, step, "The pool.", new_sitting=True)
    target = tmp_path / "out"
    done = client.here("export", str(target)).row
    assert (done["drafts"], done["earlier"], done["appointments"]) == (1, 2, 1)

    def rows(stem: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in (target / f"{stem}.json").read_text().splitlines()]

    assert [(each["to"], each["text"]) for each in rows("unfinished-letters")] == [(name, "Dear\n\n---\nhalf")]
    assert [(each["of"], each["text"]) for each in rows("earlier")] == [
        ("page", "As it was."),
        ("plan", "The library."),
    ]
    (hour,) = rows("appointments")
    assert (hour["with"], hour["at"], hour["cancelled"]) == (name, "2031-12-03T15:00:00Z", False)
    for stem, words in (("unfinished-letters", "half"), ("earlier", "As it was."), ("appointments", name)):
        assert words in (target / f"{stem}.md").read_text()


def test_what_was_chosen_is_there(alone: Person, tmp_path: Path) -> None:
    """The settings of the profile are there as they lie, and the page about it names each file that is there."""
    alone.folders.settings.write_text('country = "GB"  # home\n')
    alone.do("export", str(tmp_path / "out"))
    assert (tmp_path / "out" / "settings.toml").read_text() == 'country = "GB"  # home\n'
    about = (tmp_path / "out" / "README.txt").read_text()
    there = {each.stem for each in (tmp_path / "out").iterdir()} - {"README"}
    assert [each for each in there if each not in about] == []


def test_notes_have_what_they_were_before(alone: Person, tmp_path: Path) -> None:
    """A note is there with its earlier versions and what was signed; process notes are not, and both places say so."""
    ids = signed_twice(alone)
    alone.do("note", "add", "--process", "-", stdin="A thought of my own.")
    done = alone.do("export", str(tmp_path / "out"))
    assert (done.row["notes"], done.row["signed"], done.row["altered"]) == (1, 2, 0)
    row = json.loads((tmp_path / "out" / "notes.json").read_text())
    assert (row["id"], row["text"], row["warning"]) == (ids[0], "As it is.", None)
    assert [each["text"] for each in row["earlier"]] == ["As it was."]
    assert [each["text"] for each in row["additions"]] == ["And this."]
    (page,) = (tmp_path / "out" / "notes").iterdir()
    assert "Before, until " in page.read_text()
    assert "> As it was.\n" in page.read_text()
    assert "Process notes are not" in done.err
    assert "Process notes are not" in (tmp_path / "out" / "README.txt").read_text()
    assert not [each for each in (tmp_path / "out").rglob("*.*") if "A thought of my own." in each.read_text()]


def test_an_altered_note_is_written_out_and_named(alone: Person, tmp_path: Path) -> None:
    """A signed note that was altered is there as it lies; the command fails with its name, and its files have it."""
    ids = signed_twice(alone)
    file = open_database(alone.folders.notes, access.keys_by(alone.folders, PassphraseWay(PASSPHRASE))["notes"])
    file.run("UPDATE notes SET text = 'other' WHERE id = ?", (bytes.fromhex(ids[0]),))
    file.close()
    done = alone.here("export", str(tmp_path / "out"))
    assert (done.code, done.row["altered"]) == (1, 1)
    assert "1 signed note is not as it was signed" in done.err
    row = json.loads((tmp_path / "out" / "notes.json").read_text())
    assert row["text"] == "other"
    assert row["warning"].startswith("This note is not as it was signed on ")
    assert f"{ids[0][:12]}  signed" in (tmp_path / "out" / "signed.md").read_text()
    assert "not as it was signed" in (tmp_path / "out" / "signed.md").read_text()
    assert alone.do("note", "show", ids[0]).row["text"] == "other"


def signed_twice(person: Person) -> list[str]:
    """Keep a note with an earlier version, signed, and something added to it; give the ids of both."""
    made = person.do("note", "add", "-", stdin="As it was.").row
    keys = access.keys_by(person.folders, PassphraseWay(PASSPHRASE))["notes"]
    notebook = Notebook(person.folders, Keyring(), access.Beside(), os.urandom, access.seconds, Events())
    notebook.open(keys)
    note = notes.find_by_id(notebook, made["id"])
    notes.keep(notebook, note, replace(note, text="As it is."), new_sitting=True)
    notebook.close()
    person.do("note", "sign", made["id"])
    person.do("note", "amend", made["id"], "-", stdin="And this.")
    return [each["id"] for each in person.do("note", "verify").rows]


def test_the_manifest_holds(people: TwoPeople, tmp_path: Path) -> None:
    """Every file but the manifest is in it with its hash; folders are 0700 and files 0600."""
    target = tmp_path / "out"
    people.client.here("export", str(target))
    lines = (target / "MANIFEST.sha256").read_text().splitlines()
    named = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in lines}
    files = {each.relative_to(target).as_posix(): each for each in target.rglob("*") if each.is_file()}
    files.pop("MANIFEST.sha256")
    assert named == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    modes = {stat.S_IMODE(each.stat().st_mode) for each in target.rglob("*") if each.is_file()}
    assert modes == {0o600}
    assert {stat.S_IMODE(each.stat().st_mode) for each in (target, target / "letters", target / "pages")} == {0o700}


def test_nothing_is_written_over(alone: Person, tmp_path: Path) -> None:
    """A folder that is there already is left as it is, and it is said."""
    target = tmp_path / "out"
    target.mkdir()
    done = alone.here("export", str(target))
    assert done.code == 1
    assert "not there" in done.err
    assert list(target.iterdir()) == []


@pytest.mark.parametrize("size", quick(["8k", "24k"], "24k"))
def test_a_full_disk_leaves_nothing(alone: Person, tmp_path: Path, size: str) -> None:
    """Where not all of it has room nothing of it is left, it is said, and the same name can be given again."""
    alone.do("journal", "add", "-", stdin="A page.")
    alone.do("note", "add", "-", stdin="A note.")
    with small_disk(tmp_path / "small", size) as folder:
        target = folder / "out"
        for _ in range(2):
            done = alone.here("export", str(target))
            assert (done.code, done.out) == (1, "")
            assert f"The disk is full, so {target} was not written, and nothing is left of it." in done.err
            assert list(folder.iterdir()) == []


def test_a_full_disk_says_what_became_of_it(alone: Person, tmp_path: Path) -> None:
    """On a disk that is full a command does nothing, and says neither that it did nor that its words stay somewhere."""
    alone.do("journal", "add", "-", stdin="A page.")
    with small_disk(tmp_path / "small", "2m") as folder:
        home = shutil.copytree(alone.home, folder / "home")
        moved = Person(alone.name, alone.role, home, alone.before)
        next(home.rglob("reserve")).unlink()
        with contextlib.suppress(OSError), (folder / "ballast").open("wb", buffering=0) as ballast:
            while ballast.write(bytes(4096)):
                pass
        done = moved.here("journal", "add", "-", stdin="Another.")
        assert (done.code, done.out) == (1, "")
        assert "What was there before is as it was. Make room and try again." in done.err
        (folder / "ballast").unlink()
        assert [row["text"] for row in moved.do("journal", "list").rows] == ["A page."]
