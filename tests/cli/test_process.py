"""note --process: the drawer is made by the first, holds words alone, and goes nowhere."""

import json
import secrets
from pathlib import Path

from tests.cli.test_note import FIELDS
from tests.leaks import Hunt
from tests.two_people import Person, TwoPeople


def test_the_first_makes_the_drawer(alone: Person) -> None:
    """Without a drawer there is nothing to list; the first note makes it, and says what loses it."""
    missing = alone.here("note", "list", "--process")
    assert (missing.code, missing.out) == (1, "")
    assert "There is no drawer" in missing.err
    made = alone.here("note", "add", "--process", "-", stdin="A thought.")
    assert made.code == 0, made
    assert "belong in the record and have no place here" in made.err
    assert "Without one, what is in it is lost with your passphrase." in made.err
    row = json.loads(made.out)
    assert list(row) == FIELDS
    second = alone.here("note", "add", "--process", "-", stdin="Another.")
    assert "drawer of process notes is made" not in second.err
    assert alone.do("note", "list", "--process").rows == [row, json.loads(second.out)]
    assert alone.do("note", "show", "--process", row["id"][:9]).row == row
    assert alone.do("note", "list").rows == []
    assert alone.here("note", "show", row["id"]).code == 1


def test_it_offers_nothing_of_the_record(alone: Person) -> None:
    """What belongs in the record is refused in the one sentence, and no drawer is made for it."""
    for words in (
        ("--minutes", "50"),
        ("--modality", "by video"),
        ("--codes", "F32.1"),
        ("--hour", "2026-11-13 15:00"),
        ("--format", "dap"),
        ("--message", "00" * 16),
    ):
        done = alone.here("note", "add", "--process", "text", *words)
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert "results of tests" in done.err
    assert not alone.folders.process.exists()


def test_it_goes_nowhere(alone: Person, tmp_path: Path) -> None:
    """No word of it is on the disk in clear, in an export, a search or a backup; the backup says that it is not."""
    hunt = Hunt({"thought": f"heron thought {secrets.token_hex(6)}"})
    alone.do("note", "add", "--process", "-", stdin=f"{hunt.words['thought']}, twice: {hunt.words['thought']}.")
    assert "Nothing was found" in alone.here("search", "heron").err
    alone.do("export", str(tmp_path / "out"))
    done = alone.here("backup", "create", str(tmp_path / "kept"))
    assert done.code == 0, done
    assert "Process notes are not in it" in done.err
    assert hunt.folder(tmp_path) == set()
    assert not list((tmp_path / "out").rglob("*process*"))


def test_keys_and_the_doctor_know_of_it(alone: Person) -> None:
    """The ways into it are listed, and the doctor looks whether it is there and encrypted."""
    alone.do("note", "add", "--process", "-", stdin="A thought.")
    assert "process.passphrase" in {row["name"] for row in alone.do("keys").rows}
    states = {row["name"]: row["state"] for row in alone.here("doctor").rows}
    assert states["process"] == "ok"
    alone.folders.process.unlink()
    assert {row["name"]: row["state"] for row in alone.here("doctor").rows}["process"] == "fault"
    lost = alone.here("note", "list", "--process")
    assert (lost.code, lost.out) == (1, "")
    assert "is missing" in lost.err
    assert not alone.folders.process.exists()


def test_about_a_person(people: TwoPeople) -> None:
    """--for names whom it is about, and lists theirs alone."""
    therapist, name = people.therapist, people.client.name
    about = therapist.do("note", "add", "--process", "-", "--for", name, stdin="On them.").row
    therapist.do("note", "add", "--process", "-", stdin="On nobody.")
    assert about["contact"] == name
    assert therapist.do("note", "list", "--process", "--for", name).rows == [about]
