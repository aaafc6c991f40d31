"""export: everything in clear in a new folder, whole, private and never over anything."""

import hashlib
import json
import stat
from pathlib import Path

from tests.two_people import Person, TwoPeople


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
